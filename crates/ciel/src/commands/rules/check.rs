//! `ciel rules check`.

use std::io::Write as _;

use ciel_report::{write_problem_summary, write_problems};
use serde_json::{Value, json};

use super::Loaded;
use crate::{
    cli::rules::{RulesCheckArgs, RulesFormat},
    exit::Exit,
    output,
};

pub(super) fn run(args: &RulesCheckArgs) -> anyhow::Result<Exit> {
    let loaded = super::load(&super::files(&args.files)?);
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Text => {
            let problems = loaded.problems();
            write_problems(&problems, output::style(None), &mut *out)?;
            write_problem_summary("rule file", loaded.sources.len(), &problems, &mut *out)?;
        }
        RulesFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &report(&loaded))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(loaded.exit())
}

/// Falco's report.
fn report(loaded: &Loaded) -> Value {
    let text = |name: &str| {
        let source = loaded.sources.iter().find(|source| source.name == name);
        source.map_or("", |source| &*source.text)
    };
    let results = loaded.results.iter().map(|result| result.to_json(&text));
    json!({"falco_load_results": results.collect::<Vec<_>>()})
}
