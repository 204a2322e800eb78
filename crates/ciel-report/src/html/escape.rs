use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Writes text so that a browser shows it as it is: no markup, no quotes that end an attribute, and nothing that hides
/// or reorders what stands beside it (control characters, marks of writing direction, blanks without width). Those are
/// shown by their code points, as names that use them mean to deceive.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Plain;

impl Escaper for Plain {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut written = 0;
        for (at, letter) in text.char_indices() {
            let instead = match letter {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&#34;",
                '\'' => "&#39;",
                letter if deceives(letter) => "",
                _ => continue,
            };
            dest.write_str(text.get(written..at).unwrap_or_default())?;
            if instead.is_empty() {
                write!(dest, "\u{27e8}U+{:04X}\u{27e9}", u32::from(letter))?;
            } else {
                dest.write_str(instead)?;
            }
            written = at + letter.len_utf8();
        }
        dest.write_str(text.get(written..).unwrap_or_default())
    }
}

fn deceives(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{feff}' => true,
        '\u{200b}' | '\u{200e}' | '\u{200f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => true,
        // Not characters at all: a browser would report or replace them.
        '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

/// Markup that needs no escaping any more: only the functions of this module and of `docs` make it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup(pub(super) String);

impl Markup {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text of one line in which backticks stand around code.
pub(super) fn inline(text: &str) -> Markup {
    let mut markup = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, code, after)) = code_span(rest) {
        push(&mut markup, before);
        markup.push_str("<code>");
        push(&mut markup, code);
        markup.push_str("</code>");
        rest = after;
    }
    push(&mut markup, rest);
    Markup(markup)
}

/// What stands before, between and behind the next pair of backticks.
fn code_span(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

fn push(markup: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = Plain.write_escaped_str(markup, text);
}

/// Text as markup that shows it.
pub(super) fn plain(text: &str) -> Markup {
    let mut markup = String::with_capacity(text.len());
    push(&mut markup, text);
    Markup(markup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(inline(text).0, expected);
    }

    #[test]
    fn text_is_shown_as_it_is() {
        check("a & b", "a &amp; b");
        check("<b class=\"x\">'", "&lt;b class=&#34;x&#34;&gt;&#39;");
        check("über ∆", "über ∆");
        check("a\u{202e}b\0\u{1b}[31m", "a⟨U+202E⟩b⟨U+0000⟩⟨U+001B⟩[31m");
    }

    #[test]
    fn backticks_are_code() {
        check(
            "container `app` runs `x`",
            "container <code>app</code> runs <code>x</code>",
        );
        check("one ` alone", "one ` alone");
        check("`<i>`", "<code>&lt;i&gt;</code>");
    }
}
