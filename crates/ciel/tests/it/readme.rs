//! Runs the `console` blocks of README.md and compares what they print.
//!
//! A line that begins with `$ ` is a command, run by `sh` at the root of the repository with `ciel` on PATH; the lines
//! below it are what it prints. A line `…` stands for any number of lines; times (`13ms`, `0.3s`) compare equal. The
//! exit code is 0, or what stands behind `exit=` where the block begins.

use std::{env, fs, path::Path, process::Command};

/// One command of a block.
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
    exit: i32,
}

#[test]
fn readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("README.md")).expect("README.md is there");
    let examples = examples(&text);
    assert!(!examples.is_empty(), "README.md has no console blocks");
    let problems: Vec<String> = examples
        .iter()
        .filter_map(|example| problem(&root, example))
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut exit = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            let code = info
                .split_once("exit=")
                .and_then(|(_, code)| code.trim().parse().ok());
            exit = (exit.is_none() && info.starts_with("console")).then_some(code.unwrap_or(0));
        } else if let (Some(exit), Some(command)) = (exit, line.strip_prefix("$ ")) {
            let command = command.to_owned();
            examples.push(Example {
                line: number + 1,
                command,
                output: Vec::new(),
                exit,
            });
        } else if let (Some(_), Some(example)) = (exit, examples.last_mut()) {
            example.output.push(line.to_owned());
        }
    }
    examples
}

fn problem(root: &Path, example: &Example) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_ciel"))
        .parent()
        .expect("a program is in a folder");
    let path = format!(
        "{}:{}",
        program.display(),
        env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", &format!("{} 2>&1", example.command)])
        .current_dir(root)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .output()
        .expect("sh starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let actual: Vec<String> = text.lines().map(timeless).collect();
    let expected: Vec<String> = example.output.iter().map(|line| timeless(line)).collect();
    let same = matches(&expected, &actual);
    if same && output.status.code() == Some(example.exit) {
        return None;
    }
    let Example { line, command, .. } = example;
    Some(format!(
        "README.md:{line}: `{command}` ({}) prints:\n{text}",
        output.status
    ))
}

/// The line without blanks at its end, and `N` for every word that is a time: `13ms`, `0.3s`.
fn timeless(line: &str) -> String {
    let is_time = |word: &&str| {
        let number = word.trim_end_matches(['m', 's', 'µ', 'n']);
        number.len() < word.len() && number.parse::<f64>().is_ok()
    };
    let words = line.trim_end().split(' ');
    let masked = words.map(|word| if is_time(&word) { "N" } else { word });
    masked.collect::<Vec<_>>().join(" ")
}

fn matches(expected: &[String], actual: &[String]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((first, rest)) if first.trim() == "…" => (0..=actual.len())
            .filter_map(|skipped| actual.get(skipped..))
            .any(|later| matches(rest, later)),
        Some((first, rest)) => actual
            .split_first()
            .is_some_and(|(line, later)| line == first && matches(rest, later)),
    }
}
