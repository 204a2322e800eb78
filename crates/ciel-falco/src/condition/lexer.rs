//! Tokens, found as libsinsp finds them: each is tried at the place where the parser stands.

use super::escape::unescape;
use super::operator::Spelling;
use super::{Operator, Position};

/// Reads tokens from a text, and remembers the last one for messages.
pub(super) struct Lexer<'t> {
    text: &'t str,
    position: Position,
    last: String,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            position: Position::START,
            last: String::new(),
        }
    }

    pub(super) const fn position(&self) -> Position {
        self.position
    }

    /// The last token that was read.
    pub(super) fn last(&self) -> &str {
        &self.last
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    fn rest(&self) -> &'t str {
        self.text
            .get(self.position.offset as usize..)
            .unwrap_or_default()
    }

    fn advance(&mut self, length: usize) {
        let rest = self.rest();
        for byte in rest.as_bytes().iter().take(length) {
            self.position.column = self.position.column.saturating_add(1);
            if matches!(byte, b'\r' | b'\n') {
                self.position.column = 1;
                self.position.line = self.position.line.saturating_add(1);
            }
            self.position.offset = self.position.offset.saturating_add(1);
        }
    }

    fn token(&mut self, length: usize) -> bool {
        if length == 0 {
            return false;
        }
        self.last.clear();
        self.last
            .push_str(self.rest().get(..length).unwrap_or_default());
        self.advance(length);
        true
    }

    /// Skips blanks; the last token stays.
    pub(super) fn blank(&mut self) -> bool {
        let length = count(self.rest(), |c| {
            matches!(c, ' ' | '\t' | '\u{8}' | '\r' | '\n')
        });
        self.advance(length);
        length > 0
    }

    /// A fixed text.
    pub(super) fn text(&mut self, text: &str) -> bool {
        self.rest().starts_with(text) && self.token(text.len())
    }

    /// `not` with blanks behind it.
    pub(super) fn not(&mut self) -> bool {
        let Some(behind) = self.rest().strip_prefix("not") else {
            return false;
        };
        let blanks = count(behind, is_space);
        blanks > 0 && self.token(3 + blanks)
    }

    /// The name of a macro.
    pub(super) fn identifier(&mut self) -> bool {
        let length = identifier(self.rest());
        self.token(length)
    }

    /// Names with dots between them.
    pub(super) fn field_name(&mut self) -> bool {
        let rest = self.rest();
        let mut length = identifier(rest);
        let mut parts = 0;
        while length > 0 {
            let part = rest
                .get(length..)
                .and_then(|rest| rest.strip_prefix('.'))
                .map_or(0, identifier);
            if part == 0 {
                break;
            }
            parts += 1;
            length += 1 + part;
        }
        parts > 0 && self.token(length)
    }

    /// What stands between brackets without quotes.
    pub(super) fn bare_argument(&mut self) -> bool {
        let length = count(self.rest(), is_bare_in_brackets);
        self.token(length)
    }

    /// A string without quotes.
    pub(super) fn bare_string(&mut self) -> bool {
        let length = count(self.rest(), is_bare);
        self.token(length)
    }

    /// A number, hexadecimal or decimal.
    pub(super) fn number(&mut self) -> bool {
        let rest = self.rest();
        let length = hexadecimal(rest);
        let length = if length > 0 { length } else { decimal(rest) };
        self.token(length)
    }

    /// A string between quotes; the last token is what it stands for.
    ///
    /// # Errors
    /// Falco's message about an escape.
    pub(super) fn quoted_string(&mut self) -> Result<bool, String> {
        let rest = self.rest();
        let Some(quote @ (b'"' | b'\'')) = rest.bytes().next() else {
            return Ok(false);
        };
        let mut before = b'\\';
        for (index, byte) in rest.bytes().enumerate() {
            if byte == 0 {
                break;
            }
            if byte == quote && before != b'\\' {
                let whole = rest.get(..=index).unwrap_or_default();
                self.advance(whole.len());
                self.last = unescape(whole)?;
                return Ok(true);
            }
            before = byte;
        }
        rest.clone_into(&mut self.last);
        Ok(false)
    }

    /// One of several operators. A word without a blank behind it is consumed and is none.
    pub(super) fn operator(&mut self, spellings: &[Spelling]) -> Option<Operator> {
        for spelling in spellings {
            if self.text(spelling.text) {
                return (!spelling.blank || self.blank()).then_some(spelling.operator);
            }
        }
        None
    }

    /// A name with `(` behind it; the last token is the name.
    pub(super) fn call(&mut self, name: &str) -> bool {
        let is_call = self
            .rest()
            .strip_prefix(name)
            .is_some_and(|behind| behind.starts_with('('));
        if is_call {
            self.token(name.len());
            self.advance(1);
        }
        is_call
    }

    /// A word, if an opening parenthesis comes after it.
    pub(super) fn word_before_list(&mut self, word: &str) -> bool {
        let is_word = self.rest().strip_prefix(word).is_some_and(|behind| {
            behind
                .trim_start_matches([' ', '\t', '\u{8}', '\r', '\n'])
                .starts_with('(')
        });
        is_word && self.token(word.len())
    }
}

/// Bytes of the characters at the start of a text that are of a kind.
fn count(text: &str, is_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_kind(c)).unwrap_or(text.len())
}

/// Whether a text can be the name of a macro in a condition.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty() && identifier(text) == text.len()
}

/// Whether a text can stand in a condition without quotes.
pub(crate) fn is_bare_string(text: &str) -> bool {
    !text.is_empty() && count(text, is_bare) == text.len()
}

/// Whether a text can stand between brackets without quotes.
pub(super) fn is_bare_argument(text: &str) -> bool {
    !text.is_empty() && count(text, is_bare_in_brackets) == text.len()
}

fn is_bare_in_brackets(c: char) -> bool {
    !matches!(c, ']' | '[' | '"' | '\'') && !is_space(c)
}

fn is_bare(c: char) -> bool {
    !matches!(c, '(' | ')' | '"' | '\'' | '=' | ',') && !is_space(c)
}

/// `[[:space:]]`
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

/// Length of `[a-zA-Z]+[a-zA-Z0-9_]*` at the start of a text.
fn identifier(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        count(text, |c| c.is_ascii_alphanumeric() || c == '_')
    } else {
        0
    }
}

/// Length of `0[xX][0-9a-fA-F]+` at the start of a text.
fn hexadecimal(text: &str) -> usize {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .map_or(0, |digits| count(digits, |c| c.is_ascii_hexdigit()));
    if digits > 0 { 2 + digits } else { 0 }
}

/// Length of `[+\-]?[0-9]+[\.]?[0-9]*([eE][+\-][0-9]+)?` at the start of a text.
fn decimal(text: &str) -> usize {
    let digits = |from: usize| {
        text.get(from..)
            .map_or(0, |rest| count(rest, |c| c.is_ascii_digit()))
    };
    let starts = |from: usize, set: &[char]| text.get(from..).is_some_and(|it| it.starts_with(set));
    let sign = usize::from(starts(0, &['+', '-']));
    let whole = digits(sign);
    if whole == 0 {
        return 0;
    }
    let mut length = sign + whole;
    length += usize::from(starts(length, &['.']));
    length += digits(length);
    if starts(length, &['e', 'E']) && starts(length + 1, &['+', '-']) {
        let exponent = digits(length + 2);
        if exponent > 0 {
            length += 2 + exponent;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_length_of_the_grammar() {
        for (text, expected) in [
            ("12", 2),
            ("-12.5e+3x", 8),
            ("1.e", 2),
            ("1e5", 1),
            ("+", 0),
            (".5", 0),
        ] {
            assert_eq!(decimal(text), expected, "{text}");
        }
        for (text, expected) in [("0x1fg", 4), ("0x", 0), ("1f", 0)] {
            assert_eq!(hexadecimal(text), expected, "{text}");
        }
    }
}
