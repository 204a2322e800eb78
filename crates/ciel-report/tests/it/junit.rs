use std::collections::HashSet;

use ciel_report::Format;
use quick_junit::{NonSuccessKind, TestCaseStatus};
use quick_xml::{Reader, XmlVersion, events::Event};

use crate::fixture::{Input, empty, hostile, many};

fn read(input: &Input) -> quick_junit::Report {
    quick_junit::Report::deserialize_from_str(&input.write(Format::Junit)).expect("JUnit")
}

/// Element, elements that it may stand in, attributes that it must have, attributes that it may have.
type Rule = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// junit-10.xsd of Jenkins' xUnit plugin, as far as Ciel uses it.
const SCHEMA: &[Rule] = &[
    (
        "testsuites",
        &[""],
        &[],
        &["name", "time", "tests", "failures", "errors"],
    ),
    (
        "testsuite",
        &["testsuites", "testsuite"],
        &["name", "tests", "failures", "errors"],
        &["time", "skipped", "timestamp", "file", "url"],
    ),
    (
        "testcase",
        &["testsuite"],
        &["name"],
        &["time", "classname"],
    ),
    ("failure", &["testcase"], &[], &["type", "message"]),
    ("error", &["testcase"], &[], &["type", "message"]),
    ("skipped", &["testcase"], &[], &["type", "message"]),
    ("system-out", &["testcase", "testsuite"], &[], &[]),
];

#[track_caller]
fn check_schema(text: &str) {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let parent = open.last().map_or("", String::as_str);
                let row = SCHEMA.iter().find(|row| row.0 == name);
                let (_, parents, required, optional) = row.unwrap_or_else(|| panic!("<{name}>"));
                assert!(parents.contains(&parent), "<{name}> in <{parent}>");
                let mut seen = Vec::new();
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("an attribute");
                    attribute
                        .normalized_value(XmlVersion::Explicit1_0)
                        .expect("escaped");
                    let key = attribute.key.as_ref().to_owned();
                    let is_known =
                        required.contains(&key.as_str()) || optional.contains(&key.as_str());
                    assert!(is_known, "{key} of <{name}>");
                    seen.push(key);
                }
                for key in *required {
                    assert!(seen.iter().any(|it| it == key), "<{name}> without {key}");
                }
                if matches!(event, Event::Start(_)) {
                    open.push(name);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

#[test]
fn document_holds_to_the_schema_of_jenkins() {
    check_schema(&hostile().write(Format::Junit));
}

#[test]
fn letters_are_those_of_xml() {
    for letter in hostile().write(Format::Junit).chars() {
        assert!(letter >= ' ' || matches!(letter, '\n' | '\t'), "{letter:?}");
    }
}

#[test]
fn cases_are_told_apart_by_class_and_name() {
    let report = read(&hostile());
    let mut seen = HashSet::new();
    for case in report
        .test_suites
        .iter()
        .flat_map(|suite| &suite.test_cases)
    {
        let key = (case.classname.clone(), case.name.clone());
        assert!(seen.insert(key.clone()), "{key:?}");
    }
}

#[test]
fn numbers_are_those_of_the_cases() {
    let report = read(&hostile());
    let cases: Vec<_> = report
        .test_suites
        .iter()
        .flat_map(|suite| &suite.test_cases)
        .collect();
    let failed = |wanted| {
        let is = |status: &TestCaseStatus| matches!(status, TestCaseStatus::NonSuccess { kind, .. } if *kind == wanted);
        cases.iter().filter(|case| is(&case.status)).count()
    };
    assert_eq!(
        (report.tests, report.failures, report.errors),
        (
            cases.len(),
            failed(NonSuccessKind::Failure),
            failed(NonSuccessKind::Error)
        )
    );
}

#[test]
fn suppressed_finding_is_skipped_with_its_reason() {
    let text = hostile().write(Format::Junit);
    assert!(
        text.contains("<skipped message=\"suppressed: known, says a`b|c"),
        "{text}"
    );
}

#[test]
fn what_could_not_be_read_is_an_error() {
    let text = hostile().write(Format::Junit);
    let error = "<error type=\"incomplete\" message=\"a flow sequence is not closed\">";
    assert!(text.contains(error), "{text}");
}

#[test]
fn source_without_findings_has_a_case_that_passes() {
    let report = read(&hostile());
    let clean = report
        .test_suites
        .iter()
        .find(|suite| suite.name == *"clean.yaml");
    let case = &clean.expect("a suite").test_cases[0];
    assert!(matches!(case.status, TestCaseStatus::Success { .. }));
}

#[test]
fn nothing_is_a_suite_with_a_case() {
    assert_eq!(read(&empty()).tests, 1);
}

#[test]
fn findings_of_one_check_on_one_object_are_one_case() {
    // Five findings of one check on each object, and a case for the file.
    assert_eq!(read(&many(100)).tests, 21);
}
