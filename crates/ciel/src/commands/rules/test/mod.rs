//! `ciel rules test`.

mod file;
mod judge;

use std::{collections::BTreeMap, io::Write, path::Path};

use anyhow::bail;
use ciel_falco::load::Loader;
use ciel_report::one_line;
use serde_json::{Value, json};

use self::{
    file::{Input, Test, TestFile},
    judge::Judge,
};
use crate::{
    cli::rules::{RulesFormat, RulesTestArgs},
    exit::Exit,
    output,
};

/// What came of a test.
struct Outcome<'t> {
    file: &'t str,
    test: &'t Test,
    verdict: Verdict,
}

/// What the rules did, and what of it was not expected.
#[derive(Default)]
struct Verdict {
    /// How often each rule alerted.
    alerts: BTreeMap<String, u64>,
    /// Nothing where all is as it should be.
    failures: Vec<String>,
    /// Whether a part of what the rules were to be shown could not be read.
    is_incomplete: bool,
}

pub(super) fn run(args: &RulesTestArgs) -> anyhow::Result<Exit> {
    let files = super::files(&args.files)?;
    let files: Vec<TestFile> = files
        .iter()
        .map(|path| file::read(path))
        .collect::<anyhow::Result<_>>()?;
    if files.len() > 1 && args.rules.iter().any(|path| path == Path::new("-")) {
        bail!("rules from standard input can be read only once: name one file of tests");
    }
    let mut outcomes = Vec::new();
    let mut all_load = true;
    for file in &files {
        let Some(mut judge) = rules_of(file, args)? else {
            all_load = false;
            continue;
        };
        for test in &file.tests {
            outcomes.push(Outcome {
                file: &file.name,
                test,
                verdict: judge.judge(test).unwrap_or_else(Verdict::unread),
            });
        }
    }
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Text => write_text(&outcomes, &mut out)?,
        RulesFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &document(&outcomes))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(exit(&outcomes, all_load))
}

impl Verdict {
    /// Of a test that could not be carried out.
    fn unread(error: anyhow::Error) -> Self {
        Self {
            failures: vec![format!("{error:#}")],
            is_incomplete: true,
            ..Self::default()
        }
    }
}

fn exit(outcomes: &[Outcome<'_>], all_load: bool) -> Exit {
    if !all_load || outcomes.iter().any(|it| it.verdict.is_incomplete) {
        Exit::Incomplete
    } else if outcomes.iter().any(|it| !it.verdict.failures.is_empty()) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// The rules that a file of tests is about; nothing where they do not load, which has then been told.
fn rules_of(file: &TestFile, args: &RulesTestArgs) -> anyhow::Result<Option<Judge>> {
    let paths: Vec<_> = args.rules.iter().chain(&file.rules).cloned().collect();
    if paths.is_empty() {
        bail!(
            "{}: there are no rules: name rule files under `rules`, or with --rules FILE",
            file.name
        );
    }
    let loaded = super::load_on(Loader::new().with_audit(), &super::files(&paths)?);
    if !loaded.is_complete() {
        loaded.tell_errors()?;
        return Ok(None);
    }
    Ok(Some(Judge::new(loaded.loader.into_program())))
}

/// Each test, and why it fails.
fn write_text(outcomes: &[Outcome<'_>], out: &mut dyn Write) -> anyhow::Result<()> {
    for Outcome {
        file,
        test,
        verdict,
    } in outcomes
    {
        let (file, name) = (one_line(file), one_line(&test.name));
        if verdict.failures.is_empty() {
            writeln!(out, "ok      {file}: {name}")?;
            continue;
        }
        writeln!(out, "FAILED  {file}:{}: {name}", test.line)?;
        for failure in &verdict.failures {
            for line in failure.lines() {
                writeln!(out, "          {}", one_line(line))?;
            }
        }
    }
    let failed = failed(outcomes);
    let passed = outcomes.len() - failed;
    writeln!(out, "{passed} passed, {failed} failed")?;
    Ok(())
}

fn failed(outcomes: &[Outcome<'_>]) -> usize {
    let failed = outcomes.iter();
    failed.filter(|it| !it.verdict.failures.is_empty()).count()
}

fn document(outcomes: &[Outcome<'_>]) -> Value {
    let tests = outcomes.iter().map(|it| {
        json!({
            "file": it.file,
            "line": it.test.line,
            "name": it.test.name,
            "input": match it.test.input {
                Input::Example(_) => "event",
                Input::Audit(_) | Input::AuditLog(_) => "audit",
                Input::Capture { .. } => "capture",
            },
            "passed": it.verdict.failures.is_empty(),
            "complete": !it.verdict.is_incomplete,
            "failures": it.verdict.failures,
            "alerts": it.verdict.alerts,
        })
    });
    let failed = failed(outcomes);
    json!({
        "schema": "ciel.rules-test/v1",
        "summary": {"tests": outcomes.len(), "passed": outcomes.len() - failed, "failed": failed},
        "tests": tests.collect::<Vec<_>>(),
    })
}
