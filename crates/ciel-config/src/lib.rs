//! From the configuration of other scanners to exceptions of Ciel: text in, [`Imported`] out.
//!
//! | tool | files |
//! |---|---|
//! | Trivy | `.trivyignore`, `.trivyignore.yaml`, `trivy.yaml` |
//! | Checkov | `.checkov.yaml`, `.checkov.baseline` |
//! | kube-linter | `.kube-linter.yaml` |
//! | Polaris | its configuration, `config.yaml` |
//! | Kubescape | exceptions, JSON |
//! | Snyk | `.snyk` |
//!
//! Whatever is not carried over is told, with its line and the reason: an exception that is lost unseen is a finding too
//! many, one that is taken wider than it was meant is a hole. So what Ciel cannot say exactly is not converted.
//!
//! Architecture invariant: no I/O; which words name checks is asked of the caller.

mod checkov;
mod entry;
mod kube_linter;
mod kubescape;
mod kubescape_regex;
mod polaris;
mod reader;
mod render;
mod snyk;
mod trivy;

use std::sync::Arc;

pub use entry::{Entry, Imported, Note};
pub use render::render;

use reader::Reader;

/// A file that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.trivyignore`
    TrivyIgnore,
    /// `.trivyignore.yaml`
    TrivyIgnoreYaml,
    /// `trivy.yaml`
    TrivyConfig,
    /// `.checkov.yaml`
    Checkov,
    /// `.checkov.baseline`
    CheckovBaseline,
    /// `.kube-linter.yaml`
    KubeLinter,
    /// Polaris' `config.yaml`
    Polaris,
    /// Kubescape's exceptions
    Kubescape,
    /// `.snyk`
    Snyk,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::TrivyIgnore,
        Self::TrivyIgnoreYaml,
        Self::TrivyConfig,
        Self::Checkov,
        Self::CheckovBaseline,
        Self::KubeLinter,
        Self::Polaris,
        Self::Kubescape,
        Self::Snyk,
    ];

    /// What a file is, by its name or else by its content.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Option<Self> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        Some(match base {
            ".trivyignore" => Self::TrivyIgnore,
            ".trivyignore.yaml" | ".trivyignore.yml" => Self::TrivyIgnoreYaml,
            "trivy.yaml" | "trivy.yml" => Self::TrivyConfig,
            ".checkov.yaml" | ".checkov.yml" => Self::Checkov,
            ".checkov.baseline" => Self::CheckovBaseline,
            ".snyk" => Self::Snyk,
            ".kube-linter.yaml" | ".kube-linter.yml" => Self::KubeLinter,
            _ => return Self::of_content(text),
        })
    }

    fn of_content(text: &str) -> Option<Self> {
        let text: Arc<str> = text.into();
        let parsed = ciel_yaml::parse(&text);
        let root = parsed.documents.first().map(ciel_yaml::Document::root);
        // Words alone are a scalar to YAML.
        let root = root.filter(|root| root.is_mapping() || root.is_sequence());
        let Some(root) = root else {
            return text
                .lines()
                .any(trivy::is_id_line)
                .then_some(Self::TrivyIgnore);
        };
        let has = |key: &str| root.get(key).is_some();
        let first = root.items().next();
        match () {
            () if first.is_some_and(|it| it.get("resources").is_some()) => Some(Self::Kubescape),
            () if has("failed_checks") => Some(Self::CheckovBaseline),
            () if has("skip-check") || has("skip-path") => Some(Self::Checkov),
            () if has("misconfigurations") => Some(Self::TrivyIgnoreYaml),
            () if has("ignore")
                && root
                    .str_at(&["version"])
                    .is_some_and(|it| it.starts_with('v')) =>
            {
                Some(Self::Snyk)
            }
            () if has("exemptions") => Some(Self::Polaris),
            () if has("customChecks")
                && !has("mutations")
                && root.at(&["checks", "exclude"]).is_some() =>
            {
                Some(Self::KubeLinter)
            }
            () => Self::of_checks(root.get("checks")?),
        }
    }

    /// Both kube-linter and Polaris have `checks`: lists of names, or severities by name.
    fn of_checks(checks: ciel_yaml::Node<'_>) -> Option<Self> {
        const LINTER: [&str; 5] = [
            "exclude",
            "include",
            "addAllBuiltIn",
            "doNotAutoAddDefaults",
            "ignorePaths",
        ];
        if LINTER.iter().any(|key| checks.get(key).is_some()) {
            return Some(Self::KubeLinter);
        }
        let mut values = checks.entries().map(|(_, value)| value.scalar_text());
        values
            .all(|value| matches!(value, "ignore" | "warning" | "danger"))
            .then_some(Self::Polaris)
    }
}

/// Reads a file of another tool. `knows` says whether a word (`trivy:KSV-0017`) names a check of Ciel.
#[must_use]
pub fn import<'k>(
    kind: FileKind,
    name: &str,
    text: &str,
    knows: &'k dyn Fn(&str) -> bool,
) -> Imported<'k> {
    let mut imported = Imported::new(name, knows);
    if kind == FileKind::TrivyIgnore {
        trivy::ignore_file(text, &mut imported);
        return imported;
    }
    let reader = Reader::new(text);
    for (line, message) in reader.problems() {
        imported.note(line, message);
    }
    let Some(root) = reader.root() else {
        return imported;
    };
    let reading = reader.reading(root);
    match kind {
        FileKind::TrivyIgnore => {}
        FileKind::TrivyIgnoreYaml => trivy::ignore_yaml(reading, &mut imported),
        FileKind::TrivyConfig => trivy::config(reading, &mut imported),
        FileKind::Checkov => checkov::config(reading, &mut imported),
        FileKind::CheckovBaseline => checkov::baseline(reading, &mut imported),
        FileKind::KubeLinter => kube_linter::config(reading, &mut imported),
        FileKind::Polaris => polaris::config(reading, &mut imported),
        FileKind::Kubescape => kubescape::exceptions(reading, &mut imported),
        FileKind::Snyk => snyk::policy(reading, &mut imported),
    }
    imported
}
