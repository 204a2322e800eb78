use ciel_core::{Finding, Fix, PatchOp};
use serde_json::Value;

use crate::{
    Report,
    edits::{Edits, difference},
    secrets::Secrets,
};

/// What of one operation is shown: a fix that adds more is told in full by `json`.
const LINES: usize = 40;

/// A line of a change as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChangeLine {
    /// `del`, `ins`, or `span` for the place that the next lines are at.
    pub(crate) element: &'static str,
    /// The sign and the text.
    pub(crate) text: String,
}

/// A fix as people read it: the difference of the text, where that can be known, else the patch. All of a Secret is
/// secret, so its lines are not shown.
pub(crate) fn lines(
    report: &Report<'_>,
    secrets: &Secrets,
    edits: &Edits,
    finding: &Finding,
    fix: &Fix,
) -> Vec<ChangeLine> {
    let source = finding.location.and_then(|at| {
        let is_shown = finding.object.kind != "Secret";
        Some((report.source(at)?, at.source)).filter(|_| is_shown)
    });
    match (source, edits.get(finding)) {
        (Some((source, id)), Some(edits)) => difference(source, id, secrets, edits),
        _ => change(fix),
    }
}

/// A fix as a difference in YAML, for the eye: the place, what goes and what comes.
fn change(fix: &Fix) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    for op in &fix.patch {
        match op {
            PatchOp::Add { path, value } => {
                let key = place(path, &mut lines);
                come(&key, &value.to_value(), &mut lines);
            }
            PatchOp::Replace { path, value } => {
                let key = place(path, &mut lines);
                go(&key, &mut lines);
                come(&key, value, &mut lines);
            }
            PatchOp::Remove { path } => {
                let key = place(path, &mut lines);
                go(&key, &mut lines);
            }
        }
    }
    lines
}

/// Says where a JSON pointer leads to but for its last step, which it returns.
fn place(pointer: &str, lines: &mut Vec<ChangeLine>) -> String {
    let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let path: String = parent.split('/').skip(1).map(step).collect();
    let text = if path.is_empty() { "." } else { &path };
    lines.push(ChangeLine {
        element: "span",
        text: format!("@ {text}"),
    });
    unescape(key)
}

fn step(token: &str) -> String {
    let token = unescape(token);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if token.parse::<usize>().is_ok() {
        format!("[{token}]")
    } else if token.chars().all(is_plain) {
        format!(".{token}")
    } else {
        format!("[\"{token}\"]")
    }
}

/// RFC 6901: `~1` is a slash, `~0` a tilde.
fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn go(key: &str, lines: &mut Vec<ChangeLine>) {
    let text = match key.parse::<usize>() {
        Ok(index) => format!("- (item {index})"),
        Err(_) => format!("- {key}: …"),
    };
    lines.push(ChangeLine {
        element: "del",
        text,
    });
}

fn come(key: &str, value: &Value, lines: &mut Vec<ChangeLine>) {
    let mut yaml = Vec::new();
    let is_item = key == "-" || key.parse::<usize>().is_ok();
    let head = if is_item {
        "-".to_owned()
    } else {
        format!("{}:", scalar_text(key))
    };
    entry(&head, value, 0, &mut yaml);
    let surplus = yaml.len() > LINES;
    yaml.truncate(LINES);
    if surplus {
        yaml.push("…".to_owned());
    }
    lines.extend(yaml.into_iter().map(|line| ChangeLine {
        element: "ins",
        text: format!("+ {line}"),
    }));
}

/// `head value`, or `head` with the value below it.
fn entry(head: &str, value: &Value, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            lines.push(format!("{indent}{head}"));
            for (key, value) in map {
                entry(&format!("{}:", scalar_text(key)), value, depth + 1, lines);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            lines.push(format!("{indent}{head}"));
            for item in items {
                entry("-", item, depth + 1, lines);
            }
        }
        Value::String(text) => lines.push(format!("{indent}{head} {}", scalar_text(text))),
        other => lines.push(format!("{indent}{head} {other}")),
    }
}

/// A string as YAML: plain where nothing could take it for something else.
fn scalar_text(text: &str) -> String {
    let mut letters = text.chars();
    let is_word = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '/')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter));
    let lower = text.to_ascii_lowercase();
    let is_other =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&lower.as_str());
    if is_word && !is_other {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use ciel_core::{Applicability, NestedValue, Span};
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(op: PatchOp, expected: &str) {
        let fix = Fix {
            description: "mend it".into(),
            patch: vec![op],
            applicability: Applicability::Safe,
            object: Span::default(),
        };
        let lines: Vec<_> = change(&fix).into_iter().map(|line| line.text).collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn changes_are_told_as_yaml() {
        check(
            PatchOp::Replace {
                path: "/spec/containers/0/securityContext/privileged".to_owned(),
                value: json!(false),
            },
            "@ .spec.containers[0].securityContext\n- privileged: …\n+ privileged: false",
        );
        check(
            PatchOp::Add {
                path: "/spec/containers/0/securityContext".to_owned(),
                value: NestedValue::new(["capabilities"], json!({"drop": ["ALL"], "x": "no"})),
            },
            "@ .spec.containers[0]\n+ securityContext:\n+   capabilities:\n+     drop:\n+       - ALL\n+     x: \"no\"",
        );
        check(
            PatchOp::Remove {
                path: "/metadata/annotations/a~1b".to_owned(),
            },
            "@ .metadata.annotations\n- a/b: …",
        );
    }
}
