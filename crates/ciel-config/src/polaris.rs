//! Polaris' configuration.

use crate::{Entry, Imported, reader::Reading};

const TOOL: &str = "polaris";

/// `checks` that are ignored, and `exemptions`.
pub(crate) fn config(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, value) in root.entries() {
        match key.text() {
            "checks" => checks(value, imported),
            "exemptions" => {
                for exemption in value.items() {
                    self::exemption(exemption, imported);
                }
            }
            "customChecks" => {
                for (name, _) in value.entries() {
                    let message = format!(
                        "`{}` is a check of your own: Ciel has none of these",
                        name.text()
                    );
                    imported.note(name.line(), message);
                }
            }
            "disallowExemptions" | "disallowAnnotationExemptions" if value.text() == "true" => {
                imported
                    .settings
                    .push(("foreign-ignores", "false".to_owned()));
            }
            other => imported.note(key.line(), format!("`{other}` has no counterpart")),
        }
    }
}

fn checks(checks: Reading<'_>, imported: &mut Imported<'_>) {
    for (name, severity) in checks.entries() {
        if severity.text() != "ignore" {
            // Ciel's own severities hold.
            continue;
        }
        if let Some(check) = imported.check(TOOL, name.text(), name.line()) {
            imported.add(Entry::new(vec![check], severity.comment()));
        }
    }
}

/// Names of controllers and containers are beginnings of names. Without rules, all are meant.
fn exemption(exemption: Reading<'_>, imported: &mut Imported<'_>) {
    let rules = exemption
        .get("rules")
        .map(Reading::words)
        .unwrap_or_default();
    let checks: Vec<_> = if rules.is_empty() {
        vec!["polaris:*".to_owned()]
    } else {
        let rules = rules.iter();
        rules
            .filter_map(|(id, line, _)| imported.check(TOOL, id, *line))
            .collect()
    };
    let prefixes = |key| {
        let names = exemption.list(key).into_iter();
        names.map(|name| format!("{name}*")).collect::<Vec<_>>()
    };
    let entry = Entry::new(checks, exemption.comment())
        .within("namespaces", exemption.list("namespace"))
        .within("names", prefixes("controllerNames"))
        .within("containers", prefixes("containerNames"));
    if entry.scope.is_empty() {
        imported.note(
            exemption.line(),
            "the exemption names nothing that is exempt",
        );
        return;
    }
    imported.add(entry);
}
