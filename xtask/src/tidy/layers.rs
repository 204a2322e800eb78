//! Which crate may import which: the rows of the architecture, and the one home of each third-party engine.

use std::path::Path;

use crate::repo::Package;

/// A row of the architecture. A crate imports only from rows above its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Row {
    Base,
    Model,
    Analyses,
    Verdicts,
    Adapters,
    Apps,
    Dev,
}

/// Every crate and its row.
const ROWS: &[(&str, Row)] = &[
    ("ciel-core", Row::Base),
    ("ciel-yaml", Row::Base),
    ("ciel-event", Row::Model),
    ("ciel-fields", Row::Model),
    ("ciel-fix", Row::Model),
    ("ciel-k8s", Row::Model),
    ("ciel-snapshot", Row::Model),
    ("ciel-certs", Row::Analyses),
    ("ciel-config", Row::Analyses),
    ("ciel-exposure", Row::Analyses),
    ("ciel-falco", Row::Analyses),
    ("ciel-mining", Row::Analyses),
    ("ciel-network", Row::Analyses),
    ("ciel-podsecurity", Row::Analyses),
    ("ciel-rbac", Row::Analyses),
    ("ciel-secrets", Row::Analyses),
    ("ciel-checks", Row::Verdicts),
    ("ciel-load", Row::Adapters),
    ("ciel-report", Row::Adapters),
    ("ciel-scap", Row::Adapters),
    ("ciel", Row::Apps),
    ("ciel-testkit", Row::Dev),
    ("xtask", Row::Dev),
];

/// Imports within a row: (importer, imported). Adapters never have any.
const WITHIN_A_ROW: &[(&str, &str)] = &[
    ("ciel-yaml", "ciel-core"),
    ("ciel-fields", "ciel-event"),
    ("ciel-snapshot", "ciel-k8s"),
];

/// Third-party crates that are plain vocabulary: anyone may use them.
const ANYWHERE: &[&str] = &[
    "memchr",
    "regex",
    "serde",
    "serde_json",
    "smallvec",
    "thiserror",
];

/// Every other third-party crate, and the crates that may use it. One home for an engine or a format.
const HOMES: &[(&str, &[&str])] = &[
    ("aho-corasick", &["ciel-mining", "ciel-secrets"]),
    ("anstream", &["ciel", "ciel-report"]),
    ("anstyle", &["ciel-report"]),
    ("anyhow", &["ciel", "xtask"]),
    ("askama", &["ciel-report"]),
    ("bech32", &["ciel-mining"]),
    ("bs58", &["ciel-mining"]),
    ("clap", &["ciel", "xtask"]),
    ("clap_complete", &["ciel"]),
    ("clap_mangen", &["ciel"]),
    ("crc32fast", &["ciel-secrets"]),
    ("csv", &["ciel-report"]),
    (
        "data-encoding",
        &["ciel-certs", "ciel-falco", "ciel-report", "ciel-secrets"],
    ),
    ("flate2", &["ciel-load", "ciel-scap"]),
    ("globset", &["ciel-checks", "ciel-load"]),
    ("ignore", &["ciel-load"]),
    ("notify", &["ciel-load"]),
    ("indicatif", &["ciel"]),
    ("pulldown-cmark", &["ciel-report", "ciel-testkit"]),
    ("quick-xml", &["ciel-report"]),
    (
        "rayon",
        &["ciel", "ciel-checks", "ciel-load", "ciel-report"],
    ),
    (
        "rustc-hash",
        &["ciel-event", "ciel-falco", "ciel-fields", "ciel-scap"],
    ),
    ("sha2", &["ciel-core", "ciel-report"]),
    ("sha3", &["ciel-mining"]),
    ("similar", &["ciel-report"]),
    ("tar", &["ciel-load"]),
    (
        "tempfile",
        &["ciel", "ciel-load", "ciel-scap", "ciel-testkit", "xtask"],
    ),
    ("toml", &["ciel", "ciel-config", "xtask"]),
    ("tracing", &["ciel", "ciel-load"]),
    ("tracing-subscriber", &["ciel"]),
    ("x509-parser", &["ciel-certs"]),
    ("zip", &["ciel-load"]),
];

/// The configuration that forbids clocks, the environment and I/O, as seen from a crate's folder.
const PURE: &str = "../pure.clippy.toml";

/// Complaints about imports, manifests and front pages.
pub(super) fn check(root: &Path, packages: &[Package]) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages {
        let Some(row) = row(&package.name) else {
            complaints.push(format!(
                "{}: no row: give it one in xtask/src/tidy/layers.rs",
                package.name
            ));
            continue;
        };
        complaints.extend(
            package
                .dependencies
                .iter()
                .filter_map(|import| judge_import(&package.name, row, import)),
        );
        complaints.extend(judge_folder(root, package, row));
    }
    complaints
}

fn row(name: &str) -> Option<Row> {
    ROWS.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, row)| *row)
}

fn judge_import(importer: &str, importer_row: Row, import: &str) -> Option<String> {
    if let Some(import_row) = row(import) {
        let allowed = import_row < importer_row
            || importer_row == Row::Dev
            || WITHIN_A_ROW.contains(&(importer, import));
        return (!allowed).then(|| {
            format!(
                "{importer} ({importer_row:?}) imports {import} ({import_row:?}): a crate imports only from rows above it"
            )
        });
    }
    if ANYWHERE.contains(&import) {
        return None;
    }
    match HOMES.iter().find(|(engine, _)| *engine == import) {
        Some((_, homes)) if homes.contains(&importer) => None,
        Some((_, homes)) => Some(format!(
            "{importer} uses {import}, which only {} may",
            homes.join(", ")
        )),
        None => Some(format!(
            "{importer} uses {import}: give it a home in xtask/src/tidy/layers.rs"
        )),
    }
}

fn judge_folder(root: &Path, package: &Package, row: Row) -> Vec<String> {
    let name = &package.name;
    let folder = root.join(&package.folder);
    let mut complaints = Vec::new();

    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    if !manifest.contains("[lints]\nworkspace = true") {
        complaints.push(format!(
            "{name}: Cargo.toml does not inherit the workspace's lints"
        ));
    }
    if folder.file_name().is_none_or(|it| it != name.as_str()) {
        complaints.push(format!(
            "{name}: its folder has another name: {}",
            package.folder
        ));
    }
    if package.is_library {
        let front = std::fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
        if !front.starts_with("//!") {
            complaints.push(format!(
                "{name}: src/lib.rs does not begin with a front page (//!)"
            ));
        }
    }
    let link = std::fs::read_link(folder.join("clippy.toml")).ok();
    let is_pure = row <= Row::Verdicts;
    if is_pure != link.is_some_and(|target| target == Path::new(PURE)) {
        let problem = if is_pure {
            "does not link"
        } else {
            "is no pure crate but links"
        };
        complaints.push(format!("{name}: {problem} {PURE} as its clippy.toml"));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(importer: &str, import: &str, complaint: Option<&str>) {
        let judged = judge_import(
            importer,
            row(importer).expect("a crate of the table"),
            import,
        );
        match complaint {
            None => assert_eq!(judged, None),
            Some(part) => assert!(
                judged.as_deref().is_some_and(|it| it.contains(part)),
                "{judged:?}"
            ),
        }
    }

    #[test]
    fn imports_go_up() {
        check("ciel-checks", "ciel-rbac", None);
        check("ciel-snapshot", "ciel-k8s", None);
        check("ciel-testkit", "ciel-checks", None);
    }

    #[test]
    fn imports_down_or_aside_are_refused() {
        check("ciel-core", "ciel-k8s", Some("only from rows above"));
        check("ciel-k8s", "ciel-snapshot", Some("only from rows above"));
        check("ciel-load", "ciel-report", Some("only from rows above"));
        check("ciel", "ciel-testkit", Some("only from rows above"));
    }

    #[test]
    fn engines_have_one_home() {
        check("ciel-mining", "bs58", None);
        check("ciel-k8s", "bs58", Some("only ciel-mining may"));
        check("ciel-k8s", "serde_json", None);
        check("ciel-k8s", "left-pad", Some("give it a home"));
    }
}
