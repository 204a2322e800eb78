//! Looking at a text byte by byte, without ever reaching beyond it.

use ciel_core::Span;

/// A text, for readers that keep offsets into it.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    text: &'t str,
    bytes: &'t [u8],
}

impl<'t> Text<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
        }
    }

    /// The byte at an offset; none past the end.
    #[inline]
    pub(crate) fn byte(self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// A part of the text; empty where the offsets do not fit.
    #[inline]
    pub(crate) fn slice(self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Offset of the first `"`, `\` or control character from `at` on, or of the end.
    #[inline]
    pub(crate) fn string_end(self, at: usize) -> usize {
        let mut at = at;
        while let Some(word) = self.word(at) {
            let found = equal(word, b'"') | equal(word, b'\\') | below(word, 0x20);
            if found != 0 {
                return at + (found.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
        while let Some(byte) = self.byte(at) {
            if matches!(byte, b'"' | b'\\' | 0..0x20) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Offset of the first byte from `at` on that is no decimal digit.
    #[inline]
    pub(crate) fn digits_end(self, at: usize) -> usize {
        let mut at = at;
        while self.byte(at).is_some_and(|byte| byte.is_ascii_digit()) {
            at += 1;
        }
        at
    }

    /// The number that `count` hexadecimal digits at an offset make.
    pub(crate) fn hex(self, at: usize, count: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at.checked_add(count)?)?;
        digits.iter().try_fold(0u32, |number, &digit| {
            let value = char::from(digit).to_digit(16)?;
            Some(number << 4 | value)
        })
    }

    /// The bytes from an offset on.
    pub(crate) fn bytes(self, at: usize) -> &'t [u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    /// The place of the character at an offset; empty at the end of the text.
    pub(crate) fn character(self, at: usize) -> Span {
        let length = self.text.get(at..).and_then(|rest| rest.chars().next());
        span(at, at + length.map_or(0, char::len_utf8))
    }

    /// Length of the line break at an offset, 0 if there is none: YAML 1.1 knows five of them.
    #[inline]
    pub(crate) fn break_len(self, at: usize) -> usize {
        match self.byte(at) {
            Some(b'\n') => 1,
            Some(b'\r') if self.byte(at + 1) == Some(b'\n') => 2,
            // kubectl takes the last two of them for the line's end before it looks for breaks.
            Some(b'\r') if self.slice(at + 1, at + 3) == "\r\n" => 3,
            Some(b'\r') => 1,
            Some(0xc2) if self.byte(at + 1) == Some(0x85) => 2,
            Some(0xe2)
                if self.byte(at + 1) == Some(0x80)
                    && matches!(self.byte(at + 2), Some(0xa8 | 0xa9)) =>
            {
                3
            }
            _ => 0,
        }
    }

    /// What a break means in a text: U+2028 and U+2029 are themselves, all others a line feed.
    pub(crate) fn normal_break(self, at: usize, length: usize) -> &'t str {
        match self.byte(at) {
            _ if length == 0 => "",
            Some(0xe2) => self.slice(at, at + length),
            _ => "\n",
        }
    }

    /// Offset of the next line break of any sort, or of the end.
    pub(crate) fn break_from(self, at: usize) -> usize {
        let mut at = at;
        while self.byte(at).is_some() && self.break_len(at) == 0 {
            at += 1;
        }
        at
    }

    /// Offset of the next line feed, or of the end.
    pub(crate) fn line_feed_from(self, at: usize) -> usize {
        memchr::memchr(b'\n', self.bytes(at)).map_or(self.bytes.len(), |found| at + found)
    }

    /// Whether a blank, a line break or the end is at an offset.
    #[inline]
    pub(crate) fn is_blank_or_end(self, at: usize) -> bool {
        match self.byte(at) {
            None | Some(b' ' | b'\t' | b'\n' | b'\r') => true,
            Some(0xc2 | 0xe2) => self.break_len(at) > 0,
            Some(_) => false,
        }
    }

    /// Offset of the first byte from `at` on at which a plain scalar may end.
    #[inline]
    pub(crate) fn plain_from(self, at: usize) -> usize {
        self.first_of(at, PLAIN)
    }

    /// Offset of the first byte from `at` on at which there is more to do in double quotes than to copy.
    #[inline]
    pub(crate) fn double_quoted_from(self, at: usize) -> usize {
        self.first_of(at, DOUBLE)
    }

    /// The same for single quotes.
    #[inline]
    pub(crate) fn single_quoted_from(self, at: usize) -> usize {
        self.first_of(at, SINGLE)
    }

    #[inline]
    fn first_of(self, at: usize, class: u8) -> usize {
        let mut at = at;
        while let Some(byte) = self.byte(at) {
            if CLASSES
                .get(usize::from(byte))
                .is_some_and(|&classes| classes & class != 0)
            {
                break;
            }
            at += 1;
        }
        at
    }

    /// Eight bytes as a word, the first one lowest.
    #[inline]
    fn word(self, at: usize) -> Option<u64> {
        let chunk = self.bytes.get(at..)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*chunk))
    }
}

const PLAIN: u8 = 1;
const DOUBLE: u8 = 2;
const SINGLE: u8 = 4;

/// For each byte, the places in which it is more than itself. 0xc2 and 0xe2 may begin a line break.
const CLASSES: [u8; 256] = {
    let mut classes = [0u8; 256];
    let mut byte = 0;
    while byte < classes.len() {
        #[expect(
            clippy::indexing_slicing,
            reason = "computed by the compiler, which checks it"
        )]
        #[expect(clippy::cast_possible_truncation, reason = "less than 256")]
        {
            classes[byte] = match byte as u8 {
                b'\n' | b'\r' | 0xc2 | 0xe2 => PLAIN | DOUBLE | SINGLE,
                b' ' | b'\t' | b':' | b',' | b'?' | b'[' | b']' | b'{' | b'}' => PLAIN,
                b'"' | b'\\' => DOUBLE,
                b'\'' => SINGLE,
                _ => 0,
            };
        }
        byte += 1;
    }
    classes
};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The highest bit of each byte that equals `byte`; bytes above the first one found may be wrong.
#[inline]
fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & HIGHS
}

/// The highest bit of each byte that is less than `limit` (at most 0x80); bytes above the first one found may be
/// wrong.
#[inline]
fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGHS
}

/// An offset of at most 32 bits: sources are smaller than [`ciel_core::limits::FILE_BYTES`].
#[inline]
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A span from two offsets.
#[inline]
pub(crate) fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}

/// A column: how far `to` is behind `from`.
#[inline]
pub(crate) fn distance(from: usize, to: usize) -> isize {
    isize::try_from(to.saturating_sub(from)).unwrap_or(isize::MAX)
}
