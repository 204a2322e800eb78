//! What is mining and what only looks like it.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read the suites and the clock; the library does not"
)]
mod arguments;
mod environments;
mod image_names;
mod innocents;
mod listings;
mod properties;
mod proxyware;
mod speed;
mod suites;
mod texts;
mod wallets;
mod workload_names;

use ciel_mining::{Signal, SignalKind, Strength};

/// Whether there is a sign of a kind, at least this strong.
fn has(signals: &[Signal], kind: SignalKind, strength: Strength) -> bool {
    signals
        .iter()
        .any(|signal| signal.kind == kind && signal.strength >= strength)
}
