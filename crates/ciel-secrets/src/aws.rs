use crate::{
    Credential, Findings, Named, Reach, cut,
    randomness::{entropy, looks_random},
    words,
};

/// Finds AWS's keys: ids by their form, secrets (forty letters without a mark) by an id or by names around them. Ids are
/// told only where no secret is found.
pub(crate) fn find(scope: &[Named<'_>], found: &mut Vec<Credential>) {
    let mut ids = Vec::new();
    for (index, named) in scope.iter().enumerate() {
        let mut here = Findings {
            index,
            found: &mut ids,
        };
        for (start, word) in words(cut(named.text), |byte| byte.is_ascii_alphanumeric()) {
            if is_key_id(word) {
                here.add("AWS access key id", Reach::Half, start..start + word.len());
            }
        }
    }
    let before = found.len();
    for (index, named) in scope.iter().enumerate() {
        let mut here = Findings { index, found };
        secrets(*named, !ids.is_empty(), &mut here);
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
    let speaks = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.contains("secret") && (text.contains("aws") || text.contains("access") || has_id)
    };
    let is_named = speaks(named.name) || (has_id && text.trim().len() == 40);
    for line in lines(text) {
        let (start, line) = line;
        if line.len() < 40 || !(is_named || speaks(line)) {
            continue;
        }
        let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        for (at, word) in words(line, part) {
            if is_secret(word) {
                let at = start + at;
                findings.add("AWS secret access key", Reach::Cloud, at..at + word.len());
            }
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

/// The lines of a text with their places.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}
