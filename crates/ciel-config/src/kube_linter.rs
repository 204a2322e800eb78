//! `.kube-linter.yaml`.

use crate::{Entry, Imported, reader::Reading, render::list};

const TOOL: &str = "kube-linter";

/// `checks` and `customChecks`.
pub(crate) fn config(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, value) in root.entries() {
        match key.text() {
            "checks" => checks(value, imported),
            "customChecks" => {
                for check in value.items() {
                    let (name, template) = (check.text_at("name"), check.text_at("template"));
                    let message = format!(
                        "`{name}` is a check of your own (template `{template}`): Ciel has none of these"
                    );
                    imported.note(check.line(), message);
                }
            }
            other => imported.note(key.line(), format!("`{other}` has no counterpart")),
        }
    }
}

fn checks(checks: Reading<'_>, imported: &mut Imported<'_>) {
    let is_on = |key| checks.text_at(key) == "true";
    let only_included = is_on("doNotAutoAddDefaults");
    for (key, value) in checks.entries() {
        match key.text() {
            "exclude" => {
                for (id, line, comment) in value.words() {
                    if let Some(check) = imported.check(TOOL, id, line) {
                        imported.add(Entry::new(vec![check], comment));
                    }
                }
            }
            "include" if only_included => {
                let words = value.words();
                let checks = words
                    .iter()
                    .filter_map(|(id, line, _)| imported.check(TOOL, id, *line));
                let checks: Vec<_> = checks.collect();
                if !checks.is_empty() {
                    imported.settings.push(("select", list(&checks)));
                }
            }
            "include" => {
                let message = "`include` adds to kube-linter's defaults: what the security profile leaves out runs with profile = \"all\"";
                imported.note(key.line(), message);
            }
            "addAllBuiltIn" if value.text() == "true" => {
                imported.settings.push(("profile", "\"all\"".to_owned()));
            }
            "ignorePaths" => {
                for item in value.items() {
                    let entry = Entry::new(vec!["kube-linter:*".to_owned()], item.comment());
                    imported.add(entry.within("paths", vec![item.text().to_owned()]));
                }
            }
            "addAllBuiltIn" | "doNotAutoAddDefaults" => {}
            other => imported.note(key.line(), format!("`checks.{other}` has no counterpart")),
        }
    }
}
