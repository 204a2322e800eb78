use std::sync::Arc;

use ciel_core::{Diagnostic, Span};

use crate::Document;

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
pub fn parse(_text: &Arc<str>) -> Parsed {
    Parsed::default()
}
