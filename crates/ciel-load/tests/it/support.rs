//! What these tests share.

use std::path::{Path, PathBuf};

use ciel_load::{Input, LoadOptions, Loaded, Progress, RenderOptions, load};
use ciel_snapshot::{Snapshot, SnapshotBuilder};
use tempfile::TempDir;

/// A small object.
pub(crate) const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

/// A folder with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        files
            .iter()
            .for_each(|(name, text)| folder.write(name, text));
        folder
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        match name {
            "" => self.0.path().to_owned(),
            name => self.0.path().join(name),
        }
    }

    /// Loads paths of the folder, with the programs that there are.
    pub(crate) fn load(&self, names: &[&str]) -> Loaded {
        self.load_with(names, &options())
    }

    pub(crate) fn load_with(&self, names: &[&str], options: &LoadOptions) -> Loaded {
        let inputs: Vec<_> = names
            .iter()
            .map(|name| Input::from_argument(self.path(name)))
            .collect();
        load(&inputs, options, &Progress::default()).unwrap()
    }

    /// The sources' names without the folder's own.
    pub(crate) fn names(&self, loaded: &Loaded) -> Vec<String> {
        loaded
            .files
            .iter()
            .map(|file| self.shorten(&file.source.name))
            .collect()
    }

    /// The messages, each with the name of its source and its line.
    pub(crate) fn messages(&self, loaded: &Loaded) -> Vec<String> {
        let message = |it: &ciel_core::Diagnostic| {
            let place = it.location.as_ref().map(|location| {
                let source = &loaded.files[location.source.0 as usize].source;
                let line = source.line_column(location.span.start).line;
                format!("{}:{line}: ", self.shorten(&source.name))
            });
            format!("{}{}", place.unwrap_or_default(), self.shorten(&it.message))
        };
        loaded.diagnostics.iter().map(message).collect()
    }

    fn shorten(&self, text: &str) -> String {
        let prefix = format!("{}/", self.0.path().display());
        text.replace(&prefix, "")
    }
}

/// Options with `helm` and `kustomize` where `scripts/tools.sh` puts them, if they are there.
pub(crate) fn options() -> LoadOptions {
    LoadOptions {
        render: RenderOptions {
            helm: ciel_testkit::tool("helm"),
            kustomize: ciel_testkit::tool("kustomize"),
            kubectl: None,
        },
        ..LoadOptions::default()
    }
}

/// Whether both renderers are there.
pub(crate) fn has_renderers() -> bool {
    ciel_testkit::tool("helm").is_some() && ciel_testkit::tool("kustomize").is_some()
}

/// Options whose programs are not there.
pub(crate) fn no_programs() -> LoadOptions {
    let nowhere = Some(PathBuf::from("/no/such/program"));
    LoadOptions {
        render: RenderOptions {
            helm: nowhere.clone(),
            kustomize: nowhere.clone(),
            kubectl: nowhere,
        },
        ..LoadOptions::default()
    }
}

/// The objects of a load, lists unfolded.
pub(crate) fn snapshot(loaded: Loaded) -> Snapshot {
    let mut builder = SnapshotBuilder::new(loaded.complete);
    for file in loaded.files {
        builder.add(file.source, file.documents);
    }
    builder.build()
}

/// `SOURCE: KIND NAME` of every object.
pub(crate) fn objects(folder: &Folder, loaded: Loaded) -> Vec<String> {
    let snapshot = snapshot(loaded);
    snapshot
        .objects()
        .map(|object| {
            let source = &snapshot.sources()[object.source().0 as usize];
            let name = folder.shorten(&source.name);
            format!("{name}: {} {}", object.kind(), object.name())
        })
        .collect()
}

/// A path as text.
pub(crate) fn text(path: &Path) -> String {
    path.display().to_string()
}
