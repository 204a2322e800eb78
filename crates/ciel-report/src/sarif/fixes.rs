//! Fixes as changes of text, for editors that offer them at the finding.

use std::collections::{BTreeMap, HashMap};

use ciel_core::{Finding, Fix, Source};
use ciel_fix::{Edit, Editor};
use serde::Serialize;

use super::place::{Artifact, Message, Region};
use crate::Report;

/// Bytes that are read again while fixes are tried: an edited text is parsed before its edit is given out, and a
/// report must not take longer than the scan. What is left over has no fix here; `ciel fix` has it.
const BUDGET: usize = 8 << 20;
/// What a fix costs however small its source is, in the same unit.
const LEAST: usize = 4 << 10;

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

/// The fixes that can be carried out in the text of a source, by index of the finding.
pub(super) fn all(report: &Report<'_>) -> HashMap<usize, SarifFix> {
    let mut by_source: BTreeMap<u32, Vec<(usize, &Fix)>> = BTreeMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        if let Some((source, fix)) = wanted(finding) {
            by_source.entry(source).or_default().push((index, fix));
        }
    }
    let mut fixes = HashMap::new();
    let mut left = BUDGET;
    for (source, wanted) in by_source {
        let Some(source) = report.sources.get(source as usize) else {
            continue;
        };
        let cost = source.text.len() + LEAST;
        if source.kind.is_rendered() || source.name == "-" || cost > left {
            continue;
        }
        let Ok(editor) = Editor::new(source) else {
            continue;
        };
        for (index, fix) in wanted {
            if cost > left {
                break;
            }
            left -= cost;
            if let Ok(edits) = editor.edits(fix) {
                fixes.insert(index, sarif(source, fix, edits));
            }
        }
    }
    fixes
}

fn wanted(finding: &Finding) -> Option<(u32, &Fix)> {
    let fix = finding.fix.as_deref().filter(|_| finding.counts())?;
    Some((finding.location?.source.0, fix))
}

fn sarif(source: &Source, fix: &Fix, edits: Vec<Edit>) -> SarifFix {
    let place = |at: usize| source.line_column(u32::try_from(at).unwrap_or(u32::MAX));
    let replacement = |edit: Edit| Replacement {
        deleted_region: Region::between(place(edit.range.start), place(edit.range.end)),
        inserted_content: Message { text: edit.text },
    };
    SarifFix {
        description: Message {
            text: fix.description.to_string(),
        },
        artifact_changes: [Change {
            artifact_location: Artifact::of(&source.name),
            replacements: edits.into_iter().map(replacement).collect(),
        }],
        properties: Properties {
            applicability: fix.applicability.as_str(),
        },
    }
}
