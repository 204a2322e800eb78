//! One page for each tool whose ids Ciel knows: how to do the same with Ciel, and which check answers which id.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use ciel_core::{Check, Tool};

/// What only a person can write about a tool: the file's name without its ending, and the text.
const WORDS: &[(Tool, &str)] = &[
    (Tool::Trivy, include_str!("peers/trivy.md")),
    (Tool::Checkov, include_str!("peers/checkov.md")),
    (Tool::KubeLinter, include_str!("peers/kube-linter.md")),
    (Tool::Polaris, include_str!("peers/polaris.md")),
    (Tool::KubeScore, include_str!("peers/kube-score.md")),
    (Tool::Kubescape, include_str!("peers/kubescape.md")),
];

/// Ids that Ciel has no check for, with the reason: the list that a test holds the catalogue to.
const WITHOUT: &str = include_str!("../../../crates/ciel-checks/tests/controls.exceptions");

/// File name and text of every page.
pub(super) fn pages() -> BTreeMap<String, String> {
    let checks = super::all_checks();
    let tools: BTreeSet<&str> = checks
        .iter()
        .flat_map(|check| check.aliases)
        .map(|alias| alias.tool.as_str())
        .collect();
    let mut pages: BTreeMap<String, String> = tools
        .iter()
        .map(|tool| (format!("{tool}.md"), page(tool, &checks)))
        .collect();
    pages.insert("README.md".to_owned(), index(&tools, &checks));
    pages
}

fn index(tools: &BTreeSet<&str>, checks: &[&Check]) -> String {
    let mut out = String::from(
        "# Coming from another tool\n\nCiel answers to the ids of these tools: in `--select` and `--ignore`, in `ciel explain`, in suppressions, and in \
         its reports.\n\n| tool | ids | |\n|---|---|---|\n",
    );
    for tool in tools {
        let words = WORDS.iter().any(|(known, _)| known.as_str() == *tool);
        let what = if words {
            "how to switch, and its ids"
        } else {
            "its ids"
        };
        let _ = writeln!(
            out,
            "| [{tool}]({tool}.md) | {} | {what} |",
            by_id(tool, checks).len()
        );
    }
    out
}

fn page(tool: &str, checks: &[&Check]) -> String {
    let words = WORDS.iter().find(|(known, _)| known.as_str() == tool);
    let mut out = format!("# Coming from {tool}\n\n");
    if let Some((_, words)) = words {
        out.push_str(words.trim_end());
        out.push_str(
            "\n\nAll of it, and what Ciel itself has for exceptions: [configuration](../configuration.md).\n\n",
        );
    }
    out.push_str("## Its ids\n\n");
    out.push_str("| id | checks of Ciel |\n|---|---|\n");
    for (id, checks) in by_id(tool, checks) {
        let links = checks.iter().map(|check| {
            let (code, name) = (check.code, check.name);
            format!("[{code} {name}](../checks/{name}.md)")
        });
        let links = links.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "| `{id}` | {links} |");
    }
    let without = without(tool);
    if !without.is_empty() {
        out.push_str("\n## Without a check\n\n| id | why |\n|---|---|\n");
        for (id, why) in without {
            let _ = writeln!(out, "| `{id}` | {why} |");
        }
    }
    out
}

fn by_id<'c>(tool: &str, checks: &[&'c Check]) -> BTreeMap<&'c str, Vec<&'c Check>> {
    let mut ids: BTreeMap<&str, Vec<&Check>> = BTreeMap::new();
    for check in checks {
        for alias in check
            .aliases
            .iter()
            .filter(|alias| alias.tool.as_str() == tool)
        {
            ids.entry(alias.id).or_default().push(check);
        }
    }
    ids
}

/// The ids of a tool in the list of exceptions: `subject TAB tool:id TAB reason`.
fn without(tool: &str) -> Vec<(&'static str, &'static str)> {
    let lines = WITHOUT.lines().filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| {
        let mut fields = line.split('\t').skip(1);
        let (of, id) = fields.next()?.split_once(':')?;
        (of == tool).then_some((id, fields.next()?))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_unstable();
    entries
}
