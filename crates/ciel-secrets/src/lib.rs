//! What credentials look like in text, which names promise one, and what only stands in for one.
//!
//! Everything here is a pure function of strings: no I/O, no clock, no Kubernetes. [`find`] knows credentials by their
//! format, with the checksum or structure that the format has; [`names_secret`] judges names such as `DB_PASSWORD`;
//! [`judge`] tells a literal secret from a reference, a switch and a placeholder; [`mask`] is how one may be shown.
//!
//! ```
//! use ciel_secrets::{Named, find};
//!
//! let scope = [
//!     Named { name: "KEY_ID", text: "AKIAQU7C7USYZBOHKPJI" },
//!     Named { name: "KEY", text: "U6uG7M3BzSr6RsqUiCS2nK+ZYkaP2ZH4/WYMU4p/" },
//! ];
//! let found = find(&scope);
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].what, "AWS secret access key");
//! ```
//!
//! A false alarm is a bug like a miss: what documentation uses as examples (`AKIAIOSFODNN7EXAMPLE`), and what has the
//! form but not the randomness of a key, is not found. Nothing here panics on any input; all is linear in it.

mod aws;
mod azure;
mod encoded;
mod keys;
mod names;
mod randomness;
mod tokens;
mod values;

use std::ops::Range;

pub use names::names_secret;
pub use values::{Judgement, carries_secret, judge, mentions_private_key};

/// A text with the name that it goes by: an environment variable, a key of a ConfigMap.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The name; empty where it has none.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// How far a credential reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Half of a credential, which opens nothing alone: a key's id.
    Half,
    /// One service.
    Service,
    /// An account of a cloud, or a cluster.
    Cloud,
}

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// What it is, as messages name it: `AWS secret access key`.
    pub what: &'static str,
    /// How far it reaches.
    pub reach: Reach,
    /// Index of the text in the scope.
    pub index: usize,
    /// Bytes of the text, on character boundaries.
    pub span: Range<usize>,
}

/// Texts longer than this are looked at up to here: etcd stores no larger object.
const TEXT_BYTES: usize = 4 << 20;
/// Credentials that are kept of one scope; whoever has more has the same problem.
const CREDENTIALS: usize = 1_000;

/// Finds the credentials in texts that belong together, such as the environment of one container: a key in one may need
/// the id in another to be known for what it is.
///
/// In the order of the texts, then of the place. Where two formats overlap, the one that reaches further stays.
#[must_use]
pub fn find(scope: &[Named<'_>]) -> Vec<Credential> {
    let mut found = Vec::new();
    for (index, named) in scope.iter().enumerate() {
        let named = Named {
            text: cut(named.text),
            ..*named
        };
        if named.text.len() < 16 {
            continue;
        }
        let mut here = Findings {
            index,
            found: &mut found,
        };
        keys::find(named.text, &mut here);
        tokens::find(named.text, &mut here);
        azure::find(named, &mut here);
        encoded::find(named.text, &mut here);
    }
    aws::find(scope, &mut found);
    found.sort_by_key(|credential| {
        (
            credential.index,
            credential.span.start,
            std::cmp::Reverse(credential.reach),
        )
    });
    found.dedup_by(|later, earlier| {
        later.index == earlier.index && later.span.start < earlier.span.end
    });
    found
}

/// A credential as it may be shown: its first four characters. Shorter than twelve characters, not even those.
#[must_use]
pub fn mask(secret: &str) -> String {
    let secret = secret.trim();
    if secret.chars().count() < 12 {
        return "****".to_owned();
    }
    let head: String = secret.chars().take(4).collect();
    format!("{head}****")
}

/// Where what is found in one text goes.
struct Findings<'f> {
    index: usize,
    found: &'f mut Vec<Credential>,
}

impl Findings<'_> {
    fn add(&mut self, what: &'static str, reach: Reach, span: Range<usize>) {
        if self.found.len() < CREDENTIALS {
            self.found.push(Credential {
                what,
                reach,
                index: self.index,
                span,
            });
        }
    }
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The longest runs of bytes of a text that belong to a set, with their places.
fn words(text: &str, is_part: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(|byte| is_part(*byte))?;
        let rest = bytes.get(start..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| !is_part(*byte))
            .unwrap_or(rest.len());
        at = start + length;
        // Sets are of ASCII, so both ends are character boundaries.
        Some((start, text.get(start..at).unwrap_or_default()))
    })
}
