//! Helm charts: what is one, which files are its own, and what `helm template` makes of it.

mod attempts;
mod charts;
mod refusal;
mod render;
mod split;
mod vendor;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use ciel_core::Span;
use memchr::memmem;

use crate::session::Key;

pub(crate) use charts::{Charts, Owner};
pub(crate) use render::{Helm, render};

/// A chart that is not part of another.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// What the user calls `Chart.yaml`.
    pub(crate) file_name: String,
    /// Where only parts of it were named, their paths under the chart's folder; empty for the whole chart.
    only: Vec<PathBuf>,
    /// The text of `Chart.yaml`.
    text: Arc<str>,
    /// `name`
    name: String,
    is_library: bool,
    reads_files: OnceLock<bool>,
}

/// Folders of a chart that helm or its tools know.
const OWN_FOLDERS: &[&str] = &["templates", "crds", "charts", "ci", "tests", "files"];

impl Chart {
    /// Reads `Chart.yaml`. None where it is something else, such as an object in a file of that name.
    pub(crate) fn read(file: &Path, file_name: String) -> Option<Self> {
        let bytes = crate::file::read_file(file).ok()?;
        let text: Arc<str> = crate::text::decode(bytes)
            .unwrap_or_else(|error| error.lossy)
            .into();
        let parsed = ciel_yaml::parse(&text);
        let root = parsed.documents.first().map(ciel_yaml::Document::root);
        if root.is_some_and(|root| root.get("kind").is_some()) {
            return None;
        }
        let string = |key| {
            root.and_then(|root| root.str_at(&[key]))
                .unwrap_or_default()
        };
        Some(Self {
            folder: file.parent()?.to_owned(),
            file_name,
            only: Vec::new(),
            name: string("name").to_owned(),
            is_library: string("type") == "library",
            reads_files: OnceLock::new(),
            text,
        })
    }

    /// Whether it only serves other charts. Helm renders no such chart.
    pub(crate) fn is_library(&self) -> bool {
        self.is_library
    }

    /// The folders that a rendering reads: its own, and where it depends on other charts, its neighbours too.
    pub(crate) fn reads(&self) -> HashSet<PathBuf> {
        let depends = memmem::find(self.text.as_bytes(), b"dependencies").is_some()
            || self.folder.join("requirements.yaml").exists();
        let outer = self.folder.parent().filter(|_| depends);
        HashSet::from([outer.unwrap_or(&self.folder).to_owned()])
    }

    /// What a session keeps its rendering under.
    pub(crate) fn key(&self) -> Key {
        Key::Render(self.folder.join(&self.file_name), self.only.clone())
    }

    /// Whether helm or its tools read the file at `rest` within the chart, so that it is no manifest of its own.
    pub(crate) fn owns(&self, rest: &Path) -> bool {
        self.owns_by_place(rest) || self.reads_files()
    }

    /// The same, by the file's place alone.
    pub(crate) fn owns_by_place(&self, rest: &Path) -> bool {
        let mut components = rest.components();
        let (Some(first), rest) = (components.next(), components.as_path()) else {
            return true;
        };
        let first = first.as_os_str();
        if !rest.as_os_str().is_empty() {
            return OWN_FOLDERS.iter().any(|folder| first == *folder);
        }
        let name = first.to_string_lossy();
        ["Chart.", "requirements.", "kustomization."]
            .iter()
            .any(|start| name.starts_with(start))
            || name.contains("values")
    }

    /// Whether a template reaches for files of the chart (`.Files.Get`, `.Files.Glob`): then any file may be one.
    fn reads_files(&self) -> bool {
        *self.reads_files.get_or_init(|| {
            ignore::WalkBuilder::new(self.folder.join("templates"))
                .standard_filters(false)
                .build()
                .filter_map(Result::ok)
                .filter(|entry| entry.file_type().is_some_and(|it| it.is_file()))
                .filter_map(|entry| crate::file::read_file(entry.path()).ok())
                .any(|bytes| memmem::find(&bytes, b".Files").is_some())
        })
    }

    /// What the user calls the file at `rest` within the chart.
    fn name_of(&self, rest: &str) -> String {
        let folder = self.file_name.strip_suffix("Chart.yaml");
        format!("{}{rest}", folder.unwrap_or_default())
    }

    /// The folder as the user calls it.
    fn folder_name(&self) -> &str {
        let folder = self.file_name.strip_suffix("Chart.yaml");
        match folder.unwrap_or_default().trim_end_matches('/') {
            "" => ".",
            folder => folder,
        }
    }

    /// The place of `name` in `Chart.yaml`, for what is said of the whole chart.
    fn span(&self) -> Span {
        let parsed = ciel_yaml::parse(&self.text);
        let root = parsed.documents.first().map(ciel_yaml::Document::root);
        root.and_then(|root| root.get("name"))
            .map(ciel_yaml::Node::span)
            .unwrap_or_default()
    }

    /// A release's name: the chart's, as far as helm accepts it.
    fn release(&self) -> String {
        const MOST: usize = 53;
        let name: String = self
            .name
            .to_ascii_lowercase()
            .chars()
            .map(|it| if it.is_ascii_alphanumeric() { it } else { '-' })
            .take(MOST)
            .collect();
        match name.trim_matches('-') {
            "" => "release".to_owned(),
            name => name.to_owned(),
        }
    }
}
