//! Helm charts, with the real program.

use crate::support::{Folder, POD, has_renderers, no_programs, objects};

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const TEMPLATE: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n";

/// Checks what is read from files, with nothing to complain of.
fn check(files: &[(&str, &str)], named: &[&str], expected: &[&str]) {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(files);
    let loaded = folder.load(named);
    assert_eq!(folder.messages(&loaded), [""; 0]);
    assert_eq!(objects(&folder, loaded), expected);
}

#[test]
fn templates_are_rendered_and_named() {
    check(
        &[
            ("web/Chart.yaml", CHART),
            ("web/values.yaml", "apiVersion: v1\nkind: Pod\n"),
            (
                "web/crds/crd.yaml",
                "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n",
            ),
            ("web/templates/NOTES.txt", "apiVersion kind"),
            (
                "web/templates/nothing.yaml",
                "{{ if false }}\nkind: X\n{{ end }}",
            ),
            ("web/templates/deep/pod.yaml", TEMPLATE),
            ("web/templates/_helpers.tpl", "{{ define \"x\" }}{{ end }}"),
            ("web/ci/test-values.yaml", POD),
            ("web/tests/pod_test.yaml", POD),
            (
                "web/charts/db/Chart.yaml",
                "apiVersion: v2\nname: db\nversion: 1.0.0\n",
            ),
            (
                "web/charts/db/templates/pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: db}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: db}\n",
            ),
            ("z.yaml", POD),
        ],
        &[""],
        &[
            "web/charts/db/templates/pod.yaml: Service db",
            "web/charts/db/templates/pod.yaml: Pod db",
            "web/crds/crd.yaml: CustomResourceDefinition a",
            "web/templates/deep/pod.yaml: Pod web",
            "z.yaml: Pod a",
        ],
    );
}

#[test]
fn manifests_beside_a_chart_are_read_unless_its_templates_reach_for_files() {
    let examples = ("examples/pod.yaml", POD);
    check(
        &[
            ("Chart.yaml", CHART),
            ("templates/pod.yaml", TEMPLATE),
            examples,
        ],
        &[""],
        &["templates/pod.yaml: Pod web", "examples/pod.yaml: Pod a"],
    );
    let reaching = "{{ .Files.Get \"examples/pod.yaml\" }}";
    check(
        &[
            ("Chart.yaml", CHART),
            ("templates/pod.yaml", reaching),
            examples,
        ],
        &[""],
        &["templates/pod.yaml: Pod a"],
    );
}

#[test]
fn charts_within_a_chart_but_not_of_it_stand_alone() {
    check(
        &[
            ("Chart.yaml", CHART),
            ("templates/pod.yaml", TEMPLATE),
            (
                "other/db/Chart.yaml",
                "apiVersion: v2\nname: db\nversion: 1.0.0\n",
            ),
            ("other/db/templates/pod.yaml", TEMPLATE),
        ],
        &[""],
        &[
            "templates/pod.yaml: Pod web",
            "other/db/templates/pod.yaml: Pod db",
        ],
    );
}

#[test]
fn a_template_that_is_named_is_rendered_with_its_chart() {
    let files = [
        ("web/Chart.yaml", CHART),
        ("web/templates/a/pod.yaml", TEMPLATE),
        (
            "web/templates/b.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
        ),
    ];
    check(
        &files,
        &["web/templates/a/pod.yaml"],
        &["web/templates/a/pod.yaml: Pod web"],
    );
    check(
        &files,
        &["web/templates/a"],
        &["web/templates/a/pod.yaml: Pod web"],
    );
    check(
        &files,
        &["web/Chart.yaml"],
        &[
            "web/templates/a/pod.yaml: Pod web",
            "web/templates/b.yaml: Service s",
        ],
    );
}

#[test]
fn library_charts_are_left_alone() {
    check(
        &[
            (
                "lib/Chart.yaml",
                "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
            ),
            ("lib/templates/_x.tpl", ""),
            ("lib/templates/x.yaml", TEMPLATE),
        ],
        &[""],
        &[],
    );
}

#[test]
fn objects_in_a_file_called_chart_are_objects() {
    check(&[("x/Chart.yaml", POD)], &[""], &["x/Chart.yaml: Pod a"]);
}

#[test]
fn kubernetes_is_the_one_that_was_asked_for() {
    let template =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: v{{ .Capabilities.KubeVersion.Minor }}}\n";
    check(
        &[("Chart.yaml", CHART), ("templates/pod.yaml", template)],
        &[""],
        &["templates/pod.yaml: Pod v37"],
    );
    if has_renderers() {
        let folder = Folder::new(&[("Chart.yaml", CHART), ("templates/pod.yaml", template)]);
        let options = ciel_load::LoadOptions {
            kube_version: Some("v1.29".to_owned()),
            ..crate::support::options()
        };
        let loaded = folder.load_with(&[""], &options);
        assert_eq!(objects(&folder, loaded), ["templates/pod.yaml: Pod v29"]);
    }
}

#[test]
fn a_chart_that_does_not_render_is_told_at_the_place() {
    if !has_renderers() {
        return;
    }
    let required = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ required \"a name is needed\" .Values.name }}\n";
    let folder = Folder::new(&[
        ("a.yaml", POD),
        ("web/Chart.yaml", CHART),
        ("web/templates/pod.yaml", required),
    ]);
    let loaded = folder.load(&[""]);
    let messages = folder.messages(&loaded);
    assert!(
        messages[0].starts_with("web/templates/pod.yaml:4: the template is not rendered: "),
        "{messages:?}"
    );
    assert_eq!(messages.len(), 1);
    assert!(!loaded.complete);
    assert_eq!(folder.names(&loaded)[0], "a.yaml");
}

#[test]
fn a_template_that_does_not_render_hides_no_other() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(&[
        ("Chart.yaml", CHART),
        ("templates/a.yaml", TEMPLATE),
        ("templates/b.yaml", "kind: {{ include \"nothing\" . }}\n"),
        ("templates/c.yaml", "x: 1\nkind: {{ if }}\n"),
        ("templates/d.yaml", "apiVersion: v1\nkind: [\n"),
    ]);
    let loaded = folder.load(&[""]);
    let mut places: Vec<String> = folder
        .messages(&loaded)
        .iter()
        .map(|it| it.chars().take(18).collect())
        .collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "templates/b.yaml:1",
            "templates/c.yaml:2",
            "templates/d.yaml:1"
        ]
    );
    assert!(!loaded.complete);
    assert_eq!(objects(&folder, loaded), ["templates/a.yaml: Pod web"]);
}

#[test]
fn a_chart_that_wants_values_is_rendered_with_those_of_its_tests() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(&[
        ("Chart.yaml", CHART),
        (
            "templates/pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ required \"x\" .Values.name }}}\n",
        ),
        ("ci/a-values.yaml", "other: 1\n"),
        ("ci/b-values.yaml", "name: b\n"),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(loaded.diagnostics.len(), 1);
    assert!(
        folder.messages(&loaded)[0]
            .contains("Chart.yaml:2: rendered with the values of `ci/b-values.yaml`")
    );
    assert!(!loaded.diagnostics[0].is_error && loaded.complete);
    assert_eq!(objects(&folder, loaded), ["templates/pod.yaml: Pod b"]);
}

#[test]
fn charts_without_what_they_depend_on_are_rendered_as_far_as_they_go() {
    if !has_renderers() {
        return;
    }
    let chart = "apiVersion: v2
name: deps
version: 1.0.0
dependencies:
- {name: db, version: 1.0.0, repository: \"https://charts.example.org\"}
- {name: extra, version: 1.0.0, repository: \"https://charts.example.org\", condition: extra.enabled}
- {name: common, version: 7.0.0, repository: \"file://../common\"}
";
    let folder = Folder::new(&[
        ("x/deps/Chart.yaml", chart),
        ("x/deps/values.yaml", "extra: {enabled: false}\n"),
        ("x/deps/templates/pod.yaml", TEMPLATE),
        (
            "x/common/Chart.yaml",
            "apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n",
        ),
        (
            "x/common/templates/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: common}\n",
        ),
    ]);
    let loaded = folder.load(&["x"]);
    assert_eq!(
        folder.messages(&loaded),
        [
            "x/deps/Chart.yaml:5: charts that this one depends on are not here, and what they make is not judged: `db`"
        ]
    );
    let help = loaded.diagnostics[0].help.clone().unwrap();
    assert!(help.contains("helm dependency build"), "{help}");
    assert!(!loaded.complete);
    assert_eq!(
        objects(&folder, loaded),
        ["x/deps/templates/pod.yaml: Pod deps"]
    );
}

#[test]
fn a_chart_from_a_neighbouring_folder_is_found_there() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(&[
        (
            "x/web/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.0.0, repository: \"file://../db\"}\n",
        ),
        (
            "x/db/Chart.yaml",
            "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        ),
        ("x/db/templates/pod.yaml", TEMPLATE),
    ]);
    let loaded = folder.load(&["x/web"]);
    assert_eq!(folder.messages(&loaded), [""; 0]);
    assert_eq!(
        objects(&folder, loaded),
        ["x/db/templates/pod.yaml: Pod web"]
    );
}

#[test]
fn without_helm_the_chart_is_incomplete_and_its_templates_are_not_parsed() {
    let folder = Folder::new(&[
        ("web/Chart.yaml", CHART),
        ("web/templates/pod.yaml", TEMPLATE),
        ("a.yaml", POD),
    ]);
    let loaded = folder.load_with(&[""], &no_programs());
    assert_eq!(folder.names(&loaded), ["a.yaml", "web/Chart.yaml"]);
    assert!(loaded.diagnostics[0].is_error && !loaded.files[1].source.complete);
    assert!(!loaded.complete);
}
