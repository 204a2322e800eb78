//! The vocabulary that every part of Ciel shares: where text came from ([`Source`], [`Span`]), what a check
//! says of itself ([`Check`]), what was found ([`Finding`]), what could not be read ([`Diagnostic`]), which
//! findings are wanted ([`Selector`]) or waved through ([`suppress`]), and how much input is too much
//! ([`limits`]).
//!
//! Architecture invariant: this crate knows bytes and words, never Kubernetes, files or clocks.

mod assessment;
mod check;
mod diagnostic;
mod finding;
mod image;
pub mod limits;
mod severity;
mod source;
pub mod suppress;
mod timestamp;

pub use assessment::{Assessment, ControlResult, ControlStatus};
pub use check::{Alias, Check, Control, Framework, Profile, PssLevel, Selector, Tool, Topic};
pub use diagnostic::Diagnostic;
pub use finding::{
    Applicability, Evidence, Finding, Fix, Location, NestedValue, ObjectRef, PatchOp, Related,
    number_duplicates,
};
pub use image::{FullName, ImageName};
pub use severity::{ParseSeverityError, Severity};
pub use source::{LineColumn, Source, SourceId, SourceKind, Span};
pub use timestamp::{ParseTimestampError, Timestamp};
