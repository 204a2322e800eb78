//! `cargo xtask docs`: `docs/checks/` from the declarations in the catalogue.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use ciel_core::{Check, Topic};

use crate::repo;

/// Where the pages are, relative to the root.
const FOLDER: &str = "docs/checks";

/// Writes the pages, or with `check` only says which are out of date.
pub(crate) fn run(check: bool) -> Result<()> {
    let folder = repo::root().join(FOLDER);
    let pages = pages();
    let stale = stale(&folder, &pages);
    if check {
        if stale.is_empty() {
            return Ok(());
        }
        bail!(
            "out of date in {FOLDER}: {}; run `cargo xtask docs`",
            stale.join(", ")
        );
    }
    fs::create_dir_all(&folder)?;
    for name in stale {
        match pages.get(&name) {
            Some(text) => fs::write(folder.join(&name), text)?,
            None => fs::remove_file(folder.join(&name))?,
        }
        println!("{FOLDER}/{name}");
    }
    Ok(())
}

/// File name and text of every page.
fn pages() -> BTreeMap<String, String> {
    let checks: Vec<&Check> = ciel_checks::catalogue().map(|rule| &rule.check).collect();
    let mut pages: BTreeMap<String, String> = checks
        .iter()
        .map(|check| (format!("{}.md", check.name), page(check)))
        .collect();
    pages.insert("README.md".to_owned(), index(&checks));
    pages
}

/// Names of pages that are missing, differ, or should not be there.
fn stale(folder: &Path, pages: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |(name, text): &(&String, &String)| {
        fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text)
    };
    let mut stale: Vec<String> = pages
        .iter()
        .filter(differs)
        .map(|(name, _)| name.clone())
        .collect();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    stale.extend(
        entries
            .filter_map(|it| it.file_name().into_string().ok())
            .filter(|name| !pages.contains_key(name)),
    );
    stale.sort();
    stale
}

fn index(checks: &[&Check]) -> String {
    let mut out = String::from(
        "# Checks\n\nWritten by `cargo xtask docs` from the declarations in `crates/ciel-checks/src`; do not edit.\n\
         The same texts come from `ciel explain`.\n",
    );
    for topic in Topic::ALL {
        let checks: Vec<_> = checks.iter().filter(|check| check.topic == topic).collect();
        if checks.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n## {}\n\n| code | name | severity | profile | what is wrong |\n|---|---|---|---|---|\n",
            topic.as_str()
        );
        for check in checks {
            let (code, name, severity) = (check.code, check.name, check.severity.as_str());
            let (profile, summary) = (check.profile.as_str(), check.summary);
            let _ = writeln!(
                out,
                "| {code} | [{name}]({name}.md) | {severity} | {profile} | {summary} |"
            );
        }
    }
    out
}

fn page(check: &Check) -> String {
    let mut out = format!(
        "# {} {}\n\n{}.\n\n",
        check.code,
        check.name,
        capitalised(check.summary)
    );
    let _ = writeln!(out, "| | |\n|---|---|");
    let mut row = |what: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "| {what} | {value} |");
        }
    };
    row("severity", check.severity.as_str());
    row("why this severity", check.severity_reason);
    row("profile", check.profile.as_str());
    row("since", check.since);
    row(
        "frameworks",
        &grouped(
            check
                .frameworks
                .iter()
                .map(|it| (it.framework.id(), it.control)),
        ),
    );
    row(
        "other tools say",
        &grouped(check.aliases.iter().map(|it| (it.tool.as_str(), it.id))),
    );
    out.push('\n');
    for line in check.docs.lines() {
        // Doc comments begin with one blank.
        out.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
        out.push('\n');
    }
    out
}

/// `trivy KSV-0017; kubescape C-0057, C-0193`.
fn grouped<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (key, value) in pairs {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
        .iter()
        .map(|(key, values)| format!("{key} {}", values.join(", ")))
        .collect::<Vec<_>>()
        .join("; ")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_grouped_by_tool() {
        let pairs = [
            ("kubescape", "C-0057"),
            ("trivy", "KSV-0017"),
            ("kubescape", "C-0193"),
        ];
        assert_eq!(
            grouped(pairs.into_iter()),
            "kubescape C-0057, C-0193; trivy KSV-0017"
        );
    }

    #[test]
    fn every_check_has_a_page_without_blanks_at_line_ends() {
        for (name, text) in pages() {
            assert!(text.lines().all(|line| !line.ends_with(' ')), "{name}");
        }
    }
}
