//! The table of contents of the site (mdBook's `SUMMARY.md`).

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use ciel_core::Topic;

/// The file's name.
pub(super) const NAME: &str = "SUMMARY.md";

/// The pages that people write, in the order of reading; others stand behind them.
const PAGES: &[&str] = &[
    "introduction.md",
    "scanning.md",
    "configuration.md",
    "formats.md",
    "events.md",
    "watch.md",
    "rules.md",
    "captures.md",
    "fields.md",
    "fix.md",
    "frameworks.md",
    "policy-reports.md",
    "ci.md",
];

/// The whole table.
pub(super) fn page(docs: &Path) -> Result<String> {
    let mut out = String::from("# Summary\n\n");
    let written = written(docs)?;
    let listed = PAGES
        .iter()
        .copied()
        .filter(|name| written.iter().any(|it| it == name));
    let others = written
        .iter()
        .map(String::as_str)
        .filter(|name| !PAGES.contains(name));
    for name in listed.chain(others) {
        let _ = writeln!(out, "- [{}]({name})", title(docs, name)?);
    }
    out.push_str("- [Coming from another tool](coming-from/README.md)\n");
    for name in super::peers::pages()
        .keys()
        .filter(|name| *name != "README.md")
    {
        let tool = name.trim_end_matches(".md");
        let _ = writeln!(out, "  - [{tool}](coming-from/{name})");
    }
    out.push_str("- [Checks](checks/README.md)\n");
    let checks = super::all_checks();
    for topic in Topic::ALL {
        let mut of_topic = checks
            .iter()
            .filter(|check| check.topic == topic)
            .peekable();
        if of_topic.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "  - [{}]()", topic.as_str());
        for check in of_topic {
            let (code, name) = (check.code, check.name);
            let _ = writeln!(out, "    - [{code} {name}](checks/{name}.md)");
        }
    }
    Ok(out)
}

/// The first heading of a page.
fn title(docs: &Path, name: &str) -> Result<String> {
    let text = fs::read_to_string(docs.join(name)).with_context(|| format!("docs/{name}"))?;
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    Ok(heading
        .with_context(|| format!("docs/{name} has no heading"))?
        .to_owned())
}

/// The pages that lie in the folder itself.
fn written(docs: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(docs)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && name != NAME {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
