use std::fmt::Write as _;

use toml::Value;

use crate::{Entry, Imported};

/// `ciel.toml` of what was imported. What was not carried over stands at its end, as comments.
#[must_use]
pub fn render(files: &[Imported<'_>]) -> String {
    let mut out = String::new();
    let settings: Vec<_> = files.iter().flat_map(|file| &file.settings).collect();
    if !settings.is_empty() {
        out.push_str("[scan]\n");
    }
    let mut written: Vec<&str> = Vec::new();
    for (key, value) in settings {
        // A key stands once: of several files, the first has the word.
        if written.contains(key) {
            let _ = writeln!(out, "# also: {key} = {value}");
        } else {
            let _ = writeln!(out, "{key} = {value}");
            written.push(key);
        }
    }
    for file in files.iter().filter(|file| !file.entries.is_empty()) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}# From {}.", one_line(&file.name));
        for (index, entry) in file.entries.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            write_entry(&mut out, entry);
        }
    }
    for file in files.iter().filter(|file| !file.notes.is_empty()) {
        let name = one_line(&file.name);
        let _ = writeln!(out, "\n# Not carried over from {name}:");
        for note in &file.notes {
            let _ = writeln!(out, "# line {}: {}", note.line, one_line(&note.message));
        }
    }
    out
}

fn write_entry(out: &mut String, entry: &Entry) {
    let _ = writeln!(out, "[[ignore]]\nchecks = {}", list(&entry.checks));
    for (key, values) in &entry.scope {
        let _ = writeln!(out, "{key} = {}", list(values));
    }
    if !entry.labels.is_empty() {
        let labels = entry.labels.iter();
        let labels: Vec<_> = labels
            .map(|(key, value)| format!("{} = {}", quoted(key), quoted(value)))
            .collect();
        let _ = writeln!(out, "labels = {{ {} }}", labels.join(", "));
    }
    if !entry.reason.is_empty() {
        let _ = writeln!(out, "reason = {}", quoted(&entry.reason));
    }
    if let Some(expires) = &entry.expires {
        let _ = writeln!(out, "expires = {expires}");
    }
}

pub(crate) fn list(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| quoted(word)).collect();
    format!("[{}]", words.join(", "))
}

pub(crate) fn quoted(word: &str) -> String {
    Value::String(one_line(word)).to_string()
}

/// A text from a file as part of one line.
fn one_line(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    text.trim().to_owned()
}
