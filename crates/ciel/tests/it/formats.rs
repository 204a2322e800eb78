use crate::run::{PRIVILEGED, ciel, folder};

#[test]
fn several_formats_go_to_their_files() {
    let folder = folder(&[("web.yaml", PRIVILEGED)]);
    let args = [
        "scan",
        "--select",
        "POD001",
        "--format",
        "text",
        "--format",
        "json=a.json",
        "--format",
        "sarif=b.sarif",
        "web.yaml",
    ];
    let ran = ciel(folder.path(), &args);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for name in ["a.json", "b.sarif"] {
        let text = std::fs::read_to_string(folder.path().join(name)).expect("written");
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    }
    assert!(ran.stdout.contains("POD001"));
}

#[test]
fn text_shows_the_place_the_help_and_the_next_step() {
    let folder = folder(&[("web.yaml", PRIVILEGED)]);
    let ran = ciel(folder.path(), &["scan", "--select", "POD001", "web.yaml"]);
    for part in [
        "Pod shop/web  web.yaml",
        "critical container `app` runs privileged [POD001 privileged-container]",
        "8 │       privileged: true",
        "                  ^^^^ .spec.containers[0].securityContext.privileged",
        "= help: drop `privileged`",
        "1 critical in 1 object of 1 source",
        "ciel explain POD001",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part:?} is missing in\n{}",
            ran.stdout
        );
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = PRIVILEGED.replace("privileged: true", "privileged: true # \u{1b}[31m");
    let folder = folder(&[("web.yaml", &text)]);
    let ran = ciel(folder.path(), &["scan", "--select", "POD001", "web.yaml"]);
    assert!(!ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
}

#[test]
fn explain_takes_code_name_and_other_tools_ids() {
    let folder = folder(&[]);
    for word in ["POD001", "privileged-container", "pod001", "KHV044"] {
        let ran = ciel(folder.path(), &["explain", word]);
        assert_eq!(ran.code, 0, "{word}: {}", ran.stderr);
        assert!(
            ran.stdout.contains("# POD001 privileged-container"),
            "{word}: {}",
            ran.stdout
        );
    }
    assert_eq!(
        ciel(folder.path(), &["explain", "nothing-of-the-kind"]).code,
        2
    );
}

#[test]
fn completion_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = ciel(folder(&[]).path(), &["completion", shell]);
        assert!(ran.code == 0 && ran.stdout.contains("explain"), "{shell}");
    }
}

#[test]
fn manual_pages_are_written() {
    let folder = folder(&[]);
    assert_eq!(ciel(folder.path(), &["man", "pages"]).code, 0);
    let page = std::fs::read_to_string(folder.path().join("pages/ciel-scan.1")).expect("the page");
    assert!(page.contains("fail\\-on"), "{page}");
}
