//! Tells a list of indicators (rules, block lists, documentation of attacks) from use.
use std::collections::BTreeSet;

use crate::{
    cases,
    signal::{Signal, SignalKind, Signals, Strength},
    text,
};

/// Words that rule languages, alerts and block lists are written in. Two of one family say what the text is.
const FAMILIES: &[&[&str]] = &[
    &[
        "- rule:",
        "- list:",
        "- macro:",
        "condition:",
        "evt.type",
        "proc.name",
        "proc.cmdline",
        "fd.sip",
        "spawned_process",
        "k8s_audit",
    ],
    &[
        "rule ",
        "strings:",
        "condition:",
        "meta:",
        "any of them",
        "all of them",
        "nocase",
        "fullword",
    ],
    &[
        "logsource:",
        "detection:",
        "selection:",
        "condition:",
        "falsepositives:",
        "level:",
    ],
    &[
        "- alert:",
        "expr:",
        "labels:",
        "annotations:",
        "for:",
        "severity:",
    ],
    &[
        "alert tcp",
        "alert tls",
        "alert dns",
        "alert http",
        "msg:",
        "sid:",
        "classtype:",
        "flow:",
    ],
    &["SecRule", "phase:", "id:", "deny,"],
    &[
        "deny[",
        "violation[",
        "package ",
        "input.review",
        "contains msg",
    ],
    &[
        "kind: ClusterPolicy",
        "kind: Policy",
        "validationFailureAction",
        "kind: TracingPolicy",
        "matchArgs:",
        "kprobes:",
        "kind: KubeArmorPolicy",
        "matchPaths:",
        "action: Block",
        "kind: ConstraintTemplate",
    ],
    &[
        "process where",
        "event.category",
        "process.name",
        "DeviceProcessEvents",
        "ProcessCommandLine",
        "has_any",
    ],
    &[
        "toFQDNs",
        "egressDeny",
        "matchPattern",
        "kind: CiliumNetworkPolicy",
        "kind: FQDNNetworkPolicy",
    ],
    &["acl ", "http_access deny", "dstdomain", "url_regex"],
];

/// Whether the text lists what to look for. If so, every sign that a list has by nature is lowered to weak.
pub(crate) fn lower(source: &str, out: &mut Signals) {
    if !out
        .iter()
        .any(|signal| signal.kind.is_mining() && signal.kind != SignalKind::Wallet)
    {
        return;
    }
    if out.iter().any(is_certain_use) {
        return;
    }
    let Some(reason) = reason(source, out) else {
        return;
    };
    for signal in out.iter_mut() {
        signal.strength = Strength::Weak;
    }
    let mut signal = Signal::new(
        SignalKind::IndicatorList,
        Strength::Weak,
        source,
        0..0,
        reason,
        format!("reads like {reason}, which names miners to find them"),
        &cases::TWENTY_MILLION,
    );
    signal.excerpt.clear();
    out.push(signal);
}

/// What no list contains: a wallet's own configuration file, a command with pool and wallet.
fn is_certain_use(signal: &Signal) -> bool {
    signal.strength == Strength::Strong
        && (signal.kind == SignalKind::MinerConfig
            || signal.kind == SignalKind::MinerFlags && signal.description.contains("for a wallet"))
}

fn reason(source: &str, out: &Signals) -> Option<&'static str> {
    let in_family = FAMILIES.iter().any(|family| {
        family
            .iter()
            .filter(|word| source.contains(**word))
            .take(3)
            .count()
            >= 3
            || family.iter().take(3).all(|word| source.contains(word))
    });
    if in_family {
        return Some("detection rules");
    }
    let wallet = out
        .iter()
        .any(|signal| signal.kind == SignalKind::Wallet && signal.strength > Strength::Weak);
    let names = |kinds: &[SignalKind]| {
        let set: BTreeSet<&str> = out
            .iter()
            .filter(|signal| kinds.contains(&signal.kind))
            .map(|signal| signal.name.as_ref())
            .collect();
        set.len()
    };
    let pools = names(&[SignalKind::Pool, SignalKind::BrowserMiner]);
    if pools > 0 && !wallet && blocks_hosts(source, out) {
        return Some("a block list");
    }
    if wallet {
        return None;
    }
    if is_plain(source) && out.iter().all(|signal| signal.strength < Strength::Strong) {
        return Some("a list of indicators");
    }
    let miners = names(&[SignalKind::Mention, SignalKind::MinerBinary]);
    let runs = out.iter().any(|signal| {
        matches!(
            signal.kind,
            SignalKind::MinerBinary | SignalKind::MinerDownload | SignalKind::Disguise
        ) && signal.strength == Strength::Strong
    });
    (!runs && (pools >= 4 || miners >= 4)).then_some("a list of indicators")
}

/// Whether it has a word a line and nothing else, as lists of names and addresses have; no script does, and settings
/// have a sign between name and value.
fn is_plain(source: &str) -> bool {
    let mut lines = source
        .lines()
        .map(|line| line.trim().trim_start_matches("- "))
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.clone().count() >= 3
        && lines.all(|line| {
            let rest = line.split_once("://").map_or(line, |(_, rest)| rest);
            !line.starts_with("#!") && !rest.contains([' ', '\t', '=', ':', ';', '|', '&', '$'])
        })
}

/// Whether pools stand on lines that send their names nowhere.
fn blocks_hosts(source: &str, out: &Signals) -> bool {
    const SINKS: &[&str] = &[
        "0.0.0.0",
        "127.0.0.1",
        "::",
        "||",
        "address=/",
        "server=/",
        "local-zone:",
        "DOMAIN",
        "deny",
        "block",
        "reject",
        "NXDOMAIN",
        "refuse",
        "sinkhole",
        "drop",
    ];
    let mut lines = out
        .iter()
        .filter(|signal| matches!(signal.kind, SignalKind::Pool | SignalKind::BrowserMiner))
        .map(|signal| {
            let start = text::line_start(source, signal.span.start);
            source
                .get(start..text::line_end(source, signal.span.start))
                .unwrap_or_default()
        })
        .peekable();
    lines.peek().is_some() && lines.all(|line| SINKS.iter().any(|sink| line.contains(sink)))
}
