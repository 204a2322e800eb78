use std::sync::Arc;

use ciel_core::{Diagnostic, Span, limits};

use crate::compose::Fault;
use crate::split::{Chunk, split};
use crate::{Document, bytes, json, yaml};

/// What a text held.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The documents that could be read, in order; empty ones (nothing, or only null) are left out.
    pub documents: Vec<Document>,
    /// What could not be read, and what its author should know, each with its place in the text.
    pub diagnostics: Vec<(Span, Diagnostic)>,
}

/// Reads every document of a text.
///
/// Text that begins with `{` or `[` is tried as JSON values, one after the other; where that fails on the first or
/// second one, the rest is read as YAML, as kubectl does.
#[must_use]
pub fn parse(text: &Arc<str>) -> Parsed {
    let mut reading = Reading {
        text,
        parsed: Parsed::default(),
        hidden: 0,
    };
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = text.get(start..).unwrap_or_default().trim_start();
    if body.starts_with(['{', '[']) {
        reading.json(text.len() - body.len());
    } else {
        reading.yaml(start, None);
    }
    reading.finish()
}

struct Reading<'t> {
    text: &'t Arc<str>,
    parsed: Parsed,
    /// Diagnostics beyond the limit.
    hidden: usize,
}

impl Reading<'_> {
    fn json(&mut self, start: usize) {
        let mut at = start;
        let mut values = 0;
        loop {
            if !self.has_room(at) {
                return;
            }
            match json::read(self.text, at) {
                Ok(None) => return,
                Ok(Some(value)) => {
                    values += 1;
                    at = value.end;
                    match value.document {
                        Ok(document) if document.root().is_null() => {}
                        Ok(document) => self.parsed.documents.push(document),
                        Err(fault) => self.fail(fault),
                    }
                    self.report_all(value.warnings);
                }
                Err(fault) if values <= 1 && !fault.is_limit => {
                    return self.yaml_after_json(at, fault);
                }
                Err(fault) => {
                    let from = fault.span.start as usize;
                    self.fail(fault);
                    match self.next_start(from) {
                        Some(next) if self.rest(next).starts_with('{') => at = next,
                        Some(next) => return self.yaml(next, None),
                        None => return,
                    }
                }
            }
        }
    }

    /// The JSON values have ended, or there never were any: what follows is YAML to kubectl.
    fn yaml_after_json(&mut self, at: usize, fault: Fault) {
        // kubectl drops blanks up to the end of the line.
        let rest = self.rest(at);
        let blanks = rest.len() - rest.trim_start().len();
        let skipped = rest
            .get(..blanks)
            .and_then(|blanks| blanks.find('\n'))
            .map_or(blanks, |line_break| line_break + 1);
        self.yaml(at + skipped, Some(fault));
    }

    /// The offset of the next line that begins a JSON object or a YAML document.
    fn next_start(&self, from: usize) -> Option<usize> {
        let rest = self.rest(from);
        memchr::memchr_iter(b'\n', rest.as_bytes())
            .map(|line_break| from + line_break + 1)
            .find(|&line| self.rest(line).starts_with('{') || self.rest(line).starts_with("---"))
    }

    /// Reads YAML documents from an offset on. A fault of the first one is told as `first_fault`, if there is one.
    fn yaml(&mut self, start: usize, mut first_fault: Option<Fault>) {
        for chunk in split(self.text, start) {
            if !self.has_room(chunk.span.start as usize) {
                return;
            }
            let json_fault = first_fault.take();
            let before = self.parsed.documents.len();
            if let Err(fault) = self.yaml_document(chunk) {
                self.fail(json_fault.unwrap_or(fault));
                continue;
            }
            // What else stands behind a JSON value are no document of their own.
            if let Some(fault) = json_fault
                && let Some(document) = self.parsed.documents.get(before)
                && !document.root().is_mapping()
            {
                self.parsed.documents.truncate(before);
                self.fail(fault);
            }
        }
    }

    fn yaml_document(&mut self, chunk: Chunk) -> Result<(), Fault> {
        if let Some(span) = chunk.bad_separator {
            let message =
                "nothing but a comment may follow `---` on its line; this document is not read";
            return Err(Fault::new(span, message));
        }
        if chunk.span.slice(self.text).trim().is_empty() {
            return Ok(());
        }
        let (document, warnings) = yaml::read(self.text, chunk.span)?;
        self.parsed.documents.extend(document);
        self.report_all(warnings);
        Ok(())
    }

    fn has_room(&mut self, at: usize) -> bool {
        if self.parsed.documents.len() < limits::DOCUMENTS {
            return true;
        }
        let message = format!(
            "more than {} documents: the rest is not read",
            limits::DOCUMENTS
        );
        self.report(bytes::span(at, at), Diagnostic::error(message));
        false
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn fail(&mut self, fault: Fault) {
        let mut diagnostic = Diagnostic::error(fault.message);
        diagnostic.help = fault.help.map(str::to_owned);
        self.report(fault.span, diagnostic);
    }

    fn report_all(&mut self, diagnostics: Vec<(Span, Diagnostic)>) {
        for (span, diagnostic) in diagnostics {
            self.report(span, diagnostic);
        }
    }

    fn report(&mut self, span: Span, diagnostic: Diagnostic) {
        let kept = &mut self.parsed.diagnostics;
        if kept.len() < limits::DIAGNOSTICS_PER_SOURCE {
            kept.push((span, diagnostic));
            return;
        }
        self.hidden += 1;
        // An error must not drown in warnings.
        if diagnostic.is_error
            && let Some(warning) = kept.iter_mut().rfind(|(_, kept)| !kept.is_error)
        {
            *warning = (span, diagnostic);
        }
    }

    fn finish(mut self) -> Parsed {
        if self.hidden > 0 {
            let message = format!("{} more like these are not shown", self.hidden);
            let end = bytes::offset(self.text.len());
            self.parsed
                .diagnostics
                .push((Span::new(end, end), Diagnostic::warning(message)));
        }
        self.parsed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let parsed = parse(&text.into());
        let found: Vec<_> = parsed
            .documents
            .iter()
            .map(|document| document.root().to_json().to_string())
            .collect();
        assert_eq!(found, expected, "{text:?}: {:?}", parsed.diagnostics);
    }

    #[test]
    fn documents_are_split_at_separator_lines() {
        check(
            "a: 1\n--- # x\nb: yes\n---\n---\n# c\n",
            &[r#"{"a":1}"#, r#"{"b":true}"#],
        );
        check("a: [\n---\nb: 0644\n", &[r#"{"b":420}"#]);
        check("{\"a\": [1, 2.5, \"x\"]}", &[r#"{"a":[1,2.5,"x"]}"#]);
        check(
            "\u{feff}a: 'b'\r\nc: |\r\n  x\r\n  y\r\n",
            &[r#"{"a":"b","c":"x\ny\n"}"#],
        );
        check(
            "x: &x {a: 1, b: 2}\nz: {<<: *x, b: 3}\na: 1\na: 2\n",
            &[r#"{"x":{"a":1,"b":2},"z":{"a":1,"b":3},"a":2}"#],
        );
    }

    #[test]
    fn spans_cover_what_is_written() {
        let text = "---\nspec:\n  list:\n  - name: \"é\"\n    m: [1, 2]\n\n# end\nlast: |\n  x\n\n";
        let text: Arc<str> = text.into();
        let parsed = parse(&text);
        let root = parsed.documents[0].root();
        let spec = root.get("spec").unwrap();
        assert_eq!(
            spec.span().slice(&text),
            "list:\n  - name: \"é\"\n    m: [1, 2]"
        );
        let item = spec.get("list").unwrap().item(0).unwrap();
        assert_eq!(item.span().slice(&text), "name: \"é\"\n    m: [1, 2]");
        assert_eq!(item.get("name").unwrap().span().slice(&text), "\"é\"");
        assert_eq!(item.get("m").unwrap().span().slice(&text), "[1, 2]");
    }
}
