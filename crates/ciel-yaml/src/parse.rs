use std::sync::Arc;

use ciel_core::{Diagnostic, Span, limits};

use crate::Document;
use crate::compose::Fault;
use crate::split::{Chunk, split};

/// What a text held.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The documents that could be read, in order; empty ones (nothing, or only null) are left out.
    pub documents: Vec<Document>,
    /// What could not be read, and what its author should know, each with its place in the text.
    pub diagnostics: Vec<(Span, Diagnostic)>,
}

/// Reads every document of a text.
#[must_use]
pub fn parse(text: &Arc<str>) -> Parsed {
    let mut parsed = Parsed::default();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    for chunk in split(text, start) {
        if parsed.documents.len() >= limits::DOCUMENTS {
            let message = format!(
                "more than {} documents; the rest is not read",
                limits::DOCUMENTS
            );
            parsed
                .diagnostics
                .push((chunk.span, Diagnostic::error(message)));
            break;
        }
        if let Err(fault) = read_chunk(text, chunk, &mut parsed) {
            let mut diagnostic = Diagnostic::error(fault.message);
            diagnostic.help = fault.help.map(str::to_owned);
            parsed.diagnostics.push((fault.span, diagnostic));
        }
    }
    parsed
}

fn read_chunk(text: &Arc<str>, chunk: Chunk, parsed: &mut Parsed) -> Result<(), Fault> {
    if let Some(span) = chunk.bad_separator {
        let message =
            "nothing but a comment may follow `---` on its line; this document is not read";
        return Err(Fault::new(span, message));
    }
    if chunk.span.slice(text).trim().is_empty() {
        return Ok(());
    }
    let composer = crate::granit::read(text, chunk.span)?;
    let (document, warnings) = composer.finish()?;
    parsed.documents.extend(document);
    parsed.diagnostics.extend(warnings);
    Ok(())
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
