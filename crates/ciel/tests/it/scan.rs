use std::process::{Command, Stdio};

use crate::run::{PRIVILEGED, ciel, ciel_with_input, folder};

const CLEAN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
const BROKEN: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers: [\n";
const ONLY_POD001: [&str; 4] = ["scan", "--select", "POD001", "--format"];

fn exit_code(files: &[(&str, &str)], args: &[&str]) -> i32 {
    ciel(folder(files).path(), args).code
}

#[test]
fn exit_code_says_how_it_ended() {
    let bad = ("bad.yaml", PRIVILEGED);
    let clean = ("clean.yaml", CLEAN);
    let broken = ("broken.yaml", BROKEN);
    for (files, args, expected) in [
        (vec![clean], vec!["scan", "."], 0),
        (vec![bad], vec!["scan", "."], 1),
        (vec![bad], vec!["scan", "--fail-on", "never", "."], 0),
        (
            vec![bad],
            vec![
                "scan",
                "--select",
                "POD001",
                "--min-severity",
                "critical",
                "--fail-on",
                "critical",
                ".",
            ],
            1,
        ),
        (
            vec![bad],
            vec![
                "scan",
                "--ignore",
                "POD",
                "--fail-on",
                "critical",
                "bad.yaml",
            ],
            0,
        ),
        (vec![bad, broken], vec!["scan", "."], 3),
        (
            vec![bad, broken],
            vec!["scan", "--allow-incomplete", "."],
            1,
        ),
        (
            vec![clean, broken],
            vec!["scan", "--allow-incomplete", "."],
            0,
        ),
        (vec![clean], vec!["scan", "no-such-file.yaml"], 2),
        (
            vec![clean],
            vec!["scan", "--select", "no-such-check", "."],
            2,
        ),
        (vec![clean], vec!["scan", "--format", "xml", "."], 2),
        (
            vec![clean],
            vec!["scan", "--format", "json", "--format", "sarif", "."],
            2,
        ),
        (vec![clean], vec!["scan"], 2),
    ] {
        assert_eq!(exit_code(&files, &args), expected, "{args:?}");
    }
}

#[test]
fn broken_file_is_named_with_its_place_and_hides_no_other() {
    let folder = folder(&[("a.yaml", BROKEN), ("b.yaml", PRIVILEGED)]);
    let report = ciel(folder.path(), &[&ONLY_POD001[..], &["json", "."]].concat()).json();
    assert_eq!(report["findings"][0]["code"], "POD001");
    let diagnostic = &report["diagnostics"][0];
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["location"]["source"], "a.yaml");
    assert!(
        diagnostic["location"]["line"]
            .as_u64()
            .is_some_and(|line| line >= 5),
        "{diagnostic}"
    );
    assert_eq!(report["summary"]["incomplete"], 1);
}

#[test]
fn finding_stands_where_the_contract_says() {
    let folder = folder(&[("deploy/web.yaml", PRIVILEGED)]);
    let report = ciel(
        folder.path(),
        &[&ONLY_POD001[..], &["json", "deploy"]].concat(),
    )
    .json();
    let finding = &report["findings"][0];
    assert_eq!(
        finding["path"],
        ".spec.containers[0].securityContext.privileged"
    );
    let expected = serde_json::json!(
        {"source": "deploy/web.yaml", "line": 8, "column": 19, "endLine": 8, "endColumn": 23}
    );
    assert_eq!(finding["location"], expected);
    assert_eq!(
        finding["object"],
        serde_json::json!({"apiVersion": "v1", "kind": "Pod", "namespace": "shop", "name": "web"})
    );
    assert_eq!(finding["fix"]["patch"][0]["op"], "replace");
}

#[test]
fn standard_input_is_called_dash() {
    let folder = folder(&[]);
    let report = ciel_with_input(
        folder.path(),
        &[&ONLY_POD001[..], &["json", "-"]].concat(),
        PRIVILEGED,
    )
    .json();
    assert_eq!(report["sources"][0]["name"], "-");
    assert_eq!(report["findings"][0]["location"]["source"], "-");
}

#[test]
fn fingerprint_outlives_moved_lines_and_renamed_folders() {
    let moved = format!("# a comment\n\n{PRIVILEGED}");
    let print = |name: &str, text: &str| {
        let folder = folder(&[(name, text)]);
        let report = ciel(folder.path(), &[&ONLY_POD001[..], &["json", "."]].concat()).json();
        report["findings"][0]["fingerprint"]
            .as_str()
            .expect("a fingerprint")
            .to_owned()
    };
    assert_eq!(
        print("a/web.yaml", PRIVILEGED),
        print("b/c/web.yaml", &moved)
    );
}

#[test]
fn suppressed_findings_are_counted_and_do_not_fail() {
    let comment = PRIVILEGED.replace(
        "privileged: true",
        "privileged: true # ciel: ignore[POD001] node agent",
    );
    let annotation = PRIVILEGED.replace(
        "{name: web, namespace: shop}",
        "{name: web, namespace: shop, annotations: {ciel.dev/ignore: 'privileged-container node agent'}}",
    );
    for text in [comment, annotation] {
        let folder = folder(&[("a.yaml", &text)]);
        let ran = ciel(folder.path(), &[&ONLY_POD001[..], &["json", "."]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stdout);
        assert_eq!(ran.json()["summary"]["suppressed"], 1);
        assert_eq!(ran.json()["findings"], serde_json::json!([]));
    }
}

#[test]
fn configuration_is_searched_upwards_and_the_command_line_wins() {
    let folder = folder(&[
        (
            "ciel.toml",
            "[scan]\nselect = [\"POD001\"]\nfail-on = \"never\"\n",
        ),
        ("a/b/web.yaml", PRIVILEGED),
    ]);
    let inner = folder.path().join("a/b");
    assert_eq!(ciel(&inner, &["scan", "web.yaml"]).code, 0);
    assert_eq!(
        ciel(&inner, &["scan", "--fail-on", "high", "web.yaml"]).code,
        1
    );
}

#[test]
fn ceilings_of_the_configuration_are_quantities() {
    let web = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: a, image: a, resources: {limits: {cpu: 4}}}\n";
    let scan = |ceiling: &str| {
        let config = format!("[resources]\nmax-cpu-limit = \"{ceiling}\"\n");
        let folder = folder(&[("ciel.toml", &config), ("web.yaml", web)]);
        let args = [
            "scan",
            "--select",
            "REL009",
            "--fail-on",
            "medium",
            "web.yaml",
        ];
        ciel(folder.path(), &args)
    };
    assert_eq!(scan("3500m").code, 1);
    assert_eq!(scan("4").code, 0);
    let wrong = scan("much");
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("resources.max-cpu-limit"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn registries_of_the_configuration_and_of_the_command_line_add_up() {
    let images = "[images]\nallowed-registries = [\"registry.example\"]\n";
    let web = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: a, image: quay.io/a:1}\n";
    let folder = folder(&[("ciel.toml", images), ("web.yaml", web)]);
    let scan = [
        "scan",
        "--select",
        "untrusted-registry",
        "--format",
        "json",
        "web.yaml",
    ];
    let found = |args: &[&str]| {
        let ran = ciel(folder.path(), &[&scan, args].concat());
        ran.json()["summary"]["findings"]["medium"].clone()
    };
    assert_eq!(found(&[]), 1);
    assert_eq!(found(&["--allow-registry", "quay.io"]), 0);
    assert_eq!(
        found(&[
            "--allow-registry",
            "quay.io",
            "--deny-registry",
            "quay.io/a"
        ]),
        1
    );
}

#[test]
fn wrong_configuration_names_its_file_and_key() {
    let folder = folder(&[
        ("ciel.toml", "[scan]\nfail_on = \"high\"\n"),
        ("web.yaml", PRIVILEGED),
    ]);
    let ran = ciel(folder.path(), &["scan", "web.yaml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("ciel.toml") && ran.stderr.contains("fail_on"),
        "{}",
        ran.stderr
    );
}

#[test]
fn misspelt_check_is_answered_with_the_right_name() {
    let ran = ciel(
        folder(&[]).path(),
        &["scan", "--ignore", "privilged-container", "."],
    );
    assert!(
        ran.stderr.contains("did you mean `privileged-container`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn closed_pipe_is_no_error() {
    let many: String = (0..2000)
        .map(|n| format!("---\n{}", PRIVILEGED.replace("web", &format!("web-{n}"))))
        .collect();
    let folder = folder(&[("many.yaml", &many)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_ciel"))
        .args(["scan", "--format", "json", "many.yaml"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(2));
}

#[test]
fn clean_run_is_quiet() {
    let folder = folder(&[("clean.yaml", CLEAN)]);
    let ran = ciel(folder.path(), &["scan", "clean.yaml"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn folder_without_objects_says_so() {
    let folder = folder(&[("notes.yaml", "a: 1\n")]);
    let ran = ciel(folder.path(), &["scan", "."]);
    assert!(ran.stdout.contains("0 objects"), "{}", ran.stdout);
}

#[test]
fn versions_are_judged_for_the_kubernetes_that_is_named() {
    let budget = "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\n";
    let folder = folder(&[("a.yaml", budget)]);
    let code = |version: &str| {
        let args = [
            "scan",
            "--select",
            "removed-api",
            "--kube-version",
            version,
            "a.yaml",
        ];
        ciel(folder.path(), &args).code
    };
    assert_eq!((code("1.24"), code("v1.25.3"), code("1.x")), (0, 1, 2));
}

#[test]
fn certificates_are_judged_at_the_time_that_is_named() {
    // Valid from 2026-11-23 to 2027-02-21.
    const CERTIFICATE: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJtRENDQVQrZ0F3SUJBZ0lVUDVhcDNScFFSVEFsTkR1ZFRMclljcGlsVmhRd0NnWUlLb1pJemowRUF3SXcKRHpFTk1Bc0dBMVVFQXd3RWMyaHZjREFlRncweU5qRXhNak14TlRRNU16QmFGdzB5TnpBeU1qRXhOVFE1TXpCYQpNQTh4RFRBTEJnTlZCQU1NQkhOb2IzQXdXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBUUthOStzCkl1cUU5LzRKY252cHlQcDdxTlZENjJzMzNuYlRWR3AxNm91WGNIdThucEo4dzZWaHVSVnV5VUIzZXVqck4vY2kKVmtPYzZaTWNaTmJONGhKMG8za3dkekFkQmdOVkhRNEVGZ1FVZ1ZHb3IwOEs2aWRlSWl5OHZ2UFdsc2NEcXFNdwpId1lEVlIwakJCZ3dGb0FVZ1ZHb3IwOEs2aWRlSWl5OHZ2UFdsc2NEcXFNd0p3WURWUjBSQkNBd0hvSU1jMmh2CmNDNWxlR0Z0Y0d4bGdnNHFMbk5vYjNBdVpYaGhiWEJzWlRBTUJnTlZIUk1CQWY4RUFqQUFNQW9HQ0NxR1NNNDkKQkFNQ0EwY0FNRVFDSUZ5Mmo3d3VIWU5wUkwxWUkrbzJ1aEQydktLWlZ5VzBYWVF5Rnc3UUtQbVdBaUJvZ0swcwoydXlVanJQZTA3L0dKSWtVbTRnZzR3ZHRGY00yTWdMY2c3SFNadz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K";
    let secret = format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ntype: kubernetes.io/tls\ndata: {{tls.crt: {CERTIFICATE}}}\n"
    );
    let folder = folder(&[("a.yaml", &secret)]);
    let code = |now: &str| {
        let args = [
            "scan",
            "--select",
            "expired-certificate",
            "--now",
            now,
            "a.yaml",
        ];
        ciel(folder.path(), &args).code
    };
    assert_eq!(
        (
            code("2026-12-01T00:00:00Z"),
            code("2027-06-01"),
            code("tomorrow")
        ),
        (0, 1, 2)
    );
}
