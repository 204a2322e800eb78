//! One finding.

use ciel_core::{Finding, suppress::SuppressionKind};
use serde::Serialize;
use serde_json::Value;

use super::{
    fixes::SarifFix,
    level,
    place::{Logical, Message, Place},
    rules::Catalogue,
    security_severity,
};
use crate::Report;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    rule_id: &'static str,
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[SarifSuppression<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[SarifFix; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    taxa: Vec<Value>,
    properties: Properties,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "ciel/v1")]
    ciel: String,
}

#[derive(Serialize)]
struct SarifSuppression<'a> {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    justification: &'a str,
}

#[derive(Serialize)]
struct Properties {
    severity: &'static str,
    #[serde(rename = "security-severity")]
    security_severity: &'static str,
}

pub(super) fn of<'a>(
    report: &Report<'a>,
    catalogue: &Catalogue,
    finding: &'a Finding,
    fix: Option<SarifFix>,
) -> SarifResult<'a> {
    let mut message = finding.message.clone();
    if !finding.help.is_empty() {
        message.push_str(": ");
        message.push_str(&finding.help);
    }
    let place = finding.location.and_then(|at| Place::at(report, at));
    let own = finding.own_frameworks.as_deref().unwrap_or_default();
    SarifResult {
        rule_id: finding.check.code,
        rule_index: catalogue.rule_index(finding.check),
        level: level(finding.severity),
        message: Message { text: message },
        locations: [Place {
            logical_locations: Some([Logical::of(&finding.object, &finding.path)]),
            ..place.unwrap_or_default()
        }],
        related_locations: related(report, finding),
        partial_fingerprints: Fingerprints {
            ciel: finding.fingerprint(),
        },
        baseline_state: catalogue.has_baseline.then_some(if finding.is_known {
            "unchanged"
        } else {
            "new"
        }),
        suppressions: finding.suppression.as_ref().map(|suppression| {
            [SarifSuppression {
                kind: match suppression.kind {
                    SuppressionKind::Comment | SuppressionKind::Annotation => "inSource",
                    SuppressionKind::Config => "external",
                },
                status: "accepted",
                justification: &suppression.reason,
            }]
        }),
        fixes: fix.map(|fix| [fix]),
        taxa: own.iter().map(|control| catalogue.taxon(control)).collect(),
        properties: Properties {
            severity: finding.severity.as_str(),
            security_severity: security_severity(finding.severity),
        },
    }
}

fn related(report: &Report<'_>, finding: &Finding) -> Vec<Place> {
    let places = finding.related.iter().zip(1..).map(|(related, id)| {
        let place = related.location.and_then(|at| Place::at(report, at));
        Place {
            id: Some(id),
            message: Some(Message {
                text: related.message.clone(),
            }),
            logical_locations: Some([Logical::of(&related.object, &related.path)]),
            ..place.unwrap_or_default()
        }
    });
    places.collect()
}
