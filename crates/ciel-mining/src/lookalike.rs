//! Names that are nearly another name.

/// How one name comes close to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Letters that look alike were swapped (`rnetallb`, `g00gle`, `docker.lo`).
    Homoglyph,
    /// Two letters changed places.
    Transposition,
    /// A letter is missing, doubled or another.
    Misspelling,
    /// Points or hyphens were left out or put in (`k8sgcrio`).
    Separator,
}

/// Whether `name` could be taken for `known`, though it is another. Both lower case.
///
/// Short names are compared strictly, since many short names are one letter apart by chance; a letter put before or
/// behind (`jenkinsx`) makes a name of its own.
pub(crate) fn likeness(name: &str, known: &str) -> Option<Likeness> {
    if name == known {
        return None;
    }
    let length = name.len().abs_diff(known.len());
    if length > 3 {
        return None;
    }
    let apart = (letters(name) ^ letters(known)).count_ones();
    let may_look_alike = apart == 0 || has_disguise(name) || has_disguise(known);
    if may_look_alike && skeleton(name) == skeleton(known) {
        return Some(Likeness::Homoglyph);
    }
    let shorter = name.len().min(known.len());
    if length == 1 && shorter >= 5 && is_extended(name, known) {
        return None;
    }
    let bound: u32 = if known.len() >= 11 { 2 } else { 1 };
    // An edit changes two letters of a name at most.
    if apart > 2 * bound {
        return None;
    }
    let distance = distance(name.as_bytes(), known.as_bytes(), bound as usize)?;
    if distance == 1 && length == 0 && is_transposed(name.as_bytes(), known.as_bytes()) {
        return (known.len() >= 5).then_some(Likeness::Transposition);
    }
    (known.len() >= 7).then_some(Likeness::Misspelling)
}

/// Whether a name holds letters that look like others: two for one, or of another alphabet.
fn has_disguise(name: &str) -> bool {
    let pairs = [*b"rn", *b"vv", *b"cl"];
    !name.is_ascii()
        || name
            .as_bytes()
            .windows(2)
            .any(|two| pairs.iter().any(|pair| pair == two))
}

/// Which letters a name has, as the eye reads digits: a cheap question before the dear ones.
fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |set, byte| {
        let letter = match byte {
            b'0' => b'o',
            b'1' | b'i' | b'|' => b'l',
            b'5' => b's',
            byte => byte.to_ascii_lowercase(),
        };
        set | if letter.is_ascii_lowercase() {
            1 << (letter - b'a')
        } else {
            0
        }
    })
}

/// Whether a name could be taken for a known one, though it is another, by [`Likeness`]. Both lower case.
#[must_use]
pub fn near(name: &str, known: &str) -> bool {
    likeness(name, known).is_some()
}

/// Whether one is the other with a letter more at an end.
fn is_extended(name: &str, known: &str) -> bool {
    let (long, short) = if name.len() > known.len() {
        (name, known)
    } else {
        (known, name)
    };
    // A last letter that is missing (`kubernetesi`) is a slip; one more (`jenkinsx`, `calicos`) is a name.
    name.len() > known.len()
        && (long.starts_with(short) && !long.ends_with(last_doubled(short))
            || long.ends_with(short))
}

fn last_doubled(text: &str) -> &str {
    text.char_indices()
        .next_back()
        .map_or(text, |(at, _)| text.get(at..).unwrap_or(text))
}

/// The name as the eye reads it.
pub(crate) fn skeleton(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars() {
        out.push(match character {
            '0' | 'о' | 'ο' | 'ө' => 'o',
            '1' | 'l' | 'i' | '|' | 'і' | 'ı' | 'ι' => 'l',
            '5' | 'ѕ' => 's',
            'а' | 'α' => 'a',
            'е' | 'ё' => 'e',
            'с' => 'c',
            'р' | 'ρ' => 'p',
            'ԁ' => 'd',
            'һ' => 'h',
            'к' | 'κ' => 'k',
            'ո' => 'n',
            'ѵ' | 'ν' => 'v',
            'х' => 'x',
            'у' => 'y',
            other => other.to_ascii_lowercase(),
        });
    }
    out.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

fn is_transposed(a: &[u8], b: &[u8]) -> bool {
    let different: Vec<usize> = a
        .iter()
        .zip(b)
        .enumerate()
        .filter(|(_, (x, y))| x != y)
        .map(|(at, _)| at)
        .collect();
    matches!(different.as_slice(), [first, second] if second - first == 1)
}

/// Edits between two names (a swap of neighbours counts one), if there are at most `bound`. (Damerau-Levenshtein,
/// optimal string alignment.)
pub(crate) fn distance(a: &[u8], b: &[u8], bound: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > bound || a.len() > 64 || b.len() > 64 {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.iter().enumerate() {
        let mut line = Vec::with_capacity(b.len() + 1);
        line.push(row + 1);
        for (column, y) in b.iter().enumerate() {
            let at =
                |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&last, column) + usize::from(x != y))
                .min(at(&last, column + 1) + 1)
                .min(at(&line, column) + 1);
            let swapped = row > 0
                && column > 0
                && a.get(row - 1) == Some(y)
                && b.get(column - 1) == Some(x)
                && x != y;
            if swapped {
                cost = cost.min(at(&before, column - 1) + 1);
            }
            line.push(cost);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().filter(|distance| *distance <= bound)
}
