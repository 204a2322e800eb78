//! Rules on the text of files: length, attributes, printing, names of tests, blanks at the end.

use crate::repo::TextFile;

/// Lines of one source file. Few are over 500.
const LINES: usize = 800;

/// What stands in the head of a table that nobody reads line by line.
const GENERATED: &str = "//! Written by `cargo xtask";

/// Extensions whose lines must not end in blanks. Test data is exempt: blanks may be what it is about.
const NEAT: &[&str] = &["rs", "toml", "sh", "md", "yaml", "yml"];

/// Words of code that no source file may have, in pieces so that this file may, and what to do instead.
const FORBIDDEN: &[(&[&str], &str)] = &[
    (&["#[", "allow("], "say #[expect(lint, reason = \"…\")]"),
    (&["#![", "allow("], "say #![expect(lint, reason = \"…\")]"),
    (&["fn ", "test_"], "name what is tested, without the prefix"),
];

/// Words that only these, tests and examples may have.
const PRINTING: &[&[&str]] = &[&["print", "ln!("], &["print", "!("]];
const PRINTERS: &[&str] = &["crates/ciel-report/", "crates/ciel-testkit/", "xtask/"];

/// Complaints about the text of tracked files.
pub(super) fn check(files: &[TextFile]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        if file.has_extension("rs") {
            complaints.extend(judge_source(&file.path, &file.text));
        }
        if NEAT.iter().any(|extension| file.has_extension(extension))
            && !file.path.contains("/data/")
        {
            complaints.extend(judge_blanks(&file.path, &file.text));
        }
    }
    complaints
}

fn judge_source(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let count = text.lines().count();
    if count > LINES && !text.contains(GENERATED) {
        complaints.push(format!(
            "{path}: {count} lines, more than {LINES}: split it"
        ));
    }
    let mut may_print = PRINTERS.iter().any(|it| path.starts_with(it))
        || ["/tests/", "/examples/"].iter().any(|it| path.contains(it));
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        may_print |= code.starts_with("#[cfg(test)]");
        for (pieces, instead) in FORBIDDEN {
            let word = pieces.concat();
            if code.contains(&word) {
                complaints.push(format!("{path}:{number}: `{word}`: {instead}"));
            }
        }
        if !may_print
            && PRINTING
                .iter()
                .any(|pieces| code.contains(&pieces.concat()))
        {
            complaints.push(format!("{path}:{number}: only ciel-report prints"));
        }
    }
    complaints
}

fn judge_blanks(path: &str, text: &str) -> Vec<String> {
    let mut complaints: Vec<String> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.ends_with([' ', '\t']))
        .map(|(number, _)| format!("{path}:{number}: blanks at the end of the line"))
        .collect();
    if !text.is_empty() && !text.ends_with('\n') {
        complaints.push(format!("{path}: no newline at the end"));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, complaints: &[&str]) {
        assert_eq!(judge_source(path, text), complaints);
    }

    #[test]
    fn attributes_expect_with_a_reason() {
        let text = format!("#[{}dead_code)]\nfn a() {{}}\n", "allow(");
        let complaint = format!(
            "src/a.rs:1: `#[{}`: say #[expect(lint, reason = \"…\")]",
            "allow("
        );
        check("src/a.rs", &text, &[&complaint]);
    }

    #[test]
    fn printing_is_for_reports_and_tests() {
        let text = format!("fn a() {{ print{}\"\"); }}\n", "ln!(");
        check(
            "crates/ciel-yaml/src/a.rs",
            &text,
            &["crates/ciel-yaml/src/a.rs:1: only ciel-report prints"],
        );
        check("crates/ciel-report/src/a.rs", &text, &[]);
        check(
            "crates/ciel-yaml/src/a.rs",
            &format!("#[cfg(test)]\n{text}"),
            &[],
        );
    }

    #[test]
    fn comments_may_say_anything() {
        check("src/a.rs", &format!("// #[{}dead_code)]\n", "allow("), &[]);
    }

    #[test]
    fn long_files_are_split() {
        check(
            "src/a.rs",
            &"\n".repeat(801),
            &["src/a.rs: 801 lines, more than 800: split it"],
        );
    }

    #[test]
    fn lines_end_in_no_blanks() {
        assert_eq!(
            judge_blanks("a.md", "one \ntwo"),
            [
                "a.md:1: blanks at the end of the line",
                "a.md: no newline at the end"
            ]
        );
    }
}
