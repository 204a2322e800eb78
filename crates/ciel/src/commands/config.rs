//! `ciel config import` and `ciel config check`.

use std::{fmt::Write as _, fs, io::Write as _, path::Path};

use anyhow::{Context as _, bail};
use ciel_checks::{Exception, catalogue};
use ciel_config::{FileKind, Imported};
use ciel_core::{Timestamp, suppress::Pick};

use crate::{
    cli::{ConfigArgs, ConfigCheckArgs, ConfigCommand, ConfigImportArgs},
    commands::scan,
    config,
    exit::Exit,
    output,
};

pub(crate) fn run(args: &ConfigArgs) -> anyhow::Result<Exit> {
    match &args.command {
        ConfigCommand::Import(args) => import(args),
        ConfigCommand::Check(args) => check(args),
    }
}

fn knows(word: &str) -> bool {
    let pick = config::pick(word);
    catalogue().any(|rule| pick.names(&rule.check))
}

fn import(args: &ConfigImportArgs) -> anyhow::Result<Exit> {
    let files: Vec<_> = args
        .files
        .iter()
        .map(|path| import_file(path))
        .collect::<anyhow::Result<_>>()?;
    let text = ciel_config::render(&files);
    if let Some(path) = &args.output {
        if path.exists() {
            bail!(
                "{} exists already: write to standard output, and merge",
                path.display()
            );
        }
        config::parse(&text, path)
            .context("what was converted is no configuration: this is an error of Ciel")?;
    }
    let mut out = output::open(args.output.as_deref())?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    for file in &files {
        for note in &file.notes {
            output::note(&format!("{}:{}: {}", file.name, note.line, note.message));
        }
    }
    let converted: usize = files.iter().map(|file| file.entries.len()).sum();
    let left: usize = files.iter().map(|file| file.notes.len()).sum();
    output::note(&format!(
        "exceptions converted: {converted}, lines not carried over: {left}"
    ));
    Ok(Exit::Clean)
}

fn import_file(path: &Path) -> anyhow::Result<Imported<'static>> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    let Some(kind) = FileKind::of(&name, &text) else {
        bail!(
            "{name} is no configuration that Ciel can convert: it knows .trivyignore, .trivyignore.yaml, trivy.yaml, \
             .checkov.yaml, .checkov.baseline, .kube-linter.yaml, the configuration of Polaris and the exceptions of \
             Kubescape, by name or by content"
        );
    };
    Ok(ciel_config::import(kind, &name, &text, &knows))
}

fn check(args: &ConfigCheckArgs) -> anyhow::Result<Exit> {
    let Some(path) = args.file.clone().or_else(config::nearest) else {
        bail!("there is no ciel.toml, neither here nor in a folder above");
    };
    let read = config::read(&path)?;
    let now = scan::clock();
    let exceptions = &read.suppress.exceptions;
    let mut text = format!(
        "{}: right, {} exceptions\n",
        path.display(),
        exceptions.len()
    );
    for exception in exceptions {
        let _ = writeln!(text, "{}: {}", exception.origin(), describe(exception, now));
    }
    let mut out = output::open(None)?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn describe(exception: &Exception, now: Option<Timestamp>) -> String {
    let ignore = exception.ignore();
    let picks: Vec<String> = ignore.picks.iter().map(meaning).collect();
    let mut text = picks.join(", ");
    if ignore.reason.is_empty() {
        text.push_str("; no reason");
    }
    if !ignore.expiry.holds(now) {
        text.push_str("; expired");
    }
    text
}

/// A word with the codes of the checks that it names.
fn meaning(pick: &Pick) -> String {
    const MOST: usize = 5;
    let named = catalogue().filter(|rule| pick.names(&rule.check));
    let codes: Vec<_> = named.map(|rule| rule.check.code).collect();
    let word = match pick {
        Pick::Tool(tool) => format!("{}:*", tool.as_str()),
        pick => pick.to_string(),
    };
    match codes.as_slice() {
        [] => format!("{word} (names no check)"),
        [code] if code.eq_ignore_ascii_case(&word) => word,
        codes if codes.len() > MOST => format!("{word} ({} checks)", codes.len()),
        codes => format!("{word} ({})", codes.join(" ")),
    }
}
