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
    let prefixes = FORMATS.iter().map(|format| format.prefix);
    AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::DFA))
        .build(prefixes.chain(MARKS.iter().map(|(mark, _)| *mark)))
        .expect("a few short patterns")
});

/// Where something may be found: what it is, and the bytes of the mark. In the order of the marks' ends.
pub(crate) fn hits(text: &str) -> impl Iterator<Item = (Trigger, std::ops::Range<usize>)> {
    AUTOMATON
        .find_overlapping_iter(text)
        .filter_map(|found| Some((trigger(found.pattern().as_usize())?, found.range())))
}

fn trigger(pattern: usize) -> Option<Trigger> {
    if pattern < FORMATS.len() {
        return Some(Trigger::Format(pattern));
    }
    MARKS
        .get(pattern - FORMATS.len())
        .map(|(_, trigger)| *trigger)
}
