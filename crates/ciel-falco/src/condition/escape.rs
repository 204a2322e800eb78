//! Quoted strings.

/// The string that a quoted one stands for; `quoted` begins and ends with the same quote.
///
/// # Errors
/// Falco's message.
pub(crate) fn unescape(quoted: &str) -> Result<String, String> {
    let mut chars = quoted.chars();
    let quote = chars.next().unwrap_or('"');
    chars.next_back();
    let mut text = String::with_capacity(quoted.len());
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let Some(escaped) = chars.next() else { break };
        text.push(match escaped {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            // Upstream keeps this for rules that escaped blanks by mistake.
            ' ' | '\\' => '\\',
            '/' => '/',
            '"' if quote == '"' => '"',
            '\'' if quote == '\'' => '\'',
            '"' => return Err("invalid \\\" escape in '-quoted string".to_owned()),
            '\'' => return Err("invalid \\' escape in \"-quoted string".to_owned()),
            // Upstream names one byte here.
            other => return Err(format!("unsupported string escape sequence: \\{other}")),
        });
    }
    Ok(text)
}

/// A string as it can stand in a condition: with quotes where it needs them.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    let mut needs_quotes = text.is_empty();
    for c in text.chars() {
        let replacement = match c {
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\\' => "\\\\",
            '"' => "\\\"",
            ' ' | '\u{b}' | '\'' | '(' | ')' | '=' | ',' => {
                needs_quotes = true;
                escaped.push(c);
                continue;
            }
            other => {
                escaped.push(other);
                continue;
            }
        };
        needs_quotes = true;
        escaped.push_str(replacement);
    }
    if needs_quotes {
        format!("\"{escaped}\"")
    } else {
        escaped
    }
}

/// A string with quotes, whether it needs them or not.
pub(crate) fn quote(text: &str) -> String {
    let escaped = escape(text);
    if escaped.starts_with('"') {
        escaped
    } else {
        format!("\"{escaped}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_every_kind_are_written_between_quotes() {
        for text in ["a b", "a\u{b}b", "a\tb", ""] {
            let written = escape(text);
            assert!(written.starts_with('"'), "{written:?}");
            assert_eq!(unescape(&written).as_deref(), Ok(text));
        }
    }

    #[test]
    fn escapes_become_characters() {
        for (quoted, expected) in [
            (r#""a b""#, Ok("a b")),
            (r#""a\nb\t\/""#, Ok("a\nb\t/")),
            (r#""a\ b""#, Ok("a\\b")),
            (r#"'a\'b"'"#, Ok("a'b\"")),
            (r#"'a\"b'"#, Err("invalid \\\" escape in '-quoted string")),
            (r#""a\xb""#, Err("unsupported string escape sequence: \\x")),
        ] {
            let read = unescape(quoted);
            assert_eq!(
                read.as_deref().map_err(String::as_str),
                expected,
                "{quoted}"
            );
        }
    }

    #[test]
    fn what_is_escaped_is_read_again() {
        for text in ["", "a", "a b", "a\"b\\", "(x)", "a=b", "ä\n'"] {
            let written = escape(text);
            if written.starts_with('"') {
                assert_eq!(unescape(&written).as_deref(), Ok(text), "{written}");
            } else {
                assert_eq!(written, text);
            }
        }
    }
}
