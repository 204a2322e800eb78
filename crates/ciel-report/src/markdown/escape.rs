//! Text of others in Markdown, so that it stays text: on GitHub, on GitLab, and in tables of both.

use crate::words::is_turning;

/// A message of a finding: what stands between backticks becomes code, everything is escaped.
pub(crate) fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut parts = text.split('`');
    while let Some(part) = parts.next() {
        plain_into(part, &mut out);
        let Some(inner) = parts.next() else { break };
        // A name with a backtick turns the two roles around, which looks odd and does no harm: both are escaped.
        if !inner.is_empty() {
            code_into(inner, &mut out);
        }
    }
    out
}

/// Text as code. An element and not backticks: entities work in it, so that a bar cannot end a cell of a table and a
/// backtick cannot end the code. Neither GitHub nor GitLab looks for people to notify in it.
pub(crate) fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    code_into(text, &mut out);
    out
}

fn code_into(text: &str, out: &mut String) {
    out.push_str("<code>");
    escape_into(text, out, |_| false);
    out.push_str("</code>");
}

fn plain_into(text: &str, out: &mut String) {
    escape_into(text, out, |letter| matches!(letter, '@' | '#'));
}

/// Letters, digits and what means nothing to Markdown stay; the rest becomes a number. What is `split` is followed by a
/// joint without width: mentions and references to issues are searched for in what Markdown leaves.
fn escape_into(text: &str, out: &mut String, is_split: impl Fn(char) -> bool) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // Of addresses and of the names of pictures; not of places and of sentences.
            ':' if letters
                .peek()
                .is_none_or(|next| *next == ' ' || next.is_ascii_digit()) =>
            {
                out.push(':');
            }
            ' ' | '-' | '/' | ',' | '=' | '%' | '(' | ')' | '?' | '\'' => out.push(letter),
            // Addresses become links by themselves; so does what begins with `www.`.
            '.' if !out.ends_with("www") && !out.ends_with("WWW") => out.push('.'),
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            letter if letter.is_control() || is_turning(letter) => out.push('\u{FFFD}'),
            letter if letter.is_ascii() => {
                out.push_str("&#");
                out.push_str(&u32::from(letter).to_string());
                out.push(';');
                if is_split(letter) {
                    out.push_str("&#8288;");
                }
            }
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(message(text), expected);
    }

    #[test]
    fn names_in_backticks_are_code() {
        check(
            "container `app` runs as `0`",
            "container <code>app</code> runs as <code>0</code>",
        );
        check("odd ` one", "odd <code> one</code>");
        check("", "");
    }

    #[test]
    fn markup_stays_text() {
        check("<script>", "&#60;script&#62;");
        check("`a|b\nc*d`", "<code>a&#124;b\u{FFFD}c&#42;d</code>");
        check("[x](http://a)", "&#91;x&#93;(http&#58;//a)");
        check("`web.yaml:1:2`: see", "<code>web.yaml:1:2</code>: see");
        check("`www.example.com`", "<code>www&#46;example.com</code>");
    }

    #[test]
    fn nobody_is_notified() {
        check("@team #1", "&#64;&#8288;team &#35;&#8288;1");
    }
}
