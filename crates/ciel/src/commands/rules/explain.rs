//! `ciel rules explain`.

use std::io::Write as _;

use anyhow::bail;
use ciel_falco::compile::{Program, Rule};
use ciel_report::{one_line, several_lines};
use serde_json::{Value, json};

use super::list::describe;
use crate::{
    cli::rules::{RulesExplainArgs, RulesFormat},
    commands::lookup,
    exit::Exit,
    output,
};

pub(super) fn run(args: &RulesExplainArgs) -> anyhow::Result<Exit> {
    let loaded = super::load(&super::files(&args.files)?);
    let program = loaded.loader.program();
    let Some(rule) = find(program, &args.rule) else {
        if !loaded.is_complete() {
            bail!("the rules do not load: `ciel rules check` says why");
        }
        bail!("{}", no_such_rule(program, &args.rule));
    };
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Text => out.write_all(text(program, rule).as_bytes())?,
        RulesFormat::Json => {
            let mut document = serde_json::Map::new();
            document.insert("schema".to_owned(), json!("ciel.rule/v1"));
            if let Value::Object(rule) = describe(rule) {
                document.extend(rule);
            }
            document.insert("condition".to_owned(), rule.expression.to_string().into());
            document.insert("fields".to_owned(), super::fields(program, rule).into());
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(loaded.exit())
}

/// The sentence for a word that names no rule, or several.
fn no_such_rule(program: &Program, word: &str) -> String {
    const SHOWN: usize = 10;
    let words = word.to_lowercase();
    let names = || program.rules.iter().map(|rule| &*rule.name);
    let mut several = names().filter(|name| name.to_lowercase().contains(&words));
    let shown: Vec<String> = several
        .by_ref()
        .take(SHOWN)
        .map(|name| format!("`{}`", one_line(name)))
        .collect();
    if !shown.is_empty() {
        let more = if several.next().is_some() { " …" } else { "" };
        return format!(
            "several rules have `{word}` in their names: {}{more}",
            shown.join(", ")
        );
    }
    match lookup::closest_of(&words, names()) {
        Some(name) => format!(
            "no rule is called `{word}`: did you mean `{}`? `ciel rules list` names them all",
            one_line(name)
        ),
        None => format!("no rule is called `{word}`: `ciel rules list` names them all"),
    }
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
    let text = format!(
        "{}\n  {} ({}{state}), from {}\n  tags: {}\n\n{}\n\nRuns on events: {types}\n\nCondition:\n{}\nOutput:\n{}\n\nFields: {}\n",
        rule.name,
        rule.priority.as_str(),
        rule.source.as_str(),
        rule.file,
        tags.join(", "),
        rule.description.trim_end(),
        indented(&rule.expression.to_lines()),
        indented(rule.output.format.trim_end()),
        super::fields(program, rule).join(", "),
    );
    // What stands in a rule file must not command the terminal.
    several_lines(&text).into_owned()
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("  {line}\n"));
    lines.collect()
}
