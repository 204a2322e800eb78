//! Kustomize folders: which are rendered, which files belong to them, and what `kustomize build` makes of them.

mod file;
mod graph;
mod origin;
mod render;

use std::path::Path;

pub(crate) use file::{Kustomization, Role};
pub(crate) use graph::{Graph, Root};
pub(crate) use render::{Kustomize, render};

/// Reads the kustomization of a folder that was not searched.
fn read_in(folder: &Path) -> Option<Kustomization> {
    crate::names::KUSTOMIZATIONS
        .iter()
        .map(|name| folder.join(name))
        .find(|file| file.is_file())
        .and_then(|file| {
            let name = file.display().to_string();
            Kustomization::read(&file, name)
        })
}
