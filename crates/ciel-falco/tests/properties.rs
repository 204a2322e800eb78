//! What holds of any text, on random ones.

mod invariants;

use proptest::prelude::*;

#[test]
fn a_denial_of_a_denial_is_written_so_that_it_is_read_again() {
    invariants::condition("not(not evt.res=A)or(proc.name exists)");
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

proptest! {
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
}
