use std::{cmp::Reverse, collections::HashMap};

use ciel_core::{Finding, Severity};

use crate::Report;

/// Units that the longest bar of a chart is wide.
const WIDTH: usize = 1000;
/// Bars of one chart; what is left is one more.
const BARS: usize = 8;

/// Bars with one scale, from zero.
pub(super) struct Chart {
    pub(super) title: &'static str,
    /// What a bar stands for, as the head of its column.
    pub(super) what: &'static str,
    pub(super) bars: Vec<Bar>,
}

/// The findings of one topic, namespace or file.
pub(super) struct Bar {
    pub(super) label: String,
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
    let topic = |finding: &Finding| finding.check.topic.as_str().to_owned();
    let namespace = |finding: &Finding| match finding.object.namespace.as_str() {
        "" => "(none)".to_owned(),
        name => name.to_owned(),
    };
    let source = |finding: &Finding| {
        let source = finding.location.and_then(|at| report.source(at));
        source.map_or_else(|| "(no file)".to_owned(), |source| source.name.clone())
    };
    let charts = [
        chart(report, "By topic", "Topic", &topic),
        chart(report, "By namespace", "Namespace", &namespace),
        chart(report, "By file", "File", &source),
    ];
    charts.into_iter().filter(|it| it.bars.len() > 1).collect()
}

/// All findings as one bar.
pub(super) fn severities(report: &Report<'_>) -> Bar {
    let counts = report.summary().by_severity;
    bar(String::new(), counts, counts.iter().sum())
}

fn chart(
    report: &Report<'_>,
    title: &'static str,
    what: &'static str,
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
    if rows.len() > BARS + 1 {
        let rest = rows.split_off(BARS);
        let mut sum = [0; 5];
        for (_, counts) in &rest {
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        rows.push((format!("{} others", rest.len()), sum));
    }
    let longest = rows.iter().map(|(_, counts)| counts.iter().sum()).max();
    let longest: usize = longest.unwrap_or_default();
    let bars = rows
        .into_iter()
        .map(|(label, counts)| bar(label, counts, longest));
    Chart {
        title,
        what,
        bars: bars.collect(),
    }
}

fn bar(label: String, counts: [usize; 5], longest: usize) -> Bar {
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
        total: before,
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_their_share_without_gaps() {
        let bar = bar(String::new(), [1, 0, 2, 0, 0], 6);
        let shown: Vec<_> = bar.parts.iter().map(|it| (it.x, it.width)).collect();
        assert_eq!(shown, [(0, 167), (167, 333)]);
        assert_eq!(bar.words(), "1 critical, 2 medium");
        assert_eq!(bar.total, 3);
    }
}
