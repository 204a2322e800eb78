//! Documents speak only of files that exist: targets of links, and paths in backticks.

use std::path::Path;

use crate::repo::{Package, TextFile};

/// Folders at the root: a word in backticks that begins with one of these is a path.
const FOLDERS: &[&str] = &[
    "crates/",
    "xtask/",
    "scripts/",
    "docs/",
    "examples/",
    "benches/",
    "schemas/",
    "tests/",
    "fuzz/",
    ".ci/",
];

/// Characters that make a path a pattern or a placeholder.
const PLACEHOLDERS: &[char] = &['*', '<', '…', '{', '$', ' '];

/// Complaints about the Markdown files that people read; Markdown tests are no documents.
pub(super) fn check(root: &Path, files: &[TextFile], packages: &[Package]) -> Vec<String> {
    let documents = files
        .iter()
        .filter(|file| file.has_extension("md") && !file.path.contains("/resources/"));
    let mut complaints: Vec<String> = documents
        .flat_map(|file| judge(&file.path, &file.text, &|path| root.join(path).exists()))
        .collect();
    let architecture = files.iter().find(|file| file.path == "ARCHITECTURE.md");
    let map = architecture.map_or("", |file| &file.text);
    for package in packages {
        if !map.contains(&format!("`{}`", package.folder)) {
            complaints.push(format!(
                "ARCHITECTURE.md: its code map says nothing of `{}`",
                package.folder
            ));
        }
    }
    complaints
}

fn judge(document: &str, text: &str, exists: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let mut complaints = Vec::new();
    let mut in_block = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        }
        if in_block {
            continue;
        }
        for target in link_targets(line) {
            if !exists(&folder.join(target)) {
                complaints.push(format!(
                    "{document}:{number}: link to {target}, which does not exist"
                ));
            }
        }
        for path in quoted_paths(line) {
            if !exists(Path::new(path)) {
                complaints.push(format!(
                    "{document}:{number}: speaks of {path}, which does not exist"
                ));
            }
        }
    }
    complaints
}

/// What stands in `](…)` and is neither an address nor a place in the same document; without its `#place`.
fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split_once(')')?.0;
        let target = target.split('#').next().unwrap_or_default();
        (!target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
            .then_some(target)
    })
}

fn quoted_paths(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|word| {
        FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(PLACEHOLDERS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, complaints: &[&str]) {
        let exists = |path: &Path| {
            ["docs/here.md", "crates/ciel"].contains(&path.to_string_lossy().as_ref())
        };
        assert_eq!(judge("docs/a.md", text, &exists), complaints);
    }

    #[test]
    fn links_lead_somewhere() {
        check(
            "[x](here.md#part), [y](https://example.org/z), [z](#below)",
            &[],
        );
        check(
            "[x](gone.md)",
            &["docs/a.md:1: link to gone.md, which does not exist"],
        );
    }

    #[test]
    fn paths_in_backticks_exist() {
        check("see `crates/ciel` and `crates/<name>/src`, not `a/b`", &[]);
        check(
            "see `crates/gone`",
            &["docs/a.md:1: speaks of crates/gone, which does not exist"],
        );
    }

    #[test]
    fn blocks_of_code_are_left_alone() {
        check("```\n[x](gone.md)\n```", &[]);
    }
}
