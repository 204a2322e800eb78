//! `ciel rules test`.

mod file;
mod judge;

use std::{collections::BTreeMap, io::Write};

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
    let mut outcomes = Vec::new();
    for file in &files {
        let Some(mut judge) = rules_of(file, args)? else {
            return Ok(Exit::Incomplete);
        };
        for test in &file.tests {
            outcomes.push(Outcome {
                file: &file.name,
                test,
                verdict: judge.judge(test)?,
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
    Ok(exit(&outcomes))
}

fn exit(outcomes: &[Outcome<'_>]) -> Exit {
    if outcomes.iter().any(|it| it.verdict.is_incomplete) {
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
    let mut loader = Loader::new();
    if file.tests.iter().any(|test| test.input.is_audit()) {
        loader = loader.with_audit();
    }
    let loaded = super::load_on(loader, &super::files(&paths)?);
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
