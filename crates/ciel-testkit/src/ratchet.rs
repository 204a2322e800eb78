//! Conformance as a ratchet: the list of passing cases is committed, and a case that falls out fails the test.

use std::{collections::BTreeSet, fs, path::Path};

/// Compares the cases that pass now with the committed list, one case a line.
///
/// With `CIEL_RATCHET=update` in the environment the list is written anew. Otherwise a case that was listed and does
/// not pass is an error, and so is one that passes and is not listed, so that the list stays true.
///
/// # Errors
/// What differs, and the command that accepts it.
pub fn check(list: &Path, passing: &BTreeSet<String>) -> Result<(), String> {
    if std::env::var("CIEL_RATCHET").is_ok_and(|value| value == "update") {
        let mut text = String::new();
        for case in passing {
            text.push_str(case);
            text.push('\n');
        }
        return fs::write(list, text).map_err(|error| format!("{}: {error}", list.display()));
    }
    let text = fs::read_to_string(list).map_err(|error| format!("{}: {error}", list.display()))?;
    let listed: BTreeSet<String> = text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let fallen: Vec<_> = listed.difference(passing).collect();
    let new: Vec<_> = passing.difference(&listed).collect();
    if fallen.is_empty() && new.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}: {} cases fell out: {fallen:?}\n{} cases pass and are not listed: {new:?}\nto accept: CIEL_RATCHET=update",
        list.display(),
        fallen.len(),
        new.len(),
    ))
}
