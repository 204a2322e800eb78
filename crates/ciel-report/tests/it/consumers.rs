//! Reports as the programs that they are for read them.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use ciel_report::Format;
use ciel_testkit::tool;

use crate::fixture::{Input, empty, hostile, many, with_controls};

/// Runs a program with the report as its input; it must end well and print nothing.
#[track_caller]
fn check(program: &Path, args: &[&str], input: &Input, format: Format) {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = input.write(format);
    // Whoever stops reading early says why.
    let _ = stdin.write_all(text.as_bytes());
    drop(stdin);
    let ran = child.wait_with_output().expect("it ends");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    let said = said.trim();
    assert!(
        ran.status.success() && (said.is_empty() || said == "- validates"),
        "{}: {said}",
        ran.status
    );
}

fn inputs() -> [Input; 4] {
    [hostile(), empty(), with_controls(), many(10_000)]
}

/// `check metrics` reads the text as Prometheus does, and looks for what its authors advise against.
#[test]
fn promtool_reads_metrics_and_finds_nothing_to_mend() {
    let Some(promtool) = tool("promtool") else {
        return;
    };
    for input in inputs() {
        let args = ["check", "metrics"];
        check(&promtool, &args, &input, Format::Prometheus);
    }
}

/// The schema of Jenkins' xUnit plugin, whole, by another reader of XML than ours.
#[test]
fn xmllint_holds_junit_to_the_schema_of_jenkins() {
    let (Some(xmllint), Some(schema)) = (tool("xmllint"), tool("junit-10.xsd")) else {
        return;
    };
    let schema = schema.to_str().expect("UTF-8");
    for input in inputs() {
        let args = ["--noout", "--nonet", "--schema", schema, "-"];
        check(&xmllint, &args, &input, Format::Junit);
    }
}
