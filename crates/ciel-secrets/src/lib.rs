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

mod address;
mod assigned;
mod aws;
mod azure;
mod file;
mod formats;
mod keys;
mod links;
mod names;
mod promised;
mod randomness;
mod strength;
mod tokens;
mod triggers;
mod values;

use std::ops::Range;

use crate::triggers::Trigger;

pub use names::names_secret;
pub use promised::{Promised, find_promised, is_strong_secret};
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
    let mut has_aws_id = false;
    for (index, named) in scope.iter().enumerate() {
        let named = Named {
            text: cut(named.text),
            ..*named
        };
        if named.text.len() < 16 {
            continue;
        }
        has_aws_id |= by_marks(named.text, &mut Findings::of(index, &mut found));
        azure::storage_key(named, &mut Findings::of(index, &mut found));
    }
    aws::find(scope, has_aws_id, &mut found);
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

/// Finds credentials at the marks of a text; says whether an id of AWS could be among its words.
fn by_marks(text: &str, findings: &mut Findings<'_>) -> bool {
    let mut has_aws_id = false;
    let mut read_to = 0;
    for (trigger, mark) in triggers::hits(text) {
        if findings.found.len() >= CREDENTIALS {
            break;
        }
        match trigger {
            Trigger::Format(index) => tokens::at_prefix(text, mark.start, index, findings),
            Trigger::AwsId => has_aws_id = true,
            Trigger::Pem => keys::at(text, mark.start, findings),
            Trigger::Json | Trigger::EncodedPem if mark.start < read_to => {}
            Trigger::EncodedPem => read_to = keys::at_encoded(text, mark.start, findings),
            Trigger::Json => {
                tokens::json_web_token(text, mark.start, findings);
                read_to = keys::at_encoded(text, mark.start, findings);
            }
            Trigger::AzureField(what, bytes) => azure::field(text, mark, what, bytes, findings),
            Trigger::AzureClient => azure::client_secret(text, mark, findings),
            Trigger::Signature => azure::signature(text, mark, findings),
            Trigger::Webhook(what) => links::webhook(text, mark, what, findings),
            Trigger::Terraform => tokens::terraform(text, mark, findings),
            Trigger::Telegram => tokens::telegram(text, mark, findings),
            Trigger::Mailchimp => tokens::mailchimp(text, mark, findings),
        }
    }
    has_aws_id
}

/// The text that stands in base64, as in `data` of Secrets: `None` if it is not base64, or not text.
#[must_use]
pub fn decode(text: &str) -> Option<String> {
    let letters: String = text.split_ascii_whitespace().collect();
    let bytes = data_encoding::BASE64.decode(letters.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

/// Whether a value without a name that says so reads as if it was drawn by chance: letters and digits mixed, in one
/// word, no id, version, path or host.
#[must_use]
pub fn looks_drawn(value: &str) -> bool {
    value.len() >= 12
        && judge(value) == Judgement::Literal
        && strength::reads_like_secret(value, "token", true)
        && randomness::looks_random(value)
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

impl<'f> Findings<'f> {
    fn of(index: usize, found: &'f mut Vec<Credential>) -> Self {
        Self { index, found }
    }

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

/// The line that a place is in, without its end, and where it starts.
fn line_around(text: &str, at: usize) -> (usize, &str) {
    let bytes = text.as_bytes();
    let before = bytes.get(..at).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let rest = bytes.get(at..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).map_or(text.len(), |length| at + length);
    (start, text.get(start..end).unwrap_or_default())
}

/// As far as most runs of letters are followed, in bytes.
const RUN_BYTES: usize = 4 << 10;

/// The run of bytes of a set, all ASCII, that begins at a place.
fn run_after(text: &str, start: usize, is_part: impl Fn(u8) -> bool) -> &str {
    run_up_to(text, start, RUN_BYTES, is_part)
}

/// The same, up to a length in bytes.
fn run_up_to(text: &str, start: usize, longest: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let bytes = rest.iter().take(longest);
    let length = bytes.take_while(|byte| is_part(**byte)).count();
    text.get(start..start + length).unwrap_or_default()
}

/// The run of bytes of a set, all ASCII, that ends before a place.
fn run_before(text: &str, end: usize, is_part: impl Fn(u8) -> bool) -> &str {
    let before = text.as_bytes().get(..end).unwrap_or_default();
    let bytes = before.iter().rev().take(RUN_BYTES);
    let length = bytes.take_while(|byte| is_part(**byte)).count();
    text.get(end - length..end).unwrap_or_default()
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
