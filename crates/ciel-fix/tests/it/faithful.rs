//! Only the patch differs: over texts that are made up, and over manifests of real projects.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, slice};

use ciel_core::{NestedValue, PatchOp};
use ciel_fix::Refusal;
use ciel_testkit::patched;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::common::{fix, fixed};

/// How a made up text is written.
#[derive(Clone, Copy, Debug)]
struct Look {
    step: usize,
    list: usize,
    dash: usize,
    crlf: bool,
    last_break: bool,
    /// Every so many entries one has a comment, an empty line before it, or brackets; 0 for none.
    comments: usize,
    blanks: usize,
    flow: usize,
}

struct Writer {
    look: Look,
    text: String,
    entries: usize,
}

impl Writer {
    fn every(&self, rate: usize) -> bool {
        rate > 0 && self.entries.is_multiple_of(rate)
    }

    fn mapping(&mut self, map: &Map<String, Value>, column: usize, mut begun: bool) {
        for (key, value) in map {
            if !std::mem::take(&mut begun) {
                self.extras(column);
                self.text.extend(std::iter::repeat_n(' ', column));
            }
            let key = Value::from(key.as_str());
            let _ = write!(self.text, "{key}:");
            self.value(value, column);
        }
    }

    fn extras(&mut self, column: usize) {
        self.entries += 1;
        if self.every(self.look.blanks) {
            self.text.push('\n');
        }
        if self.every(self.look.comments) {
            let _ = writeln!(self.text, "{:column$}# c{}", "", self.entries);
        }
    }

    fn value(&mut self, value: &Value, column: usize) {
        self.entries += 1;
        let flow = self.every(self.look.flow);
        match value {
            Value::Object(map) if !map.is_empty() && !flow => {
                self.text.push('\n');
                self.mapping(map, column + self.look.step, false);
            }
            Value::Array(list) if !list.is_empty() && !flow => {
                self.text.push('\n');
                self.list(list, column + self.look.list);
            }
            Value::String(text) if text == "block" => {
                let _ = writeln!(self.text, " |-\n{:1$}block", "", column + self.look.step);
            }
            Value::Null if flow => self.end(),
            _ => {
                let _ = write!(self.text, " {value}");
                self.end();
            }
        }
    }

    fn end(&mut self) {
        if self.every(self.look.comments) {
            let _ = write!(self.text, " # e{}", self.entries);
        }
        self.text.push('\n');
    }

    fn list(&mut self, list: &[Value], column: usize) {
        for item in list {
            self.extras(column);
            self.text.extend(std::iter::repeat_n(' ', column));
            self.text.push('-');
            match item {
                Value::Object(map) if !map.is_empty() => {
                    let width = self.look.dash;
                    self.text.extend(std::iter::repeat_n(' ', width - 1));
                    self.mapping(map, column + width, true);
                }
                Value::Array(list) if !list.is_empty() => {
                    let _ = writeln!(self.text, " {}", Value::from(list.clone()));
                }
                _ => self.value(item, column),
            }
        }
    }
}

fn written(look: Look, root: &Map<String, Value>) -> String {
    let mut writer = Writer {
        look,
        text: String::new(),
        entries: 0,
    };
    writer.mapping(root, 0, false);
    let mut text = writer.text;
    if !look.last_break {
        text.truncate(text.trim_end_matches('\n').len());
    }
    if look.crlf {
        text = text.replace('\n', "\r\n");
    }
    text
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z:# '\"{},-]{0,8}".prop_map(Value::from),
        Just(json!("block")),
        Just(json!({})),
        Just(json!([])),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            objects(inner).prop_map(Value::Object),
        ]
    })
}

fn objects(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let key = prop_oneof![4 => "[a-f]", 1 => "(on|1|a b|x/y|securityContext|env)"];
    prop::collection::vec((key, values), 1..5).prop_map(Map::from_iter)
}

fn looks() -> impl Strategy<Value = Look> {
    (
        (1usize..5, 0usize..3, 2usize..5),
        any::<bool>(),
        any::<bool>(),
        (0usize..4, 0usize..4, 0usize..4),
    )
        .prop_map(
            |((step, list, dash), crlf, last_break, (comments, blanks, flow))| Look {
                step,
                list,
                dash,
                crlf,
                last_break,
                comments,
                blanks,
                flow,
            },
        )
}

/// Pointers of everything below a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut child = |step: &str, value: &Value| {
        let at = format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"));
        found.push(at.clone());
        pointers(value, &at, found);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| child(key, value)),
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                child(&index.to_string(), value);
            }
        }
        _ => {}
    }
}

/// The operation that two numbers choose.
fn operation(root: &Value, place: usize, kind: usize, value: &Value) -> Option<PatchOp> {
    let mut all = Vec::new();
    pointers(root, "", &mut all);
    let path = all.get(place % all.len().max(1))?.clone();
    Some(match (kind % 3, root.pointer(&path)?) {
        (0, _) => PatchOp::Replace {
            path,
            value: value.clone(),
        },
        (1, _) => PatchOp::Remove { path },
        (_, Value::Object(_)) => PatchOp::Add {
            path: format!("{path}/new"),
            value: NestedValue::new(["deep"], value.clone()),
        },
        (_, Value::Array(list)) => PatchOp::Add {
            path: format!("{path}/{}", place % (list.len() + 1)),
            value: NestedValue::new([], value.clone()),
        },
        _ => PatchOp::Add {
            path,
            value: NestedValue::new([], value.clone()),
        },
    })
}

/// Takes away what is left empty and means the same as nothing, on the way to a place.
fn without_empty(mut root: Value, path: &str) -> Value {
    let mut path = path;
    while let Some((parent, _)) = path.rsplit_once('/') {
        let name = parent.rsplit('/').next().unwrap_or_default();
        let empty = root
            .pointer(parent)
            .is_some_and(|it| *it == json!({}) || *it == json!([]));
        if !empty || !["securityContext", "env"].contains(&name) {
            break;
        }
        let parent_path = PatchOp::Remove {
            path: parent.to_owned(),
        };
        root = patched(&root, &[parent_path]);
        path = parent;
    }
    root
}

fn check(text: &str, root: &Value, op: &PatchOp) -> Result<(), TestCaseError> {
    let mut wanted = patched(root, slice::from_ref(op));
    if let PatchOp::Remove { path } = op {
        wanted = without_empty(wanted, path);
    }
    let after = match fixed(text, &fix(text, 0, "", vec![op.clone()])) {
        Ok(after) => after,
        Err(Refusal::Unfaithful) => {
            return Err(TestCaseError::fail(format!("unfaithful\n{text}\n{op:?}")));
        }
        Err(_) => return Ok(()),
    };
    let parsed = ciel_yaml::parse(&after.as_str().into());
    let got = parsed.documents.first().map(|it| it.root().to_json());
    let empty = wanted == json!({});
    prop_assert!(
        got.as_ref() == Some(&wanted) || empty,
        "{text}\n{op:?}\n{after}"
    );
    prop_assert_eq!(parsed.diagnostics.len(), 0);
    if matches!(op, PatchOp::Add { .. }) {
        let is_number = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_digit());
        let comments = |text: &str| {
            let parts = text.split("# c").skip(1).chain(text.split("# e").skip(1));
            parts.filter(|rest| is_number(rest)).count()
        };
        prop_assert_eq!(
            comments(text),
            comments(&after),
            "{}\n{:?}\n{}",
            text,
            op,
            after
        );
    }
    let bare = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    if text.contains("\r\n") {
        prop_assert_eq!(bare(&after), 0, "{:?}", after);
    }
    let is_emptied = after.trim().is_empty();
    prop_assert!(
        text.ends_with('\n') == after.ends_with('\n') || is_emptied,
        "{text:?}\n{after:?}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn made_up_texts_change_by_the_patch_alone(
        look in looks(),
        root in objects(values()),
        place in any::<usize>(),
        kind in any::<usize>(),
        value in values(),
    ) {
        let text = written(look, &root);
        let root = Value::Object(root);
        let parsed = ciel_yaml::parse(&text.as_str().into());
        prop_assert_eq!(parsed.documents[0].root().to_json(), root.clone(), "{}", text);
        if let Some(op) = operation(&root, place, kind, &value) {
            check(&text, &root, &op)?;
        }
    }

    #[test]
    fn made_up_json_changes_by_the_patch_alone(
        root in objects(values()),
        pretty in any::<bool>(),
        place in any::<usize>(),
        kind in any::<usize>(),
        value in values(),
    ) {
        let root = Value::Object(root);
        let text = if pretty { format!("{root:#}") } else { root.to_string() };
        if let Some(op) = operation(&root, place, kind, &value) {
            check(&text, &root, &op)?;
        }
    }
}

#[test]
fn real_manifests_change_by_the_patch_alone() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut random = 1_u64;
    for suite in [
        "real",
        "kubernetes-goat",
        "polaris",
        "kube-linter",
        "pod-security",
    ] {
        for path in manifests(&suites.join(suite)) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let parsed = ciel_yaml::parse(&text.as_str().into());
            for (index, document) in parsed.documents.iter().enumerate() {
                if !document.root().is_mapping() || document.len() > 1_000 || text.len() > 50_000 {
                    continue;
                }
                let root = document.root().to_json();
                for _ in 0..2 {
                    random = random
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    let number = usize::try_from(random >> 33).expect("31 bits");
                    let value = [
                        json!(false),
                        json!({"a": ["b", 1]}),
                        json!("x y"),
                        json!([]),
                    ][number % 4]
                        .clone();
                    let Some(op) = operation(&root, number / 4, number / 7, &value) else {
                        continue;
                    };
                    let outcome = real(&text, index, &op);
                    if outcome == "unfaithful" {
                        eprintln!("{}: document {index}: {op:?}", path.display());
                    }
                    *outcomes.entry(outcome).or_default() += 1;
                }
            }
        }
    }
    eprintln!("{outcomes:#?}");
    assert!(!outcomes.contains_key("unfaithful"), "{outcomes:#?}");
    let done = outcomes["done"];
    let all: usize = outcomes.values().sum();
    assert!(done * 100 > all * 95, "{outcomes:#?}");
}

/// What becomes of a patch of a document in a file: the other documents stay what they are.
fn real(text: &str, index: usize, op: &PatchOp) -> String {
    let fix = fix(text, index, "", vec![op.clone()]);
    let after = match fixed(text, &fix) {
        Ok(after) => after,
        Err(Refusal::Unfaithful) => return "unfaithful".to_owned(),
        Err(refusal) => {
            let text = refusal.to_string();
            return text.split('`').next_back().unwrap_or_default().to_owned();
        }
    };
    let values = |text: &str| -> Vec<Value> {
        let parsed = ciel_yaml::parse(&text.into());
        parsed
            .documents
            .iter()
            .map(|it| it.root().to_json())
            .collect()
    };
    let (old, new) = (values(text), values(&after));
    assert_eq!(old.len(), new.len());
    for (at, (old, new)) in old.iter().zip(&new).enumerate() {
        assert!(
            at == index || old == new,
            "another document changed: {after}"
        );
    }
    "done".to_owned()
}

fn manifests(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.append(&mut manifests(&path));
        } else if path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml")
        {
            found.push(path);
        }
    }
    found
}
