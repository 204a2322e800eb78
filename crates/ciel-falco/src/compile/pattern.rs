//! Regular expressions as RE2 reads them in its POSIX syntax, which is what `regex` takes.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

/// A regular expression that a whole value must match.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    regex: Arc<Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.source.hash(state);
    }
}

impl Pattern {
    /// Bytes that a compiled expression may take; one that repeats a lot is refused.
    const SIZE: usize = 1 << 20;

    pub(super) fn new(source: &str) -> Result<Self, String> {
        let invalid = |reason: &str| format!("invalid regex pattern: {reason}");
        let translated = translate(source).map_err(|reason| invalid(&reason))?;
        let regex = RegexBuilder::new(&format!(r"\A(?:{translated})\z"))
            // RE2's POSIX syntax: `^` and `$` at every line, unless told otherwise.
            .multi_line(true)
            .size_limit(Self::SIZE)
            .build()
            .map_err(|_| invalid(source))?;
        Ok(Self {
            source: source.to_owned(),
            regex: Arc::new(regex),
        })
    }

    /// The expression as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether the whole of a value matches. Falco first puts U+FFFD in place of what is not UTF-8.
    #[must_use]
    pub fn matches(&self, value: &[u8]) -> bool {
        match std::str::from_utf8(value) {
            Ok(_) => self.regex.is_match(value),
            Err(_) => self
                .regex
                .is_match(String::from_utf8_lossy(value).as_bytes()),
        }
    }
}

/// The same expression for the `regex` crate; what RE2's POSIX syntax does not have is refused.
fn translate(source: &str) -> Result<String, String> {
    let mut out = String::with_capacity(source.len() + 8);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let escaped = chars.next().ok_or("trailing \\")?;
                escape(&mut out, escaped, &mut chars)?;
            }
            '[' => class(&mut out, &mut chars)?,
            '(' if chars.peek() == Some(&'?') => {
                return Err("missing argument to repetition operator: ?".to_owned());
            }
            '*' | '+' | '?' => {
                out.push(c);
                if let Some(again @ ('*' | '+' | '?')) = chars.peek() {
                    return Err(format!("bad repetition operator: {c}{again}"));
                }
            }
            // Means nothing special to RE2 outside of a mode that Falco does not use, as to the crate.
            _ => out.push(c),
        }
    }
    Ok(out)
}

type Chars<'s> = std::iter::Peekable<std::str::Chars<'s>>;

fn escape(out: &mut String, escaped: char, chars: &mut Chars<'_>) -> Result<(), String> {
    match escaped {
        'a' | 'f' | 'n' | 'r' | 't' | 'v' => {
            out.push('\\');
            out.push(escaped);
        }
        'x' => {
            out.push_str(r"\x");
            if chars.peek() == Some(&'{') {
                return Ok(());
            }
            for _ in 0..2 {
                let digit = chars.next().filter(char::is_ascii_hexdigit);
                out.push(digit.ok_or("invalid escape sequence: \\x")?);
            }
        }
        '0'..='7' => {
            let mut value = escaped.to_digit(8).unwrap_or_default();
            let mut digits = 1;
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) {
                if digits == 3 {
                    break;
                }
                value = value * 8 + digit;
                digits += 1;
                chars.next();
            }
            if digits == 1 && escaped != '0' {
                return Err(format!("invalid escape sequence: \\{escaped}"));
            }
            out.push_str(&format!(r"\x{{{value:x}}}"));
        }
        c if c.is_ascii_punctuation() => {
            out.push('\\');
            out.push(c);
        }
        c if !c.is_ascii() => out.push(c),
        c => return Err(format!("invalid escape sequence: \\{c}")),
    }
    Ok(())
}

/// A class behind its `[`. In the crate's classes more characters mean something.
fn class(out: &mut String, chars: &mut Chars<'_>) -> Result<(), String> {
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut first = true;
    loop {
        let c = chars.next().ok_or("missing ]")?;
        match c {
            ']' if !first => {
                out.push(']');
                return Ok(());
            }
            '[' if chars.peek() == Some(&':') => {
                out.push('[');
                for c in chars.by_ref() {
                    out.push(c);
                    if c == ']' {
                        break;
                    }
                }
            }
            '[' | ']' | '&' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '-' if first || matches!(chars.peek(), Some(']')) => out.push_str(r"\-"),
            '\\' => {
                let escaped = chars.next().ok_or("trailing \\")?;
                escape(out, escaped, chars)?;
            }
            _ => out.push(c),
        }
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_value_must_match() {
        for (pattern, value, expected) in [
            ("^[a-z/]+.*$", "/usr/bin", true),
            ("usr", "/usr", false),
            ("a|b", "b", true),
            ("[[:alpha:]]+", "abc", true),
            ("[]a]", "]", true),
            ("[a[]", "[", true),
            ("[a&&b]", "&", true),
            (r"a\.b", "a.b", true),
            (r"\101", "A", true),
            ("x.y", "x\u{fffd}y", true),
        ] {
            let pattern = Pattern::new(pattern).expect(pattern);
            assert_eq!(pattern.matches(value.as_bytes()), expected, "{pattern:?}");
        }
        let any = Pattern::new("x.y").expect("a pattern");
        assert!(any.matches(b"x\xffy"));
    }

    #[test]
    fn what_posix_has_not_is_refused() {
        for pattern in [
            r"\d+",
            r"\bx",
            "(?i)x",
            "a**",
            "a*?",
            "[a",
            "(",
            r"a\",
            "a{2000}{2000}",
        ] {
            let error = Pattern::new(pattern).expect_err(pattern);
            assert!(error.starts_with("invalid regex pattern: "), "{error}");
        }
    }
}
