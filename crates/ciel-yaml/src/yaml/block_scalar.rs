//! Literal and folded block scalars.

use super::Reader;
use super::properties::Properties;
use crate::bytes;
use crate::compose::{Fault, Scalar};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

struct Header {
    literal: bool,
    chomping: Chomping,
    /// Columns deeper than the parent, where the header says so.
    increment: Option<isize>,
}

impl Reader<'_> {
    /// Reads and writes the block scalar whose `|` or `>` stands here.
    pub(super) fn block_scalar(&mut self, properties: Properties) -> Result<(), Fault> {
        let start = self.at;
        let header = self.block_scalar_header()?;
        let mut end = self.at;
        self.skip_blanks();
        if self.text.byte(self.at) == Some(b'#') {
            self.at = self.text.break_from(self.at);
        }
        let length = self.text.break_len(self.at);
        if length == 0 && self.text.byte(self.at).is_some() {
            return Err(self.unexpected("the end of the line"));
        }
        self.step_over_break(length);
        self.key_allowed = true;
        self.scratch.clear();
        if let Some(last) = self.block_scalar_lines(&header)? {
            end = last;
        }
        self.composer.scalar(Scalar {
            span: bytes::span(start, end),
            text: &self.scratch,
            text_start: None,
            plain: false,
            tag: properties.tag(),
            anchor: properties.anchor_id(),
        })
    }

    fn block_scalar_header(&mut self) -> Result<Header, Fault> {
        let mut header = Header {
            literal: self.text.byte(self.at) == Some(b'|'),
            chomping: Chomping::Clip,
            increment: None,
        };
        self.at += 1;
        let mut chomped = false;
        loop {
            match self.text.byte(self.at) {
                Some(sign @ (b'+' | b'-')) if !chomped => {
                    chomped = true;
                    header.chomping = if sign == b'+' {
                        Chomping::Keep
                    } else {
                        Chomping::Strip
                    };
                }
                Some(digit @ b'1'..=b'9') if header.increment.is_none() => {
                    header.increment = Some(isize::from(i8::try_from(digit - b'0').unwrap_or(1)));
                }
                Some(b'0') => {
                    let message = "the indentation of a block text is at least 1";
                    return Err(Fault::new(self.here(), message));
                }
                _ => return Ok(header),
            }
            self.at += 1;
        }
    }

    /// Adds the lines to the scratch. Gives the offset behind the last one that is not empty.
    fn block_scalar_lines(&mut self, header: &Header) -> Result<Option<usize>, Fault> {
        let mut indent = header
            .increment
            .map(|increment| self.indent.max(0) + increment);
        let mut end = None;
        // What stands between the last line and the next one: its own break, and those of empty lines.
        let mut breaks_from = self.at;
        let mut last_break: Option<usize> = None;
        let mut after_blank = false;
        loop {
            let least = self.skip_empty_lines(&mut indent)?;
            if self.column() != least || self.text.byte(self.at).is_none() {
                break;
            }
            let begins_blank = matches!(self.text.byte(self.at), Some(b' ' | b'\t'));
            let line = self.at;
            let line_end = self.line_end(line);
            self.join(
                last_break,
                breaks_from,
                header.literal || after_blank || begins_blank,
            );
            self.scratch.push_str(self.text.slice(line, line_end));
            end = Some(line_end);
            after_blank = begins_blank;
            last_break = Some(line_end);
            self.at = line_end;
            let length = self.text.break_len(line_end);
            self.step_over_break(length);
            breaks_from = self.at;
            if length == 0 {
                break;
            }
        }
        if header.chomping != Chomping::Strip
            && let Some(at) = last_break
        {
            let length = self.text.break_len(at);
            // kubectl ends each line, also the last one of a file.
            let written = if length == 0 {
                "\n"
            } else {
                self.text.normal_break(at, length)
            };
            self.scratch.push_str(written);
        }
        if header.chomping == Chomping::Keep {
            self.push_line_breaks(breaks_from);
            if self.text.byte(self.at).is_none() && self.at > self.line {
                self.scratch.push('\n');
            }
        }
        Ok(end)
    }

    /// Adds the breaks before a line: the one that ended the line before (from `last_break`), and those of the empty
    /// lines (from `breaks_from`).
    fn join(&mut self, last_break: Option<usize>, breaks_from: usize, literal: bool) {
        let mut has_more = false;
        let mut at = breaks_from;
        while at < self.line {
            let length = self.text.break_len(at);
            has_more |= length > 0;
            at += length.max(1);
        }
        if let Some(at) = last_break {
            let length = self.text.break_len(at);
            let written = self.text.normal_break(at, length);
            if literal || written != "\n" {
                self.scratch.push_str(written);
            } else if !has_more {
                self.scratch.push(' ');
            }
        }
        if has_more {
            self.push_line_breaks(breaks_from);
        }
    }

    /// Adds the breaks of the empty lines from an offset on, up to the line that has been reached.
    fn push_line_breaks(&mut self, from: usize) {
        let mut at = from;
        while at < self.line {
            let length = self.text.break_len(at);
            if length > 0 {
                self.scratch.push_str(self.text.normal_break(at, length));
            }
            at += length.max(1);
        }
    }

    /// Steps over empty lines and the indentation of the next one; gives the column at which its content has to
    /// begin. Without an indentation yet, that is where the deepest of these lines begins.
    fn skip_empty_lines(&mut self, indent: &mut Option<isize>) -> Result<isize, Fault> {
        let mut deepest = 0;
        loop {
            while self.text.byte(self.at) == Some(b' ')
                && indent.is_none_or(|indent| self.column() < indent)
            {
                self.at += 1;
            }
            deepest = deepest.max(self.column());
            if self.text.byte(self.at) == Some(b'\t')
                && indent.is_none_or(|indent| self.column() < indent)
            {
                let message = "a tab in the indentation of a block text: use spaces";
                return Err(Fault::new(self.here(), message));
            }
            let length = self.text.break_len(self.at);
            if length == 0 {
                break;
            }
            self.step_over_break(length);
        }
        let least = indent.unwrap_or_else(|| deepest.max(self.indent + 1).max(1));
        *indent = Some(least);
        Ok(least)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_error};

    #[test]
    fn headers_choose_how_lines_are_kept() {
        for (written, value) in [
            ("|\n  a\n  b\n", r#""a\nb\n""#),
            ("|-\n  a\n\n", r#""a""#),
            ("|+\n  a\n\n", r#""a\n\n""#),
            ("|\n  a\n   b\n\n  c\n\n", r#""a\n b\n\nc\n""#),
            ("|2\n   a\n", r#"" a\n""#),
            ("|1-\n  a\n", r#"" a""#),
            (">\n  a\n  b\n", r#""a b\n""#),
            (">\n  a\n\n  b\n   c\n  d\n", r#""a\nb\n c\nd\n""#),
            (">-\n\n  a\n", r#""\na""#),
            ("| # comment\n  # text\n", r##""# text\n""##),
            ("|\n  a\r\n  b\r\n", r#""a\nb\n""#),
            ("|\n", r#""""#),
            ("|\n  a", r#""a\n""#),
        ] {
            check(&format!("a: {written}"), &[&format!("{{\"a\":{value}}}")]);
        }
    }

    #[test]
    fn separators_are_only_those_in_the_first_column() {
        check(
            "a: |\n  ---\n  b\n---\nc: 1\n",
            &[r#"{"a":"---\nb\n"}"#, r#"{"c":1}"#],
        );
    }

    #[test]
    fn bad_headers_and_tabs_are_errors() {
        check_error("a: |0\n  x\n", "0", "at least 1");
        check_error("a: |x\n  x\n", "x", "end of the line");
        check_error("a: |\n\tx\n", "\t", "tab");
    }
}
