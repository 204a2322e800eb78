//! Takes what `helm template` prints apart, by the template that made each object.

use std::collections::BTreeMap;

const SOURCE: &str = "# Source: ";

/// The text that each file of the chart made, by the file's path (`templates/web.yaml`, the chart's own name taken
/// off). A file's documents keep their order.
///
/// Helm puts a `---` and a comment `# Source: CHART/PATH` before each object; what stands before the first, or after a
/// `---` without the comment, belongs to what came before.
pub(super) fn by_template(rendered: &str) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut current = String::new();
    let mut lines = rendered.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let begins = line.trim_end() == "---";
        let source = lines
            .peek()
            .filter(|_| begins)
            .and_then(|next| next.strip_prefix(SOURCE));
        if let Some((_, path)) = source.and_then(|source| source.trim_end().split_once('/')) {
            path.clone_into(&mut current);
            let text = texts.entry(current.clone()).or_default();
            if !text.is_empty() {
                text.push_str("---\n");
            }
            // The comment tells nothing that the name of the source does not.
            lines.next();
        } else {
            texts.entry(current.clone()).or_default().push_str(line);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_go_to_their_templates() {
        let rendered = "---\n# Source: web/templates/a.yaml\nkind: A\n---\n# Source: web/charts/db/templates/a.yaml\n\
            kind: B\n---\n# Source: web/templates/a.yaml\nkind: C\n---\n# Source: web/crds/x.yaml\nkind: D\n---\nkind: E\n";
        let expected = [
            ("charts/db/templates/a.yaml", "kind: B\n"),
            ("crds/x.yaml", "kind: D\n---\nkind: E\n"),
            ("templates/a.yaml", "kind: A\n---\nkind: C\n"),
        ];
        let found = by_template(rendered);
        let found: Vec<_> = found
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }
}
