use std::{
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use serde_json::Value;

/// Asks an oracle of `tests/oracles`: a program that answers each line of its standard input with a line of JSON.
///
/// # Panics
/// Where it does not start, stops early, or answers with something else.
#[must_use]
#[expect(clippy::unwrap_used, reason = "only tests call it")]
pub fn ask(
    oracle: &Path,
    questions: impl IntoIterator<Item = String, IntoIter: Send>,
) -> Vec<Value> {
    let mut child = Command::new(oracle)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = BufWriter::new(child.stdin.take().unwrap());
    let output = BufReader::new(child.stdout.take().unwrap());
    let questions = questions.into_iter();
    let answers = thread::scope(|scope| {
        scope.spawn(move || {
            for question in questions {
                input.write_all(question.as_bytes()).unwrap();
                input.write_all(b"\n").unwrap();
            }
        });
        output
            .lines()
            .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
            .collect()
    });
    assert!(child.wait().unwrap().success());
    answers
}
