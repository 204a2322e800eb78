//! Carries out patches on the text of YAML and JSON, and leaves the rest of the text as it is.
//!
//! [`Editor`] takes a [`Source`](ciel_core::Source) and gives the [`Edit`]s that make a [`Fix`](ciel_core::Fix) come
//! true: comments, order, quotes, indentation, line ends and the last line's break stay. What is written anew looks
//! like what stands around it. Where it would not dare to, it says why ([`Refusal`]).
//!
//! Own code: the editors of YAML at hand (`yamlpatch`, `yaml-edit`) have parsers of their own, of YAML 1.2, whose trees
//! differ from what kubectl reads; here the tree that was judged is the tree that is edited.
//!
//! Architecture invariant: every edit is tried before it is given out. The edited text is read again, and it holds
//! what the patch makes of the objects, and nothing else.

mod edit;
mod editor;
mod insert;
mod lines;
mod patch;
mod plan;
mod refusal;
mod remove;
mod replace;
mod scalar;
mod style;
mod template;
mod walk;
mod write;

pub use edit::{Edit, apply};
pub use editor::{Batch, Editor, Outcome};
pub use refusal::Refusal;
pub use template::value_behind;

use ciel_core::{Finding, Source};

/// The edits that carry out the fix of a finding in its source. Whoever asks for many findings of one source keeps an
/// [`Editor`].
///
/// # Errors
/// Why it does not dare to; [`Refusal::NoFix`] where the finding has no fix.
pub fn edits(source: &Source, finding: &Finding) -> Result<Vec<Edit>, Refusal> {
    let fix = finding.fix.as_deref().ok_or(Refusal::NoFix)?;
    Editor::new(source)?.edits(fix)
}
