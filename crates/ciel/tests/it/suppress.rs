use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{PRIVILEGED, ciel, folder};

/// Fixed, so that what expires does so whenever the tests run.
const NOW: [&str; 2] = ["--now", "2026-11-23"];

fn data(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

/// The value of `# KEY: value` in a file.
fn setting<'t>(text: &'t str, key: &str) -> &'t str {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("# {key}: ")));
    line.expect(key)
}

/// The lines (from 1) that end in a mark, with what stands behind it.
fn marked(text: &str, mark: &str) -> Vec<(u64, String)> {
    let lines = text.lines().zip(1..);
    lines
        .filter_map(|(line, number)| {
            let (_, rest) = line.split_once(mark)?;
            Some((number, rest.trim_start_matches(':').trim().to_owned()))
        })
        .collect()
}

fn lines_of(items: &Value) -> Vec<u64> {
    let items = items.as_array().expect("a list").iter();
    items
        .filter_map(|item| item["location"]["line"].as_u64())
        .collect()
}

fn scan(file: &Path, args: &[&str]) -> Value {
    let path = file.to_str().expect("UTF-8");
    let text = std::fs::read_to_string(file).expect("the file");
    let fixed = [
        "scan",
        "--format",
        "json",
        "--complete",
        "--select",
        setting(&text, "select"),
    ];
    let empty = folder(&[]);
    ciel(empty.path(), &[&fixed[..], &NOW, args, &[path]].concat()).json()
}

/// Each file says which checks it is about, which findings still count, and which suppressions are told of.
#[test]
fn suppressions_of_other_tools_hold_as_their_tools_mean_them() {
    for file in data("foreign") {
        let text = std::fs::read_to_string(&file).expect("the file");
        let report = scan(&file, &[]);
        let counting: Vec<_> = marked(&text, "# counts")
            .iter()
            .map(|(line, _)| *line)
            .collect();
        assert_eq!(
            lines_of(&report["findings"]),
            counting,
            "{}",
            file.display()
        );
        let suppressed = report["summary"]["suppressed"].to_string();
        assert_eq!(
            suppressed,
            setting(&text, "suppressed"),
            "{}",
            file.display()
        );
    }
}

#[test]
fn suppressions_that_are_wrong_are_told_where_they_stand() {
    for file in data("foreign") {
        let text = std::fs::read_to_string(&file).expect("the file");
        let told = scan(&file, &[])["diagnostics"].clone();
        let expected = marked(&text, "# warns");
        let lines: Vec<_> = expected.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines_of(&told), lines, "{} {told:#}", file.display());
        for (diagnostic, (_, part)) in told.as_array().expect("a list").iter().zip(&expected) {
            let message = diagnostic["message"].as_str().expect("a message");
            assert!(message.contains(part), "{message}: {part}");
        }
    }
}

#[test]
fn suppressions_of_other_tools_can_be_passed_over() {
    for file in data("foreign") {
        let report = scan(&file, &["--no-foreign-ignores"]);
        assert_eq!(report["summary"]["suppressed"], 0, "{}", file.display());
    }
}

/// A project with one privileged container in each of three objects, and the configuration; how many findings are left.
#[track_caller]
fn check_entry(entry: &str, left: usize) {
    let config = format!("[[ignore]]\nchecks = [\"POD001\"]\nreason = \"known\"\n{entry}\n");
    let deployment = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: team-a}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api, tier: back}}
    spec:
      containers:
      - {name: agent, image: 'quay.io/acme/agent:1', securityContext: {privileged: true}}
";
    let unnamed = PRIVILEGED
        .replace(", namespace: shop", "")
        .replace("name: web", "name: job");
    let project = folder(&[
        ("ciel.toml", &config),
        ("deploy/base/web.yaml", PRIVILEGED),
        ("deploy/api.yaml", deployment),
        ("job.yaml", &unnamed),
    ]);
    let args = ["scan", "--select", "POD001", "--format", "json", ".."];
    let report = ciel(&project.path().join("deploy"), &args).json();
    let findings = report["findings"].as_array().expect("a list").len();
    assert_eq!(findings, left, "{entry}: {report:#}");
    assert_eq!(report["summary"]["suppressed"], 3 - left, "{entry}");
}

#[test]
fn entries_of_the_configuration_hold_within_their_scope() {
    check_entry("", 0);
    check_entry("paths = [\"deploy\"]", 1);
    check_entry("paths = [\"deploy/*.yaml\"]", 2);
    check_entry("paths = [\"base\", \"job.yaml\"]", 1);
    check_entry("paths = [\"/api.yaml\"]", 3);
    check_entry("paths = [\"**/*.yaml\"]", 0);
    check_entry("kinds = [\"deployment\"]", 2);
    check_entry("kinds = [\"apps/*\"]", 2);
    check_entry("namespaces = [\"team-*\", \"shop\"]", 1);
    check_entry("namespaces = [\"default\"]", 2);
    check_entry("names = [\"web\"]", 2);
    check_entry("names = [\"w*\", \"j?b\"]", 1);
    check_entry("containers = [\"agent\"]", 2);
    check_entry("images = [\"quay.io/acme/*\"]", 2);
    check_entry("images = [\"docker.io/*\"]", 3);
    check_entry("fields = [\".spec.template\"]", 2);
    check_entry(
        "fields = [\".spec.containers[*].securityContext.privileged\"]",
        1,
    );
    check_entry("labels = {tier = \"back\"}", 2);
    check_entry("labels = {tier = \"b*\", app = \"web\"}", 3);
    check_entry("kinds = [\"Pod\"]\nnames = [\"api\"]", 3);
}

/// What is told of an entry of the configuration.
#[track_caller]
fn check_complaint(entry: &str, complaint: Option<&str>) {
    let config = format!("[[ignore]]\n{entry}\n");
    let project = folder(&[("ciel.toml", &config), ("web.yaml", PRIVILEGED)]);
    let fixed = ["scan", "--format", "json", "--select", "POD001,POD031"];
    let ran = ciel(project.path(), &[&fixed[..], &NOW, &["."]].concat());
    assert!(
        ran.code < 2,
        "warnings do not make a scan incomplete: {}",
        ran.stderr
    );
    let report = ran.json();
    let told = report["diagnostics"].as_array().expect("a list");
    let messages: Vec<_> = told
        .iter()
        .filter_map(|it| it["message"].as_str())
        .collect();
    match complaint {
        Some(part) => assert!(
            messages.len() == 1 && messages[0].contains(part),
            "{messages:?}"
        ),
        None => assert!(messages.is_empty(), "{messages:?}"),
    }
}

#[test]
fn entries_that_are_wrong_are_told() {
    let known = "checks = [\"POD001\"]\n";
    check_complaint(&format!("{known}reason = \"known\""), None);
    check_complaint(
        known,
        Some("ciel.toml:1: suppression of `POD001` gives no reason"),
    );
    let day = |date: &str| format!("{known}reason = \"known\"\nexpires = {date}");
    check_complaint(&day("2026-11-24"), None);
    check_complaint(&day("2026-11-23"), Some("expired on 2026-11-23"));
    check_complaint(&day("2026-11-22T23:59:59-01:00"), None);
    check_complaint(
        "checks = [\"POD999\"]\nreason = \"known\"",
        Some("`POD999` names no check"),
    );
    check_complaint(
        "checks = [\"host-pid\"]\nreason = \"known\"",
        Some("`host-pid` matches no finding"),
    );
    // A check that did not run says nothing of its suppressions.
    check_complaint("checks = [\"NET001\"]\nreason = \"known\"", None);
}

#[test]
fn nothing_is_called_useless_where_the_input_is_a_part() {
    let config = "[[ignore]]\nchecks = [\"host-pid\"]\nreason = \"known\"\n";
    let project = folder(&[("ciel.toml", config), ("web.yaml", PRIVILEGED)]);
    let args = ["scan", "--format", "json", "--select", "POD", "web.yaml"];
    let report = ciel(project.path(), &args).json();
    assert_eq!(report["diagnostics"], serde_json::json!([]));
}

#[test]
fn entries_that_cannot_be_meant_are_refused() {
    for (entry, part) in [
        ("checks = []", "`checks` is empty"),
        ("checks = [\"*\"]", "without a scope"),
        ("checks = [\"POD001\"]\npaths = [\"a[\"]", "`paths`"),
        ("checks = [\"POD001\"]\nexpires = 10:00:00", "is no moment"),
        (
            "checks = [\"POD001\"]\nreasons = \"x\"",
            "unknown field `reasons`",
        ),
        ("reason = \"x\"", "missing field `checks`"),
    ] {
        let config = format!("\n[[ignore]]\n{entry}\n");
        let project = folder(&[("ciel.toml", &config), ("web.yaml", PRIVILEGED)]);
        let ran = ciel(project.path(), &["scan", "."]);
        assert_eq!(ran.code, 2, "{entry}");
        assert!(ran.stderr.contains(part), "{entry}: {}", ran.stderr);
    }
}

#[test]
fn ciels_own_comments_and_annotations_expire() {
    for (date, suppressed) in [("2026-11-24", 1), ("2026-11-23", 0), ("soon", 0)] {
        let comment = format!("privileged: true # ciel: ignore[POD001] expires={date} known");
        let commented = PRIVILEGED.replace("privileged: true", &comment);
        let annotation = format!(
            "{{name: web, annotations: {{ciel.dev/ignore: 'POD001 expires={date} known'}}}}"
        );
        let annotated = PRIVILEGED.replace("{name: web, namespace: shop}", &annotation);
        for text in [commented, annotated] {
            let project = folder(&[("web.yaml", &text)]);
            let fixed = ["scan", "--format", "json", "--select", "POD001", "."];
            let report = ciel(project.path(), &[&fixed[..], &NOW].concat()).json();
            assert_eq!(report["summary"]["suppressed"], suppressed, "{date}");
            let told = report["diagnostics"].as_array().expect("a list").len();
            assert_eq!(told, 1 - suppressed, "{date}");
        }
    }
}
