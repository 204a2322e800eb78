//! Scalars in quotes.

use super::Reader;
use super::scalar::Leaf;
use crate::bytes;
use crate::compose::Fault;

impl Reader<'_> {
    /// Scans the scalar in quotes that begins here, and the blanks behind it on its line.
    pub(super) fn quoted(&mut self, quote: u8) -> Result<Leaf, Fault> {
        let start = self.at;
        self.key_allowed = false;
        self.at = start + 1;
        self.at = self.quoted_run(quote);
        let is_whole = self.text.byte(self.at) == Some(quote)
            && (quote == b'"' || self.text.byte(self.at + 1) != Some(quote));
        if is_whole {
            let text = bytes::span(start + 1, self.at);
            self.at += 1;
            let span = bytes::span(start, self.at);
            self.skip_blanks();
            return Ok(Leaf::Borrowed {
                span,
                text,
                plain: false,
            });
        }
        self.scratch.clear();
        self.scratch.push_str(self.text.slice(start + 1, self.at));
        self.rest_of_quoted(start, quote)?;
        let span = bytes::span(start, self.at);
        self.skip_blanks();
        Ok(Leaf::Folded { span, plain: false })
    }

    /// Goes on, into the scratch, from the first place that is more than a plain character.
    fn rest_of_quoted(&mut self, start: usize, quote: u8) -> Result<(), Fault> {
        loop {
            let run = self.at;
            match self.text.byte(self.at) {
                None => {
                    let message = "this quoted text does not end";
                    return Err(Fault::new(bytes::span(start, start + 1), message));
                }
                Some(byte) if byte == quote => {
                    self.at += 1;
                    if quote == b'"' || self.text.byte(self.at) != Some(quote) {
                        return Ok(());
                    }
                    self.scratch.push('\'');
                    self.at += 1;
                }
                Some(b'\\') if quote == b'"' => self.escape()?,
                Some(_) if self.text.break_len(self.at) > 0 => {
                    let blanks = self.blanks_before(run, quote);
                    self.scratch
                        .truncate(self.scratch.len().saturating_sub(blanks));
                    let after = self.skip_breaks(start)?;
                    self.fold(run, after);
                }
                Some(_) => {
                    self.at = self.quoted_run(quote).max(run + 1);
                    self.scratch.push_str(self.text.slice(run, self.at));
                }
            }
        }
    }

    /// Number of blanks that are written right before an offset, without one that an escape takes.
    fn blanks_before(&self, at: usize, quote: u8) -> usize {
        let mut start = at;
        while start > 0 && matches!(self.text.byte(start - 1), Some(b' ' | b'\t')) {
            start -= 1;
        }
        let mut escapes = 0;
        while quote == b'"' && start > escapes && self.text.byte(start - 1 - escapes) == Some(b'\\')
        {
            escapes += 1;
        }
        (at - start).saturating_sub(escapes % 2)
    }

    /// Steps over breaks and the blanks around them; gives the offset of the next content.
    fn skip_breaks(&mut self, start: usize) -> Result<usize, Fault> {
        loop {
            if self.at_any_document_mark() {
                let message = "the document ends within this quoted text";
                return Err(Fault::new(bytes::span(start, start + 1), message));
            }
            self.skip_blanks();
            let length = self.text.break_len(self.at);
            if length == 0 {
                return Ok(self.at);
            }
            self.step_over_break(length);
        }
    }

    /// Decodes the escape that begins here.
    fn escape(&mut self) -> Result<(), Fault> {
        let at = self.at;
        let length = self.text.break_len(at + 1);
        if length > 0 {
            // A line break that an escape takes away, with the blanks that follow; more breaks stay.
            self.at = at + 1;
            self.step_over_break(length);
            let from = self.at;
            let after = self.skip_breaks(at)?;
            self.push_breaks(from, after);
            return Ok(());
        }
        let decoded = match self.text.byte(at + 1) {
            Some(b'0') => '\0',
            Some(b'a') => '\u{7}',
            Some(b'b') => '\u{8}',
            Some(b't' | b'\t') => '\t',
            Some(b'n') => '\n',
            Some(b'v') => '\u{b}',
            Some(b'f') => '\u{c}',
            Some(b'r') => '\r',
            Some(b'e') => '\u{1b}',
            Some(plain @ (b' ' | b'"' | b'\'' | b'\\')) => char::from(plain),
            Some(b'N') => '\u{85}',
            Some(b'_') => '\u{a0}',
            Some(b'L') => '\u{2028}',
            Some(b'P') => '\u{2029}',
            Some(b'x') => return self.code(2),
            Some(b'u') => return self.code(4),
            Some(b'U') => return self.code(8),
            _ => {
                let end = self.text.character(at + 1).end as usize;
                let message = "an escape that YAML does not know";
                return Err(Fault::new(bytes::span(at, end), message));
            }
        };
        self.scratch.push(decoded);
        self.at = at + 2;
        Ok(())
    }

    fn code(&mut self, digits: usize) -> Result<(), Fault> {
        let start = self.at;
        let Some(code) = self.text.hex(start + 2, digits) else {
            let message = format!("this escape wants {digits} hexadecimal digits");
            return Err(Fault::new(bytes::span(start, start + 2), message));
        };
        self.at = start + 2 + digits;
        let Some(character) = char::from_u32(code) else {
            let message = "this escape is no character: kubectl takes no surrogates in YAML";
            return Err(Fault::new(bytes::span(start, self.at), message));
        };
        self.scratch.push(character);
        Ok(())
    }

    fn quoted_run(&self, quote: u8) -> usize {
        let mut at = self.at;
        loop {
            at = if quote == b'"' {
                self.text.double_quoted_from(at)
            } else {
                self.text.single_quoted_from(at)
            };
            match self.text.byte(at) {
                Some(0xc2 | 0xe2) if self.text.break_len(at) == 0 => at += 1,
                _ => return at,
            }
        }
    }

    fn push_breaks(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let length = self.text.break_len(at);
            if length > 0 {
                self.scratch.push_str(self.text.normal_break(at, length));
            }
            at += length.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_error, check_value};

    #[test]
    fn escapes_are_decoded() {
        for (written, value) in [
            (r#""a\tb\n""#, r#""a\tb\n""#),
            (r#""\x41\u00e9\U0001F600""#, r#""Aé😀""#),
            (r#""\0\e\_""#, "\"\\u0000\\u001b\u{a0}\""),
            (r#""\\\"""#, r#""\\\"""#),
            (r"'a\n''b'", r#""a\\n'b""#),
            ("''", r#""""#),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn lines_are_folded() {
        for (written, value) in [
            ("\"a  \n   b\"", r#""a b""#),
            ("\"a\n\n\n b\"", r#""a\n\nb""#),
            ("'a\n  b'", r#""a b""#),
            ("\"a\\\n  b\"", r#""ab""#),
            ("\"a\\n \n b\"", r#""a\n b""#),
            ("\"a\\t \n b\"", r#""a\t b""#),
            ("\" a \r\n b \"", r#"" a b ""#),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn what_is_no_text_is_an_error() {
        check_error("a: \"x\n", "\"", "does not end");
        check_error("a: 'x\nb: 1\n", "'", "does not end");
        check_error("a: \"\\q\"\n", "\\q", "escape");
        check_error("a: \"\\u12\"\n", "\\u", "4 hexadecimal digits");
        check_error("a: \"\\ud83d\\ude00\"\n", "\\ud83d", "surrogates");
    }
}
