//! What holds of any text, on random ones.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod invariants;

use std::sync::Arc;

use ciel_falco::condition::{Expr, Position, Right, Shared, parse};
use proptest::prelude::*;

#[test]
fn a_denial_of_a_denial_is_written_so_that_it_is_read_again() {
    invariants::condition("not(not evt.res=A)or(proc.name exists)");
    // A macro may be called so.
    invariants::condition("not(not)or(a)");
    invariants::condition("(not)and(not)");
}

/// Words that conditions are made of.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "and",
        "or",
        "not",
        "not(",
        "(",
        ")",
        " ",
        " ",
        "\n",
        "proc.name",
        "evt.type",
        "fd.ip",
        "proc.aname[2]",
        "=",
        "!=",
        "in",
        "startswith ",
        "exists",
        "contains ",
        "anyof ",
        "open",
        "\"a b\"",
        "'x",
        "1",
        "0x1f",
        ",",
        "tolower(",
        "join(",
        "val(",
        "[",
        "]",
        "my_macro",
        "<",
        "regex ",
        "\\",
        "é",
        "%",
        "getopt(",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.concat())
}

/// Lines that rule files are made of.
fn lines() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "- rule: r\n",
        "- rule: s\n",
        "- macro: m\n",
        "- macro: n\n",
        "- list: l\n",
        "- list: k\n",
        "  desc: d\n",
        "  condition: evt.type=open and m\n",
        "  condition: m or n\n",
        "  condition: proc.name in (l, k)\n",
        "  output: x %proc.name\n",
        "  output: '%'\n",
        "  priority: INFO\n",
        "  items: [k, a b, l]\n",
        "  items: []\n",
        "  append: true\n",
        "  override:\n    condition: append\n",
        "  override: {items: replace}\n",
        "  exceptions:\n  - name: e\n    fields: [proc.name, fd.name]\n    comps: [=, startswith anyof]\n    values:\n    - [a, [b, c d]]\n",
        "  enabled: false\n",
        "  skip-if-unknown-filter: true\n",
        "  tags: [a, b]\n",
        "---\n",
        "- required_engine_version: 0.50.0\n",
        "- required_plugin_versions:\n  - name: k8saudit\n    version: 0.1.0\n",
        "  source: k8s_audit\n",
        "  condition: ka.verb=get\n",
        "  nonsense: [\n",
    ]);
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.concat())
}

/// Conditions of any shape, with macros looked up, long enough to take several lines.
fn expressions() -> impl Strategy<Value = Expr> {
    let check = prop::sample::select(vec![
        "evt.type in (open, openat, openat2)",
        "fd.name startswith /root/.ssh",
        "proc.name in (sshd, \"my sh\", ssh-keygen, ssh-keysign, ssh-keyscan, ssh-add)",
        "proc.aname[2] exists",
        "tolower(proc.name) = val(proc.pname)",
        "evt.num = 0",
    ]);
    let check = check.prop_map(|text| parse(text).expect("a condition"));
    check.prop_recursive(5, 48, 4, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            parts().prop_map(|parts| Expr::And(parts, Position::START)),
            parts().prop_map(|parts| Expr::Or(parts, Position::START)),
            inner
                .clone()
                .prop_map(|inner| Expr::Not(Box::new(inner), Position::START)),
            inner.prop_map(|inner| Expr::Resolved(Shared {
                name: Arc::from("m"),
                condition: Arc::new(inner),
            })),
        ]
    })
}

/// Whether two conditions are the same but for the places of their parts, and for macros, which are their conditions.
fn is_same(a: &Expr, b: &Expr) -> bool {
    let all =
        |a: &[Expr], b: &[Expr]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b));
    match (a, b) {
        (Expr::Resolved(shared), other) | (other, Expr::Resolved(shared)) => {
            is_same(&shared.condition, other)
        }
        (Expr::And(a, _), Expr::And(b, _)) | (Expr::Or(a, _), Expr::Or(b, _)) => all(a, b),
        (Expr::Not(a, _), Expr::Not(b, _)) => is_same(a, b),
        (Expr::Check(a), Expr::Check(b)) => {
            let right = match (&a.right, &b.right) {
                (Right::Value(a, _), Right::Value(b, _)) => a == b,
                (Right::List(a, _), Right::List(b, _)) => a == b,
                (Right::Operand(a), Right::Operand(b)) => a.to_string() == b.to_string(),
                (Right::Nothing, Right::Nothing) => true,
                _ => false,
            };
            let left = a.left.to_string() == b.left.to_string();
            left && right && a.operator == b.operator && a.modifier == b.modifier
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(expr in expressions()) {
        for text in [expr.to_string(), expr.to_lines()] {
            let again = parse(&text);
            let same = again.as_ref().is_ok_and(|again| is_same(&expr, again));
            prop_assert!(same, "{text}: {again:?}");
        }
    }

    #[test]
    fn conditions(text in words()) {
        invariants::condition(&text);
    }

    #[test]
    fn any_text_as_condition(text in ".*") {
        invariants::condition(&text);
    }

    #[test]
    fn rule_files(text in lines()) {
        invariants::rules(&text);
    }

    #[test]
    fn any_text_as_rules(text in "(?s).*") {
        invariants::rules(&text);
    }

    #[test]
    fn any_text_as_audit_log(text in "(?s).*") {
        invariants::audit(text.as_bytes());
    }

    #[test]
    fn audit_logs(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", "\n", ":", "1", "\"kind\":\"Event\"", "\"auditID\":1",
        "\"stageTimestamp\":\"2026-11-23T00:00:00.1Z\"", "\"requestObject\":{\"spec\":{\"containers\":",
        "{\"kind\":\"EventList\",\"items\":[", "\"requestURI\":\"/a?a=%4\"", "\"image\":",
    ]), 0..24)) {
        invariants::audit(parts.concat().as_bytes());
    }
}
