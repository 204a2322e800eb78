//! `.snyk`.

use crate::{Entry, Imported, reader::Reading, trivy::expiry};

const TOOL: &str = "snyk";

/// `ignore`: issues by id, each with a list of paths, each with a reason and a date.
pub(crate) fn policy(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, value) in root.entries() {
        match key.text() {
            "version" => {}
            "ignore" => {
                for (id, paths) in value.entries() {
                    issue(id, paths, imported);
                }
            }
            // Snyk writes an empty one into every file.
            "patch" if value.node.entries().next().is_none() => {}
            other => imported.note(key.line(), format!("`{other}` has no counterpart")),
        }
    }
}

fn issue(id: Reading<'_>, paths: Reading<'_>, imported: &mut Imported<'_>) {
    let Some(check) = imported.check(TOOL, id.text(), id.line()) else {
        return;
    };
    for (path, details) in paths.items().into_iter().flat_map(Reading::entries) {
        let mut entry = Entry::new(vec![check.clone()], details.text_at("reason").trim());
        if path.text() != "*" {
            let Some(file) = file(path.text()) else {
                let message = format!(
                    "`{}` of {} is a place within a resource, which Ciel names in another way",
                    path.text(),
                    id.text()
                );
                imported.note(path.line(), message);
                continue;
            };
            entry = entry.within("paths", vec![file]);
        }
        if let Some(date) = details.get("expires") {
            entry.expires = expiry(imported, date.text(), date.line());
            if entry.expires.is_none() {
                continue;
            }
        }
        imported.add(entry);
    }
}

/// The file of a path that means all of it: `deploy/web.yaml > *`. Files are named from where Snyk is run.
fn file(path: &str) -> Option<String> {
    let (file, place) = path.split_once(" > ").unwrap_or((path, "*"));
    let is_file = file.ends_with(".yaml") || file.ends_with(".yml") || file.ends_with(".json");
    (place.trim() == "*" && is_file)
        .then(|| format!("/{}", file.trim_start_matches("./").trim_start_matches('/')))
}
