use std::sync::Arc;

use ciel_core::{Source, SourceKind};
use ciel_yaml::{Node, Parsed, parse};

/// A YAML or JSON file with its lines.
pub(crate) struct Reader {
    source: Source,
    parsed: Parsed,
}

/// A place in a file that is being read.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'r> {
    source: &'r Source,
    pub(crate) node: Node<'r>,
}

impl Reader {
    pub(crate) fn new(text: &str) -> Self {
        let text: Arc<str> = text.into();
        Self {
            parsed: parse(&text),
            source: Source::new("", SourceKind::File, text),
        }
    }

    /// What could not be read, with its lines.
    pub(crate) fn problems(&self) -> impl Iterator<Item = (u32, String)> {
        self.parsed.diagnostics.iter().map(|(span, diagnostic)| {
            let line = self.source.line_column(span.start).line;
            (line, diagnostic.message.clone())
        })
    }

    pub(crate) fn root(&self) -> Option<Node<'_>> {
        self.parsed.documents.first().map(ciel_yaml::Document::root)
    }

    pub(crate) fn reading<'r>(&'r self, node: Node<'r>) -> Reading<'r> {
        Reading {
            source: &self.source,
            node,
        }
    }
}

impl<'r> Reading<'r> {
    pub(crate) fn line(self) -> u32 {
        self.source.line_column(self.node.span().start).line
    }

    pub(crate) fn text(self) -> &'r str {
        self.node.scalar_text()
    }

    fn at(self, node: Node<'r>) -> Self {
        Self { node, ..self }
    }

    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.at(node))
    }

    /// The text of a field; empty where it is not.
    pub(crate) fn text_at(self, key: &str) -> &'r str {
        self.node
            .get(key)
            .map(Node::scalar_text)
            .unwrap_or_default()
    }

    pub(crate) fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let entries = self.node.entries();
        entries.map(move |(key, value)| (self.at(key), self.at(value)))
    }

    /// The items of a list; a scalar is a list of one, or of several between commas.
    pub(crate) fn items(self) -> Vec<Self> {
        if self.node.is_sequence() {
            return self.node.items().map(|node| self.at(node)).collect();
        }
        if self.node.is_null() || self.node.is_mapping() {
            return Vec::new();
        }
        vec![self]
    }

    /// The words of a list, each with its line; words between commas are several.
    pub(crate) fn words(self) -> Vec<(&'r str, u32, String)> {
        let mut words = Vec::new();
        for item in self.items() {
            let parts = item.text().split(',').map(str::trim);
            for word in parts.filter(|word| !word.is_empty()) {
                words.push((word, item.line(), item.comment()));
            }
        }
        words
    }

    pub(crate) fn list(self, key: &str) -> Vec<String> {
        let list = self.get(key).map(Self::items).unwrap_or_default();
        list.iter().map(|item| item.text().to_owned()).collect()
    }

    /// The comment behind a value, or on the lines just above it: where people write why.
    pub(crate) fn comment(self) -> String {
        let number = self.line();
        let line = self.source.line(number).unwrap_or_default();
        let end = self.source.line_column(self.node.span().end).column;
        let behind: String = line.chars().skip(end.saturating_sub(1) as usize).collect();
        if let Some((_, comment)) = behind.split_once('#') {
            return comment.trim().to_owned();
        }
        let mut above: Vec<&str> = Vec::new();
        for number in (1..number).rev().take(20) {
            let line = self.source.line(number).unwrap_or_default().trim();
            match line.strip_prefix('#') {
                Some(comment) => above.push(comment.trim()),
                None => break,
            }
        }
        above.reverse();
        above.join(" ")
    }
}
