//! Loading from real folders, archives, charts and kustomizations.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod archives;
mod charts;
mod folders;
mod kustomizations;
mod real;
mod sessions;
mod support;
