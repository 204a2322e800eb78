//! Secrets in files of configuration: behind a name that promises one, in an address, in a header. Lines are read one
//! by one, and only those where a mark stands; the format of a file decides little, since files nest: JSON in a
//! variable, a properties file in a script.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::{
    Judgement, address, assigned, cut,
    file::{FileKind, is_comment},
    line_around,
    strength::{reads_like_secret, weakness},
    triggers::SHORT_BYTES,
};

/// A secret that something around it promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// What it is, as a message goes on behind "holds": `a secret in plain text`.
    pub what: &'static str,
    /// The name that promises it, as bytes of the text; empty where it is promised by something else.
    pub name: Range<usize>,
    /// The value, as bytes of the text.
    pub span: Range<usize>,
    /// [`Judgement::Literal`] or [`Judgement::WellKnown`].
    pub judgement: Judgement,
    /// Whether it is a one-way hash and not the secret itself.
    pub is_hash: bool,
}

/// What may stand at a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Part of a name that promises a secret.
    Name,
    /// `key`, which promises one only behind some words.
    Key,
    /// `auth`, the field of a registry's login.
    Auth,
    /// `://`.
    Address,
    /// `@tcp(`, behind the login of a data source of Go's drivers.
    DataSource,
    /// `bearer `.
    Bearer,
    /// `basic `.
    Basic,
    /// The mark of a hashed password.
    Hash,
    /// The port in a line of `.pgpass`.
    PgPass,
    /// `identified by`, of SQL.
    IdentifiedBy,
    /// `-u ` and `--user `, of curl.
    Login,
    /// `-p`, of clients of MySQL.
    ClientPassword,
}

const MARKS: &[(&str, Mark)] = &[
    ("pass", Mark::Name),
    ("pwd", Mark::Name),
    ("secret", Mark::Name),
    ("token", Mark::Name),
    ("credential", Mark::Name),
    ("masterauth", Mark::Name),
    ("_pw", Mark::Name),
    ("jwt", Mark::Name),
    ("key", Mark::Key),
    ("auth\"", Mark::Auth),
    ("_auth", Mark::Auth),
    ("://", Mark::Address),
    ("@tcp(", Mark::DataSource),
    ("bearer ", Mark::Bearer),
    ("basic ", Mark::Basic),
    (":$2a$", Mark::Hash),
    (":$2b$", Mark::Hash),
    (":$2y$", Mark::Hash),
    (":$apr1$", Mark::Hash),
    (":$6$", Mark::Hash),
    (":{sha}", Mark::Hash),
    (":5432:", Mark::PgPass),
    ("identified by ", Mark::IdentifiedBy),
    (" -u ", Mark::Login),
    (" --user ", Mark::Login),
    (" -p", Mark::ClientPassword),
];

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants, and a test builds them"
)]
static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(MARKS.iter().map(|(mark, _)| *mark))
        .expect("a few short patterns")
});

/// Secrets that are kept of one text; whoever has more has the same problem.
const SECRETS: usize = 100;
/// Lines longer than this are generated, and looked at only this far around a mark.
const LINE_BYTES: usize = 8 << 10;

/// Finds secrets in a text by what stands around them. `file` is the name that the text goes by, if it is a file; it
/// says in which texts names mean nothing (documentation, translations) and in which only quoted values count (code).
///
/// In the order of the text. Linear in it.
#[must_use]
pub fn find_promised(file: &str, text: &str) -> Vec<Promised> {
    let text = cut(text);
    let kind = FileKind::of(file);
    let mut found: Vec<Promised> = Vec::new();
    if kind == FileKind::Prose {
        return found;
    }
    let mut read_to = 0;
    for (mark, range) in hits(text) {
        if found.len() >= SECRETS {
            break;
        }
        if range.start < read_to {
            continue;
        }
        let line = Line::around(text, range, kind);
        if let Some(promised) = line.at(mark) {
            read_to = promised.span.end;
            found.push(promised);
        }
    }
    found
}

/// The marks in a text, in its order. To build the automaton takes longer than to look through a short text.
fn hits(text: &str) -> impl Iterator<Item = (Mark, Range<usize>)> {
    let short = (text.len() < SHORT_BYTES).then(|| short_hits(text));
    let long = (text.len() >= SHORT_BYTES).then(|| {
        AUTOMATON.find_iter(text).filter_map(|hit| {
            let (_, mark) = MARKS.get(hit.pattern().as_usize())?;
            Some((*mark, hit.range()))
        })
    });
    short
        .into_iter()
        .flatten()
        .chain(long.into_iter().flatten())
}

/// At each place, the marks that begin with the three letters that stand there are what is left of three tables: at
/// nearly every place none.
fn short_hits(text: &str) -> impl Iterator<Item = (Mark, Range<usize>)> {
    let bytes = text.as_bytes();
    let starts = bytes.windows(LETTERS).enumerate();
    starts.filter_map(move |(at, window)| {
        let mut left = u32::MAX;
        for (letter, table) in window.iter().zip(&BY_LETTER) {
            left &= table.get(usize::from(*letter)).copied().unwrap_or_default();
        }
        while left != 0 {
            let (text, mark) = MARKS.get(left.trailing_zeros() as usize)?;
            let end = at + text.len();
            let here = bytes.get(at..end);
            if here.is_some_and(|here| here.eq_ignore_ascii_case(text.as_bytes())) {
                return Some((*mark, at..end));
            }
            left &= left - 1;
        }
        None
    })
}

/// So many letters every mark has.
const LETTERS: usize = 3;

/// For the first, second and third letter: the marks that have a byte there, in either case, as bits by their index.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
static BY_LETTER: [[u32; 256]; LETTERS] = {
    assert!(MARKS.len() <= 32);
    let mut tables = [[0; 256]; LETTERS];
    let mut index = 0;
    while index < MARKS.len() {
        let mark = MARKS[index].0.as_bytes();
        let mut at = 0;
        while at < LETTERS {
            tables[at][mark[at].to_ascii_lowercase() as usize] |= 1 << index;
            tables[at][mark[at].to_ascii_uppercase() as usize] |= 1 << index;
            at += 1;
        }
        index += 1;
    }
    tables
};

/// A line with a mark in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    /// The whole text.
    pub(crate) text: &'t str,
    /// Where the line starts.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Where the mark starts.
    pub(crate) mark: usize,
    /// Where the mark ends.
    pub(crate) mark_end: usize,
    /// What file it is of.
    pub(crate) kind: FileKind,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, mark: Range<usize>, kind: FileKind) -> Self {
        let near_start = boundary(text, mark.start.saturating_sub(LINE_BYTES));
        let near_end = boundary(text, mark.end.saturating_add(LINE_BYTES));
        let near = text.get(near_start..near_end).unwrap_or_default();
        let (start, line) = line_around(near, mark.start - near_start);
        let start = near_start + start;
        Self {
            text,
            start,
            end: start + line.trim_end_matches('\r').len(),
            mark: mark.start,
            mark_end: mark.end,
            kind,
        }
    }

    /// The text from one place to another, empty where there is none.
    pub(crate) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// The line before the mark.
    pub(crate) fn before(&self) -> &'t str {
        self.slice(self.start..self.mark)
    }

    fn at(&self, mark: Mark) -> Option<Promised> {
        if is_comment(self.slice(self.start..self.end)) {
            return None;
        }
        match mark {
            Mark::Name => assigned::named(self),
            Mark::Key => {
                assigned::is_key_of_something(self.before()).then(|| assigned::named(self))?
            }
            Mark::Auth => assigned::registry_login(self),
            Mark::Address => address::in_address(self),
            Mark::DataSource => address::in_data_source(self),
            Mark::Bearer => assigned::bearer(self),
            Mark::Basic => assigned::basic(self),
            Mark::Hash => assigned::hash(self),
            Mark::PgPass => assigned::pg_pass(self),
            Mark::IdentifiedBy => assigned::identified_by(self),
            Mark::Login => assigned::login(self),
            Mark::ClientPassword => assigned::client_password(self),
        }
    }
}

/// The nearest character boundary at or before a place.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a field holds a secret, judged as [`find_promised`] does the lines of a file: by a name that promises one
/// and a value that reads like it.
#[must_use]
pub fn is_strong_secret(name: &str, value: &str) -> Option<Judgement> {
    let promise = crate::names_secret(name)?;
    let judgement = weakness(crate::judge(value), value)?;
    let reads = judgement == Judgement::WellKnown || reads_like_secret(value, promise, true);
    reads.then_some(judgement)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every mark in a short text, found one by one, at its place and as what it is.
    #[test]
    fn short_texts_are_searched_for_every_mark() {
        for (mark, what) in MARKS {
            for written in [mark.to_ascii_lowercase(), mark.to_ascii_uppercase()] {
                let text = format!("äx{written}");
                let expected = (*what, 3..text.len());
                let found: Vec<_> = short_hits(&text).collect();
                // Others may stand within it.
                assert_eq!(found.first(), Some(&expected), "{text}");
            }
        }
        assert_eq!(short_hits("pa").count(), 0);
        assert_eq!(short_hits("no mark at all: ps, kes, jw").count(), 0);
    }
}
