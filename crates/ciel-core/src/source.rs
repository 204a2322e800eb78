use std::sync::{Arc, OnceLock};

/// A half-open range of byte offsets in one source's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from its two offsets.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The text that the span covers; empty where the span does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

/// Index of a [`Source`] in the list of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// Where a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A file, alone or in a folder.
    File,
    /// A member of an archive.
    Archive,
    /// Standard input.
    Stdin,
    /// A file of a Helm chart, as `helm template` rendered it: the text is the rendered one.
    Helm,
    /// What `kustomize build` made of a folder: the text is the rendered one.
    Kustomize,
}

impl SourceKind {
    /// The name in JSON output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Archive => "archive",
            Self::Stdin => "stdin",
            Self::Helm => "helm",
            Self::Kustomize => "kustomize",
        }
    }

    /// Whether the text was made by a program, so that its lines are not those of a file.
    #[must_use]
    pub const fn is_rendered(self) -> bool {
        matches!(self, Self::Helm | Self::Kustomize)
    }
}

/// A line and a column, both from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// One text that was read, with its name as people know it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given, joined with the rest of the way; `a.tgz!/deploy/web.yaml` inside an archive; `-` for
    /// standard input.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// The text that spans point into. Empty where nothing could be read.
    pub text: Arc<str>,
    /// How many Kubernetes objects it held.
    pub objects: usize,
    /// Whether all of it could be read.
    pub complete: bool,
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source with its text, complete until told otherwise, with no objects yet.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: SourceKind, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            kind,
            text: text.into(),
            objects: 0,
            complete: true,
            lines: OnceLock::new(),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0)
                .chain(breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)))
                .collect()
        })
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let before = Span::new(start, offset).slice(&self.text);
        LineColumn {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }

    /// The offset at which a line (from 1) begins, in bytes.
    #[must_use]
    pub fn line_start(&self, line: u32) -> Option<u32> {
        let index = (line as usize).checked_sub(1)?;
        self.line_starts().get(index).copied()
    }

    /// The text of a line (from 1), without its line break; none past the end.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<&str> {
        let starts = self.line_starts();
        let index = (line as usize).checked_sub(1)?;
        let start = *starts.get(index)?;
        let end = starts
            .get(index + 1)
            .map_or(self.text.len(), |&next| next as usize);
        let text = self.text.get(start as usize..end)?;
        Some(text.trim_end_matches(['\n', '\r']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_columns() {
        let source = Source::new("a.yaml", SourceKind::File, "a: é1\r\nb: 2\n");
        assert_eq!(source.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(source.line_column(5), LineColumn { line: 1, column: 5 });
        assert_eq!(source.line_column(8), LineColumn { line: 2, column: 1 });
        assert_eq!(source.line(1), Some("a: é1"));
        assert_eq!(source.line(2), Some("b: 2"));
        assert_eq!(source.line(4), None);
    }
}
