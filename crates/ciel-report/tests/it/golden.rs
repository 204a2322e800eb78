use std::path::Path;

use ciel_report::Format;

use crate::fixture::hostile;

/// Holds a format to the file that was looked at; `CIEL_RATCHET=update` writes it anew.
#[track_caller]
fn check(format: Format) {
    let name = format!("tests/golden/hostile.{}", format.extension());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let written = hostile().write(format);
    if std::env::var("CIEL_RATCHET").is_ok_and(|value| value == "update") {
        std::fs::write(&path, &written).expect("the file is written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (line, golden)) in (1..).zip(written.lines().zip(expected.lines())) {
        assert_eq!(line, golden, "line {number} of {}", path.display());
    }
    assert!(written == expected, "{} has another length", path.display());
}

#[test]
fn sarif_is_as_it_was() {
    check(Format::Sarif);
}

#[test]
fn junit_is_as_it_was() {
    check(Format::Junit);
}

#[test]
fn gitlab_is_as_it_was() {
    check(Format::Gitlab);
}

#[test]
fn code_quality_is_as_it_was() {
    check(Format::CodeQuality);
}

#[test]
fn github_is_as_it_was() {
    check(Format::Github);
}

#[test]
fn markdown_is_as_it_was() {
    check(Format::Markdown);
}

#[test]
fn csv_is_as_it_was() {
    check(Format::Csv);
}

#[test]
fn prometheus_is_as_it_was() {
    check(Format::Prometheus);
}
