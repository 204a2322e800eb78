//! The repository as the tasks see it: its root, its tracked files, its crates.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// One crate of the workspace, from `cargo metadata`.
pub(crate) struct Package {
    /// As in `[package] name`.
    pub(crate) name: String,
    /// The folder of its Cargo.toml, relative to the root: `crates/ciel-yaml`.
    pub(crate) folder: String,
    /// What it needs to build and run; dev-dependencies are not here.
    pub(crate) dependencies: Vec<String>,
    /// Whether it has a library.
    pub(crate) is_library: bool,
}

/// A file that git tracks or would track.
pub(crate) struct TextFile {
    /// Relative to the root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl TextFile {
    /// Whether its name ends in `.extension`.
    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|it| it == extension)
    }
}

/// The folder of the workspace's Cargo.toml.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// All files that are text and tracked, or new and not ignored; links are left out.
pub(crate) fn text_files(root: &Path) -> Result<Vec<TextFile>> {
    let list = output(Command::new("git").current_dir(root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let mut files = Vec::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        let full = root.join(path);
        if !full.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
            continue;
        }
        let bytes = std::fs::read(&full).with_context(|| format!("cannot read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            let path = path.to_owned();
            files.push(TextFile { path, text });
        }
    }
    Ok(files)
}

/// The crates of the workspace, sorted by name.
pub(crate) fn packages(root: &Path) -> Result<Vec<Package>> {
    let metadata = metadata(root)?;
    let mut packages: Vec<Package> = array(&metadata, "packages")
        .map(|package| read_package(root, package))
        .collect::<Result<_>>()?;
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

/// Cargo's folder for what it builds: `target`, or wherever the user keeps it.
pub(crate) fn target_folder(root: &Path) -> Result<PathBuf> {
    Ok(text(&metadata(root)?, "target_directory").into())
}

fn metadata(root: &Path) -> Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let json = output(Command::new(cargo).current_dir(root).args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]))?;
    serde_json::from_str(&json).context("cargo metadata printed no JSON")
}

fn read_package(root: &Path, package: &Value) -> Result<Package> {
    let manifest = Path::new(text(package, "manifest_path"));
    let folder = manifest
        .parent()
        .and_then(|folder| folder.strip_prefix(root).ok());
    Ok(Package {
        name: text(package, "name").to_owned(),
        folder: folder
            .with_context(|| format!("{} is outside", manifest.display()))?
            .to_string_lossy()
            .into_owned(),
        dependencies: array(package, "dependencies")
            .filter(|dependency| text(dependency, "kind") != "dev")
            .map(|dependency| text(dependency, "name").to_owned())
            .collect(),
        is_library: array(package, "targets")
            .any(|target| array(target, "kind").any(|kind| kind == "lib")),
    })
}

fn array<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Runs a program to its end and returns what it printed; its complaints become the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        bail!(
            "{:?} failed ({}): {complaint}",
            command.get_program(),
            output.status
        );
    }
    String::from_utf8(output.stdout).context("output is not UTF-8")
}
