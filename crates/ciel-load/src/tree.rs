//! A folder and what the user calls the files in it.

use std::{
    path::{Component, Path, PathBuf},
    sync::OnceLock,
};

/// A folder that the user named, or that an archive was unpacked into.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// The archive that it was unpacked from, with its `!`; none for a folder that the user named.
    archive: Option<String>,
    real: OnceLock<PathBuf>,
}

impl Tree {
    /// A folder that the user named.
    pub(crate) fn of_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            archive: None,
            real: OnceLock::new(),
        }
    }

    /// A folder that an archive was unpacked into.
    pub(crate) fn of_archive(archive: &str, folder: impl Into<PathBuf>) -> Self {
        Self {
            archive: Some(archive.to_owned()),
            ..Self::of_folder(folder)
        }
    }

    /// What the user calls the file at `rest` within it: the folder as given, joined with the rest of the way; `.` is
    /// left away.
    pub(crate) fn name(&self, rest: &Path) -> String {
        if let Some(archive) = &self.archive {
            return format!("{archive}!/{}", rest.display());
        }
        let is_here = self.folder.components().all(|it| it == Component::CurDir);
        match rest.as_os_str().is_empty() {
            true => self.folder.display().to_string(),
            false if is_here => rest.display().to_string(),
            false => self.folder.join(rest).display().to_string(),
        }
    }

    /// Where it is, without symbolic links; as named where the system does not say.
    pub(crate) fn real(&self) -> &Path {
        self.real.get_or_init(|| {
            // The folder of `kustomization.yaml` is an empty path, which systems do not take.
            let folder = Path::new(".").join(&self.folder);
            folder
                .canonicalize()
                .or_else(|_| std::path::absolute(&folder))
                .unwrap_or(folder)
        })
    }

    /// What the user calls the file at a real path, if it is within.
    pub(crate) fn name_of_real(&self, path: &Path) -> Option<String> {
        path.strip_prefix(self.real())
            .ok()
            .map(|rest| self.name(rest))
    }
}

/// A path without `.` and `..`, as text alone tells; symbolic links are not asked.
pub(crate) fn normalized(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// A path without the `..` that take back a name before them; others stay.
pub(crate) fn shortened(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for component in path.components() {
        let takes_back = component == Component::ParentDir
            && matches!(short.components().next_back(), Some(Component::Normal(_)));
        if takes_back {
            short.pop();
        } else {
            short.push(component);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_path_as_given_and_the_rest() {
        for (folder, expected) in [
            (".", "a/b.yaml"),
            ("./", "a/b.yaml"),
            ("", "a/b.yaml"),
            ("deploy", "deploy/a/b.yaml"),
            ("deploy/", "deploy/a/b.yaml"),
            ("./deploy", "./deploy/a/b.yaml"),
            ("..", "../a/b.yaml"),
            ("/srv", "/srv/a/b.yaml"),
        ] {
            let name = Tree::of_folder(folder).name(Path::new("a/b.yaml"));
            assert_eq!(name, expected, "{folder}");
        }
        let name = Tree::of_archive("x/a.tgz", "/tmp/1").name(Path::new("a/b.yaml"));
        assert_eq!(name, "x/a.tgz!/a/b.yaml");
    }

    #[test]
    fn dots_are_taken_out() {
        let path = normalized(Path::new("/a/./b/../../c/d"));
        assert_eq!(path, Path::new("/c/d"));
        assert_eq!(normalized(Path::new("/../x")), Path::new("/x"));
        assert_eq!(shortened(Path::new("a/b/../../../c")), Path::new("../c"));
    }
}
