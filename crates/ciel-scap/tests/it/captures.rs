//! The captures of the suite.

use std::path::PathBuf;

/// A capture's name, where it is, and where Falco's fields of it are.
pub(crate) struct Capture {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) fields: PathBuf,
}

/// All captures, in the order of their names.
pub(crate) fn all() -> Vec<Capture> {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return Vec::new();
    };
    let falco = suites.join("falco");
    let mut captures: Vec<Capture> = std::fs::read_dir(falco.join("captures"))
        .expect("the folder of captures")
        .map(|entry| {
            let path = entry.expect("a capture").path();
            let name = path
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let fields = falco.join("fields").join(format!("{name}.jsonl.gz"));
            Capture { name, path, fields }
        })
        .collect();
    captures.sort_by(|left, right| left.name.cmp(&right.name));
    assert!(!captures.is_empty());
    captures
}

/// The bytes of a capture.
pub(crate) fn bytes(capture: &Capture) -> Vec<u8> {
    std::fs::read(&capture.path).expect("a capture")
}
