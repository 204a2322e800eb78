//! Writes a tree as kubectl prints YAML: block style, keys in their order, lists not indented.

use serde_json::Value;

/// One document, without `---`.
pub(super) fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value, 0);
    out
}

/// Writes a mapping or list whose first line is already indented.
fn write_value(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    pad(out, indent);
                }
                write_scalar(out, key, indent);
                out.push(':');
                write_entry(out, value, indent);
            }
        }
        Value::Array(items) => write_items(out, items, indent, indent),
        scalar => {
            write_leaf(out, scalar, indent);
            out.push('\n');
        }
    }
}

/// What follows `key:`.
fn write_entry(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            pad(out, indent + 2);
            write_value(out, value, indent + 2);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            pad(out, indent);
            write_items(out, items, indent, indent);
        }
        leaf => {
            out.push(' ');
            write_leaf(out, leaf, indent + 2);
            out.push('\n');
        }
    }
}

fn write_items(out: &mut String, items: &[Value], dash: usize, first: usize) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            pad(out, dash);
        }
        out.push_str("- ");
        write_value(out, item, first + 2);
    }
}

fn write_leaf(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::String(text) => write_scalar(out, text, indent),
        Value::Object(_) => out.push_str("{}"),
        Value::Array(_) => out.push_str("[]"),
        other => out.push_str(&other.to_string()),
    }
}

fn write_scalar(out: &mut String, text: &str, indent: usize) {
    if let Some(body) = text
        .strip_suffix('\n')
        .filter(|_| text.starts_with(|it: char| it.is_ascii_graphic()))
    {
        out.push('|');
        for line in body.split('\n') {
            out.push('\n');
            if !line.is_empty() {
                pad(out, indent);
                out.push_str(line);
            }
        }
    } else if is_plain(text) {
        out.push_str(text);
    } else {
        // JSON's strings are YAML's double-quoted ones.
        out.push_str(&Value::from(text).to_string());
    }
}

/// Whether YAML 1.1 reads the bare text as the same string. Errs on the side of quotes.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf",
    ];
    text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./@:=+,".contains(&byte))
        && !text.ends_with(':')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn looks_as_kubectl_prints_it() {
        let value = json!({
            "a": {"b": 1, "empty": {}, "yes": "no"},
            "list": [{"name": "x", "args": ["-c", "true"]}, "12"],
            "text": "one\n\n two\n",
        });
        let expected = "a:\n  b: 1\n  empty: {}\n  \"yes\": \"no\"\nlist:\n- name: x\n  args:\n  - \"-c\"\n  - \"true\"\n- \"12\"\n\
                        text: |\n  one\n\n   two\n";
        assert_eq!(to_yaml(&value), expected);
    }
}
