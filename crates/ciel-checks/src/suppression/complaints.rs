use std::collections::HashMap;

use ciel_core::{
    Diagnostic, Location, limits,
    suppress::{Expiry, Ignore, Pick},
};

use super::{Suppressions, Uses};
use crate::{Options, catalogue};

/// How far a pick names checks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// None that Ciel knows.
    Nothing,
    /// Some of them did not run.
    PartlyRun,
    /// All of them ran.
    Run,
}

impl Named {
    fn of(pick: &Pick, options: &Options) -> Self {
        let mut named = Self::Nothing;
        for rule in catalogue().filter(|rule| pick.names(&rule.check)) {
            if !options.enables(&rule.check) {
                return Self::PartlyRun;
            }
            named = Self::Run;
        }
        named
    }
}

/// What one suppression is, for its complaints.
struct Subject<'a> {
    ignore: &'a Ignore,
    uses: &'a Uses,
    /// Where it is written, if that is in no source.
    origin: Option<&'a str>,
    location: Option<Location>,
}

impl Suppressions<'_> {
    /// What is wrong with the suppressions, once all findings have been shown to them: warnings, as nothing is lost.
    pub(crate) fn complaints(&self) -> Vec<Diagnostic> {
        let exceptions = self.options.suppress.exceptions.iter();
        let configured = exceptions
            .zip(&self.exception_uses)
            .map(|(it, uses)| Subject {
                ignore: &it.ignore,
                uses,
                origin: Some(&it.origin),
                location: None,
            });
        let written = self.sites.iter().map(|site| Subject {
            ignore: &site.ignore,
            uses: &site.uses,
            origin: None,
            location: Some(site.location),
        });
        let mut complaints = Complaints {
            suppressions: self,
            named: HashMap::new(),
            told: Vec::new(),
        };
        for subject in configured.chain(written) {
            complaints.judge(&subject);
        }
        let mut told = complaints.told;
        // Those of the configuration first, then in the order of the sources.
        told.sort_by_key(|complaint| complaint.location);
        self.finish(told)
    }

    fn finish(&self, mut told: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let more = told.len().saturating_sub(limits::SUPPRESSION_COMPLAINTS);
        told.truncate(limits::SUPPRESSION_COMPLAINTS);
        if more > 0 {
            told.push(Diagnostic::warning(format!(
                "{more} more suppressions have no reason, have expired, name no check or match nothing"
            )));
        }
        for source in &self.overfull {
            let most = limits::SUPPRESSION_COMMENTS;
            let message =
                format!("more than {most} comments suppress findings: the rest is not honoured");
            let help =
                "exceptions that are many belong into the configuration: `[[ignore]]` in ciel.toml";
            let place = ciel_core::Span::default();
            told.push(
                Diagnostic::warning(message)
                    .with_help(help)
                    .at(*source, place),
            );
        }
        told
    }
}

struct Complaints<'a> {
    suppressions: &'a Suppressions<'a>,
    named: HashMap<&'a Pick, Named>,
    told: Vec<Diagnostic>,
}

impl<'a> Complaints<'a> {
    fn judge(&mut self, subject: &Subject<'a>) {
        let ignore = subject.ignore;
        let options = self.suppressions.options;
        if ignore.takes_reason && ignore.reason.is_empty() {
            let message = format!("suppression of {} gives no reason", all(ignore));
            self.tell(
                subject,
                message,
                "write behind it why its findings are accepted",
            );
        }
        match &ignore.expiry {
            Expiry::At(end) if !ignore.expiry.holds(options.now) => {
                let message = format!("suppression of {} expired on {end}", all(ignore));
                self.tell(
                    subject,
                    message,
                    "its findings count again: mend them, or decide anew",
                );
            }
            Expiry::Unreadable(text) => {
                let message = format!(
                    "suppression of {} ends at `{text}`, which is no date",
                    all(ignore)
                );
                self.tell(
                    subject,
                    message,
                    "it holds for nothing: write a date as 2026-12-31",
                );
            }
            _ => self.judge_picks(subject),
        }
    }

    fn judge_picks(&mut self, subject: &Subject<'a>) {
        let Suppressions {
            options, snapshot, ..
        } = *self.suppressions;
        for (index, pick) in subject.ignore.picks.iter().enumerate() {
            let named = *self
                .named
                .entry(pick)
                .or_insert_with(|| Named::of(pick, options));
            match named {
                Named::Nothing => {
                    let message = format!("suppression of {} names no check of Ciel", one(pick));
                    self.tell(
                        subject,
                        message,
                        "`ciel checks` lists them, with what other tools call them",
                    );
                }
                Named::Run if snapshot.is_complete() && !subject.uses.is_used(index) => {
                    let message = format!("suppression of {} matches no finding", one(pick));
                    self.tell(subject, message, "remove it where no other tool needs it");
                }
                _ => {}
            }
        }
    }

    fn tell(&mut self, subject: &Subject<'_>, message: String, help: &'static str) {
        let message = match subject.origin {
            Some(origin) => format!("{origin}: {message}"),
            None => message,
        };
        let mut complaint = Diagnostic::warning(message).with_help(help);
        complaint.location = subject.location;
        self.told.push(complaint);
    }
}

fn one(pick: &Pick) -> String {
    match pick {
        Pick::Id(tool, id) => format!("`{}:{id}`", tool.as_str()),
        Pick::Tool(tool) => format!("everything of {}", tool.as_str()),
        Pick::Selector(_) | Pick::All => format!("`{pick}`"),
    }
}

fn all(ignore: &Ignore) -> String {
    let picks: Vec<_> = ignore.picks.iter().map(one).collect();
    picks.join(", ")
}
