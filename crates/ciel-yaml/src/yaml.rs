//! A YAML reader that accepts what kubectl accepts, and writes to the tape as it goes.
//!
//! Own code, for two reasons that were measured. kubectl reads with go-yaml v2, a child of libyaml and YAML 1.1; the
//! parsers at hand follow YAML 1.2 and differ from it in what they refuse and in what they make of tabs, flow
//! indicators, escapes and the ends of block scalars: of 18,659 generated files, granit-parser 2.2 (with the same
//! resolver) reads 1,169 otherwise than kubectl, this reader none. And manifests are most of what `ciel scan` reads:
//! granit-parser takes three to five times as long. The facts about the grammar come from the source of
//! `go.yaml.in/yaml/v2` (`scannerc.go`, `parserc.go`); `tests/kubectl` holds this reader to the real kubectl.
//!
//! Where go-yaml queues tokens and goes back to insert the start of a mapping once it meets a `:`, this reader
//! scans one scalar ahead: only scalars can be keys, so nothing has been written yet that a key would have to
//! precede.

mod block;
mod block_scalar;
mod flow;
mod properties;
mod quoted;
mod scalar;
mod survey;

use std::collections::HashMap;
use std::sync::Arc;

use ciel_core::{Diagnostic, Span};

use crate::bytes::{self, Text};
use crate::compose::{AnchorId, Composer, Fault};
use crate::{Dialect, tree::Document};

/// What one document came to: itself, unless it is empty, and what its author should know.
pub(crate) type Outcome = Result<(Option<Document>, Vec<(Span, Diagnostic)>), Fault>;

/// Reads the first YAML document of a part of the source: as kubectl does, only the first one, of those that `...`
/// separates.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn read(source: &Arc<str>, part: Span, dialect: Dialect) -> Outcome {
    let text = Text::new(source.get(..part.end as usize).unwrap_or_default());
    let start = part.start as usize;
    let survey = survey::survey(text, start);
    let mut reader = Reader {
        text,
        at: start,
        line: start,
        indent: -1,
        key_allowed: true,
        flow: 0,
        odd_breaks: survey.odd_breaks,
        composer: Composer::new(Arc::clone(source)),
        anchors: HashMap::new(),
        anchor_count: 0,
        scratch: String::new(),
    };
    let rest = reader.document();
    if let Some(forbidden) = survey.forbidden
        && reader.has_reached(forbidden.span.start, rest.as_ref().err())
    {
        return Err(forbidden);
    }
    let rest = rest?;
    let (document, mut warnings) = reader.composer.finish(dialect)?;
    warnings.extend(rest);
    Ok((document, warnings))
}

struct Reader<'t> {
    /// The source up to the end of the part that is read.
    text: Text<'t>,
    /// Offset of the next byte.
    at: usize,
    /// Offset at which the line of `at` begins.
    line: usize,
    /// Column of the innermost block collection; -1 outside of all.
    indent: isize,
    /// Whether a key without `?` may begin here, and a block sequence too.
    key_allowed: bool,
    /// Number of flow collections that are open.
    flow: usize,
    /// Whether the text has line breaks other than a line feed.
    odd_breaks: bool,
    composer: Composer,
    /// The latest anchor of each name.
    anchors: HashMap<&'t str, AnchorId>,
    anchor_count: AnchorId,
    /// Text of the last scalar, where it differs from what is written.
    scratch: String,
}

impl Reader<'_> {
    /// Reads the document; gives what to say of content behind its end.
    fn document(&mut self) -> Result<Option<(Span, Diagnostic)>, Fault> {
        if self.text.slice(self.at, self.at + 3) == "\u{feff}" {
            self.at += 3;
            self.line = self.at;
        }
        self.skip_to_token();
        if self.text.byte(self.at) == Some(b'%') && self.column() == 0 {
            let message = "kubectl refuses directives (`%YAML`, `%TAG`)";
            return Err(Fault::new(self.rest_of_line(), message));
        }
        if self.at_document_mark("---") {
            self.at += 3;
            self.key_allowed = false;
            self.skip_to_token();
        }
        if self.at_document_mark("...") {
            let message = "`...` ends a document here that has not begun";
            return Err(Fault::new(bytes::span(self.at, self.at + 3), message));
        }
        if !self.block_ended() {
            self.block_node(true, self.at)?;
        }
        self.skip_to_token();
        if self.at_document_mark("...") {
            self.at += 3;
            self.skip_to_token();
        }
        if self.text.byte(self.at).is_none() || self.at_document_mark("---") {
            return Ok(None);
        }
        // An error, since nobody judges it; yet the document before it is what kubectl takes.
        let message = "what stands here, behind the end of a document, is read by nobody";
        let diagnostic = Diagnostic::error(message).with_help("put `---` on a line before it");
        Ok(Some((self.rest_of_line(), diagnostic)))
    }

    /// Whether an offset was read before the document ended or failed.
    fn has_reached(&self, offset: u32, fault: Option<&Fault>) -> bool {
        match fault {
            Some(fault) => offset <= fault.span.start,
            None => (offset as usize) < self.at,
        }
    }

    /// Skips blanks, comments and line breaks.
    fn skip_to_token(&mut self) {
        loop {
            match self.text.byte(self.at) {
                Some(b' ') => self.at += 1,
                Some(b'\t') if self.flow > 0 || !self.key_allowed => self.at += 1,
                Some(b'\n') => self.new_line(1),
                Some(b'#') => self.at = self.line_end(self.at),
                Some(b'\r' | 0xc2 | 0xe2) => {
                    let length = self.text.break_len(self.at);
                    if length == 0 {
                        return;
                    }
                    self.new_line(length);
                }
                _ => return,
            }
        }
    }

    /// Steps over a line break between tokens.
    fn new_line(&mut self, length: usize) {
        self.step_over_break(length);
        if self.flow == 0 {
            self.key_allowed = true;
        }
    }

    fn step_over_break(&mut self, length: usize) {
        self.at += length;
        self.line = self.at;
    }

    /// Skips blanks within a line.
    fn skip_blanks(&mut self) {
        while matches!(self.text.byte(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Offset of the next line break, or of the end.
    fn line_end(&self, at: usize) -> usize {
        if self.odd_breaks {
            self.text.break_from(at)
        } else {
            self.text.line_feed_from(at)
        }
    }

    fn column(&self) -> isize {
        isize::try_from(self.at.saturating_sub(self.line)).unwrap_or(isize::MAX)
    }

    /// Whether the innermost block collection ends here.
    fn block_ended(&self) -> bool {
        let column = self.column();
        column < self.indent
            || self.text.byte(self.at).is_none()
            || (column == 0 && self.at_any_document_mark())
    }

    fn at_any_document_mark(&self) -> bool {
        matches!(self.text.byte(self.at), Some(b'-' | b'.'))
            && (self.at_document_mark("---") || self.at_document_mark("..."))
    }

    fn at_document_mark(&self, mark: &str) -> bool {
        self.at == self.line
            && self.text.slice(self.at, self.at + mark.len()) == mark
            && self.text.is_blank_or_end(self.at + mark.len())
    }

    /// Whether an indicator of block style stands here: a byte with a blank, a break or nothing behind it.
    fn at_indicator(&self, indicator: u8) -> bool {
        self.text.byte(self.at) == Some(indicator) && self.text.is_blank_or_end(self.at + 1)
    }

    /// Whether the `:` before a value stands here.
    fn at_value(&self) -> bool {
        self.text.byte(self.at) == Some(b':')
            && (self.flow > 0 || self.text.is_blank_or_end(self.at + 1))
    }

    /// Whether a key that began at `start`, on the line of offset `line`, and ends here is short enough: go-yaml
    /// wants the `:` on the same line and at most 1,024 characters away.
    fn is_key(&self, start: usize, line: usize) -> bool {
        const LONGEST: usize = 1024;
        self.line == line
            && (self.at - start <= LONGEST
                || self.text.slice(start, self.at).chars().count() <= LONGEST)
    }

    /// The character at `at`; empty at the end.
    fn here(&self) -> Span {
        self.text.character(self.at)
    }

    fn rest_of_line(&self) -> Span {
        let line = self.text.slice(self.at, self.text.break_from(self.at));
        bytes::span(self.at, self.at + line.trim_end().len())
    }

    fn stray_value(&self) -> Fault {
        Fault::new(
            self.here(),
            "`:` makes a mapping's value here, where none may stand",
        )
    }

    /// What stands here can begin no node.
    fn unexpected(&self, wanted: &str) -> Fault {
        let span = self.here();
        let found = self.text.slice(span.start as usize, span.end as usize);
        let message = match self.text.byte(self.at) {
            None => format!("the text ends where {wanted} should stand"),
            Some(b'\t') => format!("a tab where {wanted} should stand: indent with spaces"),
            Some(_) => format!("`{found}` where {wanted} should stand"),
        };
        Fault::new(span, message)
    }
}
