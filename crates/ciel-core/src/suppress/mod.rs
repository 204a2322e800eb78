//! Findings that somebody has decided to live with: comments (`# ciel: ignore[POD001] reason`), annotations
//! (`ciel.dev/ignore`), and what users of other tools have already written into their objects ([`foreign`]).
//!
//! This module reads what is written. Which findings it waves through, and what of it is wrong, is told by whoever judges.

mod annotation;
mod comment;
pub mod foreign;

use std::fmt;

use crate::{Check, Finding, Selector, Span, Timestamp, Tool};

pub use annotation::{ANNOTATION, parse_annotation};
pub use comment::parse_comments;

/// Where a suppression was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// A comment in the source.
    Comment,
    /// An annotation (or a label) of the object or of its pod template.
    Annotation,
    /// The configuration file.
    Config,
}

/// Why a finding is waved through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Where it was written.
    pub kind: SuppressionKind,
    /// The author's reason; empty where none was given.
    pub reason: String,
}

/// Names the findings that a suppression is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// What a word means in Ciel: a code, a name, the beginning of a code, another tool's id.
    Selector(Selector),
    /// What one tool calls so, and nothing else: in its own syntax a word never means another tool's check.
    Id(Tool, String),
    /// Whatever one tool finds.
    Tool(Tool),
    /// Everything.
    All,
}

impl Pick {
    /// Whether it names this finding. A finding that goes by part of its check's names in other tools is not named by
    /// the others.
    #[must_use]
    pub fn matches(&self, finding: &Finding) -> bool {
        let mut aliases = finding.aliases().iter();
        match self {
            Self::Selector(selector) => selector.matches_finding(finding),
            Self::Id(tool, id) => aliases.any(|alias| alias.tool == *tool && alias.is_called(id)),
            Self::Tool(tool) => aliases.any(|alias| alias.tool == *tool),
            Self::All => true,
        }
    }

    /// Whether some finding of this check may be named by it.
    #[must_use]
    pub fn names(&self, check: &Check) -> bool {
        let mut aliases = check.aliases.iter();
        match self {
            Self::Selector(selector) => selector.matches(check),
            Self::Id(tool, id) => aliases.any(|alias| alias.tool == *tool && alias.is_called(id)),
            Self::Tool(tool) => aliases.any(|alias| alias.tool == *tool),
            Self::All => true,
        }
    }
}

/// As its author wrote it: `POD001`, `KSV-0017`; `*` for everything.
impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Selector(selector) => selector.as_str(),
            Self::Id(_, id) => id,
            Self::Tool(_) | Self::All => "*",
        })
    }
}

/// Until when a suppression holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Expiry {
    /// For good.
    #[default]
    Never,
    /// From this moment on its findings count again. A date alone is its midnight in UTC.
    At(Timestamp),
    /// Its author wrote something that is no date: it holds for nothing, so that it is not held for longer than meant.
    Unreadable(String),
}

impl Expiry {
    /// Reads a date or a moment.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let moment = text.parse();
        moment.map_or_else(|_| Self::Unreadable(text.to_owned()), Self::At)
    }

    /// Whether it still holds; without a time, every readable one does.
    #[must_use]
    pub fn holds(&self, now: Option<Timestamp>) -> bool {
        match self {
            Self::Never => true,
            Self::At(end) => now.is_none_or(|now| now < *end),
            Self::Unreadable(_) => false,
        }
    }
}

/// Checks that are waved through, why, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// Which findings: what the author named.
    pub picks: Vec<Pick>,
    /// What the first of the picks stands for, too.
    pub implied: Vec<Pick>,
    /// Only those of this container.
    pub container: Option<String>,
    /// Only those whose evidence says so: a key and its text, in any case.
    pub evidence: Option<(&'static str, String)>,
    /// The author's reason; empty where none was given.
    pub reason: String,
    /// Whether the syntax has room for a reason, so that it may be asked for.
    pub takes_reason: bool,
    /// Until when.
    pub expiry: Expiry,
}

impl Ignore {
    /// For good, of all containers, for a reason.
    #[must_use]
    pub fn new(picks: Vec<Pick>, reason: &str) -> Self {
        Self {
            picks,
            implied: Vec::new(),
            container: None,
            evidence: None,
            reason: reason.trim().to_owned(),
            takes_reason: true,
            expiry: Expiry::Never,
        }
    }

    /// The same, in a syntax that has no room for a reason.
    #[must_use]
    pub fn without_reason(mut self) -> Self {
        self.takes_reason = false;
        self
    }

    /// Of a list between commas, in Ciel's own words. None for an empty list. A word `expires=2026-12-31` of the reason
    /// is taken out of it.
    fn of_list(list: &str, reason: &str) -> Option<Self> {
        let picks: Vec<_> = list
            .split(',')
            .map(Selector::new)
            .filter(|selector| !selector.as_str().is_empty())
            .map(Pick::Selector)
            .collect();
        if picks.is_empty() {
            return None;
        }
        let (expiry, reason) = split_expiry(reason);
        let mut ignore = Self::new(picks, &reason);
        ignore.expiry = expiry;
        Some(ignore)
    }
}

const EXPIRES: &str = "expires=";

fn split_expiry(reason: &str) -> (Expiry, String) {
    let mut expiry = Expiry::Never;
    let mut words = Vec::new();
    for word in reason.split_whitespace() {
        match word.strip_prefix(EXPIRES) {
            Some(date) => expiry = Expiry::parse(date),
            None => words.push(word),
        }
    }
    (expiry, words.join(" "))
}

/// A comment that suppresses findings on some lines of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentIgnore {
    /// Which checks, and why.
    pub ignore: Ignore,
    /// The lines that it covers. Of a comment of Ciel or Trivy: its own line if something stands before it; otherwise the
    /// entry that follows, with all lines that are indented deeper. Above the first entry of a document: the whole
    /// document. Of one of Checkov: the document that it stands in.
    pub covers: Span,
    /// Where the comment itself stands.
    pub span: Span,
}
