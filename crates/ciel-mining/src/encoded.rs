//! Texts hidden in base64, as interpreters and entry points are given them.
use crate::{
    commands::DEPTH,
    downloads,
    scan::Place,
    signal::{Signal, SignalKind, Signals},
    text,
};

/// Words that say that base64 stands near them.
const MARKS: &[&str] = &[
    "base64",
    "Base64",
    "b64decode",
    "atob(",
    "-enc ",
    "-EncodedCommand",
    "-encodedcommand",
];
/// Bytes of the shortest token that is decoded where a mark says that it is base64; shorter ones hide no pool.
const MARKED: usize = 24;
/// The same where nothing says so and the whole text is one token.
const WHOLE: usize = 40;
/// Tokens decoded of one text.
const TOKENS: usize = 16;

/// Adds the signs of what stands in base64 in the text, `marked` if its surroundings say that it is decoded.
pub(crate) fn examine(source: &str, marked: bool, depth: usize, out: &mut Signals) {
    if depth >= DEPTH || source.len() < MARKED {
        return;
    }
    let trimmed = source.trim();
    if trimmed.len() >= WHOLE && trimmed.bytes().all(is_token_byte) {
        let start = source.len() - source.trim_start().len();
        decode(start, trimmed, depth, out);
        return;
    }
    if !marked {
        return;
    }
    let tokens = source
        .split(|character: char| !character.is_ascii() || !is_token_byte(character as u8))
        .filter(|token| token.len() >= MARKED)
        .take(TOKENS);
    for token in tokens {
        let start = token.as_ptr() as usize - source.as_ptr() as usize;
        decode(start, token, depth, out);
    }
}

/// Whether a text says that something in it, or beside it, is base64.
pub(crate) fn is_marked(source: &str) -> bool {
    MARKS.iter().any(|mark| source.contains(mark))
}

const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

fn decode(start: usize, token: &str, depth: usize, out: &mut Signals) {
    let Some(mut decoded) = text::base64_text(token) else {
        return;
    };
    // PowerShell takes UTF-16, which for Latin letters is UTF-8 with a zero behind each.
    decoded.retain(|character| character != '\0');
    if decoded
        .chars()
        .any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
    {
        return;
    }
    let span = start..start + token.len();
    let mut inner = Signals::default();
    downloads::inline_code(&decoded, 0..decoded.len(), &decoded, &mut inner);
    inner.extend(crate::analyse(&decoded, Place::Text, depth + 1));
    out.extend(
        inner
            .into_vec()
            .into_iter()
            .filter(counts)
            .map(|mut signal| {
                signal.span = span.clone();
                signal.description.push_str(" (in base64)");
                signal
            }),
    );
}

/// A wallet or a name in base64 says no more than in the open, and less to a reader.
fn counts(signal: &Signal) -> bool {
    !matches!(signal.kind, SignalKind::Mention | SignalKind::HostTuning)
}
