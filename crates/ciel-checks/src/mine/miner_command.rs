use ciel_mining::Verdict;

use super::evidence::{explain, foremost, in_order, severity, tells};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Reads `command`, `args`, hooks, probes and embedded scripts as the container would run them, shell scripts
    /// included, and finds mining: a miner by name, however it is wrapped, renamed or fetched; options that only miners
    /// have (`--donate-level`, `-o HOST:PORT -u WALLET -p x`); addresses of mining protocols (`stratum+tcp://`); hosts of
    /// pools. Wallets are checked by their checksums. The signs are weighed together with those in `env`: one that is
    /// unmistakable is `critical`, one that is only unusual `medium`.
    ///
    /// ## Why is this bad?
    /// It is what most intruders want from a cluster. At Tesla (RedLock, 2018) a pool of the intruders' own kept them off
    /// every list, so a finding rests on how a miner is started more than on whom it speaks to. In 2021 genuine TensorFlow
    /// images were started with a miner's command (Microsoft).
    ///
    /// ## Example
    /// ```yaml
    /// command: [/usr/local/bin/kube-proxy-agent]
    /// args: [-o, "stratum+tcp://cdn.example.com:8443", --donate-level=1]
    /// ```
    ///
    /// ## Use instead
    /// Remove the workload; then close the door that it came through, and replace the credentials that it could read.
    /// ```yaml
    /// command: [app]
    /// ```
    ///
    /// ## Exceptions
    /// Commands that look for miners, block or end them (`pgrep xmrig`, `iptables -d POOL -j DROP`) are no mining, nor is a
    /// wallet by itself. If you mine on purpose, suppress the finding.
    ///
    /// ## References
    /// - <https://www.coindesk.com/markets/2018/02/21/teslas-cloud-hit-by-crypto-mining-malware-attack/>
    /// - <https://unit42.paloaltonetworks.com/hildegard-malware-teamtnt/>
    /// - <https://www.wiz.io/blog/jinx-0132-cryptojacking-campaign>
    pub static MINER_COMMAND = {
        code: "MINE003",
        name: "miner-command",
        severity: Critical,
        since: "0.1.0",
        summary: "container's command mines",
        run: Container(miner_command),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn miner_command(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let evidence = cx.mining();
    let verdict = evidence.verdict();
    if verdict == Verdict::Clean {
        return;
    }
    let Some(sign) = foremost(&evidence.commands, tells).cloned() else {
        return;
    };
    let signals = in_order(&sign, &evidence.commands);
    let signals: Vec<_> = signals.into_iter().cloned().collect();
    let message = format!("{} {}", container.display(), sign.signal.description);
    let report = cx
        .report(&MINER_COMMAND, sign.node, message)
        .severity(severity(verdict))
        .help("remove the workload, find out who made it, and replace the credentials that it could read");
    explain(report, verdict, &signals.iter().collect::<Vec<_>>());
}
