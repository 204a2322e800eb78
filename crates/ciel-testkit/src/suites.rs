use std::path::{Path, PathBuf};

/// The folders of real projects under `real`.
pub const REAL_PROJECTS: [&str; 7] = [
    "argo-cd",
    "examples",
    "ingress-nginx",
    "kube-prometheus",
    "longhorn",
    "metallb",
    "microservices-demo",
];

/// Falco's official rules for the kernel's events, in `falco/rules`, in the order in which Falco is given them.
pub const FALCO_RULES: [&str; 3] = [
    "falco_rules.yaml",
    "falco-incubating_rules.yaml",
    "falco-sandbox_rules.yaml",
];

/// The folder of the conformance suites: `CIEL_SUITES`, or `../shared/suites` beside the repository.
///
/// Where it is absent, says so and returns `None`, and the caller counts its cases as skipped.
///
/// # Panics
/// Where it is absent and `CI` is `true`: there, a skipped suite would be a lie.
#[must_use]
#[expect(clippy::panic, clippy::print_stderr, reason = "only tests call it")]
pub fn suites_dir() -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("CIEL_SUITES")
        .map_or_else(|| repository.join("../shared/suites"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    let message = format!("no suites at {}: set CIEL_SUITES", folder.display());
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        panic!("{message}");
    }
    eprintln!("skipped: {message}");
    None
}
