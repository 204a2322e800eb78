//! What cryptocurrency mining looks like in images, arguments, environment, configuration and scripts.
//!
//! Everything here is a pure function of strings: no I/O, no clock, no Kubernetes. A caller that knows where a
//! string comes from asks one of the `signals_in_…` functions, gathers the [`Signal`]s of one container or object,
//! and has them weighed by [`assess`].
//!
//! ```
//! use ciel_mining::{Verdict, assess, signals_in_argv};
//!
//! let signals = signals_in_argv(&["/tmp/kworker", "-o", "pool.supportxmr.com:443", "-p", "x"]);
//! assert_eq!(assess(&signals), Verdict::Mining);
//! ```
//!
//! Each signal names the published case that it rests on ([`CASES`]). A false alarm is a bug like a miss: wallets and
//! names of miners never decide alone, and a text that lists miners to find them is recognised as such.
//!
//! All literals are searched together; clean text costs one pass of that and one of the wallet search, both linear. Nothing here panics on any input, and spans lie within the text on character boundaries.

mod assess;
pub mod cases;
mod commands;
mod config;
mod downloads;
mod droppers;
mod encoded;
mod environment;
mod hosts;
mod images;
mod listing;
mod literals;
mod lookalike;
mod matcher;
mod miners;
mod names;
mod nested;
mod options;
mod pools;
mod programs;
mod proxyware;
mod publishers;
mod scan;
mod shell;
mod signal;
mod text;
mod wallets;

use std::ops::Range;

pub use assess::{Verdict, assess};
pub use cases::{CASES, Case};
pub use environment::signals_in_environment;
pub use hosts::{HostKind, host_kind};
pub use images::image_signals;
pub use lookalike::{Likeness, near};
pub use names::{Imitation, ImitationKind, imitation, is_genuine_image};
pub use proxyware::{proxyware_image, proxyware_in_argv};
pub use publishers::is_of_unknown_account;
pub use signal::{Signal, SignalKind, Strength};
pub use text::base64_text;
pub use wallets::{Wallet, wallet_at_start, wallets_in};

use commands::Found;
use literals::Meaning;
use scan::Place;
use signal::Signals;

/// Signs in a text of any kind: a script, a configuration file, a document. Miners' configuration files are
/// recognised, scripts are read as a shell would, and lists of indicators are told from use.
#[must_use]
pub fn signals_in_text(text: &str) -> Vec<Signal> {
    analyse(text, Place::Text, 0)
}

/// Signs of a miner's configuration in a file: [`signals_in_text`], restricted to what a configuration can say.
#[must_use]
pub fn signals_in_config(text: &str) -> Vec<Signal> {
    let mut signals = signals_in_text(text);
    signals.retain(|signal| {
        matches!(
            signal.kind,
            SignalKind::MinerConfig
                | SignalKind::Stratum
                | SignalKind::Pool
                | SignalKind::Wallet
                | SignalKind::Protocol
                | SignalKind::BrowserMiner
                | SignalKind::IndicatorList
        )
    });
    signals
}

/// Signs in a command line, a word an element: a container's `command` and `args`, or a process's arguments.
/// [`Signal::word`] is the index of the word, [`Signal::span`] is within it.
#[must_use]
pub fn signals_in_argv(argv: &[&str]) -> Vec<Signal> {
    let mut out = Signals::default();
    let mut interesting = false;
    let mut marked = false;
    for (index, word) in argv.iter().enumerate() {
        let mut here = Signals::default();
        let hits = literals::find(word);
        interesting |= !hits.is_empty();
        scan::literals(word, &hits, Place::Argument, &mut here);
        scan::wallets(word, &mut here);
        config::examine(word, &hits, &mut here);
        marked |=
            ["-enc", "-e", "-ec"].contains(word) || !hits.is_empty() && encoded::is_marked(word);
        out.extend(here.into_vec().into_iter().map(|mut signal| {
            signal.word = index;
            signal
        }));
    }
    for (index, word) in argv.iter().enumerate() {
        let mut here = Signals::default();
        encoded::examine(word, marked, 0, &mut here);
        out.extend(here.into_vec().into_iter().map(|mut signal| {
            signal.word = index;
            signal
        }));
    }
    scan::several_flags(&mut out);
    // Most command lines hold no literal and no option that a miner has, and end here.
    if !interesting
        && out.iter().next().is_none()
        && !options::might_matter(argv)
        && !commands::might_matter(argv)
    {
        return Vec::new();
    }
    let line = Line::join(argv);
    {
        let found = commands::direct(&line.text, &line.command, 0);
        lower_opposed(&mut out, &found, |signal| line.place(signal));
        out.extend(
            found
                .signals
                .into_vec()
                .into_iter()
                .map(|signal| line.at_word(argv, signal)),
        );
    }
    listing::lower(&line.text, &mut out);
    out.into_vec()
}

/// An entry for fuzzers: runs everything on one string. Returns the number of signs.
#[must_use]
pub fn exercise(text: &str) -> usize {
    let words: Vec<&str> = text.split(' ').collect();
    let pairs: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    let all = [
        signals_in_text(text),
        signals_in_argv(&words),
        signals_in_argv(&["sh", "-c", text]),
        signals_in_environment(&pairs),
        signals_in_environment(&[("POOL", text)]),
        image_signals(text),
    ];
    let imitations = usize::from(imitation(text).is_some());
    all.iter().map(Vec::len).sum::<usize>() + imitations
}

fn analyse(source: &str, place: Place, depth: usize) -> Vec<Signal> {
    let mut out = Signals::default();
    let hits = literals::find(source);
    scan::wallets(source, &mut out);
    let marked = !hits.is_empty() && encoded::is_marked(source);
    encoded::examine(source, marked, depth, &mut out);
    if hits.is_empty() {
        return out.into_vec();
    }
    scan::literals(source, &hits, place, &mut out);
    config::examine(source, &hits, &mut out);
    let readable = hits.iter().any(|hit| {
        matches!(
            hit.meaning,
            Meaning::Script
                | Meaning::Miner(_)
                | Meaning::Scheme
                | Meaning::Flag(..)
                | Meaning::Pool(_)
        )
    });
    if readable {
        let found = commands::script(source, depth);
        lower_opposed(&mut out, &found, |signal| signal.span.clone());
        out.extend(found.signals.into_vec());
    }
    listing::lower(source, &mut out);
    out.into_vec()
}

/// What a command looks for, blocks or ends is not what it runs.
fn lower_opposed(out: &mut Signals, found: &Found, place: impl Fn(&Signal) -> Range<usize>) {
    if found.opposed.is_empty() {
        return;
    }
    for signal in out.iter_mut() {
        let span = place(signal);
        if found
            .opposed
            .iter()
            .any(|opposed| opposed.start <= span.start && span.end <= opposed.end)
        {
            signal.strength = Strength::Weak;
        }
    }
}

/// A command line as one text, so that signs over several words have a place.
struct Line {
    text: String,
    starts: Vec<usize>,
    command: shell::Command,
}

impl Line {
    fn join(argv: &[&str]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(argv.len());
        let mut command = shell::Command::default();
        for word in argv {
            if !text.is_empty() {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(word);
            let start = text.len() - word.len();
            command.words.push(shell::Word {
                text: (*word).to_owned(),
                span: start..text.len(),
                inner: Some(start),
            });
        }
        Self {
            text,
            starts,
            command,
        }
    }

    /// Where a sign of one word stands in the joined text.
    fn place(&self, signal: &Signal) -> Range<usize> {
        let start = self.starts.get(signal.word).copied().unwrap_or_default();
        start + signal.span.start..start + signal.span.end
    }

    /// Moves a sign of the joined text to the first word that it touches.
    fn at_word(&self, argv: &[&str], mut signal: Signal) -> Signal {
        let word = self
            .starts
            .partition_point(|start| *start <= signal.span.start)
            .saturating_sub(1);
        let start = self.starts.get(word).copied().unwrap_or_default();
        let text = argv.get(word).copied().unwrap_or_default();
        let from = signal.span.start.saturating_sub(start);
        let to = signal.span.end.saturating_sub(start);
        signal.word = word;
        signal.span = text::on_boundaries(text, from..to.min(text.len()));
        signal
    }
}
