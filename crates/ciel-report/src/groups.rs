use std::{cmp::Reverse, collections::HashMap};

use ciel_core::{Finding, Location, ObjectRef, Severity, SourceId};

use crate::Report;

/// Findings of one object as written in one source.
pub(crate) struct Group<'a> {
    pub(crate) object: &'a ObjectRef,
    pub(crate) source: Option<SourceId>,
    /// Those at one place stand together; the place with the worst comes first.
    pub(crate) findings: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// The findings place by place.
    pub(crate) fn places(&self) -> impl Iterator<Item = &[&'a Finding]> {
        self.findings
            .chunk_by(|one, other| one.location == other.location)
    }

    fn sort(&mut self) {
        let mut worst: HashMap<Option<Location>, Severity> = HashMap::new();
        for finding in &self.findings {
            let severity = worst.entry(finding.location).or_insert(finding.severity);
            *severity = finding.severity.max(*severity);
        }
        let worst_at = |finding: &Finding| worst.get(&finding.location).copied();
        self.findings.sort_by_cached_key(|finding| {
            (
                Reverse(worst_at(finding)),
                finding.location,
                Reverse(finding.severity),
            )
        });
    }

    fn worst(&self) -> Severity {
        self.findings
            .iter()
            .map(|finding| finding.severity)
            .max()
            .unwrap_or(Severity::Info)
    }
}

/// Objects with findings that count, worst first; equal ones in the order of the input.
pub(crate) fn groups<'a>(report: &Report<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut index: HashMap<(&ObjectRef, Option<SourceId>), usize> = HashMap::new();
    for finding in report.active() {
        let source = finding.location.map(|location| location.source);
        let at = *index.entry((&finding.object, source)).or_insert_with(|| {
            groups.push(Group {
                object: &finding.object,
                source,
                findings: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.findings.push(finding);
        }
    }
    for group in &mut groups {
        group.sort();
    }
    groups.sort_by_cached_key(|group| {
        let count = |severity| {
            group
                .findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Reverse((group.worst(), count(group.worst())))
    });
    groups
}

/// The path of one finding, or what the paths of several have in common, up to a whole step.
pub(crate) fn shared_path<'a>(findings: &[&'a Finding]) -> &'a str {
    let Some((first, others)) = findings.split_first() else {
        return "";
    };
    let mut end = first.path.len();
    for other in others {
        let same = first
            .path
            .bytes()
            .zip(other.path.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        if same == first.path.len() && same == other.path.len() {
            continue;
        }
        let at_step = |text: &str| matches!(text.as_bytes().get(same), None | Some(b'.' | b'['));
        let is_step = at_step(&first.path) && at_step(&other.path);
        let whole = if is_step {
            same
        } else {
            first
                .path
                .get(..same)
                .and_then(|path| path.rfind(['.', '[']))
                .unwrap_or(0)
        };
        end = end.min(whole);
    }
    first.path.get(..end).unwrap_or_default()
}
