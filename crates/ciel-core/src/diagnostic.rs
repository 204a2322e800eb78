use crate::{Location, SourceId, Span};

/// Something that could not be read or judged, or that a reader should know about the input itself.
///
/// An [`error`](Diagnostic::error) makes its source incomplete, and the run end with exit code 3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether something was lost.
    pub is_error: bool,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where, if it is at one place of one source.
    pub location: Option<Location>,
}

impl Diagnostic {
    /// Something was lost: what the message tells of is not judged.
    #[must_use]
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            is_error: true,
            message: message.into(),
            help: None,
            location: None,
        }
    }

    /// Nothing was lost, but the input is not what its author may think.
    #[must_use]
    pub fn warning(message: impl Into<String>) -> Self {
        Self {
            is_error: false,
            ..Self::error(message)
        }
    }

    /// The same, with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, source: SourceId, span: Span) -> Self {
        self.location = Some(Location { source, span });
        self
    }

    /// The word in outputs: `error` or `warning`.
    #[must_use]
    pub const fn level(&self) -> &'static str {
        if self.is_error { "error" } else { "warning" }
    }
}
