//! One page a check, and the list of them.

use std::{collections::BTreeMap, fmt::Write as _};

use ciel_core::{Check, Topic};

/// File name and text of every page.
pub(super) fn pages() -> BTreeMap<String, String> {
    let checks = super::all_checks();
    let mut pages: BTreeMap<String, String> = checks
        .iter()
        .map(|check| (format!("{}.md", check.name), page(check)))
        .collect();
    pages.insert("README.md".to_owned(), index(&checks));
    pages
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
            ciel_checks::controls(check)
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
