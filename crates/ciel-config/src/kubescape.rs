//! Kubescape's exceptions: lists of posture exception policies.

use crate::{Entry, Imported, kubescape_regex::globs, reader::Reading, trivy::expiry};

const TOOL: &str = "kubescape";

/// Every policy, for each of its resources.
pub(crate) fn exceptions(root: Reading<'_>, imported: &mut Imported<'_>) {
    // `kubescape download exceptions` gives a list, a policy may also stand alone.
    let policies = if root.node.is_mapping() {
        vec![root]
    } else {
        root.items()
    };
    for policy in policies {
        let line = policy.line();
        let Some(checks) = checks(policy, imported) else {
            continue;
        };
        let mut expires = None;
        if let Some(date) = policy
            .get("expirationDate")
            .filter(|date| !date.node.is_null())
        {
            expires = expiry(imported, date.text(), date.line());
            if expires.is_none() {
                continue;
            }
        }
        let reason = match policy.text_at("reason") {
            "" => policy.text_at("name"),
            reason => reason,
        };
        let resources = policy
            .get("resources")
            .map(Reading::items)
            .unwrap_or_default();
        if resources.is_empty() {
            imported.note(
                line,
                "the exception names no resources: Kubescape applies it to none",
            );
        }
        for resource in resources {
            let mut entry = Entry::new(checks.clone(), reason);
            entry.expires = expires.clone();
            if let Some(entry) = limited(entry, resource, imported) {
                imported.add(entry);
            }
        }
    }
}

/// The controls that a policy is about; none where Ciel cannot say it.
fn checks(policy: Reading<'_>, imported: &mut Imported<'_>) -> Option<Vec<String>> {
    let policies = policy
        .get("posturePolicies")
        .map(Reading::items)
        .unwrap_or_default();
    let mut checks = Vec::new();
    for it in &policies {
        let (line, id) = (it.line(), it.text_at("controlID"));
        if !it.text_at("ruleName").is_empty() {
            imported.note(
                line,
                "the exception is limited to a rule of a control: Ciel knows controls",
            );
        } else if !id.is_empty() {
            checks.extend(imported.check(TOOL, &id.to_uppercase(), line));
        } else if !it.text_at("frameworkName").is_empty() || !it.text_at("controlName").is_empty() {
            imported.note(
                line,
                "the exception names a framework or a title, not the id of a control",
            );
        } else {
            return Some(vec!["kubescape:*".to_owned()]);
        }
    }
    if policies.is_empty() {
        return Some(vec!["kubescape:*".to_owned()]);
    }
    (!checks.is_empty()).then_some(checks)
}

/// Within what the attributes of a designator name. None where that is more than Ciel can say, or nothing.
fn limited(mut entry: Entry, resource: Reading<'_>, imported: &mut Imported<'_>) -> Option<Entry> {
    let attributes = resource.get("attributes")?;
    let mut is_any = false;
    for (key, value) in attributes.entries() {
        is_any = true;
        let name = match key.text() {
            "kind" => "kinds",
            "name" => "names",
            "namespace" => "namespaces",
            "path" => "paths",
            "cluster" if matches!(value.text(), "" | ".*") => continue,
            "cluster" | "resourceID" => {
                let message = format!(
                    "the exception is limited by `{}`, which files do not have",
                    key.text()
                );
                imported.note(key.line(), message);
                return None;
            }
            label => {
                entry.labels.push((label.to_owned(), escaped(value.text())));
                continue;
            }
        };
        match globs(value.text()) {
            Some(globs) if globs.iter().any(|glob| glob == "*") => {}
            Some(globs) => entry = entry.within(name, globs),
            None => {
                let message = format!("`{}` is a regular expression that is no glob", value.text());
                imported.note(value.line(), message);
                return None;
            }
        }
    }
    is_any.then_some(entry)
}

/// A text that is to be matched as it is.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '*' | '?' | '[' | ']' | '{' | '}' => format!("[{c}]"),
            c => c.to_string(),
        })
        .collect()
}
