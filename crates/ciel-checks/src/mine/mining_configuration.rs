use std::borrow::Cow;

use ciel_core::{Severity, limits};
use ciel_mining::{Signal, SignalKind, Strength, Verdict, assess, base64_text, signals_in_text};
use ciel_yaml::Node;

use super::evidence::{Sign, explain, foremost, in_order, severity, tells};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Reads the texts in ConfigMaps and Secrets (`data`, `stringData`, base64 taken away) and finds miners' configuration
    /// files (XMRig's `config.json` and others', whole or in part), scripts that fetch or start miners, addresses of mining
    /// protocols and pools with a wallet, and code of browser miners. Scripts that fetch a program from a bare IP address, a
    /// paste site or an anonymous file host and run it are found too, as `high`.
    ///
    /// ## Why is this bad?
    /// A ConfigMap is where a miner's settings go when its command line must look harmless. LemonDuck and kinsing come as
    /// such scripts (CrowdStrike, 2022; Aqua, 2020).
    ///
    /// ## Example
    /// ```yaml
    /// data:
    ///   config.json: |
    ///     {"donate-level": 1, "pools": [{"url": "10.0.0.9:443", "user": "x", "pass": "x"}]}
    /// ```
    ///
    /// ## Use instead
    /// Remove it with the workload that mounts it.
    /// ```yaml
    /// data:
    ///   config.json: |
    ///     {"listen": ":8080"}
    /// ```
    ///
    /// ## Exceptions
    /// Texts that list miners to find or block them (Falco, YARA and Sigma rules, alerts, DNS block lists, network policies) are
    /// recognised as such. Texts over a megabyte are not searched.
    ///
    /// ## References
    /// - <https://www.crowdstrike.com/en-us/blog/lemonduck-botnet-targets-docker-for-cryptomining-operations/>
    /// - <https://www.aquasec.com/blog/threat-alert-kinsing-malware-container-vulnerability/>
    pub static MINING_CONFIGURATION = {
        code: "MINE005",
        name: "mining-configuration",
        severity: Critical,
        since: "0.1.0",
        summary: "ConfigMap or Secret holds a miner's configuration or script",
        run: Object(&[("", "ConfigMap"), ("", "Secret")], mining_configuration),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn mining_configuration(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let is_secret = cx.object.kind() == "Secret";
    for (key, encoded) in [
        ("data", is_secret),
        ("stringData", false),
        ("binaryData", true),
    ] {
        let Some(map) = root.get(key) else {
            continue;
        };
        for (name, value) in map.entries() {
            let text = value.scalar_text();
            if text.len() > limits::SEARCHED_BYTES {
                continue;
            }
            let decoded = if encoded {
                base64_text(text).map(Cow::Owned)
            } else {
                Some(Cow::Borrowed(text))
            };
            if let Some(decoded) = decoded {
                judge(cx, name.scalar_text(), value, &decoded);
            }
        }
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, key: &str, value: Node<'s>, text: &str) {
    let signals = signals_in_text(text);
    if signals.is_empty() {
        return;
    }
    let verdict = assess(&signals);
    let signs: Vec<Sign<'s>> = signals
        .into_iter()
        .map(|signal| Sign {
            signal,
            node: value,
        })
        .collect();
    let kind = cx.object.kind();
    if verdict > Verdict::Clean {
        let Some(sign) = foremost(&signs, tells) else {
            return;
        };
        let message = format!("`{key}` of the {kind} {}", sign.signal.description);
        let report = cx
            .report(&MINING_CONFIGURATION, value, message)
            .severity(severity(verdict))
            .help("remove it with the workloads that use it, and find out who made them");
        explain(report, verdict, &in_order(sign, &signs));
    } else if let Some(sign) = foremost(&signs, |kind| kind == SignalKind::DownloadAndRun)
        .filter(|sign| is_dropper(&sign.signal))
    {
        let message = format!("script `{key}` of the {kind} {}", sign.signal.description);
        let report = cx
            .report(&MINING_CONFIGURATION, value, message)
            .severity(Severity::High)
            .help("take programs from images that you build, or from a host that you trust, with a checksum");
        explain(report, Verdict::Suspicious, &in_order(sign, &signs));
    }
}

fn is_dropper(signal: &Signal) -> bool {
    signal.strength == Strength::Strong
}
