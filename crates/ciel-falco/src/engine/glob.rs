//! Shell patterns as the C library's `fnmatch` reads them without flags: `*` and `?` match a slash and a leading point too,
//! a backslash quotes, and a class that does not end is text.
//!
//! The `globset` and `glob` crates give `*` other meanings at slashes, and know `**` and braces, which `fnmatch` does not.

/// A compiled pattern.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Glob {
    tokens: Vec<Token>,
    fold: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Token {
    Any,
    One,
    Byte(u8),
    /// The bytes of a class, negation worked in.
    Class(Box<[u64; 4]>),
}

impl Glob {
    /// Reads a pattern; with `fold`, upper and lower case are the same.
    pub(super) fn new(pattern: &[u8], fold: bool) -> Self {
        let mut tokens = Vec::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((byte, behind)) = rest.split_first() {
            rest = behind;
            let token = match byte {
                b'*' if tokens.last() == Some(&Token::Any) => continue,
                b'*' => Token::Any,
                b'?' => Token::One,
                b'[' => match class(behind, fold) {
                    Some((class, behind)) => {
                        rest = behind;
                        Token::Class(Box::new(class))
                    }
                    None => Token::Byte(b'['),
                },
                b'\\' => match behind.split_first() {
                    Some((quoted, behind)) => {
                        rest = behind;
                        Token::Byte(folded(*quoted, fold))
                    }
                    // A backslash at the end matches nothing, as in the C library.
                    None => Token::Class(Box::new([0; 4])),
                },
                _ => Token::Byte(folded(*byte, fold)),
            };
            tokens.push(token);
        }
        Self { tokens, fold }
    }

    /// Whether the whole text matches. Linear but for one `*`, to which it goes back.
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        let (mut at, mut token) = (0, 0);
        // Where the last `*` stood, and how much of the text it takes.
        let mut star: Option<(usize, usize)> = None;
        loop {
            let matched = match (self.tokens.get(token), text.get(at)) {
                (None, None) => return true,
                (Some(Token::Any), _) => {
                    token += 1;
                    star = Some((token, at));
                    continue;
                }
                (Some(Token::One), Some(_)) => true,
                (Some(Token::Byte(byte)), Some(other)) => *byte == folded(*other, self.fold),
                (Some(Token::Class(class)), Some(other)) => has(class, folded(*other, self.fold)),
                _ => false,
            };
            if matched {
                at += 1;
                token += 1;
                continue;
            }
            match &mut star {
                Some((behind, taken)) if *taken < text.len() => {
                    *taken += 1;
                    at = *taken;
                    token = *behind;
                }
                _ => return false,
            }
        }
    }
}

fn folded(byte: u8, fold: bool) -> u8 {
    if fold {
        byte.to_ascii_lowercase()
    } else {
        byte
    }
}

fn has(class: &[u64; 4], byte: u8) -> bool {
    class
        .get(usize::from(byte >> 6))
        .is_some_and(|word| word >> (byte & 63) & 1 == 1)
}

fn set(class: &mut [u64; 4], byte: u8, fold: bool) {
    let byte = folded(byte, fold);
    if let Some(word) = class.get_mut(usize::from(byte >> 6)) {
        *word |= 1 << (byte & 63);
    }
}

/// A class behind its `[`, and what follows its `]`; `None` if it does not end.
fn class(text: &[u8], fold: bool) -> Option<([u64; 4], &[u8])> {
    let negated = matches!(text.first(), Some(b'!' | b'^'));
    let mut rest = text.get(usize::from(negated)..)?;
    let mut class = [0; 4];
    let mut first = true;
    loop {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        if *byte == b']' && !first {
            break;
        }
        first = false;
        if *byte == b'['
            && rest.first() == Some(&b':')
            && let Some(behind) = named(rest.get(1..)?, &mut class, fold)
        {
            rest = behind;
            continue;
        }
        let mut low = *byte;
        if low == b'\\' {
            let (quoted, behind) = rest.split_first()?;
            (low, rest) = (*quoted, behind);
        }
        let mut high = low;
        if rest.first() == Some(&b'-') && rest.get(1).is_some_and(|end| *end != b']') {
            high = *rest.get(1)?;
            rest = rest.get(2..)?;
            if high == b'\\' {
                let (quoted, behind) = rest.split_first()?;
                (high, rest) = (*quoted, behind);
            }
        }
        (low..=high).for_each(|byte| set(&mut class, byte, fold));
    }
    if negated {
        class = class.map(|word| !word);
    }
    Some((class, rest))
}

/// A named class (`alpha:]`) behind its `[:`; what follows it, or `None` if there is none of this name.
fn named<'t>(text: &'t [u8], class: &mut [u64; 4], fold: bool) -> Option<&'t [u8]> {
    let end = memchr::memmem::find(text, b":]")?;
    let contains: fn(&u8) -> bool = match text.get(..end)? {
        b"alnum" => u8::is_ascii_alphanumeric,
        b"alpha" => u8::is_ascii_alphabetic,
        b"blank" => |byte| matches!(byte, b' ' | b'\t'),
        b"cntrl" => u8::is_ascii_control,
        b"digit" => u8::is_ascii_digit,
        b"graph" => u8::is_ascii_graphic,
        b"lower" => u8::is_ascii_lowercase,
        b"print" => |byte| byte.is_ascii_graphic() || *byte == b' ',
        b"punct" => u8::is_ascii_punctuation,
        b"space" => |byte| byte.is_ascii_whitespace() || *byte == 0x0b,
        b"upper" => u8::is_ascii_uppercase,
        b"xdigit" => u8::is_ascii_hexdigit,
        _ => return None,
    };
    (0..=u8::MAX)
        .filter(contains)
        .for_each(|byte| set(class, byte, fold));
    text.get(end + 2..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_fnmatch_does() {
        for (pattern, text, expected) in [
            ("/home/*/.ssh/*", "/home/ann/.ssh/id_rsa", true),
            ("/home/*/.ssh/*", "/home/a/b/.ssh/id", true),
            ("*", "", true),
            ("?", "", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("*aab", "aaaab", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]x]", "]", true),
            ("[[:digit:]]", "7", true),
            ("[ab", "[ab", true),
            (r"\*", "*", true),
            (r"\*", "x", false),
            ("a", "a/", false),
        ] {
            let glob = Glob::new(pattern.as_bytes(), false);
            assert_eq!(glob.matches(text.as_bytes()), expected, "{pattern} {text}");
        }
        assert!(Glob::new(b"*SSH/[A-C]", true).matches(b"/x/ssh/b"));
    }
}
