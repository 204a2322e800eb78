//! `ciel rules list`.

use std::io::Write as _;

use ciel_falco::compile::Rule;
use ciel_report::one_line;
use serde_json::{Value, json};

use crate::{
    cli::rules::{RulesFormat, RulesListArgs},
    exit::Exit,
    output,
};

pub(super) fn run(args: &RulesListArgs) -> anyhow::Result<Exit> {
    let loaded = super::load(&super::files(&args.files)?);
    let program = loaded.loader.program();
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Text => {
            for rule in &program.rules {
                let tags: Vec<&str> = rule.tags.iter().map(String::as_str).collect();
                let state = if rule.enabled { "" } else { " (disabled)" };
                writeln!(
                    out,
                    "{:<13} {:<9} {}{state} [{}]",
                    rule.priority.as_str(),
                    rule.source.as_str(),
                    one_line(&rule.name),
                    one_line(&tags.join(" "))
                )?;
            }
        }
        RulesFormat::Json => {
            let rules: Vec<Value> = program.rules.iter().map(describe).collect();
            let document = json!({"schema": "ciel.rules/v1", "rules": rules});
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    if !loaded.is_complete() {
        loaded.tell_errors()?;
    }
    Ok(loaded.exit())
}

/// What lists and explanations have of a rule.
pub(super) fn describe(rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "description": rule.description,
        "priority": rule.priority.as_str(),
        "source": rule.source.as_str(),
        "enabled": rule.enabled,
        "tags": rule.tags,
        "file": &*rule.file,
        "output": rule.output.format,
        "eventTypes": super::event_types(rule),
    })
}
