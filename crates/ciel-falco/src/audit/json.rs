//! Values of JSON documents as text, as rules see them.

use serde_json::Value;

/// The part of a document behind these keys; items of arrays have no keys.
pub(super) fn at<'e>(value: &'e Value, keys: &[&str]) -> Option<&'e Value> {
    keys.iter().try_fold(value, |value, key| value.get(key))
}

/// The part of a document at a JSON pointer (RFC 6901), whose first slash may be missing.
pub(super) fn pointed<'e>(value: &'e Value, pointer: &str) -> Option<&'e Value> {
    let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
    pointer.split('/').try_fold(value, |value, part| {
        let key = part.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            _ => value.get(&key),
        }
    })
}

/// Texts as they are, all else as JSON without blanks.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => escaped(&value.to_string()),
    }
}

/// The document with two blanks for each level.
pub(super) fn indented(value: &Value) -> String {
    escaped(&format!("{value:#}"))
}

/// Falco shows what the log has, and API servers write these letters so: they never stand outside of strings.
fn escaped(json: &str) -> String {
    if !json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pointers() {
        let document = json!({"a": {"b/c": [1, {"~": "x"}]}, "": 2, "n": null});
        for (pointer, expected) in [
            ("/a/b~1c/0", Some("1")),
            ("a/b~1c/1/~0", Some("x")),
            ("/a/b~1c", Some(r#"[1,{"~":"x"}]"#)),
            ("/n", Some("null")),
            ("/", Some("2")),
            ("/a/b~1c/2", None),
            ("/a/x/y", None),
        ] {
            let found = pointed(&document, pointer).map(text);
            assert_eq!(found.as_deref(), expected, "{pointer}");
        }
    }

    #[test]
    fn markup_is_written_as_api_servers_write_it() {
        let command = json!(["a && b > c"]);
        assert_eq!(text(&command), r#"["a \u0026\u0026 b \u003e c"]"#);
        assert_eq!(text(&json!("a && b")), "a && b");
    }
}
