//! Scalars as text.

use serde_json::Value;

/// Where a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In block style.
    Block,
    /// Within brackets.
    Flow,
    /// In JSON.
    Json,
}

/// A scalar as text. Strings go without quotes where every reader takes them for the same string; else in `quote`.
pub(crate) fn write(value: &Value, place: Place, quote: char) -> String {
    match value {
        Value::String(text) if place != Place::Json => {
            if is_plain(text, place) {
                text.clone()
            } else {
                quoted(text, quote)
            }
        }
        _ => value.to_string(),
    }
}

/// A string in quotes. Single ones cannot hold everything, so that they may become double ones.
pub(crate) fn quoted(text: &str, quote: char) -> String {
    if quote == '\'' && !text.chars().any(char::is_control) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    Value::from(text).to_string()
}

/// A key as text.
pub(crate) fn key(text: &str, place: Place) -> String {
    if place != Place::Json && is_plain(text, place) {
        text.to_owned()
    } else {
        quoted(text, '"')
    }
}

/// Whether a string means itself without quotes: to kubectl's reader of YAML 1.1, and to those of YAML 1.2.
fn is_plain(text: &str, place: Place) -> bool {
    let may_begin =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '_' | '.' | '-');
    let is_usual = |letter: char| letter.is_ascii_graphic() || letter == ' ';
    text.starts_with(may_begin)
        && !text.starts_with("- ")
        && !text.starts_with("---")
        && text != "-"
        && !text.ends_with([' ', ':'])
        && text.chars().all(is_usual)
        && !text.contains(": ")
        && !text.contains(" #")
        && (place == Place::Block || !text.contains([',', '[', ']', '{', '}', '?']))
        && !is_word(text)
        && !looks_like_number(text)
}

fn is_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Numbers of all kinds, times, and what some reader could take for one.
fn looks_like_number(text: &str) -> bool {
    let is_part = |letter: char| {
        letter.is_ascii_hexdigit()
            || matches!(letter, 'x' | 'X' | 'o' | 'O' | '.' | '_' | '+' | '-' | ':')
    };
    let lower = text
        .trim_start_matches(['-', '+', '.'])
        .to_ascii_lowercase();
    text.starts_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-'))
        && (text.chars().all(is_part) || matches!(lower.as_str(), "inf" | "nan"))
        || text.get(..5).is_some_and(is_date)
}

/// `2026-`: what begins as a date may be one, with a time behind a blank.
fn is_date(start: &str) -> bool {
    start.ends_with('-') && start.bytes().take(4).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: Place, written: &str) {
        assert_eq!(write(&Value::from(text), place, '"'), written);
    }

    #[test]
    fn strings_are_quoted_where_they_must_be() {
        for text in [
            "RuntimeDefault",
            "--profiling=false",
            "v1",
            "apps/v1",
            "a b",
            "/x:y",
            "nginx:1.27",
        ] {
            check(text, Place::Block, text);
        }
        for text in [
            "",
            "true",
            "No",
            "1",
            "1.33",
            "0x1f",
            "1_000",
            "1:30",
            "2026-01-01",
            "2026-01-01 10:00:00",
            ".inf",
            "-",
            "- a",
            "a: b",
            "a #b",
            "a:",
            "*",
            "&a",
            "!a",
            "{a}",
            "[",
            " a",
            "a ",
            "é",
            "~",
            "<<",
            "=",
            "@a",
            "%a",
        ] {
            check(text, Place::Block, &Value::from(text).to_string());
        }
        check("a,b", Place::Block, "a,b");
        check("a,b", Place::Flow, "\"a,b\"");
        check("a", Place::Json, "\"a\"");
        assert_eq!(quoted("it's", '\''), "'it''s'");
        assert_eq!(quoted("a\nb", '\''), "\"a\\nb\"");
    }
}
