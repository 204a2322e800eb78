//! No text makes the readers panic, or give out a tree that does not hang together.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test: a failure is a panic"
)]

mod invariants;

use proptest::prelude::*;

use invariants::check;

const SEEDS: &[&str] = &[
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {x: \"y\", z: 'é'}\nspec:\n  containers:\n  - name: a\n    args: [b, 1, ~]\n    command:\n    - |\n      x\n       y\n    - >-\n      x\n      y\n---\na: &x {b: 1}\nc: {<<: *x}\n",
    "a: &a [x, *b]\nb: &b !!str 1\n? c\n: d\n? [e]\n\"q\\u00e9\\n\": 'it''s'\ne: f\n  g\n\n  h # i\n...\nj\n",
    "{\"a\": [1, 2.5e3, \"x\\u00e9\\ud83d\\ude00\\n\", null, true], \"b\": {\"c\": {}}}\n{\"a\": 1, \"a\": 2}\n---\n{a: b, [c]: d}\n",
];

const PIECES: &[&str] = &[
    " ", "  ", "\n", "\r\n", "\r", "\t", ":", ": ", "- ", "? ", "#", " #", "\"", "'", "[", "]",
    "{", "}", ",", "&x ", "*x", "!!int ", "|", ">", "|2-\n", "\\", "%", "---\n", "\n---\n",
    "...\n", "<<: ", "\u{feff}", "\u{85}", "\u{2028}", "é", "😀", "\0", "\u{7f}", "1", "0x",
    ".nan", "yes", "\\u", "a", "{\"", "\":", "e9",
];

fn edited() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        0..3usize,
        prop::sample::select(PIECES),
    );
    (
        prop::sample::select(SEEDS),
        prop::collection::vec(edit, 1..12),
    )
        .prop_map(|(seed, edits)| {
            let mut characters: Vec<char> = seed.chars().collect();
            for (place, kind, piece) in edits {
                let at = place.index(characters.len());
                match kind {
                    0 => drop(characters.splice(at..at, piece.chars())),
                    1 => drop(characters.splice(at..=at, piece.chars())),
                    _ => drop(characters.drain(at..(at + 3).min(characters.len()))),
                }
                characters.push('\n');
            }
            characters.into_iter().collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_texts_hang_together(text in edited()) {
        check(&text);
    }

    #[test]
    fn soups_hang_together(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn bytes_hang_together(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn every_beginning_of_a_text_hangs_together() {
    for seed in SEEDS {
        for end in (0..=seed.len()).filter(|&end| seed.is_char_boundary(end)) {
            check(&seed[..end]);
            check(&seed[end..]);
        }
    }
}

#[test]
fn time_is_linear_in_the_text() {
    // Each of these once was, or could be, more than linear.
    let size = 200_000;
    for text in [
        "[".repeat(size),
        "a: [".repeat(size),
        "{".repeat(size),
        "- ".repeat(size),
        "? ".repeat(size),
        "&a ".repeat(size),
        "!a ".repeat(size),
        "\"".repeat(size),
        "'".repeat(size),
        "\"\\\n".repeat(size),
        "a\n ".repeat(size),
        "a: |\n\n".to_owned() + &"\n".repeat(size) + "  b\n",
        "a: >\n".to_owned() + &"  b\n\n".repeat(size),
        "a: \"".to_owned() + &" \n".repeat(size) + "\"",
        "a: \"".to_owned() + &"\\ \n".repeat(size) + "\"",
        "a: b".to_owned() + &" ".repeat(size) + &"\n ".repeat(size),
        "{\"a\":".repeat(size),
        "{\"a\":1}\n".repeat(size / 10) + "]\n" + &"x\n".repeat(size),
        "{\"a\":1}\n{\"a\":1}\n".to_owned() + &"{]\n".repeat(size),
        "a: {{\n---\n".repeat(size / 100) + &"x".repeat(size),
        "#".repeat(size),
        "a:\n".to_owned() + &"# c\n".repeat(size),
        (0..size / 10).map(|key| format!("k{key}: 1\n")).collect(),
        "a: 1\n".repeat(size / 10),
        "x: &x {a: 1}\n".to_owned() + &"y: {<<: *x}\n".repeat(size / 10),
        "x: &x [".to_owned() + &"1,".repeat(900) + "]\n" + &"y: *x\n".repeat(2_000),
    ] {
        let begin = cpu_seconds();
        check(&text);
        let spent = cpu_seconds() - begin;
        assert!(
            spent < 3.0,
            "{spent} s for {}…",
            text.chars().take(20).collect::<String>().escape_debug()
        );
    }
}

/// Seconds of processor time of this thread's process: other work on the machine does not count.
fn cpu_seconds() -> f64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the measure is the point of the test"
    )]
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    fields[11..13]
        .iter()
        .map(|ticks| ticks.parse::<f64>().unwrap() / 100.0)
        .sum()
}
