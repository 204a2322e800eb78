use std::{
    borrow::Cow,
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{Alias, Check, Control, Severity, SourceId, Span, suppress::Suppression};

/// A place in a source's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which source.
    pub source: SourceId,
    /// Where in its text.
    pub span: Span,
}

/// Names a Kubernetes object as written. Empty strings stand for what the object does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectRef {
    /// `apps/v1`
    pub api_version: String,
    /// `Deployment`
    pub kind: String,
    /// Namespace as written; empty for none.
    pub namespace: String,
    /// Name, or `generateName` where only that is given.
    pub name: String,
}

/// Another object or place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Which object.
    pub object: Arc<ObjectRef>,
    /// Path in that object; may be empty.
    pub path: String,
    /// Where it stands.
    pub location: Option<Location>,
    /// What it has to do with the finding.
    pub message: String,
}

/// One operation of a JSON patch (RFC 6902) against the object as written.
#[derive(Clone, Debug, PartialEq)]
pub enum PatchOp {
    /// Adds or sets the value at a JSON pointer (RFC 6901).
    Add {
        /// JSON pointer.
        path: String,
        /// New value, in the mappings that are missing on the way to it.
        value: NestedValue,
    },
    /// Replaces the value that stands at a JSON pointer.
    Replace {
        /// JSON pointer.
        path: String,
        /// New value.
        value: Value,
    },
    /// Removes the value at a JSON pointer.
    Remove {
        /// JSON pointer.
        path: String,
    },
}

/// A value at the end of a chain of keys: `[a, b]` and 1 are `{"a": {"b": 1}}`. Made into mappings only when it is shown: a
/// large cluster has hundreds of thousands of fixes, and mappings take most of their memory.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedValue {
    keys: Box<[Box<str>]>,
    value: Value,
}

impl NestedValue {
    /// The value below the keys, from the outside in; without keys the value itself.
    pub fn new<'k>(keys: impl IntoIterator<Item = &'k str>, value: Value) -> Self {
        Self {
            keys: keys.into_iter().map(Box::from).collect(),
            value,
        }
    }

    /// The mappings with the value inside.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let keys = self.keys.iter().rev().map(AsRef::as_ref);
        keys.fold(self.value.clone(), |value, key: &str| {
            Value::Object(Map::from_iter([(key.to_owned(), value)]))
        })
    }
}

/// How sure it is that what runs keeps running under a fix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// It fills in what nobody has chosen, or undoes what has no use: it may be made without a second look.
    Safe,
    /// It takes away what somebody wrote, or what the program may need: somebody has to judge it.
    #[default]
    Unsafe,
}

impl Applicability {
    /// The name in JSON output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A change that removes a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// One line, imperative: "set privileged to false".
    pub description: Cow<'static, str>,
    /// The change.
    pub patch: Vec<PatchOp>,
    /// Whether it may be made without a second look.
    pub applicability: Applicability,
    /// Where the object that is patched stands in the source of the finding.
    pub object: Span,
}

/// Facts for programs, by key: few in each finding, so a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence(Vec<(&'static str, Value)>);

impl Evidence {
    /// Sets what a key stands for.
    pub fn insert(&mut self, key: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => self.0.push((key, value)),
        }
    }

    /// What a key stands for.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// The facts in the order in which they were first set.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

/// One thing wrong at one place of one object.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static Check,
    /// How bad this one is.
    pub severity: Severity,
    /// One line: what is wrong, with the names that matter in backticks.
    pub message: String,
    /// One line, imperative: what to do.
    pub help: Cow<'static, str>,
    /// The object as written.
    pub object: Arc<ObjectRef>,
    /// Path in the object (`.spec.containers[0].image`); where a field is missing, that of the field that should
    /// be there.
    pub path: String,
    /// The path with list items by name instead of index, if that differs: what the fingerprint is made of.
    pub stable_path: Option<String>,
    /// Where the path, or the nearest parent that is there, stands.
    pub location: Option<Location>,
    /// Other objects that belong to it.
    pub related: Vec<Related>,
    /// Facts for programs.
    pub evidence: Evidence,
    /// A change that removes it.
    pub fix: Option<Box<Fix>>,
    /// What other tools call this finding, where that is not all of what they call the check.
    pub own_aliases: Option<Vec<Alias>>,
    /// The controls that it answers, where these are not the check's.
    pub own_frameworks: Option<Vec<Control>>,
    /// Places in the text of its source that hold secrets: a report that shows lines must not show these in full.
    pub secrets: Vec<Span>,
    /// Why it is waved through, if it is.
    pub suppression: Option<Suppression>,
    /// Whether it was there before: in the baseline, or in the revision that the scan is compared with. It is counted and
    /// not shown, and does not fail a run; in SARIF's words its `baselineState` is `unchanged`, and that of others `new`
    /// where there is a baseline. False where there is none.
    pub is_known: bool,
    /// Counts findings that would otherwise have one fingerprint; see [`number_duplicates`].
    pub ordinal: u32,
}

impl Finding {
    /// A finding of a check at a path of an object, with the check's severity and nothing else said of it.
    #[must_use]
    pub fn new(
        check: &'static Check,
        object: Arc<ObjectRef>,
        path: String,
        message: String,
    ) -> Self {
        Self {
            check,
            severity: check.severity,
            message,
            help: Cow::Borrowed(""),
            object,
            path,
            stable_path: None,
            location: None,
            related: Vec::new(),
            evidence: Evidence::default(),
            fix: None,
            own_aliases: None,
            own_frameworks: None,
            secrets: Vec::new(),
            suppression: None,
            is_known: false,
            ordinal: 0,
        }
    }

    /// Hash of the check, the object and the path: the same for findings that only [`number_duplicates`] tells apart.
    /// Good within one run.
    #[must_use]
    pub fn identity(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let path = self.stable_path.as_ref().unwrap_or(&self.path);
        (self.check.code, &*self.object, path).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether it counts: nobody has waved it through, and no baseline knows it.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.suppression.is_none() && !self.is_known
    }

    /// What other tools call it.
    #[must_use]
    pub fn aliases(&self) -> &[Alias] {
        self.own_aliases.as_deref().unwrap_or(self.check.aliases)
    }

    /// The controls of public frameworks that it answers.
    #[must_use]
    pub fn frameworks(&self) -> &[Control] {
        self.own_frameworks
            .as_deref()
            .unwrap_or(self.check.frameworks)
    }

    /// Identity of the finding over time: independent of lines, of other objects and of the folder's name.
    ///
    /// SHA-256 over code, object, path (list items by name) and ordinal, as `sha256:` and 64 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut hash = Sha256::new();
        let group = self
            .object
            .api_version
            .rsplit_once('/')
            .map_or("", |(group, _)| group);
        for part in [
            "ciel/1",
            self.check.code,
            group,
            &self.object.kind,
            &self.object.namespace,
            &self.object.name,
            self.stable_path.as_deref().unwrap_or(&self.path),
        ] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        if self.ordinal > 0 {
            hash.update(self.ordinal.to_le_bytes());
        }
        let mut text = String::with_capacity(7 + 64);
        text.push_str("sha256:");
        for byte in hash.finalize() {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from(
                    HEX.get(usize::from(nibble)).copied().unwrap_or(b'0'),
                ));
            }
        }
        text
    }
}

/// Gives findings of one check at one path of one object distinct ordinals, in their order. `identities` are their
/// [`Finding::identity`], in the same order.
pub fn number_duplicates(findings: &mut [Finding], identities: &[u64]) {
    // By hash: a large cluster has hundreds of thousands of findings, and keeping their paths twice costs more than all
    // else here. Two findings in 2⁶⁴ that collide get distinct ordinals, and so distinct fingerprints still.
    let mut seen: HashMap<u64, u32> = HashMap::with_capacity(findings.len());
    for (finding, identity) in findings.iter_mut().zip(identities) {
        let count = seen.entry(*identity).or_default();
        finding.ordinal = *count;
        *count += 1;
    }
}
