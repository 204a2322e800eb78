//! PolicyReports as a real API server takes them: by the definitions of their kinds, strictly, and back again.

use std::{borrow::Cow, sync::Arc};

use ciel_core::{
    Check, Diagnostic, Finding, Location, ObjectRef, Profile, Severity, Source, SourceId,
    SourceKind, Span, Timestamp, Topic,
    suppress::{Suppression, SuppressionKind},
};
use ciel_report::{Format, Report, TextStyle};
use ciel_testkit::Cluster;
use serde_json::Value;

const DEFINITIONS: &str = include_str!("../resources/policyreport-definitions.yaml");
/// What somebody could put into every name, path and message.
const HOSTILE: &str =
    "a\": b # 'c'\n---\n- {{ .Values }}\t\u{0}\u{85}\u{202e}\u{2028}\u{feff}\\ &x *y !z";
/// More than one report can hold.
const MANY: usize = 1_500;

static CHECK: Check = Check {
    code: "POD001",
    name: "privileged-container",
    severity: Severity::Critical,
    severity_reason: "",
    since: "0.1.0",
    summary: "container runs `privileged`",
    docs: "",
    topic: Topic::Pod,
    profile: Profile::Security,
    frameworks: &[],
    aliases: &[],
};

fn finding(namespace: &str, name: &str, message: &str) -> Finding {
    let object = Arc::new(ObjectRef {
        api_version: "v1".to_owned(),
        kind: "Pod".to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    });
    let path = ".spec.containers[0]".to_owned();
    Finding {
        severity: Severity::Critical,
        help: Cow::Borrowed("drop it"),
        location: Some(Location {
            source: SourceId(0),
            span: Span::new(3, 4),
        }),
        ..Finding::new(&CHECK, object, path, message.to_owned())
    }
}

fn written(findings: &[Finding], diagnostics: &[Diagnostic]) -> String {
    let report = Report {
        version: "0.0.0",
        sources: &[Source::new("web.yaml", SourceKind::File, "a: b\n")],
        findings,
        diagnostics,
        skipped: 0,
        complete: true,
        arguments: &[],
        time: Some(Timestamp(1_795_000_000)),
        elapsed: None,
        assessment: None,
        fail_on: None,
    };
    let mut out = Vec::new();
    ciel_report::write(
        &report,
        Format::PolicyReport,
        TextStyle::default(),
        &mut out,
    )
    .expect("memory takes everything");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_report_without_findings_replaces_an_older_one() {
    let text = written(&[], &[]);
    assert_eq!(
        text,
        "---\napiVersion: wgpolicyk8s.io/v1alpha2\nkind: ClusterPolicyReport\nmetadata:\n  name: ciel\n  labels:\n    \
         app.kubernetes.io/managed-by: ciel\nresults: []\nsummary:\n  pass: 0\n  fail: 0\n  warn: 0\n  error: 0\n  skip: 0\n"
    );
}

#[test]
fn an_api_server_takes_reports_and_gives_them_back() {
    let Some(cluster) = Cluster::start() else {
        return;
    };
    let kubectl = |arguments: &[&str], input: &str| {
        cluster
            .kubectl(arguments, input)
            .unwrap_or_else(|error| panic!("kubectl {arguments:?}: {error}"))
    };
    kubectl(&["apply", "--filename", "-"], DEFINITIONS);
    kubectl(
        &[
            "wait",
            "--for=condition=Established",
            "--timeout=60s",
            "--all",
            "crd",
        ],
        "",
    );
    for namespace in ["shop", "many"] {
        kubectl(&["create", "namespace", namespace], "");
    }

    let mut findings = vec![
        finding("shop", "web", "container `app` runs privileged"),
        finding("shop", HOSTILE, HOSTILE),
        finding("", "reader", "a role"),
        finding(HOSTILE, "odd", "in no namespace that there can be"),
    ];
    findings[1].severity = Severity::Info;
    findings[2].suppression = Some(Suppression {
        kind: SuppressionKind::Comment,
        reason: HOSTILE.to_owned(),
    });
    findings.extend(
        (0..MANY).map(|index| finding("many", &format!("pod-{index}"), &"long ".repeat(100))),
    );
    let unread = Diagnostic::error(HOSTILE).at(SourceId(0), Span::new(0, 1));
    let text = written(
        &findings,
        &[unread, Diagnostic::warning("nothing was lost")],
    );
    // Client-side: that is what keeps a copy in an annotation.
    kubectl(&["apply", "--validate=strict", "--filename", "-"], &text);
    let again = kubectl(&["apply", "--validate=strict", "--filename", "-"], &text);
    assert!(
        again.lines().all(|line| line.ends_with(" unchanged")),
        "{again}"
    );

    let get = |kind: &str, name: &str, namespace: &str| -> Value {
        let json = kubectl(
            &[
                "get",
                kind,
                name,
                "--namespace",
                namespace,
                "--output",
                "json",
            ],
            "",
        );
        serde_json::from_str(&json).expect("JSON")
    };
    let shop = get("policyreport", "ciel", "shop");
    assert_eq!(shop["summary"]["fail"], 1);
    assert_eq!(shop["summary"]["warn"], 1);
    let first = &shop["results"][0];
    assert_eq!(first["policy"], "privileged-container");
    assert_eq!(first["resources"][0]["fieldPath"], "spec.containers[0]");
    assert_eq!(first["timestamp"]["seconds"], 1_795_000_000);
    assert_eq!(first["properties"]["location"], "web.yaml:1:4");
    assert_eq!(shop["results"][1]["message"], HOSTILE);
    assert_eq!(shop["results"][1]["resources"][0]["name"], HOSTILE);

    let elsewhere = get("clusterpolicyreport", "ciel", "");
    let outcomes: Vec<&Value> = elsewhere["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| &result["result"])
        .collect();
    assert_eq!(outcomes, ["skip", "fail", "error"]);

    let json = kubectl(
        &[
            "get",
            "policyreports",
            "--namespace",
            "many",
            "--output",
            "json",
        ],
        "",
    );
    let many: Value = serde_json::from_str(&json).expect("JSON");
    let many = many["items"].as_array().expect("items");
    assert!(many.len() > 3, "{} reports", many.len());
    let results: usize = many
        .iter()
        .map(|report| report["results"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(results, MANY);
}
