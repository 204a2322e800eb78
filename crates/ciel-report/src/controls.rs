//! What of a framework's controls has passed, as `json` and `text` say it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ciel_core::{Assessment, ControlResult, ControlStatus};
use serde::Serialize;

use crate::TextStyle;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JsonCompliance<'a> {
    profile: &'a str,
    framework: &'static str,
    title: &'a str,
    /// Of the controls that could be judged.
    percent: Option<usize>,
    summary: JsonCounts,
    controls: Vec<JsonControl<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonCounts {
    passed: usize,
    failed: usize,
    not_applicable: usize,
    manual: usize,
}

#[derive(Serialize)]
struct JsonControl<'a> {
    id: &'static str,
    title: &'static str,
    status: &'static str,
    reason: &'a str,
    checks: &'a [&'static str],
    findings: usize,
    suppressed: usize,
}

pub(crate) fn json(assessment: &Assessment) -> JsonCompliance<'_> {
    JsonCompliance {
        profile: &assessment.profile,
        framework: assessment.framework.id(),
        title: &assessment.title,
        percent: assessment.percent(),
        summary: JsonCounts {
            passed: assessment.count(ControlStatus::Passed),
            failed: assessment.count(ControlStatus::Failed),
            not_applicable: assessment.count(ControlStatus::NotApplicable),
            manual: assessment.count(ControlStatus::Manual),
        },
        controls: assessment.controls.iter().map(json_control).collect(),
    }
}

fn json_control(control: &ControlResult) -> JsonControl<'_> {
    JsonControl {
        id: control.id,
        title: control.title,
        status: control.status.as_str(),
        reason: &control.reason,
        checks: &control.checks,
        findings: control.findings,
        suppressed: control.suppressed,
    }
}

/// `41 of 60 controls passed (68 %), 19 failed, 30 not applicable, 41 manual`
pub(crate) fn sentence(assessment: &Assessment) -> String {
    let count = |status| assessment.count(status);
    let passed = count(ControlStatus::Passed);
    let judged = passed + count(ControlStatus::Failed);
    let share = match assessment.percent() {
        Some(percent) => format!("{passed} of {judged} controls passed ({percent} %)"),
        None => "no control could be judged".to_owned(),
    };
    let rest = [
        (count(ControlStatus::Failed), "failed"),
        (count(ControlStatus::NotApplicable), "not applicable"),
        (count(ControlStatus::Manual), "manual"),
    ];
    let rest = rest.into_iter().filter(|(count, _)| *count > 0);
    let rest = rest.map(|(count, word)| format!(", {count} {word}"));
    share + &rest.collect::<String>()
}

/// Ids of controls that came out so for one reason, in the order of the first.
fn by_reason(assessment: &Assessment, status: ControlStatus) -> Vec<(&str, Vec<&'static str>)> {
    let mut groups: Vec<(&str, Vec<&'static str>)> = Vec::new();
    let controls = assessment.controls.iter();
    for control in controls.filter(|control| control.status == status) {
        match groups
            .iter_mut()
            .find(|(reason, _)| *reason == control.reason)
        {
            Some((_, ids)) => ids.push(control.id),
            None => groups.push((&control.reason, vec![control.id])),
        }
    }
    groups
}

/// A line a control, those that failed first, those that were not judged by reason, and the sum.
pub(crate) fn write_text(
    assessment: &Assessment,
    style: TextStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bold = style.paint(Style::new().bold());
    writeln!(out, "{bold}{}{bold:#}", assessment.title)?;
    let ids = assessment.controls.iter().map(|control| control.id.len());
    let width = ids.max().unwrap_or_default();
    for status in ControlStatus::ALL {
        let color = style.paint(match status {
            ControlStatus::Failed => AnsiColor::Red.on_default().bold(),
            ControlStatus::Passed => AnsiColor::Green.on_default(),
            ControlStatus::NotApplicable | ControlStatus::Manual => Style::new().dimmed(),
        });
        let mut controls = assessment.controls.iter();
        if matches!(status, ControlStatus::NotApplicable | ControlStatus::Manual) {
            for (reason, ids) in by_reason(assessment, status) {
                let ids = ids.join(", ");
                writeln!(
                    out,
                    "  {color}{:<14} {reason}: {ids}{color:#}",
                    status.as_words()
                )?;
            }
            continue;
        }
        for control in controls.by_ref().filter(|control| control.status == status) {
            let ControlResult {
                id, title, reason, ..
            } = control;
            writeln!(
                out,
                "  {color}{:<14}{color:#} {id:<width$}  {title}: {reason}",
                status.as_words()
            )?;
        }
    }
    writeln!(out, "{bold}{}{bold:#}\n", sentence(assessment))
}
