//! What a rule said of a case.

use serde_json::Value;

use super::strings;

/// One alert.
pub(super) struct Alert {
    pub(super) message: String,
    /// The objects that it is about, with what it flags in each. An object may have no path: then the alert says no
    /// more than that the object is affected.
    pub(super) objects: Vec<Flagged>,
    /// Whether its paths, which name no object, are fields of an object that is related to its own.
    pub(super) names_related: bool,
}

/// An object of an alert.
pub(super) struct Flagged {
    pub(super) kind: String,
    pub(super) name: String,
    /// Empty where the alert does not say it.
    pub(super) namespace: String,
    pub(super) paths: Vec<Path>,
}

/// A way from an object's root: keys and indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
    /// A key that kubescape leaves to the reader, as in `metadata.labels[YOUR_LABEL]`.
    Any,
}

/// Where an alert holds its paths. What they are for (to look at, to remove, to set) makes no difference here.
const LISTS: [&str; 4] = ["failedPaths", "reviewPaths", "ReviewPaths", "deletePaths"];

/// The alerts of an `expected.json`.
pub(super) fn read(expected: &Value) -> Vec<Alert> {
    let alerts = expected.as_array().into_iter().flatten();
    alerts.map(alert).collect()
}

/// An alert has its objects in up to three places: `alertObject.k8sApiObjects`, which its paths are about;
/// `alertObject.externalObjects`, a subject with `relatedObjects` that its paths count from (`relatedObjects[0].roleRef`)
/// or an object of its own; and `relatedObjects`, each with its object and paths of its own.
fn alert(value: &Value) -> Alert {
    let own = paths(value);
    let mut objects = Vec::new();
    let mut names_related = false;
    let listed = value.pointer("/alertObject/k8sApiObjects");
    for object in listed.and_then(Value::as_array).into_iter().flatten() {
        objects.push(flagged(object, own.clone()));
    }
    if let Some(external) = value.pointer("/alertObject/externalObjects") {
        let related = external.get("relatedObjects").and_then(Value::as_array);
        for (index, object) in related.into_iter().flatten().enumerate() {
            let prefix = [Step::Key("relatedObjects".to_owned()), Step::Index(index)];
            let prefixed = own.iter().filter_map(|path| path.0.strip_prefix(&prefix));
            let mut paths: Vec<_> = prefixed.map(|steps| Path(steps.to_vec())).collect();
            // A rule may leave the prefix out and list the fields of whichever object has them.
            let found: Vec<_> = own.iter().filter(|path| path.is_in(object)).collect();
            names_related |= !found.is_empty();
            paths.extend(found.into_iter().cloned());
            objects.push(flagged(object, paths));
        }
        let is_related =
            |path: &Path| path.0.first() == Some(&Step::Key("relatedObjects".to_owned()));
        let rest = own.into_iter().filter(|path| !is_related(path)).collect();
        objects.push(flagged(external, rest));
    }
    let related = value.get("relatedObjects").and_then(Value::as_array);
    for entry in related.into_iter().flatten() {
        if let Some(object) = entry.get("object") {
            objects.push(flagged(object, paths(entry)));
        }
    }
    let message = value.get("alertMessage").and_then(Value::as_str);
    Alert {
        message: message.unwrap_or_default().to_owned(),
        objects,
        names_related,
    }
}

fn flagged(object: &Value, paths: Vec<Path>) -> Flagged {
    let text = |key: &str| {
        let at = object
            .get("metadata")
            .and_then(|metadata| metadata.get(key));
        let text = at.or_else(|| object.get(key)).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let kind = object.get("kind").and_then(Value::as_str);
    Flagged {
        kind: kind.unwrap_or_default().to_owned(),
        name: text("name"),
        namespace: text("namespace"),
        paths,
    }
}

fn paths(alert: &Value) -> Vec<Path> {
    let fixes = alert.get("fixPaths").and_then(Value::as_array);
    let fixes = fixes.into_iter().flatten();
    let fixes = fixes.filter_map(|fix| fix.get("path")?.as_str().map(str::to_owned));
    let listed = LISTS.iter().flat_map(|list| strings(alert, list));
    let mut paths: Vec<Path> = Vec::new();
    for text in listed.chain(fixes).filter(|text| !text.is_empty()) {
        let path = Path::parse(&text);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

impl Path {
    /// Whether the object has the field.
    fn is_in(&self, object: &Value) -> bool {
        let mut steps = self.0.iter();
        let end = steps.try_fold(object, |at, step| match step {
            Step::Key(key) => at.get(key),
            Step::Index(index) => at.get(index),
            Step::Any => None,
        });
        end.is_some()
    }

    /// Reads `.spec.containers[0]`, `spec.containers[0]`, `labels["a.b/c"]`, `labels['a.b/c']` and `labels[a.b/c]`.
    pub(super) fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('[') {
                let (inside, tail) = tail.split_once(']').unwrap_or((tail, ""));
                steps.push(Step::parse(inside));
                rest = tail;
                continue;
            }
            let tail = rest.strip_prefix('.').unwrap_or(rest);
            let end = tail.find(['.', '[']).unwrap_or(tail.len());
            let (key, tail) = tail.split_at(end);
            if !key.is_empty() {
                steps.push(Step::Key(key.to_owned()));
            }
            rest = tail;
        }
        Self(steps)
    }
}

impl Step {
    fn parse(inside: &str) -> Self {
        if let Ok(index) = inside.parse() {
            return Self::Index(index);
        }
        let key = inside.trim_matches(['"', '\'']);
        if key.starts_with("YOUR_") {
            return Self::Any;
        }
        Self::Key(key.to_owned())
    }
}
