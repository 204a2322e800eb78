//! Fixes on texts of all styles.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "tests: they read their cases from the disk, and stop where these are not as they should be"
)]

mod batch;
mod common;
mod faithful;
mod golden;
mod styles;
