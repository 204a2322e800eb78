//! What came of a framework's controls, in every format that has a place for it.

use ciel_report::Format;

use crate::fixture::with_controls;

#[track_caller]
fn check(format: Format, parts: &[&str]) {
    let text = with_controls().write(format);
    for part in parts {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

const SENTENCE: &str = "1 of 2 controls passed (50 %), 1 failed, 1 not applicable, 1 manual";

#[test]
fn text_lists_those_that_were_judged_and_gathers_the_others() {
    check(
        Format::Text,
        &[
            "failed         5.2.2  Minimize",
            "passed         5.2.3  Minimize",
            "not applicable no kube-apiserver: 1.2.1",
            "manual         files on the nodes: 1.1.1",
            SENTENCE,
        ],
    );
}

#[test]
fn json_has_them_in_order() {
    let text = with_controls().write(Format::Json);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let compliance = &json["compliance"];
    assert_eq!(compliance["percent"], 50);
    assert_eq!(compliance["summary"]["notApplicable"], 1);
    assert_eq!(compliance["controls"][2]["status"], "not-applicable");
    check(
        Format::JsonLines,
        &["{\"type\":\"compliance\",\"profile\":\"cis-1.12\""],
    );
}

#[test]
fn junit_skips_what_was_not_judged() {
    check(
        Format::Junit,
        &[
            "<testsuite name=\"CIS Kubernetes Benchmark 1.12\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\"",
            "<failure type=\"control\" message=\"2 findings: host-pid\"/>",
            "<skipped message=\"not applicable: no kube-apiserver\"/>",
        ],
    );
}

#[test]
fn the_rest_say_the_sum_and_what_they_have_room_for() {
    check(Format::Markdown, &[SENTENCE, "| failed | 5.2.2 Minimize"]);
    check(
        Format::Github,
        &["::notice title=CIS Kubernetes Benchmark 1.12::1 of 2 controls passed (50 %25)"],
    );
    check(
        Format::Prometheus,
        &[
            "ciel_controls{profile=\"cis-1.12\",status=\"manual\"} 1",
            "ciel_control_findings{profile=\"cis-1.12\",control=\"5.2.2\"} 2",
        ],
    );
    check(Format::Sarif, &["\"compliance\":{\"profile\":\"cis-1.12\""]);
    check(
        Format::Html,
        &[
            "<a href=\"#controls\">",
            "1 of 2 controls passed",
            "<td><b>failed</b></td>",
        ],
    );
    check(
        Format::PolicyReport,
        &[
            "policy: \"cis-1.12\"\n    rule: \"5.2.2\"",
            "pass: 1\n  fail: 1\n  warn: 0\n  error: 0\n  skip: 2",
        ],
    );
}

#[test]
fn a_table_has_a_line_for_each_control_behind_the_findings() {
    let text = with_controls().write(Format::Csv);
    let lines: Vec<&str> = text.lines().collect();
    let controls = lines.iter().filter(|line| line.contains(",control,"));
    assert_eq!(controls.count(), 4);
    let last = lines.last().copied().unwrap_or_default();
    assert!(
        last.ends_with(",cis-1.12:1.1.1,,,,,control,manual"),
        "{last}"
    );
}

#[test]
fn gitlab_is_told_the_sum() {
    check(
        Format::Gitlab,
        &["CIS Kubernetes Benchmark 1.12: 1 of 2 controls passed (50 %)"],
    );
}
