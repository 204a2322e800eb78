//! What files tell by their names alone.

use std::{ffi::OsStr, path::Path};

/// Folders in which version control keeps its own files.
const VERSION_CONTROL: &[&str] = &[".git", ".hg", ".svn", ".bzr", ".jj"];

/// What files that may hold objects are called.
const MANIFESTS: &[&str] = &["yaml", "yml", "json", "jsonl", "ndjson"];

/// What kustomize looks for in a folder.
pub(crate) const KUSTOMIZATIONS: &[&str] =
    &["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Whether version control keeps its own files in a folder of this name.
pub(crate) fn is_version_control(name: &OsStr) -> bool {
    VERSION_CONTROL.iter().any(|known| name == *known)
}

/// Whether a file in a folder is looked at.
pub(crate) fn is_manifest(name: &OsStr) -> bool {
    let path = Path::new(name);
    has_extension(path, MANIFESTS)
        || (has_extension(path, &["gz"])
            && path
                .file_stem()
                .is_some_and(|stem| has_extension(Path::new(stem), MANIFESTS)))
}

/// Whether a file is kustomize's.
pub(crate) fn is_kustomization(name: &OsStr) -> bool {
    KUSTOMIZATIONS.iter().any(|known| name == *known)
}

/// Whether a file makes its folder a chart.
pub(crate) fn is_chart(name: &OsStr) -> bool {
    name == "Chart.yaml"
}

/// Whether a file calls itself an archive of a kind that is unpacked.
pub(crate) fn is_archive(name: &OsStr) -> bool {
    let path = Path::new(name);
    has_extension(path, &["tar", "tgz", "zip"])
        || (has_extension(path, &["gz"])
            && path
                .file_stem()
                .is_some_and(|stem| has_extension(Path::new(stem), &["tar"])))
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension().is_some_and(|extension| {
        wanted
            .iter()
            .any(|wanted| extension.eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_known_in_any_case() {
        for name in ["a.yaml", "a.YML", "a.json", "a.ndjson", "a.yaml.gz"] {
            assert!(is_manifest(OsStr::new(name)), "{name}");
        }
        for name in ["a.md", "yaml", "a.gz", "a.tar.gz", ".yaml"] {
            assert!(!is_manifest(OsStr::new(name)), "{name}");
        }
        for name in ["a.tgz", "a.tar.gz", "a.TAR", "a.zip"] {
            assert!(is_archive(OsStr::new(name)), "{name}");
        }
        assert!(!is_archive(OsStr::new("a.yaml.gz")));
    }
}
