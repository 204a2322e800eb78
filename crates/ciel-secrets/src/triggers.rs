//! One pass over a text that says where a credential could be: where a token's prefix, a block of PEM or the mark of
//! another format stands. What is there is judged by who knows the format.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::formats::FORMATS;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// The prefix of the format with this index.
    Format(usize),
    /// `AKIA` or `ASIA`.
    AwsId,
    /// The first letters of a JSON object in base64: a JSON Web Token, or a document.
    Json,
    /// The beginning of a block of PEM.
    Pem,
    /// The same in base64.
    EncodedPem,
    /// A field of a connection string of Azure's, with what it is and its length in bytes.
    AzureField(&'static str, usize),
    /// The mark in client secrets of Entra ID.
    AzureClient,
    /// The signature of a signed link.
    Signature,
    /// The beginning of a link that is a credential itself.
    Webhook(&'static str),
    /// The middle of a token of Terraform Cloud.
    Terraform,
    /// The middle of a bot's token of Telegram.
    Telegram,
    /// The end of a key of Mailchimp, before the digits.
    Mailchimp,
}

/// Marks other than prefixes of tokens.
const MARKS: &[(&str, Trigger)] = &[
    ("AKIA", Trigger::AwsId),
    ("ASIA", Trigger::AwsId),
    ("eyJ", Trigger::Json),
    ("ewog", Trigger::Json),
    ("eyAi", Trigger::Json),
    ("-----BEGIN ", Trigger::Pem),
    ("LS0tLS1CRUdJTi", Trigger::EncodedPem),
    (
        "AccountKey=",
        Trigger::AzureField("Azure storage account key", 64),
    ),
    (
        "SharedAccessKey=",
        Trigger::AzureField("Azure shared access key", 32),
    ),
    ("Q~", Trigger::AzureClient),
    ("&sig=", Trigger::Signature),
    ("?sig=", Trigger::Signature),
    ("hooks.slack.com/", Trigger::Webhook("Slack webhook")),
    (
        "discord.com/api/webhooks/",
        Trigger::Webhook("Discord webhook"),
    ),
    (
        "discordapp.com/api/webhooks/",
        Trigger::Webhook("Discord webhook"),
    ),
    (
        ".webhook.office.com/webhookb2/",
        Trigger::Webhook("Microsoft Teams webhook"),
    ),
    (
        "chat.googleapis.com/v1/spaces/",
        Trigger::Webhook("Google Chat webhook"),
    ),
    (".atlasv1.", Trigger::Terraform),
    (":AA", Trigger::Telegram),
    ("-us", Trigger::Mailchimp),
];

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants, and a test builds them"
)]
static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns())
        .expect("a few short patterns")
});

/// Texts shorter than this are compared with the marks one by one: to build the automaton takes longer.
pub(crate) const SHORT_BYTES: usize = 2 << 10;

/// Where something may be found: what it is, and the bytes of the mark. In the order of the text, roughly.
pub(crate) fn hits(text: &str) -> impl Iterator<Item = (Trigger, std::ops::Range<usize>)> {
    let short = (text.len() < SHORT_BYTES).then(|| short_hits(text));
    let long = (text.len() >= SHORT_BYTES).then(|| {
        AUTOMATON
            .find_overlapping_iter(text)
            .filter_map(|found| Some((trigger(found.pattern().as_usize())?, found.range())))
    });
    short
        .into_iter()
        .flatten()
        .chain(long.into_iter().flatten())
}

/// The same for short texts, without anything to build.
fn short_hits(text: &str) -> impl Iterator<Item = (Trigger, std::ops::Range<usize>)> {
    let bytes = text.as_bytes();
    let starts = bytes
        .windows(2)
        .enumerate()
        .filter_map(|(at, pair)| match pair {
            [first, second] if begins_mark(*first, *second) => Some(at),
            _ => None,
        });
    starts.flat_map(move |at| {
        let rest = bytes.get(at..).unwrap_or_default();
        let first = rest.first().copied().unwrap_or_default();
        BY_FIRST.beginning_with(first).filter_map(move |index| {
            let mark = pattern(index)?;
            let is_here = rest.starts_with(mark.as_bytes());
            let range = at..at + mark.len();
            is_here.then(|| Some((trigger(index)?, range)))?
        })
    })
}

/// How many patterns there are.
const PATTERNS: usize = FORMATS.len() + MARKS.len();

/// The patterns by their first byte: at a place that a mark may begin at, only few are compared.
struct ByFirst {
    /// Indices of patterns, those with one first byte together.
    order: [u16; PATTERNS],
    /// Where in `order` those of each byte begin.
    starts: [u16; 257],
}

impl ByFirst {
    /// The indices of the patterns that begin with a byte, in their order.
    fn beginning_with(&self, first: u8) -> impl Iterator<Item = usize> + '_ {
        let bound = |at: usize| self.starts.get(at).copied().map_or(0, usize::from);
        let (start, end) = (bound(usize::from(first)), bound(usize::from(first) + 1));
        let indices = self.order.get(start..end).unwrap_or_default();
        indices.iter().map(|index| usize::from(*index))
    }
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
static BY_FIRST: ByFirst = {
    let mut order = [0; PATTERNS];
    let mut starts = [0; 257];
    let (mut byte, mut filled) = (0, 0);
    while byte < 256 {
        starts[byte] = filled as u16;
        let mut index = 0;
        while index < PATTERNS {
            let mark = if index < FORMATS.len() {
                FORMATS[index].prefix
            } else {
                MARKS[index - FORMATS.len()].0
            };
            if mark.as_bytes()[0] as usize == byte {
                order[filled] = index as u16;
                filled += 1;
            }
            index += 1;
        }
        byte += 1;
    }
    starts[256] = filled as u16;
    ByFirst { order, starts }
};

fn patterns() -> impl Iterator<Item = &'static str> {
    let prefixes = FORMATS.iter().map(|format| format.prefix);
    prefixes.chain(MARKS.iter().map(|(mark, _)| *mark))
}

/// Whether some mark begins with two bytes.
fn begins_mark(first: u8, second: u8) -> bool {
    let index = usize::from(first) << 2 | usize::from(second >> 6);
    BEGINNINGS
        .get(index)
        .is_some_and(|bits| bits >> (second & 63) & 1 == 1)
}

/// A bit for each pair of bytes: whether a mark begins with it.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
static BEGINNINGS: [u64; 1024] = {
    let mut bits = [0; 1024];
    let mut index = 0;
    while index < FORMATS.len() {
        set(&mut bits, FORMATS[index].prefix.as_bytes());
        index += 1;
    }
    index = 0;
    while index < MARKS.len() {
        set(&mut bits, MARKS[index].0.as_bytes());
        index += 1;
    }
    bits
};

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn set(bits: &mut [u64; 1024], mark: &[u8]) {
    let (first, second) = (mark[0] as usize, mark[1] as usize);
    bits[first << 2 | second >> 6] |= 1 << (second & 63);
}

fn pattern(index: usize) -> Option<&'static str> {
    let prefix = FORMATS.get(index).map(|format| format.prefix);
    prefix.or_else(|| {
        let (mark, _) = MARKS.get(index.checked_sub(FORMATS.len())?)?;
        Some(*mark)
    })
}

fn trigger(pattern: usize) -> Option<Trigger> {
    if pattern < FORMATS.len() {
        return Some(Trigger::Format(pattern));
    }
    MARKS
        .get(pattern - FORMATS.len())
        .map(|(_, trigger)| *trigger)
}
