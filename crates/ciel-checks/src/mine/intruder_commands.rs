use ciel_core::Severity;
use ciel_mining::{Signal, SignalKind, Strength, Verdict};

use super::evidence::{Sign, explain, foremost, in_order};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds commands that droppers of miners give and administrators hardly do: running programs from `/dev/shm` or a
    /// hidden folder or named like kernel threads, writing `ld.so.preload`, cron lines or SSH keys, turning SELinux or the
    /// firewall off, stopping security agents, ending other people's miners, loading `msr` for RandomX. Two kinds together,
    /// or one that is unmistakable, are `high`; a hidden program alone is `medium`.
    ///
    /// ## Why is this bad?
    /// These lines are the same from kinsing (Aqua, 2020) and LemonDuck (CrowdStrike, 2022) to Commando Cat (Cado, 2024): make
    /// room, stay, hide. They come before the miner and outlive it.
    ///
    /// ## Example
    /// ```yaml
    /// command: [sh, -c, "pkill -f kinsing; setenforce 0; /dev/shm/.x/kworker"]
    /// ```
    ///
    /// ## Use instead
    /// Remove the workload, and treat its nodes as taken.
    /// ```yaml
    /// command: [app]
    /// ```
    ///
    /// ## Exceptions
    /// One kind alone is no finding, apart from hidden programs: agents that set nodes up empty firewall rules and write cron
    /// files too. Tools that live in hidden folders by custom (`.cargo`, `.venv`) are left alone.
    ///
    /// ## References
    /// - <https://www.aquasec.com/blog/threat-alert-kinsing-malware-container-vulnerability/>
    /// - <https://www.cadosecurity.com/blog/the-nine-lives-of-commando-cat-analysing-a-novel-malware-campaign-targeting-docker>
    pub static INTRUDER_COMMANDS = {
        code: "MINE007",
        name: "intruder-commands",
        severity: High,
        since: "0.1.0",
        summary: "container gives commands that droppers of miners give",
        run: Container(intruder_commands),
        frameworks: [mitre("T1564"), mitre("T1685"), mitre("T1053")],
        aliases: [],
    }
}

fn intruder_commands(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let signs: Vec<Sign<'_>> = cx
        .mining()
        .commands
        .iter()
        .filter(|sign| is_droppers(&sign.signal))
        .cloned()
        .collect();
    let Some(sign) = foremost(&signs, |_| true) else {
        return;
    };
    let several = signs
        .iter()
        .any(|other| other.signal.kind != sign.signal.kind);
    let severity = if several || sign.signal.strength == Strength::Strong {
        Severity::High
    } else if sign.signal.kind == SignalKind::HiddenExecution {
        Severity::Medium
    } else {
        return;
    };
    let message = format!("{} {}", container.display(), sign.signal.description);
    let report = cx
        .report(&INTRUDER_COMMANDS, sign.node, message)
        .severity(severity)
        .help("remove the workload, find out who made it, and treat its nodes as taken");
    explain(report, Verdict::Suspicious, &in_order(sign, &signs));
}

fn is_droppers(signal: &Signal) -> bool {
    signal.strength > Strength::Weak
        && matches!(
            signal.kind,
            SignalKind::HiddenExecution
                | SignalKind::Persistence
                | SignalKind::DefenceEvasion
                | SignalKind::RivalKiller
                | SignalKind::HostTuning
        )
}
