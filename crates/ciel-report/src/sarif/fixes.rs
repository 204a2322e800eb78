//! Fixes as changes of text, for editors that offer them at the finding.

use ciel_core::{Finding, Fix, Source};
use ciel_fix::Edit;
use serde::Serialize;

use super::place::{Artifact, Message, Region};
use crate::{Report, edits::Edits};

/// Bytes that are read again while fixes are tried.
pub(super) const BUDGET: usize = 8 << 20;

/// SARIF's `fix`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifFix {
    description: Message,
    artifact_changes: [Change; 1],
    properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

#[derive(Serialize)]
struct Properties {
    applicability: &'static str,
}

/// The fix of a finding, where it can be carried out in the text of its source.
pub(super) fn of(report: &Report<'_>, finding: &Finding, edits: &Edits) -> Option<SarifFix> {
    let fix = finding.fix.as_deref()?;
    let source = report.source(finding.location?)?;
    Some(sarif(source, fix, edits.get(finding)?))
}

fn sarif(source: &Source, fix: &Fix, edits: &[Edit]) -> SarifFix {
    let place = |at: usize| source.line_column(u32::try_from(at).unwrap_or(u32::MAX));
    let replacement = |edit: &Edit| Replacement {
        deleted_region: Region::between(place(edit.range.start), place(edit.range.end)),
        inserted_content: Message {
            text: edit.text.clone(),
        },
    };
    SarifFix {
        description: Message {
            text: fix.description.to_string(),
        },
        artifact_changes: [Change {
            artifact_location: Artifact::of(&source.name),
            replacements: edits.iter().map(replacement).collect(),
        }],
        properties: Properties {
            applicability: fix.applicability.as_str(),
        },
    }
}
