use ciel_report::Format;

use crate::fixture::{HOSTILE, Input, empty, hostile, many};

/// All that Ciel itself writes in angle brackets.
const TAGS: &[&str] = &[
    "<details>",
    "<details open>",
    "</details>",
    "<summary>",
    "</summary>",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "<br>",
];

#[test]
fn markup_is_ciels_own() {
    let text = hostile().write(Format::Markdown);
    let rest = TAGS.iter().fold(text, |text, tag| text.replace(tag, ""));
    assert!(!rest.contains(['<', '>']), "{rest}");
}

#[test]
fn cells_are_as_many_as_their_header_has() {
    let text = hostile().write(Format::Markdown);
    for line in text.lines().filter(|line| line.starts_with("| [")) {
        assert_eq!(line.matches('|').count(), 4, "{line}");
    }
}

#[test]
fn nobody_is_notified() {
    assert!(HOSTILE.contains("@team"));
    assert!(!hostile().write(Format::Markdown).contains('@'));
}

#[test]
fn comment_fits() {
    for count in [100, 200, 250, 300, 10_000] {
        let text = many(count).write(Format::Markdown);
        assert!(text.len() <= 65_536, "{count}: {}", text.len());
    }
}

#[test]
fn comment_fits_with_long_names_everywhere() {
    let mut input = many(10_000);
    for (at, finding) in input.findings.iter_mut().enumerate() {
        finding.message = "|`".repeat(at % 5_000);
    }
    for source in &mut input.sources {
        source.name = "*".repeat(10_000);
    }
    assert!(input.write(Format::Markdown).len() <= 65_536);
}

#[test]
fn what_is_left_out_is_counted() {
    let text = many(10_000).write(Format::Markdown);
    let shown = text.lines().filter(|line| line.starts_with("| [")).count();
    assert!(shown > 100, "{shown}");
    let left_out = format!("**{} findings left out**", 10_000 - shown);
    assert!(text.contains(&left_out), "{left_out}");
}

#[test]
fn worst_are_shown() {
    let text = many(10_000).write(Format::Markdown);
    assert!(text.contains("<details open><summary><b>critical</b>: 2000 findings</summary>"));
}

#[test]
fn folds_are_closed() {
    let check = |input: &Input| {
        let text = input.write(Format::Markdown);
        assert_eq!(
            text.matches("<details").count(),
            text.matches("</details>").count()
        );
    };
    check(&hostile());
    check(&many(10_000));
}

#[test]
fn links_of_checks_have_an_address() {
    let text = hostile().write(Format::Markdown);
    assert!(text.contains("\n[POD001]: https://"), "{text}");
}

#[test]
fn clean_run_says_so() {
    assert!(
        empty()
            .write(Format::Markdown)
            .starts_with("## Ciel: nothing found\n")
    );
}
