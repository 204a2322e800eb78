//! `.checkov.yaml` and `.checkov.baseline`.

use crate::{Entry, Imported, reader::Reading, render::list};

const TOOL: &str = "checkov";

/// `skip-check`, `check`, `skip-path`; all else is told.
pub(crate) fn config(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, value) in root.entries() {
        match key.text() {
            "skip-check" => {
                for (id, line, comment) in value.words() {
                    if let Some(check) = check(imported, id, line) {
                        imported.add(Entry::new(vec![check], comment));
                    }
                }
            }
            "check" => {
                let words = value.words();
                let checks = words
                    .iter()
                    .filter_map(|(id, line, _)| check(imported, id, *line));
                let checks: Vec<_> = checks.collect();
                if !checks.is_empty() {
                    imported.settings.push(("select", list(&checks)));
                }
            }
            "skip-path" => {
                for item in value.items() {
                    skip_path(item, imported);
                }
            }
            "baseline" => {
                let message = format!("import the baseline, too: `{}`", value.text());
                imported.note(key.line(), message);
            }
            "soft-fail" if value.text() == "true" => {
                imported.settings.push(("fail-on", "\"never\"".to_owned()));
            }
            other => imported.note(key.line(), format!("`{other}` has no counterpart")),
        }
    }
}

fn check(imported: &mut Imported<'_>, id: &str, line: u32) -> Option<String> {
    if ["LOW", "MEDIUM", "HIGH", "CRITICAL"].contains(&id) {
        let message = format!("`{id}` is a severity of the platform: `min-severity` is Ciel's");
        imported.note(line, message);
        return None;
    }
    if id.contains('*') {
        imported.note(
            line,
            format!("`{id}` stands for many ids: name those that are meant"),
        );
        return None;
    }
    imported.check(TOOL, id, line)
}

/// A regular expression, searched for in paths. One that is a plain path is taken.
fn skip_path(item: Reading<'_>, imported: &mut Imported<'_>) {
    let pattern = item.text();
    let plain = pattern.replace("\\.", ".");
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ' ');
    if plain.is_empty() || !plain.chars().all(is_plain) {
        let message =
            format!("`{pattern}` is a regular expression: write it as `paths` of an [[ignore]]");
        imported.note(item.line(), message);
        return;
    }
    let entry = Entry::new(vec!["checkov:*".to_owned()], item.comment());
    imported.add(entry.within("paths", vec![plain]));
}

/// `failed_checks`: by file and resource, the ids that are known.
pub(crate) fn baseline(root: Reading<'_>, imported: &mut Imported<'_>) {
    let reason = format!("known by {}", imported.name);
    for file in root
        .get("failed_checks")
        .map(Reading::items)
        .unwrap_or_default()
    {
        let path = file.text_at("file").trim_start_matches('/');
        for finding in file.get("findings").map(Reading::items).unwrap_or_default() {
            let ids = finding
                .get("check_ids")
                .map(Reading::words)
                .unwrap_or_default();
            let checks = ids
                .iter()
                .filter_map(|(id, line, _)| check(imported, id, *line));
            let entry = Entry::new(checks.collect(), reason.clone());
            let entry = entry.within("paths", vec![format!("/{path}")]);
            imported.add(of_resource(entry, finding.text_at("resource")));
        }
    }
}

/// `Deployment.shop.web`; for the pods of a template, `Pod.shop.web.app-web`, with the name of what makes them.
fn of_resource(entry: Entry, resource: &str) -> Entry {
    let mut parts = resource.splitn(3, '.');
    let (Some(kind), Some(namespace), Some(name)) = (parts.next(), parts.next(), parts.next())
    else {
        return entry;
    };
    let mut names = vec![name.to_owned()];
    let mut kinds = vec![kind.to_owned()];
    if kind == "Pod" {
        kinds.clear();
        let maker = name.split('.').next().unwrap_or(name);
        if maker != name {
            names.push(maker.to_owned());
        }
    }
    // Checkov takes `default` for what names no namespace, whatever lives in none.
    let namespaces = match namespace {
        "default" => Vec::new(),
        other => vec![other.to_owned()],
    };
    entry
        .within("kinds", kinds)
        .within("namespaces", namespaces)
        .within("names", names)
}
