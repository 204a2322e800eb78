//! `cargo xtask tidy`: the invariants of ARCHITECTURE.md that neither the compiler nor clippy can hold.
//!
//! Each module holds one kind and returns its complaints; a complaint names the place and says what to do.

mod documents;
mod layers;
mod sources;

use anyhow::{Result, bail};

use crate::repo;

/// Runs every check over the repository and prints all complaints.
pub(crate) fn run() -> Result<()> {
    let root = repo::root();
    let packages = repo::packages(&root)?;
    let files = repo::text_files(&root)?;

    let mut complaints = layers::check(&root, &packages);
    complaints.extend(sources::check(&files));
    complaints.extend(documents::check(&root, &files, &packages));

    if complaints.is_empty() {
        return Ok(());
    }
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    bail!("{} complaints", complaints.len());
}
