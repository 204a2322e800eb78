//! `ciel rules explain`.

use std::io::Write as _;

use anyhow::bail;
use ciel_falco::compile::{Program, Rule};
use serde_json::json;

use super::list::describe;
use crate::{
    cli::rules::{RulesExplainArgs, RulesFormat},
    exit::Exit,
    output,
};

pub(super) fn run(args: &RulesExplainArgs) -> anyhow::Result<Exit> {
    let loaded = super::load(&args.files);
    let program = loaded.loader.program();
    let Some(rule) = find(program, &args.rule) else {
        if !loaded.is_complete() {
            bail!("the rules do not load: `ciel rules check` says why");
        }
        bail!(
            "no rule is called `{}`: `ciel rules list` names them all",
            args.rule
        );
    };
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Text => out.write_all(text(program, rule).as_bytes())?,
        RulesFormat::Json => {
            let mut document = describe(rule);
            if let Some(object) = document.as_object_mut() {
                object.insert("schema".to_owned(), json!("ciel.rule/v1"));
                object.insert("condition".to_owned(), rule.expression.to_string().into());
                object.insert("fields".to_owned(), super::fields(program, rule).into());
            }
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if loaded.is_complete() {
        Exit::Clean
    } else {
        Exit::Incomplete
    })
}

/// The rule of this name, or the only one whose name has these words without regard to case.
fn find<'p>(program: &'p Program, name: &str) -> Option<&'p Rule> {
    program.rule(name).or_else(|| {
        let words = name.to_lowercase();
        let mut found = program
            .rules
            .iter()
            .filter(|rule| rule.name.to_lowercase().contains(&words));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    })
}

fn text(program: &Program, rule: &Rule) -> String {
    let tags: Vec<&str> = rule.tags.iter().map(String::as_str).collect();
    let types = match super::event_types(rule) {
        None => "all".to_owned(),
        Some(types) if types.is_empty() => "none: it never alerts".to_owned(),
        Some(types) => types.join(", "),
    };
    let state = if rule.enabled { "" } else { ", disabled" };
    format!(
        "{}\n  {} ({}{state}), from {}\n  tags: {}\n\n{}\n\nRuns on events: {types}\n\nCondition:\n{}\nOutput:\n{}\n\nFields: {}\n",
        rule.name,
        rule.priority.as_str(),
        rule.source.as_str(),
        rule.file,
        tags.join(", "),
        rule.description.trim_end(),
        indented(&rule.expression.to_lines()),
        indented(&rule.output.format),
        super::fields(program, rule).join(", "),
    )
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("  {line}\n"));
    lines.collect()
}
