//! Lines of a source as a report may show them: what findings say is secret is masked.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use ciel_core::{Finding, Source, SourceId, Span};

/// Letters of a secret that may be shown: enough to recognise it, too few to use it.
const SHOWN: usize = 4;
/// Of shorter ones, quotes included, none is.
const SHORTEST_SHOWN: usize = 14;

/// Where the sources hold secrets, as far as findings (suppressed ones too) say so.
#[derive(Debug, Default)]
pub(crate) struct Secrets(HashMap<SourceId, Vec<Hidden>>);

/// A secret, with the end of the one that reaches furthest among it and those that begin before it.
#[derive(Debug)]
struct Hidden {
    span: Span,
    reach: u32,
}

impl Secrets {
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let mut secrets: HashMap<SourceId, Vec<Span>> = HashMap::new();
        for finding in findings
            .iter()
            .filter(|finding| !finding.secrets.is_empty())
        {
            if let Some(location) = finding.location {
                secrets
                    .entry(location.source)
                    .or_default()
                    .extend_from_slice(&finding.secrets);
            }
        }
        let secrets = secrets.into_iter();
        Self(secrets.map(|(id, spans)| (id, in_order(spans))).collect())
    }

    /// A line of a source, without its end, with secrets replaced letter by letter but for their beginnings.
    pub(crate) fn mask<'l>(&self, source: &'l Source, id: SourceId, line: u32) -> Cow<'l, str> {
        let start = source.line_start(line).unwrap_or_default() as usize;
        let end = start + source.line(line).unwrap_or_default().len();
        self.mask_range(source, id, start..end)
    }

    /// The same for a part of a source's text, in bytes; empty where the range does not fit the text.
    pub(crate) fn mask_range<'l>(
        &self,
        source: &'l Source,
        id: SourceId,
        range: Range<usize>,
    ) -> Cow<'l, str> {
        let text = source.text.get(range.clone()).unwrap_or_default();
        let Some(spans) = self.0.get(&id) else {
            return text.into();
        };
        let from = spans.partition_point(|hidden| hidden.reach as usize <= range.start);
        let until = spans.partition_point(|hidden| (hidden.span.start as usize) < range.end);
        let reaching = spans.get(from..until).unwrap_or_default().iter();
        let hidden: Vec<_> = reaching.map(|hidden| hidden_part(hidden.span)).collect();
        if hidden.is_empty() {
            return text.into();
        }
        let is_hidden = |at: usize| hidden.iter().any(|part| part.contains(&at));
        let letters = text.char_indices();
        letters
            .map(|(at, letter)| {
                if is_hidden(range.start + at) {
                    '*'
                } else {
                    letter
                }
            })
            .collect::<String>()
            .into()
    }
}

fn in_order(mut spans: Vec<Span>) -> Vec<Hidden> {
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup();
    let mut reach = 0;
    let with_reach = spans.into_iter().map(|span| {
        reach = reach.max(span.end);
        Hidden { span, reach }
    });
    with_reach.collect()
}

fn hidden_part(span: Span) -> Range<usize> {
    let (start, end) = (span.start as usize, span.end as usize);
    let shown = if end.saturating_sub(start) < SHORTEST_SHOWN {
        0
    } else {
        SHOWN
    };
    start + shown..end
}

#[cfg(test)]
mod tests {
    use ciel_core::SourceKind;

    use super::*;

    #[track_caller]
    fn check(text: &str, secret: &str, expected: &str) {
        let source = Source::new("test.yaml", SourceKind::File, text);
        let start = text.find(secret).unwrap() as u32;
        let span = Span::new(start, start + secret.len() as u32);
        let secrets = Secrets(HashMap::from([(SourceId(0), in_order(vec![span]))]));
        assert_eq!(secrets.mask(&source, SourceId(0), 2), expected);
    }

    #[test]
    fn secrets_are_masked_but_for_their_beginning() {
        check(
            "a:\n  value: U6uG7M3BzSr6RsqU # x\nb:\n",
            "U6uG7M3BzSr6RsqU",
            "  value: U6uG************ # x",
        );
        check(
            "a:\n  value: \"hunter2\"\n",
            "\"hunter2\"",
            "  value: *********",
        );
        check(
            "a:\n  value: über\nb: long-secret-elsewhere",
            "long-secret-elsewhere",
            "  value: über",
        );
        check("a: |\n  one\n  two", "one\n  two", "  ***");
    }
}
