//! `cargo xtask docs`: what of `docs/` is written from the declarations in the catalogue and in the table of
//! fields.

mod checks;
mod fields;
mod peers;
mod summary;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, bail};
use ciel_checks::catalogue;
use ciel_core::Check;

use crate::repo;

/// Writes the pages, or with `check` only says which are out of date.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = repo::root().join("docs");
    let mut stale = Vec::new();
    for (folder, pages) in [("checks", checks::pages()), ("coming-from", peers::pages())] {
        let names = stale_in(&root.join(folder), &pages);
        if !check {
            write(&root.join(folder), &pages, &names)?;
        }
        stale.extend(names.into_iter().map(|name| format!("{folder}/{name}")));
    }
    stale.extend(single(&root, fields::NAME, fields::page(), check)?);
    // Last, since it lists what is there.
    stale.extend(single(&root, summary::NAME, summary::page(&root)?, check)?);
    if check && !stale.is_empty() {
        bail!(
            "out of date in docs: {}; run `cargo xtask docs`",
            stale.join(", ")
        );
    }
    stale.iter().for_each(|name| println!("docs/{name}"));
    Ok(())
}

/// Writes one page; its name, if it was out of date.
fn single(root: &Path, name: &str, text: String, check: bool) -> Result<Option<String>> {
    if fs::read_to_string(root.join(name)).ok().as_ref() == Some(&text) {
        return Ok(None);
    }
    if !check {
        fs::write(root.join(name), text)?;
    }
    Ok(Some(name.to_owned()))
}

fn write(folder: &Path, pages: &BTreeMap<String, String>, names: &[String]) -> Result<()> {
    fs::create_dir_all(folder)?;
    for name in names {
        match pages.get(name) {
            Some(text) => fs::write(folder.join(name), text)?,
            None => fs::remove_file(folder.join(name))?,
        }
    }
    Ok(())
}

/// Names of pages that are missing, differ, or should not be there.
fn stale_in(folder: &Path, pages: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |(name, text): &(&String, &String)| {
        fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text)
    };
    let mut stale: Vec<String> = pages
        .iter()
        .filter(differs)
        .map(|(name, _)| name.clone())
        .collect();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    stale.extend(
        entries
            .filter_map(|it| it.file_name().into_string().ok())
            .filter(|name| !pages.contains_key(name)),
    );
    stale.sort();
    stale
}

/// All checks, in the order of the catalogue.
fn all_checks() -> Vec<&'static Check> {
    catalogue().map(|rule| &rule.check).collect()
}
