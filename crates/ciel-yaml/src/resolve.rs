//! What a scalar means: the rules of go-yaml v2 and of `sigs.k8s.io/yaml`, which kubectl reads manifests with.
//!
//! The facts come from the source of `go.yaml.in/yaml/v2` (`resolve.go`, `decode.go`) and `sigs.k8s.io/yaml`
//! (`yaml.go`); the differential test `tests/kubectl.rs` holds this file to them.

use std::borrow::Cow;

use crate::number;

/// A tag, as far as it matters for resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// None was written.
    Absent,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    /// `!!merge`, which makes `<<` a merge key also where it is quoted.
    Merge,
    /// The lone `!`.
    NonSpecific,
    /// Any other: the scalar stays the string that it is.
    Other,
}

impl Tag {
    /// The tag of a name in the namespace of YAML's own tags (`str` for `!!str`).
    pub(crate) fn core(suffix: &str) -> Self {
        match suffix {
            "str" => Self::Str,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            "merge" => Self::Merge,
            _ => Self::Other,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Str => "!!str",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
            Self::Absent | Self::NonSpecific | Self::Other => "!",
        }
    }
}

/// A resolved scalar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// An integer above the greatest `i64`.
    Unsigned(u64),
    Float(f64),
    /// The text as it stands, or what `!!binary` decoded it to.
    String(Cow<'a, str>),
}

/// Resolves a scalar. `plain` says that it was written without quotes and is no block scalar.
///
/// # Errors
/// The message, where an explicit tag does not fit the text.
pub(crate) fn resolve(tag: Tag, plain: bool, text: &str) -> Result<Value<'_>, String> {
    match tag {
        Tag::Absent if !plain => return Ok(Value::String(text.into())),
        Tag::Absent => return Ok(implicit(text).unwrap_or_else(|| Value::String(text.into()))),
        Tag::Str | Tag::Other | Tag::NonSpecific | Tag::Merge => {
            return Ok(Value::String(text.into()));
        }
        Tag::Binary => return binary(text),
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null | Tag::Timestamp => {}
    }
    let value = implicit(text);
    match (tag, &value) {
        (Tag::Bool, Some(Value::Bool(_)))
        | (Tag::Int, Some(Value::Int(_) | Value::Unsigned(_)))
        | (Tag::Float, Some(Value::Float(_)))
        | (Tag::Null, Some(Value::Null)) => Ok(value.unwrap_or(Value::Null)),
        #[expect(
            clippy::cast_precision_loss,
            reason = "the conversion that go-yaml makes"
        )]
        (Tag::Float, Some(Value::Int(integer))) => Ok(Value::Float(*integer as f64)),
        (Tag::Timestamp, None) if is_timestamp(text) => Ok(Value::String(text.into())),
        _ => Err(format!("`{}` is no {}", shortened(text), tag.name())),
    }
}

/// The meaning of a plain scalar without a tag; none for strings.
pub(crate) fn implicit(text: &str) -> Option<Value<'_>> {
    let Some(&first) = text.as_bytes().first() else {
        return Some(Value::Null);
    };
    match first {
        b'0'..=b'9' | b'+' | b'-' => word(text).or_else(|| number::signed(text)),
        b'.' => word(text).or_else(|| number::dotted(text)),
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        _ => None,
    }
}

fn word(text: &str) -> Option<Value<'static>> {
    if text.len() > 5 {
        return None;
    }
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Value::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Value::Null,
        ".nan" | ".NaN" | ".NAN" => Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Value::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

fn binary(text: &str) -> Result<Value<'_>, String> {
    let bytes = crate::base64::decode(text)
        .ok_or_else(|| format!("`{}` is no base64, as !!binary wants", shortened(text)))?;
    // JSON has no bytes: Go's encoder writes U+FFFD for each byte that is no part of valid UTF-8.
    Ok(Value::String(crate::utf8::lossy(&bytes).into()))
}

/// The first characters of a text, for messages.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether Go's `time.Parse` takes the text in one of the four layouts that go-yaml tries:
/// `2006-1-2`, the same with a blank and `15:4:5` and a fraction, or with `T` or `t`, time, and `Z` or an offset.
fn is_timestamp(text: &str) -> bool {
    let mut rest = text;
    let (Some(year), Some(())) = (digits(&mut rest, 4, 4), literal(&mut rest, "-")) else {
        return false;
    };
    let (Some(month), Some(())) = (digits(&mut rest, 1, 2), literal(&mut rest, "-")) else {
        return false;
    };
    let Some(day) = digits(&mut rest, 1, 2) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    if day == 0 || day > days {
        return false;
    }
    if rest.is_empty() {
        return true;
    }
    let zoned = rest.starts_with(['T', 't']);
    if !zoned && !rest.starts_with(' ') {
        return false;
    }
    rest = rest.get(1..).unwrap_or_default();
    // Go reads a run of blanks in the value for the one in the layout.
    if !zoned {
        rest = rest.trim_start_matches(' ');
    }
    time(&mut rest).is_some() && if zoned { zone(rest) } else { rest.is_empty() }
}

fn time(rest: &mut &str) -> Option<()> {
    let hour = digits(rest, 1, 2)?;
    literal(rest, ":")?;
    let minute = digits(rest, 1, 2)?;
    literal(rest, ":")?;
    let second = digits(rest, 1, 2)?;
    if rest.starts_with(['.', ',']) && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        *rest = rest
            .get(1..)?
            .trim_start_matches(|c: char| c.is_ascii_digit());
    }
    (hour < 24 && minute < 60 && second < 60).then_some(())
}

fn zone(rest: &str) -> bool {
    let mut rest = rest;
    if rest == "Z" {
        return true;
    }
    if !rest.starts_with(['+', '-']) {
        return false;
    }
    rest = rest.get(1..).unwrap_or_default();
    let hour = digits(&mut rest, 2, 2);
    let colon = literal(&mut rest, ":");
    let minute = digits(&mut rest, 2, 2);
    colon.is_some()
        && hour.is_some_and(|hour| hour <= 24)
        && minute.is_some_and(|minute| minute <= 60)
        && rest.is_empty()
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    if count < least {
        return None;
    }
    let (number, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    number.parse().ok()
}

fn literal(rest: &mut &str, expected: &str) -> Option<()> {
    *rest = rest.strip_prefix(expected)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_error, check_value};

    #[test]
    fn plain_words_mean_what_yaml_1_1_says() {
        for (words, value) in [
            ("y Y yes Yes YES on On ON true True TRUE", "true"),
            ("n N no No NO off Off OFF false False FALSE", "false"),
            ("~ null Null NULL", "null"),
        ] {
            for word in words.split(' ') {
                check_value(word, value);
                check_value(&format!("\"{word}\""), &format!("\"{word}\""));
                check_value(&format!("'{word}'"), &format!("\"{word}\""));
            }
        }
        for word in [
            "yEs",
            "oN",
            "tRUE",
            "nULL",
            "nil",
            "inf",
            "yes sir",
            "a: b".trim_end_matches(": b"),
        ] {
            check_value(word, &format!("\"{word}\""));
        }
        check_value("", "null");
    }

    #[test]
    fn timestamps_stay_text() {
        for text in [
            "2001-01-01",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-14 21:59:43",
        ] {
            check_value(text, &format!("\"{text}\""));
        }
    }

    #[test]
    fn tags_choose_the_type() {
        for (written, value) in [
            ("!!str 1", "\"1\""),
            ("!!str yes", "\"yes\""),
            ("!!str", "\"\""),
            ("!!int \"12\"", "12"),
            ("!!float 1", "1"),
            ("!!float 1.5", "1.5"),
            ("!!bool \"on\"", "true"),
            ("!!null \"\"", "null"),
            ("!!timestamp 2001-01-01", "\"2001-01-01\""),
            ("!!binary aGVsbG8=", "\"hello\""),
            ("!!binary gIGC", "\"\u{fffd}\u{fffd}\u{fffd}\""),
            ("! 1", "\"1\""),
            ("!mine 1", "\"1\""),
            ("!<tag:yaml.org,2002:int> \"7\"", "7"),
            ("!!map {b: 1}", "{\"b\":1}"),
            ("!!seq [1]", "[1]"),
            ("!!int [1]", "[1]"),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn a_tag_that_does_not_fit_is_an_error() {
        check_error("a: !!int x\n", "x", "`x` is no !!int");
        check_error("a: !!bool 1\n", "1", "is no !!bool");
        check_error(
            "a: !!timestamp 2001-02-30\n",
            "2001-02-30",
            "is no !!timestamp",
        );
        check_error("a: !!binary a\n", "a", "no base64");
        check_error("a: !e!x 1\n", "!e!x", "handle");
    }

    #[test]
    fn keys_become_text() {
        for (key, name) in [
            ("1", "1"),
            ("0x10", "16"),
            ("1.50", "1.5"),
            ("1e6", "1e+06"),
            ("yes", "true"),
            ("n", "false"),
            (".inf", ".inf"),
            ("2001-01-01", "2001-01-01"),
            ("\"1\"", "1"),
            ("!!str 1", "1"),
        ] {
            check(&format!("{key}: 0\n"), &[&format!("{{\"{name}\":0}}")]);
        }
    }

    #[test]
    fn json_has_no_place_for_some() {
        check_error("a: .nan\n", ".nan", "has no");
        check_error("a: -.inf\n", "-.inf", "has no");
        check_error("~: 1\n", "~", "has no");
        check_error(
            "18446744073709551615: 1\n",
            "18446744073709551615",
            "has no",
        );
        // kubectl does not miss what is overwritten.
        check("a: .nan\na: 1\n", &["{\"a\":1}"]);
    }
}
