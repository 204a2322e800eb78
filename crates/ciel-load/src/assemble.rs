//! Puts what was read in order.

use ciel_core::{Diagnostic, Source, SourceId, SourceKind, Span, limits};
use ciel_yaml::Document;

use crate::{Loaded, LoadedFile};

/// What became of one file or of one file of a rendered project.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// It holds no objects.
    Skipped,
    /// It holds objects, or should.
    Read(ReadPiece),
}

/// A source with its objects and with what could not be read of it.
#[derive(Clone, Debug)]
pub(crate) struct ReadPiece {
    pub(crate) source: Source,
    pub(crate) documents: Vec<Document>,
    pub(crate) diagnostics: Vec<(Span, Diagnostic)>,
    /// Whether a part of it was not even seen, so that nobody knows what is in it.
    pub(crate) in_the_dark: bool,
}

impl Piece {
    /// A source of which nothing could be seen, and why.
    pub(crate) fn unseen(
        name: impl Into<String>,
        kind: SourceKind,
        diagnostic: Diagnostic,
    ) -> Self {
        Self::Read(ReadPiece {
            source: Source::new(name, kind, ""),
            documents: Vec::new(),
            diagnostics: vec![(Span::default(), diagnostic)],
            in_the_dark: true,
        })
    }
}

#[derive(Debug, Default)]
pub(crate) struct Assembly {
    loaded: Loaded,
    in_the_dark: bool,
}

impl Assembly {
    pub(crate) fn add(&mut self, piece: Piece) {
        let ReadPiece {
            mut source,
            documents,
            diagnostics,
            in_the_dark,
        } = match piece {
            Piece::Read(piece) => piece,
            Piece::Skipped => {
                self.loaded.skipped += 1;
                return;
            }
        };
        let id = SourceId(u32::try_from(self.loaded.files.len()).unwrap_or(u32::MAX));
        source.complete = !diagnostics.iter().any(|(_, it)| it.is_error);
        self.in_the_dark |= in_the_dark;
        self.add_diagnostics(id, diagnostics);
        self.loaded.files.push(LoadedFile { source, documents });
    }

    fn add_diagnostics(&mut self, id: SourceId, mut diagnostics: Vec<(Span, Diagnostic)>) {
        let kept = diagnostics.len().min(limits::DIAGNOSTICS_PER_SOURCE);
        let more = diagnostics.split_off(kept);
        let kept = diagnostics
            .into_iter()
            .map(|(span, diagnostic)| diagnostic.at(id, span));
        self.loaded.diagnostics.extend(kept);
        if let Some((span, _)) = more.first() {
            let message = format!("{} more messages of this kind are not shown", more.len());
            let last = Diagnostic {
                is_error: more.iter().any(|(_, it)| it.is_error),
                ..Diagnostic::warning(message)
            };
            self.loaded.diagnostics.push(last.at(id, *span));
        }
    }

    /// The result. `asked`: what the user says of completeness; `whole`: what the inputs say.
    pub(crate) fn finish(mut self, asked: Option<bool>, whole: bool) -> Loaded {
        self.loaded.complete = asked.unwrap_or(whole && !self.in_the_dark);
        self.loaded
    }
}
