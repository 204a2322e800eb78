//! Line ends and the like, which Markdown cannot show.

use serde_json::{Value, json};

use crate::common::{fix, fixed, ops};

#[track_caller]
fn check(before: &str, patch: Value, after: &str) {
    let fix = fix(before, 0, "", ops(&patch));
    assert_eq!(fixed(before, &fix).as_deref(), Ok(after), "{before:?}");
}

#[test]
fn line_ends_stay_what_they_are() {
    check(
        "a:\r\n  b: 1\r\nc: 2\r\n",
        json!([{"op": "add", "path": "/a/d", "value": {"e": 1}}]),
        "a:\r\n  b: 1\r\n  d:\r\n    e: 1\r\nc: 2\r\n",
    );
    check(
        "a: {}\r\nc: 2\r\n",
        json!([{"op": "add", "path": "/a/d", "value": 1}, {"op": "remove", "path": "/c"}]),
        "a:\r\n  d: 1\r\n",
    );
}

#[test]
fn a_text_without_a_last_break_gets_none() {
    check(
        "a: 1",
        json!([{"op": "add", "path": "/b", "value": {"c": 2}}]),
        "a: 1\nb:\n  c: 2",
    );
    check(
        "a: 1\nb: 2",
        json!([{"op": "remove", "path": "/b"}]),
        "a: 1",
    );
    check(
        "a:",
        json!([{"op": "replace", "path": "/a", "value": [1]}]),
        "a:\n- 1",
    );
    check(
        "a: {}",
        json!([{"op": "add", "path": "/a/b", "value": 1}]),
        "a:\n  b: 1",
    );
}

#[test]
fn a_byte_order_mark_stays() {
    check(
        "\u{feff}a: é\nb: 1\n",
        json!([{"op": "replace", "path": "/b", "value": 2}]),
        "\u{feff}a: é\nb: 2\n",
    );
}
