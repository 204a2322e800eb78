//! `benches/gates.toml`: what each case may cost.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use toml::Table;

use super::measure::Cost;

/// The costs that a case may not exceed.
#[derive(Default)]
pub(super) struct Gate {
    /// Instructions for each object, on one thread. Counted, so it fails the run.
    pub(super) instructions_per_object: Option<u64>,
    /// The same for each event of a capture.
    pub(super) instructions_per_event: Option<u64>,
    /// Wall time, best of the runs. It depends on the machine, so it is only shown.
    pub(super) milliseconds: Option<f64>,
    /// Peak memory. It depends on the number of threads, so it is only shown.
    pub(super) mebibytes: Option<f64>,
}

/// All gates, by case.
pub(super) struct Gates(Table);

impl Gates {
    /// Reads the committed file.
    pub(super) fn read(root: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(root.join("benches/gates.toml"))
            .context("benches/gates.toml")?;
        Ok(Self(text.parse().context("benches/gates.toml")?))
    }

    /// The gate of a case; an open one if the file has none.
    pub(super) fn of(&self, case: &str) -> Gate {
        let number = |key: &str| {
            let value = self.0.get(case)?.get(key)?;
            value
                .as_float()
                .or_else(|| value.as_integer().map(|it| it as f64))
        };
        let count = |key: &str| {
            self.0
                .get(case)?
                .get(key)?
                .as_integer()
                .and_then(|it| u64::try_from(it).ok())
        };
        Gate {
            instructions_per_object: count("instructions_per_object"),
            instructions_per_event: count("instructions_per_event"),
            milliseconds: number("milliseconds"),
            mebibytes: number("mebibytes"),
        }
    }
}

/// What a capture cost, as a row of a table.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    pub(super) events: u64,
    pub(super) bytes: u64,
    pub(super) cost: &'a Cost,
    /// For each event.
    pub(super) instructions: Option<u64>,
}

impl Row<'_> {
    /// What stands above such rows.
    pub(super) fn head() -> String {
        format!(
            "{:<18} {:>9} {:>9} {:>10} {:>10} {:>7} {:>8} {:>9} {:>13}  {:<32}",
            "case",
            "events",
            "MB",
            "best ms",
            "median ms",
            "cpu ms",
            "Mev/s",
            "peak MiB",
            "instr./event",
            "within goal and gate"
        )
    }

    /// The row, held to its gate; events a second of time on a processor.
    pub(super) fn line(&self, gates: &Gates) -> String {
        let gate = gates.of(self.name);
        let best = self.cost.best.as_secs_f64();
        let processor = self.cost.processor.as_secs_f64();
        let peak = self.cost.peak_kib as f64 / 1024.0;
        let verdicts = [
            verdict("time", gate.milliseconds.map(|goal| best * 1e3 <= goal)),
            verdict("memory", gate.mebibytes.map(|goal| peak <= goal)),
            verdict(
                "instructions",
                self.instructions
                    .and(gate.instructions_per_event)
                    .map(|_| !self.is_broken(gates)),
            ),
        ];
        format!(
            "{:<18} {:>9} {:>9.2} {:>10.1} {:>10.1} {:>7.0} {:>8.2} {peak:>9.1} {:>13}  {:<32}",
            self.name,
            self.events,
            self.bytes as f64 / 1e6,
            best * 1e3,
            self.cost.median.as_secs_f64() * 1e3,
            processor * 1e3,
            self.events as f64 / processor / 1e6,
            self.instructions
                .map_or("-".to_owned(), |count| count.to_string()),
            verdicts.concat().trim(),
        )
    }

    /// Whether more instructions were counted than the gate allows.
    pub(super) fn is_broken(&self, gates: &Gates) -> bool {
        self.instructions
            .zip(gates.of(self.name).instructions_per_event)
            .is_some_and(|(count, gate)| count > gate)
    }
}

/// How a case stands to one of its gates; nothing where there is none.
pub(super) fn verdict(what: &str, is_within: Option<bool>) -> String {
    match is_within {
        None => String::new(),
        Some(true) => format!("{what} "),
        Some(false) => format!("{}-OVER ", what.to_uppercase()),
    }
}

/// Fails where a case is above its gate.
pub(super) fn held_to(broken: &[String]) -> Result<()> {
    if broken.is_empty() {
        return Ok(());
    }
    bail!(
        "more instructions than benches/gates.toml allows: {}",
        broken.join(", ")
    );
}
