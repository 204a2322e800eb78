/// An exception to write, in the words of `ciel.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is about: `trivy:KSV-0017`, `checkov:*`.
    pub checks: Vec<String>,
    /// Keys of its scope with their lists, in the order in which they are written.
    pub scope: Vec<(&'static str, Vec<String>)>,
    /// Labels and their values.
    pub labels: Vec<(String, String)>,
    /// Why; may be empty.
    pub reason: String,
    /// Until when, as TOML writes dates.
    pub expires: Option<String>,
}

impl Entry {
    /// About these checks, for a reason.
    pub(crate) fn new(checks: Vec<String>, reason: impl Into<String>) -> Self {
        Self {
            checks,
            reason: reason.into(),
            ..Self::default()
        }
    }

    /// Limits it; an empty list does not.
    pub(crate) fn within(mut self, key: &'static str, list: Vec<String>) -> Self {
        if !list.is_empty() {
            self.scope.push((key, list));
        }
        self
    }
}

/// Something that was not carried over, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line in the file, from 1.
    pub line: u32,
    /// One sentence, lower case, without a full stop.
    pub message: String,
}

/// What became of one file.
pub struct Imported<'k> {
    /// The file's name, as the user knows it.
    pub name: String,
    /// Exceptions, in the file's order.
    pub entries: Vec<Entry>,
    /// Keys of `[scan]` and their values as TOML writes them, in the file's order.
    pub settings: Vec<(&'static str, String)>,
    /// What was not carried over.
    pub notes: Vec<Note>,
    knows: &'k dyn Fn(&str) -> bool,
}

impl std::fmt::Debug for Imported<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imported")
            .field("name", &self.name)
            .field("entries", &self.entries)
            .field("settings", &self.settings)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

impl<'k> Imported<'k> {
    pub(crate) fn new(name: &str, knows: &'k dyn Fn(&str) -> bool) -> Self {
        Self {
            name: name.to_owned(),
            entries: Vec::new(),
            settings: Vec::new(),
            notes: Vec::new(),
            knows,
        }
    }

    pub(crate) fn note(&mut self, line: u32, message: impl Into<String>) {
        self.notes.push(Note {
            line,
            message: message.into(),
        });
    }

    /// The word for an id of a tool, if a check of Ciel answers it; told otherwise.
    pub(crate) fn check(&mut self, tool: &str, id: &str, line: u32) -> Option<String> {
        let word = format!("{tool}:{id}");
        if id == "*" || (self.knows)(&word) {
            return Some(word);
        }
        self.note(
            line,
            format!("`{id}` of {tool} answers to no check of Ciel"),
        );
        None
    }

    /// Adds an exception, unless nothing is left that it is about.
    pub(crate) fn add(&mut self, entry: Entry) {
        if !entry.checks.is_empty() {
            self.entries.push(entry);
        }
    }
}
