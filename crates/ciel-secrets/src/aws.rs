use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{
    Credential, Findings, Named, Reach, cut, line_around,
    randomness::{entropy, looks_random},
    words,
};

/// Finds AWS's keys: ids by their form, secrets (forty letters without a mark) by an id or by names around them. Ids are
/// told only where no secret is found.
pub(crate) fn find(scope: &[Named<'_>], may_have_id: bool, found: &mut Vec<Credential>) {
    let mut ids = Vec::new();
    if may_have_id {
        for (index, named) in scope.iter().enumerate() {
            let mut here = Findings::of(index, &mut ids);
            for (start, word) in words(cut(named.text), |byte| byte.is_ascii_alphanumeric()) {
                if is_key_id(word) {
                    here.add("AWS access key id", Reach::Half, start..start + word.len());
                }
            }
        }
    }
    let before = found.len();
    for (index, named) in scope.iter().enumerate() {
        secrets(*named, !ids.is_empty(), &mut Findings::of(index, found));
    }
    if found.len() == before {
        found.append(&mut ids);
    }
}

/// Whether a word is the id of a long-term (`AKIA`) or temporary (`ASIA`) key: base 32 behind four letters.
fn is_key_id(word: &str) -> bool {
    let body = word
        .strip_prefix("AKIA")
        .or_else(|| word.strip_prefix("ASIA"));
    body.is_some_and(|body| {
        body.len() == 16
            && body
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte))
            && looks_random(body)
    })
}

fn secrets(named: Named<'_>, has_id: bool, findings: &mut Findings<'_>) {
    let text = cut(named.text);
    if text.len() < SECRET_LETTERS {
        return;
    }
    let is_named = speaks(named.name, has_id) || (has_id && text.trim().len() == SECRET_LETTERS);
    // Only lines that speak of a secret are read letter by letter.
    let mut read_to = 0;
    if is_named {
        in_line(text, 0, findings);
        return;
    }
    for found in SECRET.find_iter(text) {
        if found.start() < read_to {
            continue;
        }
        let (start, line) = line_around(text, found.start());
        read_to = start + line.len();
        if speaks(line, has_id) {
            in_line(line, start, findings);
        }
    }
}

/// Letters of a secret access key.
const SECRET_LETTERS: usize = 40;

#[expect(clippy::expect_used, reason = "the pattern is a constant")]
static SECRET: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(["secret"])
        .expect("one short pattern")
});

/// Whether a name or line promises a secret access key.
fn speaks(text: &str, has_id: bool) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("secret") && (text.contains("aws") || text.contains("access") || has_id)
}

fn in_line(line: &str, start: usize, findings: &mut Findings<'_>) {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    for (at, word) in words(line, part) {
        if is_secret(word) {
            let at = start + at;
            findings.add("AWS secret access key", Reach::Cloud, at..at + word.len());
        }
    }
}

/// Whether a word could be one of AWS's secrets: forty letters of base 64, drawn by chance.
fn is_secret(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    word.len() == 40
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && looks_random(word)
        && entropy(word) >= 4.2
}
