//! The words and quotes of admission's messages.

use std::fmt::Write as _;

/// `"a", "b"`, without escapes, as admission joins names.
pub(crate) fn join_quoted<'t>(items: impl IntoIterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push('"');
        text.push_str(item);
        text.push('"');
    }
    text
}

/// The noun for a count.
pub(crate) fn plural<'t>(one: &'t str, many: &'t str, count: usize) -> &'t str {
    if count == 1 { one } else { many }
}

/// A text in quotes with escapes, as Go's `%q` writes it.
pub(crate) fn go_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            _ => push_plain(&mut quoted, character),
        }
    }
    quoted.push('"');
    quoted
}

fn push_plain(quoted: &mut String, character: char) {
    let code = u32::from(character);
    if is_printable(character) {
        quoted.push(character);
    } else if code < 0x80 {
        let _ = write!(quoted, "\\x{code:02x}");
    } else if code < 0x1_0000 {
        let _ = write!(quoted, "\\u{code:04x}");
    } else {
        let _ = write!(quoted, "\\U{code:08x}");
    }
}

/// Whether the character is a letter, mark, number, punctuation, symbol or the ASCII space.
fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return (' '..='~').contains(&character);
    }
    // The standard library's own table has the same definition but is private; `str::escape_debug` shows it. A
    // leading combining mark would be escaped for another reason, hence the letter in front.
    let mut buffer = ['a', character].iter().collect::<String>();
    let escaped = buffer.escape_debug().count();
    buffer.clear();
    escaped == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_go_does() {
        let cases = [
            ("unconfined", r#""unconfined""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\u{7}\u{8}\u{c}\n\r\t\u{b}", r#""\a\b\f\n\r\t\v""#),
            ("\u{0}\u{1f}\u{7f}", r#""\x00\x1f\x7f""#),
            ("\u{80}\u{a0}\u{ad}", r#""\u0080\u00a0\u00ad""#),
            ("é\u{301}日", "\"é\u{301}日\""),
            ("\u{2028}\u{e000}", r#""\u2028\ue000""#),
            ("\u{e0001}🦀", "\"\\U000e0001🦀\""),
        ];
        for (text, expected) in cases {
            assert_eq!(go_quoted(text), expected);
        }
    }

    #[test]
    fn joins_without_escapes() {
        assert_eq!(join_quoted([]), "");
        assert_eq!(join_quoted(["a", "b\"c"]), r#""a", "b"c""#);
    }
}
