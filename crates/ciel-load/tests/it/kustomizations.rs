//! Kustomize folders, with the real program.

use crate::support::{Folder, POD, has_renderers, no_programs, objects};

const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: web}]}}}\n";
const PATCH: &str =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n";

const OVERLAY: &[(&str, &str)] = &[
    ("base/kustomization.yaml", "resources: [web.yaml]\n"),
    ("base/web.yaml", DEPLOYMENT),
    (
        "overlays/prod/kustomization.yml",
        "namePrefix: prod-\nresources: [../../base, extra.yaml]\npatches: [{path: patch.yaml}]\nconfigMapGenerator: [{name: files, files: [content.yaml]}]\n",
    ),
    ("overlays/prod/patch.yaml", PATCH),
    ("overlays/prod/extra.yaml", POD),
    ("overlays/prod/content.yaml", POD),
    ("overlays/prod/stray.yaml", POD),
];

/// Checks what is read from files, with nothing to complain of.
fn check(files: &[(&str, &str)], named: &[&str], expected: &[&str], skipped: usize) {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(files);
    let loaded = folder.load(named);
    assert_eq!(folder.messages(&loaded), [""; 0]);
    assert_eq!(loaded.skipped, skipped);
    let mut found = objects(&folder, loaded);
    // Kustomize appends a hash of the content to the names of what it generates.
    found.iter_mut().for_each(|it| {
        if it.contains("ConfigMap") {
            it.truncate(it.rfind('-').unwrap_or(it.len()));
        }
    });
    assert_eq!(found, expected);
}

#[test]
fn overlays_are_rendered_and_their_files_are_not_read_again() {
    check(
        OVERLAY,
        &[""],
        &[
            "base/web.yaml: Deployment prod-web",
            "overlays/prod/extra.yaml: Pod prod-a",
            "overlays/prod/kustomization.yml: ConfigMap prod-files",
            "overlays/prod/stray.yaml: Pod a",
        ],
        0,
    );
}

#[test]
fn a_base_outside_of_what_was_named_is_used() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(OVERLAY);
    let loaded = folder.load(&["overlays"]);
    let names = folder.names(&loaded);
    assert!(
        names.iter().any(|name| name.ends_with("base/web.yaml")),
        "{names:?}"
    );
    assert_eq!(names.len(), 4);
}

#[test]
fn a_kustomization_that_is_named_is_rendered() {
    check(
        OVERLAY,
        &["base/kustomization.yaml"],
        &["base/web.yaml: Deployment web"],
        0,
    );
}

#[test]
fn the_annotation_that_tells_the_origin_is_gone() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(OVERLAY);
    for file in folder.load(&[""]).files {
        assert!(
            !file.source.text.contains("config.kubernetes.io"),
            "{}",
            file.source.text
        );
    }
}

#[test]
fn resources_of_a_component_that_nobody_uses_are_objects_and_its_patches_are_not() {
    check(
        &[
            (
                "c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [policy.yaml]\npatches: [{path: patch.yaml}]\n",
            ),
            (
                "c/policy.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all}\n",
            ),
            ("c/patch.yaml", PATCH),
        ],
        &[""],
        &["c/policy.yaml: NetworkPolicy all"],
        2,
    );
}

#[test]
fn a_base_that_only_an_unused_component_refers_to_is_rendered() {
    check(
        &[
            ("base/kustomization.yaml", "resources: [web.yaml]\n"),
            ("base/web.yaml", DEPLOYMENT),
            (
                "c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [../base]\n",
            ),
        ],
        &[""],
        &["base/web.yaml: Deployment web"],
        1,
    );
}

#[test]
fn what_flux_calls_a_kustomization_is_an_object() {
    check(
        &[(
            "kustomization.yaml",
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\n",
        )],
        &[""],
        &["kustomization.yaml: Kustomization apps"],
        0,
    );
}

#[test]
fn an_empty_kustomization_is_left_alone() {
    check(&[("kustomization.yaml", "resources: []\n")], &[""], &[], 1);
}

#[test]
fn charts_that_lie_beside_are_inflated_and_not_rendered_again() {
    check(
        &[
            (
                "kustomization.yaml",
                "helmCharts: [{name: db, releaseName: main, valuesFile: v.yaml}]\n",
            ),
            ("v.yaml", "x: 1\n"),
            (
                "charts/db/Chart.yaml",
                "apiVersion: v2\nname: db\nversion: 1.0.0\n",
            ),
            (
                "charts/db/templates/pod.yaml",
                "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n",
            ),
        ],
        &[""],
        &["kustomization.yaml: Pod main"],
        0,
    );
}

#[test]
fn what_lies_elsewhere_is_told_and_the_rest_is_read() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(&[
        (
            "kustomization.yaml",
            "resources:\n- https://example.org/web.yaml\n- github.com/org/repo//base?ref=v1\n- gone.yaml\n- web.yaml\npatches: [{path: patch.yaml}]\n",
        ),
        ("web.yaml", DEPLOYMENT),
        ("patch.yaml", PATCH),
    ]);
    let loaded = folder.load(&[""]);
    let named = |path: &str, what: &str, line: usize| {
        format!(
            "kustomization.yaml:{line}: the kustomization `{}` is not rendered: `{path}` {what}",
            folder.path("").display()
        )
    };
    assert_eq!(
        folder.messages(&loaded),
        [
            named(
                "https://example.org/web.yaml",
                "is not on this machine, and nothing is fetched",
                2
            ),
            named(
                "github.com/org/repo//base?ref=v1",
                "is not on this machine, and nothing is fetched",
                3
            ),
            named("gone.yaml", "does not exist", 4),
        ]
    );
    assert!(!loaded.complete);
    assert_eq!(loaded.skipped, 1);
    assert_eq!(objects(&folder, loaded), ["web.yaml: Deployment web"]);
}

#[test]
fn what_does_not_render_is_told_and_its_resources_are_read() {
    let folder = Folder::new(OVERLAY);
    let loaded = folder.load_with(&[""], &no_programs());
    assert_eq!(loaded.diagnostics.len(), 1);
    assert!(loaded.diagnostics[0].is_error && !loaded.complete);
    assert_eq!(
        objects(&folder, loaded),
        [
            "base/web.yaml: Deployment web",
            "overlays/prod/content.yaml: Pod a",
            "overlays/prod/extra.yaml: Pod a",
            "overlays/prod/stray.yaml: Pod a",
        ]
    );
}

#[test]
fn circles_end() {
    if !has_renderers() {
        return;
    }
    let folder = Folder::new(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a, web.yaml]\n"),
        ("b/web.yaml", DEPLOYMENT),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(loaded.diagnostics.len(), 1, "{:?}", loaded.diagnostics);
    assert_eq!(objects(&folder, loaded), ["b/web.yaml: Deployment web"]);
}

#[test]
fn a_broken_kustomization_is_told() {
    let folder = Folder::new(&[
        ("k/kustomization.yaml", "resources:\n- web.yaml\n  - x: [\n"),
        ("k/web.yaml", DEPLOYMENT),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(loaded.diagnostics.len(), 1);
    assert!(folder.messages(&loaded)[0].starts_with("k/kustomization.yaml:"));
    assert!(!loaded.complete);
    assert_eq!(objects(&folder, loaded), ["k/web.yaml: Deployment web"]);
}
