use std::time::Duration;

use ciel_core::{
    Assessment, Diagnostic, Finding, LineColumn, Location, Severity, Source, Timestamp,
};

/// What one run has to say.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// Ciel's version.
    pub version: &'a str,
    /// Everything that was read; locations refer to it by index.
    pub sources: &'a [Source],
    /// All findings, suppressed ones among them, in their order.
    pub findings: &'a [Finding],
    /// What could not be read, and what is odd about the input.
    pub diagnostics: &'a [Diagnostic],
    /// Files that are no Kubernetes objects.
    pub skipped: usize,
    /// Whether absences were judged.
    pub complete: bool,
    /// What the program was called with, without its name, for a report that says how to make it again; empty where
    /// nobody knows.
    pub arguments: &'a [String],
    /// When the run began, for formats that have to say so; those leave out or write 1970 where it is not known.
    pub time: Option<Timestamp>,
    /// How long the run took, for `text` and formats that have to say when it ended.
    pub elapsed: Option<Duration>,
    /// What came of each control, where the profile is a framework.
    pub assessment: Option<&'a Assessment>,
    /// From which severity on the run fails; `None` for never.
    pub fail_on: Option<Severity>,
}

/// Counts of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Kubernetes objects.
    pub objects: usize,
    /// Findings that count, by severity, worst first.
    pub by_severity: [usize; 5],
    /// Findings that are waved through.
    pub suppressed: usize,
    /// Findings that the baseline knows and nobody has waved through.
    pub baseline: usize,
    /// Sources of which something could not be read.
    pub incomplete: usize,
}

impl Summary {
    /// Number of findings of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let index = Severity::WORST_FIRST
            .iter()
            .position(|other| *other == severity);
        index
            .and_then(|index| self.by_severity.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// Number of findings that count.
    #[must_use]
    pub fn total(&self) -> usize {
        self.by_severity.iter().sum()
    }
}

impl<'a> Report<'a> {
    /// The findings that count: those that nobody has waved through and no baseline knows.
    pub fn active(&self) -> impl Iterator<Item = &'a Finding> + Clone + use<'a> {
        self.findings.iter().filter(|finding| finding.counts())
    }

    /// The sources that held objects or could not be read whole.
    pub fn telling_sources(&self) -> impl Iterator<Item = &'a Source> + Clone + use<'a> {
        self.sources
            .iter()
            .filter(|source| source.objects > 0 || !source.complete)
    }

    /// Counts it.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            objects: self.sources.iter().map(|source| source.objects).sum(),
            suppressed: self
                .findings
                .iter()
                .filter(|finding| finding.suppression.is_some())
                .count(),
            baseline: self
                .findings
                .iter()
                .filter(|finding| finding.is_known && finding.suppression.is_none())
                .count(),
            incomplete: self
                .sources
                .iter()
                .filter(|source| !source.complete)
                .count(),
            ..Summary::default()
        };
        for finding in self.active() {
            let index = Severity::WORST_FIRST
                .iter()
                .position(|severity| *severity == finding.severity);
            if let Some(count) = index.and_then(|index| summary.by_severity.get_mut(index)) {
                *count += 1;
            }
        }
        summary
    }

    /// Whether something could not be read or judged.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.is_error)
            || self.sources.iter().any(|source| !source.complete)
    }

    /// Whether a finding is bad enough for the run to fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.fail_on
            .is_some_and(|least| self.active().any(|finding| finding.severity >= least))
    }

    pub(crate) fn source(&self, location: Location) -> Option<&'a Source> {
        self.sources.get(location.source.0 as usize)
    }

    /// The source of a location with its first and last place; no places where the text was rendered, as its lines
    /// are nobody's file.
    pub(crate) fn places(
        &self,
        location: Location,
    ) -> Option<(&'a Source, Option<(LineColumn, LineColumn)>)> {
        let source = self.source(location)?;
        let places = (!source.kind.is_rendered()).then(|| {
            (
                source.line_column(location.span.start),
                source.line_column(location.span.end),
            )
        });
        Some((source, places))
    }
}
