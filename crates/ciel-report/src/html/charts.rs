use std::{cmp::Reverse, collections::HashMap};

use ciel_core::{Finding, Severity};

use super::verdict::common_folder;
use crate::Report;

/// Units that the longest bar of a chart is wide.
const WIDTH: usize = 1000;
/// Bars of one chart; what is left is one more.
const BARS: usize = 8;

/// Bars with one scale, from zero.
pub(super) struct Chart {
    pub(super) title: String,
    /// What a bar stands for, as the head of its column.
    pub(super) what: &'static str,
    /// The filter that takes what its bars stand for; empty for none.
    pub(super) filter: &'static str,
    pub(super) bars: Vec<Bar>,
}

/// The findings of one topic, namespace or file.
pub(super) struct Bar {
    pub(super) label: String,
    /// The filter's value for it; none where it stands for several.
    pub(super) value: Option<String>,
    pub(super) total: usize,
    /// By severity, worst first, without zeros.
    pub(super) parts: Vec<Part>,
}

/// The findings of one severity in a bar.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) severity: Severity,
    pub(super) count: usize,
    /// Where it begins and how wide it is, in thousandths of the longest bar.
    pub(super) x: usize,
    pub(super) width: usize,
}

impl Bar {
    /// The counts in words: `3 critical, 1 low`.
    pub(super) fn words(&self) -> String {
        let words = self
            .parts
            .iter()
            .map(|part| format!("{} {}", part.count, part.severity));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// The charts that say more than one bar.
pub(super) fn charts(report: &Report<'_>) -> Vec<Chart> {
    let source = |finding: &Finding| {
        let source = finding.location.and_then(|at| report.source(at));
        source.map(|source| source.name.as_str())
    };
    let names: Vec<&str> = report.active().filter_map(source).collect();
    let folder = common_folder(&names);
    let file = |finding: &Finding| match source(finding) {
        Some(name) => name.strip_prefix(folder).unwrap_or(name).to_owned(),
        None => String::new(),
    };
    let topic = |finding: &Finding| finding.check.topic.as_str().to_owned();
    let namespace = |finding: &Finding| finding.object.namespace.clone();
    let files = if folder.is_empty() {
        "By file".to_owned()
    } else {
        format!("By file in {folder}")
    };
    let charts = [
        chart(report, "By topic".to_owned(), ("Topic", "topic"), &topic),
        chart(
            report,
            "By namespace".to_owned(),
            ("Namespace", "ns"),
            &namespace,
        ),
        chart(report, files, ("File", ""), &file),
    ];
    charts.into_iter().filter(|it| it.bars.len() > 1).collect()
}

/// All findings as one bar.
pub(super) fn severities(report: &Report<'_>) -> Bar {
    let counts = report.summary().by_severity;
    bar((String::new(), None), counts, counts.iter().sum())
}

fn chart(
    report: &Report<'_>,
    title: String,
    (what, filter): (&'static str, &'static str),
    label: &dyn Fn(&Finding) -> String,
) -> Chart {
    let mut counts: HashMap<String, [usize; 5]> = HashMap::new();
    for finding in report.active() {
        let counts = counts.entry(label(finding)).or_default();
        let index = (Severity::Critical as usize).saturating_sub(finding.severity as usize);
        if let Some(count) = counts.get_mut(index) {
            *count += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|(one, a), (other, b)| (Reverse(a), one).cmp(&(Reverse(b), other)));
    let mut rest = Vec::new();
    if rows.len() > BARS + 1 {
        rest = rows.split_off(BARS);
    }
    let longest = rows.iter().map(|(_, counts)| counts.iter().sum()).max();
    let others = sum(&rest);
    let longest = longest.max(Some(others.iter().sum())).unwrap_or_default();
    let mut bars: Vec<Bar> = rows
        .into_iter()
        .map(|(value, counts)| {
            let label = match value.as_str() {
                "" => format!("no {}", what.to_lowercase()),
                value => value.to_owned(),
            };
            bar((label, Some(value)), counts, longest)
        })
        .collect();
    if !rest.is_empty() {
        let label = format!("{} others", rest.len());
        bars.push(bar((label, None), others, longest));
    }
    Chart {
        title,
        what,
        filter,
        bars,
    }
}

fn sum(rows: &[(String, [usize; 5])]) -> [usize; 5] {
    let mut sum = [0; 5];
    for (_, counts) in rows {
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    sum
}

fn bar((label, value): (String, Option<String>), counts: [usize; 5], longest: usize) -> Bar {
    let mut parts = Vec::new();
    let mut before = 0;
    // Ends are rounded, not widths: so the parts neither overlap nor leave gaps.
    let scaled = |count: usize| (count * WIDTH + longest / 2) / longest.max(1);
    for (severity, count) in Severity::WORST_FIRST.into_iter().zip(counts) {
        if count > 0 {
            let x = scaled(before);
            parts.push(Part {
                severity,
                count,
                x,
                width: scaled(before + count) - x,
            });
        }
        before += count;
    }
    Bar {
        label,
        value,
        total: before,
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_their_share_without_gaps() {
        let bar = bar((String::new(), None), [1, 0, 2, 0, 0], 6);
        let shown: Vec<_> = bar.parts.iter().map(|it| (it.x, it.width)).collect();
        assert_eq!(shown, [(0, 167), (167, 333)]);
        assert_eq!(bar.words(), "1 critical, 2 medium");
        assert_eq!(bar.total, 3);
    }
}
