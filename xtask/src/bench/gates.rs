//! `benches/gates.toml`: what each case may cost.

use std::path::Path;

use anyhow::{Context as _, Result};
use toml::Table;

/// The costs that a case may not exceed.
#[derive(Default)]
pub(super) struct Gate {
    /// Instructions for each object, on one thread. Counted, so it fails the run.
    pub(super) instructions_per_object: Option<u64>,
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
            milliseconds: number("milliseconds"),
            mebibytes: number("mebibytes"),
        }
    }
}
