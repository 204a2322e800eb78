//! What a container's commands and environment say about mining, gathered once for all checks.

use std::borrow::Cow;

use ciel_core::Severity;
use ciel_k8s::Container;
use ciel_mining::{
    Signal, SignalKind, Strength, Verdict, assess, signals_in_argv, signals_in_environment,
    signals_in_text,
};
use ciel_yaml::Node;
use serde_json::{Value, json};

use crate::Report;

/// A sign and the node of the manifest that it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Sign<'s> {
    pub(crate) signal: Signal,
    pub(crate) node: Node<'s>,
}

/// The signs of one container.
#[derive(Debug, Default)]
pub(crate) struct Evidence<'s> {
    /// In `command`, `args`, hooks, probes and embedded scripts.
    pub(crate) commands: Vec<Sign<'s>>,
    /// In `env`.
    pub(crate) environment: Vec<Sign<'s>>,
}

impl<'s> Evidence<'s> {
    pub(crate) fn of(container: Container<'s>) -> Self {
        let variables: Vec<(&str, Node<'s>)> = container
            .env()
            .filter_map(|entry| Some((entry.str_at(&["name"])?, entry.get("value")?)))
            .collect();
        let mut commands = in_words(&container.argv(), &variables);
        for exec in hooks(container.node) {
            let words: Vec<Node<'s>> = exec.items().collect();
            commands.append(&mut in_words(&words, &variables));
        }
        // Tekton's steps and Argo's templates hold a script as text.
        for key in ["script", "source"] {
            if let Some(node) = container
                .node
                .get(key)
                .filter(|node| node.as_str().is_some())
            {
                let signals = signals_in_text(node.scalar_text());
                commands.extend(signals.into_iter().map(|signal| Sign { signal, node }));
            }
        }
        let pairs: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, node)| (*name, node.scalar_text()))
            .collect();
        let environment = signals_in_environment(&pairs)
            .into_iter()
            .filter_map(|signal| {
                let (_, node) = variables.get(signal.word)?;
                Some(Sign {
                    signal,
                    node: *node,
                })
            })
            .collect();
        Self {
            commands,
            environment,
        }
    }

    /// What commands and environment say together.
    pub(crate) fn verdict(&self) -> Verdict {
        assess(
            self.commands
                .iter()
                .chain(&self.environment)
                .map(|sign| &sign.signal),
        )
    }
}

/// The words of commands that the kubelet runs in the container besides its own.
fn hooks(container: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    const HOOKS: [&[&str]; 5] = [
        &["lifecycle", "postStart", "exec", "command"],
        &["lifecycle", "preStop", "exec", "command"],
        &["livenessProbe", "exec", "command"],
        &["readinessProbe", "exec", "command"],
        &["startupProbe", "exec", "command"],
    ];
    HOOKS.into_iter().filter_map(move |path| container.at(path))
}

fn in_words<'s>(words: &[Node<'s>], variables: &[(&str, Node<'s>)]) -> Vec<Sign<'s>> {
    if words.is_empty() {
        return Vec::new();
    }
    let texts: Vec<Cow<'s, str>> = words
        .iter()
        .map(|word| expanded(word.scalar_text(), variables))
        .collect();
    let argv: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    signals_in_argv(&argv)
        .into_iter()
        .filter_map(|signal| {
            Some(Sign {
                node: *words.get(signal.word)?,
                signal,
            })
        })
        .collect()
}

/// A word with `$(NAME)` replaced as the kubelet does, where the variable's value stands in the manifest.
fn expanded<'s>(word: &'s str, variables: &[(&str, Node<'s>)]) -> Cow<'s, str> {
    if !word.contains("$(") {
        return Cow::Borrowed(word);
    }
    let mut text = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, tail)) = rest.split_once("$(") {
        text.push_str(before);
        let Some((name, after)) = tail.split_once(')') else {
            text.push_str("$(");
            rest = tail;
            continue;
        };
        let value = variables.iter().rfind(|(known, _)| *known == name);
        match value {
            Some((_, node)) => text.push_str(node.scalar_text()),
            None => {
                text.push_str("$(");
                text.push_str(name);
                text.push(')');
            }
        }
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The sign to show: the strongest, and among equals what says most to a reader.
pub(crate) fn foremost<'e, 's>(
    signs: &'e [Sign<'s>],
    wanted: impl Fn(SignalKind) -> bool,
) -> Option<&'e Sign<'s>> {
    signs
        .iter()
        .filter(|sign| wanted(sign.signal.kind))
        .min_by_key(|sign| {
            (
                std::cmp::Reverse(sign.signal.strength),
                rank(sign.signal.kind),
            )
        })
}

const fn rank(kind: SignalKind) -> u8 {
    match kind {
        SignalKind::MinerBinary => 0,
        SignalKind::Disguise => 1,
        SignalKind::MinerDownload => 2,
        SignalKind::Stratum => 3,
        SignalKind::MinerConfig => 4,
        SignalKind::MinerFlags => 5,
        SignalKind::Pool => 6,
        SignalKind::Protocol | SignalKind::BrowserMiner => 7,
        SignalKind::MiningEnvironment => 8,
        _ => 9,
    }
}

/// Kinds that say by themselves that somebody mines: not wallets, names or tuning.
pub(crate) fn tells(kind: SignalKind) -> bool {
    kind.is_mining()
        && !matches!(
            kind,
            SignalKind::Wallet
                | SignalKind::Mention
                | SignalKind::RivalKiller
                | SignalKind::HostTuning
        )
}

/// How bad a verdict is.
pub(crate) const fn severity(verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Mining => Severity::Critical,
        Verdict::Suspicious | Verdict::Clean => Severity::Medium,
    }
}

/// Says in a finding what it rests on.
pub(crate) fn explain<'f, 's>(
    report: Report<'f, 's>,
    verdict: Verdict,
    signals: &[&Signal],
) -> Report<'f, 's> {
    let case = signals.first().map_or(
        Value::Null,
        |signal| json!({"name": signal.case.name, "url": signal.case.url}),
    );
    let listed: Vec<Value> = signals
        .iter()
        .take(12)
        .map(|signal| {
            json!({
                "kind": signal.kind.as_str(),
                "strength": signal.strength.as_str(),
                "excerpt": signal.excerpt,
            })
        })
        .collect();
    report
        .evidence("verdict", verdict.as_str())
        .evidence("signals", listed)
        .evidence("case", case)
}

/// Signs of a list, the one to show first.
pub(crate) fn in_order<'e>(first: &'e Sign<'_>, signs: &'e [Sign<'_>]) -> Vec<&'e Signal> {
    let others = signs.iter().map(|sign| &sign.signal).filter(|signal| {
        !std::ptr::eq(*signal, &raw const first.signal) && signal.strength > Strength::Weak
    });
    std::iter::once(&first.signal).chain(others).collect()
}
