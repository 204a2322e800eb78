use std::collections::HashSet;

use ciel_core::{Alias, Applicability, Control, Finding, Location, ObjectRef, Related, Severity};

use super::{
    escape::{Markup, inline},
    excerpt::{Excerpt, Excerpts},
};
use crate::{
    Report,
    change::{self, ChangeLine},
    edits::Edits,
    groups::{Group, shared_path},
};

/// An object with its findings, place by place.
pub(super) struct ObjectView<'a> {
    pub(super) id: String,
    pub(super) object: &'a ObjectRef,
    /// The source's name, and whether its text was rendered.
    pub(super) source: Option<(&'a str, bool)>,
    /// Numbers of findings by severity, worst first, without zeros.
    pub(super) counts: Vec<(Severity, usize)>,
    pub(super) places: Vec<PlaceView<'a>>,
}

/// Findings at one place of one object.
pub(super) struct PlaceView<'a> {
    /// `deploy/web.yaml:21:25`; empty where there is no text.
    pub(super) place: String,
    /// What the paths of the findings have in common.
    pub(super) path: &'a str,
    pub(super) excerpt: Excerpt,
    pub(super) findings: Vec<FindingView<'a>>,
}

/// One finding.
pub(super) struct FindingView<'a> {
    pub(super) id: String,
    pub(super) finding: &'a Finding,
    pub(super) message: Markup,
    pub(super) help: Markup,
    pub(super) related: Vec<RelatedView<'a>>,
    pub(super) fix: Option<FixView>,
    /// Controls of frameworks, and ids of other tools, where these are to be said with each finding.
    pub(super) controls: String,
    pub(super) aliases: String,
}

/// A change that removes a finding.
pub(super) struct FixView {
    pub(super) description: Markup,
    pub(super) lines: Vec<ChangeLine>,
    /// Whether it may be made without a second look.
    pub(super) is_safe: bool,
}

/// Another object that belongs to a finding.
pub(super) struct RelatedView<'a> {
    pub(super) object: &'a ObjectRef,
    pub(super) place: String,
    pub(super) message: Markup,
}

/// Makes views; what it shows of a finding depends on how many there are.
pub(super) struct Views<'a> {
    pub(super) report: Report<'a>,
    pub(super) excerpts: Excerpts<'a>,
    /// Whether each finding says its controls and aliases; else only its check does.
    pub(super) with_ids: bool,
    pub(super) ids: HashSet<String>,
    pub(super) edits: Edits,
}

impl<'a> Views<'a> {
    pub(super) fn object(&mut self, number: usize, group: &Group<'a>) -> ObjectView<'a> {
        let source = group
            .source
            .and_then(|id| self.report.sources.get(id.0 as usize));
        let count = |severity| {
            let found = group.findings.iter();
            found.filter(|finding| finding.severity == severity).count()
        };
        let counts = Severity::WORST_FIRST.map(|severity| (severity, count(severity)));
        ObjectView {
            id: format!("o{number}"),
            object: group.object,
            source: source.map(|source| (source.name.as_str(), source.kind.is_rendered())),
            counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
            places: group.places().map(|place| self.place(place)).collect(),
        }
    }

    fn place(&mut self, findings: &[&'a Finding]) -> PlaceView<'a> {
        let location = findings.first().and_then(|finding| finding.location);
        let excerpt = location.and_then(|at| {
            let source = self.report.source(at)?;
            let is_secret = findings.iter().any(|it| it.object.kind == "Secret");
            // All of a Secret is secret, whatever the checks that ran made of it.
            let context = if is_secret { 0 } else { self.excerpts.context };
            let excerpts = Excerpts {
                context,
                ..self.excerpts
            };
            Some(excerpts.around(source, at))
        });
        PlaceView {
            place: location.map_or_else(String::new, |at| place(&self.report, at)),
            path: shared_path(findings),
            excerpt: excerpt.unwrap_or_default(),
            findings: findings
                .iter()
                .map(|finding| self.finding(finding))
                .collect(),
        }
    }

    fn finding(&mut self, finding: &'a Finding) -> FindingView<'a> {
        let related = finding.related.iter();
        let controls = finding.frameworks();
        let aliases = finding.aliases();
        FindingView {
            id: self.id(finding),
            finding,
            message: inline(&finding.message),
            help: inline(&finding.help),
            related: related.map(|it| related_view(&self.report, it)).collect(),
            fix: finding.fix.as_deref().map(|fix| FixView {
                description: inline(&fix.description),
                lines: change::lines(
                    &self.report,
                    self.excerpts.secrets,
                    &self.edits,
                    finding,
                    fix,
                ),
                is_safe: fix.applicability == Applicability::Safe,
            }),
            controls: if self.with_ids || finding.own_frameworks.is_some() {
                controls_text(controls)
            } else {
                String::new()
            },
            aliases: if self.with_ids || finding.own_aliases.is_some() {
                aliases_text(aliases)
            } else {
                String::new()
            },
        }
    }

    /// An anchor that stays when the report is written again: the beginning of the fingerprint.
    fn id(&mut self, finding: &Finding) -> String {
        let fingerprint = finding.fingerprint();
        let digits = fingerprint.trim_start_matches("sha256:");
        let short = format!("f-{}", digits.get(..12).unwrap_or(digits));
        let id = if self.ids.contains(&short) {
            format!("f-{digits}")
        } else {
            short
        };
        self.ids.insert(id.clone());
        id
    }
}

fn related_view<'a>(report: &Report<'_>, related: &'a Related) -> RelatedView<'a> {
    let at = related.location;
    RelatedView {
        object: &related.object,
        place: at.map_or_else(String::new, |at| place(report, at)),
        message: inline(&related.message),
    }
}

/// A place as editors and terminals take it; of rendered text only the file, as its lines are nobody's.
pub(super) fn place(report: &Report<'_>, at: Location) -> String {
    match report.places(at) {
        Some((source, Some((start, _)))) => {
            format!("{}:{}:{}", source.name, start.line, start.column)
        }
        Some((source, None)) => source.name.clone(),
        None => String::new(),
    }
}

pub(super) fn controls_text(controls: &[Control]) -> String {
    let words = controls
        .iter()
        .map(|it| format!("{} {}", it.framework.id(), it.control));
    words.collect::<Vec<_>>().join(" · ")
}

pub(super) fn aliases_text(aliases: &[Alias]) -> String {
    let words = aliases
        .iter()
        .map(|it| format!("{} {}", it.tool.as_str(), it.id));
    words.collect::<Vec<_>>().join(" · ")
}
