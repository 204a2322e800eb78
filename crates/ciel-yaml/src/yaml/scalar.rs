//! Scalars that can be keys: plain ones, quoted ones, aliases.

use ciel_core::Span;

use super::Reader;
use super::properties::Properties;
use crate::bytes;
use crate::compose::{AnchorId, Fault, Scalar};

/// A scalar that has been scanned and not yet been written.
pub(super) enum Leaf {
    /// Its value stands in the source.
    Borrowed {
        span: Span,
        text: Span,
        plain: bool,
    },
    /// Its value is in `Reader::scratch`.
    Folded {
        span: Span,
        plain: bool,
    },
    Alias {
        span: Span,
        anchor: AnchorId,
    },
    /// Nothing, between properties and a `:`.
    Empty,
}

impl Reader<'_> {
    /// Scans the scalar or alias that begins here, and the blanks behind it.
    pub(super) fn leaf(&mut self) -> Result<Leaf, Fault> {
        match self.text.byte(self.at) {
            Some(b'.') if self.at_any_document_mark() => {
                Err(self.unexpected("a value, before the document ends,"))
            }
            Some(b'*') => {
                let start = self.at;
                let anchor = self.alias()?;
                let span = bytes::span(start, self.at);
                self.skip_blanks();
                Ok(Leaf::Alias { span, anchor })
            }
            Some(b'"') => self.quoted(b'"'),
            Some(b'\'') => self.quoted(b'\''),
            Some(first) if self.may_begin_plain(first) => self.plain(),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// The same, or nothing, where a `:` follows properties at once.
    pub(super) fn leaf_or_empty(&mut self, properties: Properties) -> Result<Leaf, Fault> {
        if !properties.is_empty() && self.at_value() {
            return Ok(Leaf::Empty);
        }
        self.leaf()
    }

    /// Writes what [`leaf`](Self::leaf) found.
    pub(super) fn write_leaf(&mut self, leaf: &Leaf, properties: Properties) -> Result<(), Fault> {
        let (span, text, text_start, plain) = match *leaf {
            Leaf::Alias { span, anchor } => {
                if properties.is_empty() {
                    return self.composer.alias(anchor, span);
                }
                return Err(Fault::new(span, "an alias takes no anchor and no tag"));
            }
            Leaf::Empty => return self.write_empty(0, properties),
            Leaf::Borrowed { span, text, plain } => {
                let written = self.text.slice(text.start as usize, text.end as usize);
                (span, written, Some(text.start), plain)
            }
            Leaf::Folded { span, plain } => (span, self.scratch.as_str(), None, plain),
        };
        self.composer.scalar(Scalar {
            span,
            text,
            text_start,
            plain,
            tag: properties.tag(),
            anchor: properties.anchor_id(),
        })
    }

    /// Writes the null that stands where nothing stands: behind an indicator, or behind properties.
    pub(super) fn write_empty(
        &mut self,
        after: usize,
        properties: Properties,
    ) -> Result<(), Fault> {
        let at = after.max(properties.end);
        self.composer.scalar(Scalar {
            span: bytes::span(at, at),
            text: "",
            text_start: None,
            plain: true,
            tag: properties.tag(),
            anchor: properties.anchor_id(),
        })
    }

    fn may_begin_plain(&self, first: u8) -> bool {
        match first {
            b' ' | b'\t' | b'\n' | b'\r' => false,
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
            | b'"' | b'%' | b'@' | b'`' => false,
            b'-' => !self.text.is_blank_or_end(self.at + 1),
            b'?' | b':' => self.flow == 0 && !self.text.is_blank_or_end(self.at + 1),
            _ => true,
        }
    }

    /// Scans a plain scalar, all its lines, and the blanks and line breaks behind it.
    fn plain(&mut self) -> Result<Leaf, Fault> {
        let start = self.at;
        let least_column = self.indent + 1;
        self.key_allowed = false;
        let mut end = self.plain_run();
        let mut folded = false;
        loop {
            // `at` stands behind a run of characters.
            let mut breaks = 0usize;
            let mut first_break = self.at;
            loop {
                match self.text.byte(self.at) {
                    Some(b' ') => self.at += 1,
                    Some(b'\t') => {
                        if breaks > 0 && self.column() < least_column {
                            return Err(self.unexpected("the next line of this value"));
                        }
                        self.at += 1;
                    }
                    _ => {
                        let length = self.text.break_len(self.at);
                        if length == 0 {
                            break;
                        }
                        if breaks == 0 {
                            first_break = self.at;
                        }
                        breaks += 1;
                        self.step_over_break(length);
                    }
                }
            }
            let goes_on = (breaks == 0 || self.flow > 0 || self.column() >= least_column)
                && self.text.byte(self.at) != Some(b'#')
                && !(self.column() == 0 && self.at_any_document_mark());
            let run = self.at;
            let run_end = if goes_on { self.plain_run() } else { run };
            if run_end == run {
                self.key_allowed = breaks > 0;
                break;
            }
            if breaks > 0 {
                if !folded {
                    folded = true;
                    self.scratch.clear();
                    self.scratch.push_str(self.text.slice(start, end));
                }
                self.fold(first_break, run);
                self.scratch.push_str(self.text.slice(run, run_end));
            } else if folded {
                self.scratch.push_str(self.text.slice(end, run_end));
            }
            end = run_end;
        }
        let span = bytes::span(start, end);
        Ok(if folded {
            Leaf::Folded { span, plain: true }
        } else {
            Leaf::Borrowed {
                span,
                text: span,
                plain: true,
            }
        })
    }

    /// Steps over the characters of a plain scalar up to a blank, a break or an indicator that ends it.
    fn plain_run(&mut self) -> usize {
        loop {
            self.at = self.text.plain_from(self.at);
            match self.text.byte(self.at) {
                Some(b':') if !self.text.is_blank_or_end(self.at + 1) => self.at += 1,
                Some(b',' | b'?' | b'[' | b']' | b'{' | b'}') if self.flow == 0 => self.at += 1,
                Some(0xc2 | 0xe2) if self.text.break_len(self.at) == 0 => self.at += 1,
                _ => return self.at,
            }
        }
    }

    /// Adds what line breaks and the blanks between them come to, from the first break up to `end`: one line feed
    /// is a blank, of several the first is dropped.
    pub(super) fn fold(&mut self, first_break: usize, end: usize) {
        let mut at = first_break;
        let mut count = 0;
        let mut first_is_kept = false;
        while at < end {
            let length = self.text.break_len(at);
            if length == 0 {
                at += 1;
                continue;
            }
            let written = self.text.normal_break(at, length);
            if count == 0 {
                first_is_kept = written != "\n";
            }
            if count > 0 || first_is_kept {
                self.scratch.push_str(written);
            }
            count += 1;
            at += length;
        }
        if count == 1 && !first_is_kept {
            self.scratch.push(' ');
        }
    }
}
