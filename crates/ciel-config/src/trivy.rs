//! `.trivyignore`, `.trivyignore.yaml` and `trivy.yaml`.

use crate::{Entry, Imported, reader::Reading, render::quoted};

const TOOL: &str = "trivy";

/// A line for each id, `ID [exp:DATE]`; comments above or behind it are taken for its reason.
pub(crate) fn ignore_file(text: &str, imported: &mut Imported<'_>) {
    let mut above: Vec<&str> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            above.push(comment.trim());
            continue;
        }
        let comments = std::mem::take(&mut above);
        let (line, behind) = line.split_once('#').unwrap_or((line, ""));
        let mut words = line.split_whitespace();
        let Some(id) = words.next() else {
            continue;
        };
        let reason = if behind.trim().is_empty() {
            comments.join(" ")
        } else {
            behind.trim().to_owned()
        };
        let Some(check) = check(imported, id, number) else {
            continue;
        };
        let mut entry = Entry::new(vec![check], reason);
        if let Some(date) = words.find_map(|word| word.strip_prefix("exp:")) {
            entry.expires = expiry(imported, date, number);
            // Trivy does not honour such a line.
            if entry.expires.is_none() {
                continue;
            }
        }
        imported.add(entry);
    }
}

/// Whether a line of unknown text begins like one of `.trivyignore`.
pub(crate) fn is_id_line(line: &str) -> bool {
    let id = line.split_whitespace().next().unwrap_or_default();
    ["CVE-", "AVD-", "KSV", "KCV", "GHSA-"]
        .iter()
        .any(|head| id.starts_with(head))
}

fn check(imported: &mut Imported<'_>, id: &str, line: u32) -> Option<String> {
    if id.starts_with("CVE-") || id.starts_with("GHSA-") {
        let message =
            format!("`{id}` is a vulnerability in software: Ciel does not look into images");
        imported.note(line, message);
        return None;
    }
    imported.check(TOOL, id, line)
}

/// A date as TOML writes it.
pub(crate) fn expiry(imported: &mut Imported<'_>, date: &str, line: u32) -> Option<String> {
    let date = date.trim();
    let is_moment = date.parse::<ciel_core::Timestamp>().is_ok();
    if is_moment {
        return Some(date.replace(' ', "T"));
    }
    imported.note(
        line,
        format!("`{date}` is no date: the exception is left out"),
    );
    None
}

/// `misconfigurations`: lists of `id`, `paths`, `expired_at` and `statement`.
pub(crate) fn ignore_yaml(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, list) in root.entries() {
        if key.text() != "misconfigurations" {
            let message = format!("`{}` are not what Ciel looks for", key.text());
            imported.note(key.line(), message);
            continue;
        }
        for item in list.items() {
            let line = item.line();
            let Some(check) = check(imported, item.text_at("id"), line) else {
                continue;
            };
            let statement = item.text_at("statement");
            let mut entry = Entry::new(vec![check], statement);
            let paths = item.list("paths");
            entry = entry.within("paths", paths.iter().map(|path| from_root(path)).collect());
            if let Some(date) = item.get("expired_at") {
                entry.expires = expiry(imported, date.text(), date.line());
                if entry.expires.is_none() {
                    continue;
                }
            }
            imported.add(entry);
        }
    }
}

/// Trivy matches whole paths from where it is run.
fn from_root(pattern: &str) -> String {
    if pattern.starts_with("**") || pattern.starts_with('/') {
        pattern.to_owned()
    } else {
        format!("/{}", pattern.trim_start_matches("./"))
    }
}

/// `trivy.yaml`: `severity`, `scan.skip-dirs`, `scan.skip-files`, `ignorefile`.
pub(crate) fn config(root: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, value) in root.entries() {
        match key.text() {
            "severity" => severity(value, imported),
            "scan" => skipped(value, imported),
            "ignorefile" => {
                let message = format!("import the file that it names, too: `{}`", value.text());
                imported.note(key.line(), message);
            }
            other => imported.note(key.line(), format!("`{other}` has no counterpart")),
        }
    }
}

fn severity(list: Reading<'_>, imported: &mut Imported<'_>) {
    const ORDER: [&str; 4] = ["low", "medium", "high", "critical"];
    let words = list.words();
    let has = |severity: &&str| {
        words
            .iter()
            .any(|(word, ..)| word.eq_ignore_ascii_case(severity))
    };
    let Some(least) = ORDER.iter().position(&has) else {
        return;
    };
    let above = ORDER.iter().skip(least);
    if above.clone().all(has) {
        let least = ORDER.get(least).copied().unwrap_or_default();
        imported.settings.push(("min-severity", quoted(least)));
    } else {
        imported.note(
            list.line(),
            "severities with a gap between them: Ciel knows a least one only",
        );
    }
}

fn skipped(scan: Reading<'_>, imported: &mut Imported<'_>) {
    for (key, list) in scan.entries() {
        match key.text() {
            "skip-dirs" | "skip-files" => {
                for item in list.items() {
                    let entry = Entry::new(vec!["trivy:*".to_owned()], item.comment());
                    imported.add(entry.within("paths", vec![from_root(item.text())]));
                }
            }
            other => imported.note(key.line(), format!("`scan.{other}` has no counterpart")),
        }
    }
}
