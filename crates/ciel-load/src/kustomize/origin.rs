//! Takes what `kustomize build` prints apart, by the file that each object comes from.
//!
//! Kustomize writes the origin into an annotation where it is asked to. The annotation is cut out again: the object is
//! then as the cluster would get it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use ciel_yaml::Document;

use crate::tree::normalized;

const ORIGIN: &str = "config.kubernetes.io/origin";

/// The text that each file made, by the file's path as the origins give it, resolved from `folder`. What has no origin
/// is under the empty path.
pub(super) fn by_file(rendered: &str, folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    // Kustomize indents whatever a block scalar holds, so a line `---` always divides.
    let rendered = rendered.strip_prefix("---\n").unwrap_or(rendered);
    for object in rendered.split("\n---\n") {
        let (origin, object) = cut(object);
        let path = origin.map_or_else(PathBuf::new, |path| normalized(&folder.join(path)));
        let text = texts.entry(path).or_default();
        if !text.is_empty() {
            text.push_str("---\n");
        }
        text.push_str(object.trim_end_matches('\n'));
        text.push('\n');
    }
    texts
}

/// An object's origin, and its text without it.
fn cut(object: &str) -> (Option<String>, String) {
    let uncut = || (None, object.to_owned());
    if !object.contains(ORIGIN) {
        return uncut();
    }
    let text: Arc<str> = object.into();
    let parsed = ciel_yaml::parse(&text);
    let annotations = parsed
        .documents
        .first()
        .and_then(|document| document.root().at(&["metadata", "annotations"]));
    let Some(annotations) = annotations else {
        return uncut();
    };
    let Some(origin) = annotations.get(ORIGIN) else {
        return uncut();
    };
    // A map that held nothing else goes with it.
    let cut_node = if annotations.len() == 1 {
        annotations
    } else {
        origin
    };
    let Some(key) = cut_node.key() else {
        return uncut();
    };
    let path = origin.as_str().and_then(path_of);
    (path, without_entry(object, key.span().start as usize))
}

/// The path in an origin: `path: base/web.yaml`, or for what a generator made `configuredIn: base/kustomization.yaml`.
fn path_of(origin: &str) -> Option<String> {
    let parsed = ciel_yaml::parse(&origin.into());
    let root = parsed.documents.first().map(Document::root)?;
    root.str_at(&["path"])
        .or_else(|| root.str_at(&["configuredIn"]))
        .map(str::to_owned)
}

/// A text without the entry of a block mapping whose key stands at an offset: its line, and all lines after it that
/// are indented more.
fn without_entry(text: &str, key: usize) -> String {
    let (before, from) = text.split_at_checked(key).unwrap_or((text, ""));
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = key - line_start;
    let mut rest = from;
    let mut is_first = true;
    while !rest.is_empty() {
        let line_indent = rest.len() - rest.trim_start_matches(' ').len();
        let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = rest.get(..line_end).unwrap_or_default();
        if !is_first && line_indent <= indent && !line.trim().is_empty() {
            break;
        }
        is_first = false;
        rest = rest.get(line_end..).unwrap_or_default();
    }
    let before = before.get(..line_start).unwrap_or_default();
    format!("{before}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_go_to_their_files_without_the_annotation() {
        let rendered = "\
apiVersion: v1
data:
  x: |
    config.kubernetes.io/origin: |
kind: ConfigMap
metadata:
  annotations:
    config.kubernetes.io/origin: |
      configuredIn: ../app/base/kustomization.yaml
      configuredBy:
        kind: ConfigMapGenerator
  name: a
---
kind: Service
metadata:
  annotations:
    a: b
    config.kubernetes.io/origin: |
      path: ../app/web.yaml
    k: v
  name: s
---
kind: Secret
";
        let expected = [
            ("", "kind: Secret\n"),
            (
                "/app/base/kustomization.yaml",
                "apiVersion: v1\ndata:\n  x: |\n    config.kubernetes.io/origin: |\nkind: ConfigMap\nmetadata:\n  name: a\n",
            ),
            (
                "/app/web.yaml",
                "kind: Service\nmetadata:\n  annotations:\n    a: b\n    k: v\n  name: s\n",
            ),
        ];
        let found = by_file(rendered, Path::new("/tmp"));
        let found: Vec<_> = found
            .iter()
            .map(|(path, text)| (path.to_str().unwrap(), text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }
}
