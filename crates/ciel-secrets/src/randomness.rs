/// Whether a text of a key's length could have been drawn by chance: no words that documentation uses, no runs, no
/// counting up, and enough different letters.
pub(crate) fn looks_random(text: &str) -> bool {
    const WORDS: [&str; 8] = [
        "example",
        "xxxx",
        "your",
        "placeholder",
        "redacted",
        "changeme",
        "dummy",
        "sample",
    ];
    let lower = text.to_ascii_lowercase();
    if WORDS.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let bytes = lower.as_bytes();
    let longest = |step: u8| {
        let (mut run, mut longest) = (1, 1);
        for pair in bytes.windows(2) {
            let follows = matches!(pair, [a, b] if a.checked_add(step) == Some(*b));
            run = if follows { run + 1 } else { 1 };
            longest = longest.max(run);
        }
        longest
    };
    longest(0) < 5 && longest(1) < 6 && entropy(text) >= 3.0
}

/// Shannon's entropy of the bytes, in bits a byte.
pub(crate) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = text.len() as f64;
    let bits = counts.iter().filter(|count| **count > 0).map(|count| {
        let share = f64::from(*count) / total;
        -share * share.log2()
    });
    bits.sum()
}

#[cfg(test)]
mod tests {
    use super::looks_random;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(looks_random(text), expected, "{text}");
    }

    #[test]
    fn keys_are_told_from_examples() {
        check("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17", true);
        check("QU7C7USYZBOHKPJI", true);
        check("IOSFODNN7EXAMPLE", false);
        check("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false);
        check("abcdefghijklmnopqrstuvwxyz0123456789", false);
        check("1234567890123456789012345678901234567890", false);
        check("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
        check("yourtokenyourtokenyourtoken", false);
    }
}
