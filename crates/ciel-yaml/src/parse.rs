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
    parse_as(text, Dialect::Kubectl)
}

/// Whose reading counts where readers of YAML differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `sigs.k8s.io/yaml`: the last of duplicate keys counts, and what JSON does not have is refused.
    Kubectl,
    /// yaml-cpp: the first of duplicate keys counts, what a merge brings in counts after all of them.
    YamlCpp,
}

/// As [`parse`], in a dialect.
#[must_use]
pub fn parse_as(text: &Arc<str>, dialect: Dialect) -> Parsed {
    let mut reading = Reading {
        text,
        dialect,
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
    dialect: Dialect,
    parsed: Parsed,
    /// Diagnostics beyond the limit.
    hidden: usize,
}

/// Why a text is no JSON.
struct JsonFault {
    fault: Fault,
    /// Whether a JSON value stands before the place.
    after_value: bool,
}

impl Reading<'_> {
    fn json(&mut self, start: usize) {
        let mut at = start;
        let mut values = 0;
        loop {
            if !self.has_room(at) {
                return;
            }
            match json::read(self.text, at, self.dialect) {
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
                    return self.yaml_after_json(at, values, fault);
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
    fn yaml_after_json(&mut self, at: usize, values: usize, fault: Fault) {
        // kubectl drops blanks up to the end of the line.
        let rest = self.rest(at);
        let blanks = rest.len() - rest.trim_start().len();
        let skipped = rest
            .get(..blanks)
            .and_then(|blanks| blanks.find('\n'))
            .map_or(blanks, |line_break| line_break + 1);
        let after_value = values > 0;
        self.yaml(at + skipped, Some(JsonFault { fault, after_value }));
    }

    /// The offset of the next line that begins a JSON object or a YAML document.
    fn next_start(&self, from: usize) -> Option<usize> {
        let rest = self.rest(from);
        memchr::memchr_iter(b'\n', rest.as_bytes())
            .map(|line_break| from + line_break + 1)
            .find(|&line| self.rest(line).starts_with('{') || self.rest(line).starts_with("---"))
    }

    /// Reads YAML documents from an offset on, after JSON has failed there or not.
    fn yaml(&mut self, start: usize, mut json_fault: Option<JsonFault>) {
        for chunk in split(self.text, start) {
            if !self.has_room(chunk.span.start as usize) {
                return;
            }
            let json_fault = json_fault.take();
            let before = self.parsed.documents.len();
            match (self.yaml_document(chunk), json_fault) {
                (Ok(()), None) => {}
                (Ok(()), Some(json)) => {
                    // What else stands behind a JSON value is no document of its own.
                    let found = self.parsed.documents.get(before);
                    if json.after_value && found.is_some_and(|found| !found.root().is_mapping()) {
                        self.parsed.documents.truncate(before);
                        self.fail(json.fault);
                    }
                }
                // The reader that came farther understood the text better.
                (Err(fault), Some(json)) if fault.span.start < json.fault.span.start => {
                    self.fail(json.fault);
                }
                (Err(fault), _) => self.fail(fault),
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
        let (document, warnings) = yaml::read(self.text, chunk.span, self.dialect)?;
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
        if self.is_template(fault.span) {
            diagnostic = diagnostic.with_help(
                "this looks like a template: render it first, or scan the chart that it is part of",
            );
        }
        self.report(fault.span, diagnostic);
    }

    /// Whether the line of a place, or the one before it, has the brackets of a template language.
    fn is_template(&self, place: Span) -> bool {
        let start = place.start as usize;
        let before = self.text.get(..start).unwrap_or_default();
        let line = before
            .rmatch_indices('\n')
            .nth(1)
            .map_or(0, |(line_break, _)| line_break + 1);
        let end = self
            .rest(start)
            .find('\n')
            .map_or(self.text.len(), |line_break| start + line_break);
        let lines = self.text.get(line..end).unwrap_or_default();
        lines.contains("{{") || lines.contains("{%")
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
    use crate::testing::{check, check_error, read};

    #[test]
    fn documents_are_split_at_separator_lines() {
        for (text, expected) in [
            (
                "a: 1\n--- # x\nb: yes\n---\n---\n# c\n",
                &[r#"{"a":1}"#, r#"{"b":true}"#][..],
            ),
            ("---\na: 1\n---   \n", &[r#"{"a":1}"#]),
            (
                "\u{feff}a: 1\r\n---\r\n\u{feff}b: 2\r\n",
                &[r#"{"a":1}"#, r#"{"b":2}"#],
            ),
            ("a: 1\n...\n---\nb: 2", &[r#"{"a":1}"#, r#"{"b":2}"#]),
            ("", &[]),
            ("# only a comment\n---\nnull\n---\n~\n", &[]),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn one_bad_document_hides_no_other() {
        let (documents, errors) =
            read("a: 1\n---\nb: [\n---\nc: \"\n---\nd: 4\n--- e: 5\nf: 6\n---\ng: 7\n");
        assert_eq!(documents, [r#"{"a":1}"#, r#"{"d":4}"#, r#"{"g":7}"#]);
        assert_eq!(errors.len(), 3, "{errors:?}");
    }

    #[test]
    fn content_behind_an_end_is_told() {
        check_error("a: 1\n...\nb: 2\n", "b: 2", "read by nobody");
        check_error("{a: 1} b\n", "b", "read by nobody");
        check_error("--- {a: 1}\n", "{a: 1}", "not read");
    }

    #[test]
    fn templates_are_told() {
        for text in [
            "a: {{ .Values.a }}\n",
            "{{- if .a }}\nb: 1\n{{- end }}\n",
            "a: 1\n{{ include \"x\" . }}\n",
        ] {
            let parsed = parse(&text.into());
            let (_, diagnostic) = &parsed.diagnostics[0];
            assert!(
                diagnostic.help.as_ref().unwrap().contains("template"),
                "{text}"
            );
        }
    }

    #[test]
    fn duplicate_keys_are_told() {
        let text: Arc<str> = "a: 1\nb: 2\na: 3\n".into();
        let parsed = parse(&text);
        let [(span, diagnostic)] = &parsed.diagnostics[..] else {
            panic!("{:?}", parsed.diagnostics);
        };
        assert!(!diagnostic.is_error);
        assert_eq!((span.start, span.slice(&text)), (10, "a"));
    }

    #[test]
    fn spans_cover_what_is_written() {
        let text: Arc<str> = concat!(
            "---\nspec: # c\n  list:\n  - name: \"é\" # c\n    at: [1, 2]\n    none:\n  - |\n    x\n\n    y\n\n",
            "# end\nlast: a\n  b\n\n"
        )
        .into();
        let parsed = parse(&text);
        let root = parsed.documents[0].root();
        for (path, expected) in [
            (
                &["spec", "list"][..],
                "- name: \"é\" # c\n    at: [1, 2]\n    none:\n  - |\n    x\n\n    y",
            ),
            (&["last"], "a\n  b"),
        ] {
            assert_eq!(root.at(path).unwrap().span().slice(&text), expected);
        }
        let item = root.at(&["spec", "list"]).unwrap().item(0).unwrap();
        assert_eq!(
            item.span().slice(&text),
            "name: \"é\" # c\n    at: [1, 2]\n    none:"
        );
        assert_eq!(item.get("name").unwrap().span().slice(&text), "\"é\"");
        assert_eq!(item.get("at").unwrap().span().slice(&text), "[1, 2]");
        let empty = item.get_raw("none").unwrap().span();
        assert!(text[..empty.start as usize].ends_with("none:"));
        assert_eq!(root.key(), None);
    }

    #[test]
    fn aliases_stand_where_their_anchor_stands() {
        let text: Arc<str> = "a: &x [1]\nb: *x\nc: {<<: {d: 2}}\n".into();
        let parsed = parse(&text);
        let root = parsed.documents[0].root();
        assert_eq!(root.get("b").unwrap().span(), root.get("a").unwrap().span());
        assert_eq!(root.at(&["c", "d"]).unwrap().span().slice(&text), "2");
    }

    #[test]
    fn limits_end_what_has_no_end() {
        let deep = limits::DEPTH + 1;
        for text in [
            "[".repeat(deep),
            format!("{{a: {}", "[".repeat(deep)),
            format!("a:\n  {}", "- ".repeat(deep)),
            format!("{}x", "? ".repeat(deep)),
            (0..deep)
                .map(|level| format!("{}a:\n", " ".repeat(level)))
                .collect(),
            "{\"a\":".repeat(deep),
            format!(
                "a: &a {}1{}\nb: &b [*a]\nc: [[*b]]\n",
                "[".repeat(limits::DEPTH - 3),
                "]".repeat(limits::DEPTH - 3)
            ),
        ] {
            let parsed = parse(&text.as_str().into());
            assert!(parsed.documents.is_empty());
            assert!(parsed.diagnostics[0].1.message.contains("levels") || text.starts_with('?'));
        }
        let documents = "a: 1\n---\n".repeat(limits::DOCUMENTS + 2);
        let parsed = parse(&documents.into());
        assert_eq!(parsed.documents.len(), limits::DOCUMENTS);
        assert!(parsed.diagnostics[0].1.message.contains("documents"));
    }

    #[test]
    fn alias_bombs_end_early() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..30 {
            let alias = format!("*a{}", level - 1);
            text += &format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", "));
        }
        check_error(&text, "*a4", "aliases add more than");
    }

    #[test]
    fn diagnostics_are_counted_when_there_are_too_many() {
        let text = "a: 1\na: 2\n---\n".repeat(limits::DIAGNOSTICS_PER_SOURCE + 5) + "b: ]\n";
        let parsed = parse(&text.into());
        assert_eq!(parsed.diagnostics.len(), limits::DIAGNOSTICS_PER_SOURCE + 1);
        assert!(
            parsed
                .diagnostics
                .iter()
                .any(|(_, diagnostic)| diagnostic.is_error)
        );
        let (_, last) = parsed.diagnostics.last().unwrap();
        assert!(last.message.starts_with("6 more"), "{}", last.message);
    }
}
