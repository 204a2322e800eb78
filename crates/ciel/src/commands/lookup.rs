//! From what a user wrote to checks, with a hint where it names none.

use anyhow::bail;
use ciel_checks::catalogue;
use ciel_core::{Check, Selector};
use ciel_fields::{FieldError, FieldInfo};

/// Selectors from the user's words. Each must name at least one check: a typing error must not turn a check off, or
/// leave nothing on.
pub(crate) fn selectors<'a>(
    words: impl IntoIterator<Item = &'a String>,
) -> anyhow::Result<Vec<Selector>> {
    words
        .into_iter()
        .map(|word| {
            let selector = Selector::new(word);
            if catalogue().any(|rule| selector.matches(&rule.check)) {
                return Ok(selector);
            }
            bail!("{}", no_such_check(word));
        })
        .collect()
}

/// The sentence for a word that names no check.
pub(crate) fn no_such_check(word: &str) -> String {
    match closest(word) {
        Some(name) => format!(
            "no check is called `{word}`: did you mean `{name}`? `ciel checks` lists them all"
        ),
        None => format!("no check is called `{word}`: `ciel checks` lists them all"),
    }
}

/// The code, name or alias that a word was probably meant to be.
fn closest(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    closest_of(&word, catalogue().flat_map(|rule| names(&rule.check)))
}

/// What a field's name is wrong in, with the field that was probably meant.
pub(crate) fn with_field_hint(error: &FieldError) -> String {
    let meant = match error {
        FieldError::Unknown(text) => closest_field(text),
        _ => None,
    };
    match meant {
        Some(name) => format!("{error}; did you mean `{name}`?"),
        None => error.to_string(),
    }
}

/// The field of the kernel's events that something, perhaps with an argument, was probably meant to be.
pub(crate) fn closest_field(text: &str) -> Option<&'static str> {
    let name = text.split('[').next().unwrap_or_default();
    closest_of(
        &name.to_lowercase(),
        FieldInfo::all().iter().map(|info| info.name),
    )
}

/// The name that a word in small letters was probably meant to be.
pub(crate) fn closest_of<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let scored = names.map(|name| (distance(word, &name.to_lowercase()), name));
    let (distance, name) = scored.min_by_key(|(distance, name)| (*distance, name.len()))?;
    (distance <= 1 + word.len() / 4).then_some(name)
}

fn names(check: &'static Check) -> impl Iterator<Item = &'static str> {
    [check.name, check.code]
        .into_iter()
        .chain(check.aliases.iter().map(|alias| alias.id))
}

/// Levenshtein's distance, in bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut last = i + 1;
        for (right, cell) in b.bytes().zip(row.iter_mut().skip(1)) {
            let next = (diagonal + usize::from(left != right))
                .min(last + 1)
                .min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            last = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (a, b, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "abd", 1),
            ("kitten", "sitting", 3),
            ("", "ab", 2),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn a_typing_error_is_answered_with_the_name() {
        assert_eq!(closest("privilged-container"), Some("privileged-container"));
        assert_eq!(closest("no such thing at all"), None);
    }
}
