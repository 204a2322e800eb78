//! Ciel beside Falco 0.44 on the same captures: every field of every event.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it counted"
)]

mod alerts;
mod conditions;
mod fields;
mod legacy;

use std::{
    fs,
    path::{Path, PathBuf},
};

fn captures(folder: &Path) -> Vec<PathBuf> {
    let mut captures: Vec<PathBuf> = fs::read_dir(folder.join("captures"))
        .expect("captures are there")
        .map(|entry| entry.expect("a folder can be listed").path())
        .collect();
    captures.sort();
    captures
}
