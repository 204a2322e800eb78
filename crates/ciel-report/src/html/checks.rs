use std::{cmp::Reverse, collections::BTreeMap};

use ciel_core::{Check, Finding, ObjectRef, Severity};

use super::{
    docs,
    escape::{Markup, inline},
    findings::{ObjectView, aliases_text, controls_text},
};
use crate::Report;

/// A check that found something: where, and what it says of itself.
pub(super) struct CheckView<'a> {
    pub(super) check: &'static Check,
    pub(super) worst: Severity,
    pub(super) summary: Markup,
    /// How many findings it has in all.
    pub(super) count: usize,
    /// Those that the report shows.
    pub(super) occurrences: Vec<Occurrence<'a>>,
    pub(super) docs: Markup,
    pub(super) controls: String,
    pub(super) aliases: String,
}

/// A finding, as the list of its check names it.
pub(super) struct Occurrence<'a> {
    /// The finding's anchor.
    pub(super) id: String,
    pub(super) severity: Severity,
    pub(super) object: &'a ObjectRef,
    pub(super) place: String,
}

/// The checks with findings that count, worst first, then those with the most findings.
pub(super) fn views<'a>(report: &Report<'a>, objects: &[ObjectView<'a>]) -> Vec<CheckView<'a>> {
    let mut checks: BTreeMap<&str, CheckView<'a>> = BTreeMap::new();
    for finding in report.active() {
        let view = checks
            .entry(finding.check.code)
            .or_insert_with(|| view(finding));
        view.count += 1;
        view.worst = view.worst.max(finding.severity);
    }
    for object in objects {
        for place in &object.places {
            for finding in &place.findings {
                if let Some(view) = checks.get_mut(finding.finding.check.code) {
                    view.occurrences.push(Occurrence {
                        id: finding.id.clone(),
                        severity: finding.finding.severity,
                        object: object.object,
                        place: place.place.clone(),
                    });
                }
            }
        }
    }
    let mut checks: Vec<_> = checks.into_values().collect();
    checks.sort_by_key(|view| (Reverse(view.worst), Reverse(view.count)));
    checks
}

fn view<'a>(finding: &Finding) -> CheckView<'a> {
    let check = finding.check;
    CheckView {
        check,
        worst: finding.severity,
        summary: inline(check.summary),
        count: 0,
        occurrences: Vec::new(),
        docs: docs::to_markup(check.docs),
        controls: controls_text(check.frameworks),
        aliases: aliases_text(check.aliases),
    }
}
