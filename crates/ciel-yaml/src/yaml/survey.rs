//! A first look at the text: characters that YAML forbids, and line breaks that need a closer look.

use crate::bytes::{self, Text};
use crate::compose::Fault;

pub(super) struct Survey {
    /// Whether there are line breaks other than a line feed.
    pub(super) odd_breaks: bool,
    /// The first character that no YAML text may have.
    pub(super) forbidden: Option<Fault>,
}

/// Bytes looked at in one go; the compiler makes vector instructions of the loop over them.
const BLOCK: usize = 64;

/// Looks at the text from an offset on.
pub(super) fn survey(text: Text<'_>, start: usize) -> Survey {
    let mut survey = Survey {
        odd_breaks: false,
        forbidden: None,
    };
    let mut at = start;
    for block in text.bytes(start).chunks(BLOCK) {
        let mut suspicious = false;
        for &byte in block {
            suspicious |= byte >= 0x7f || (byte < 0x20 && byte != b'\n' && byte != b'\t');
        }
        if suspicious {
            look_closer(text, at, at + block.len(), &mut survey);
        }
        at += block.len();
    }
    survey
}

fn look_closer(text: Text<'_>, start: usize, end: usize, survey: &mut Survey) {
    for at in start..end {
        let next = |distance| text.byte(at + distance);
        let forbidden = match text.byte(at) {
            Some(b'\n' | b'\t') => false,
            Some(b'\r') => {
                survey.odd_breaks = true;
                false
            }
            Some(0..0x20 | 0x7f) => true,
            Some(0xc2) if next(1) == Some(0x85) => {
                survey.odd_breaks = true;
                false
            }
            Some(0xc2) => next(1) < Some(0xa0),
            Some(0xe2) if next(1) == Some(0x80) => {
                survey.odd_breaks |= matches!(next(2), Some(0xa8 | 0xa9));
                false
            }
            // U+FFFE and U+FFFF.
            Some(0xef) => next(1) == Some(0xbf) && next(2) >= Some(0xbe),
            _ => false,
        };
        if forbidden && survey.forbidden.is_none() {
            let span = text.character(at);
            let character = text.slice(span.start as usize, span.end as usize);
            let code = character.chars().next().map_or(0, u32::from);
            let message = format!("the character U+{code:04X} may not stand in YAML");
            survey.forbidden = Some(Fault::new(bytes::span(at, span.end as usize), message));
        }
    }
}
