use ciel_core::{
    Finding, SourceId,
    suppress::{self, CommentIgnore, Ignore, Suppression, SuppressionKind},
};
use ciel_snapshot::{Object, Snapshot};

/// The comments that suppress findings, by source.
#[derive(Debug)]
pub(crate) struct Comments(Vec<(SourceId, Vec<CommentIgnore>)>);

impl Comments {
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let sources = snapshot.sources().iter().zip(0..);
        let with_comments = sources.filter_map(|(source, id)| {
            let comments = suppress::parse_comments(&source.text);
            (!comments.is_empty()).then_some((SourceId(id), comments))
        });
        Self(with_comments.collect())
    }

    fn covering(&self, finding: &Finding) -> Option<Suppression> {
        let location = finding.location?;
        let index = self
            .0
            .binary_search_by_key(&location.source, |(source, _)| *source)
            .ok()?;
        let (_, comments) = self.0.get(index)?;
        let start = location.span.start;
        comments
            .iter()
            .find(|comment| {
                (comment.covers.start..=comment.covers.end).contains(&start)
                    && comment.ignore.matches(finding.check)
            })
            .map(|comment| Suppression {
                kind: SuppressionKind::Comment,
                reason: comment.ignore.reason.clone(),
            })
    }
}

/// Marks the findings that comments or annotations of their object wave through.
pub(crate) fn apply(comments: &Comments, object: Option<Object<'_>>, findings: &mut [Finding]) {
    if findings.is_empty() {
        return;
    }
    let annotated = object.map(annotations).unwrap_or_default();
    for finding in findings {
        let by_annotation = annotated
            .iter()
            .find(|ignore| ignore.matches(finding.check));
        finding.suppression = by_annotation
            .map(|ignore| Suppression {
                kind: SuppressionKind::Annotation,
                reason: ignore.reason.clone(),
            })
            .or_else(|| comments.covering(finding));
    }
}

/// What the annotations of an object and of its pod templates wave through.
fn annotations(object: Object<'_>) -> Vec<Ignore> {
    let of_pods = object
        .workloads()
        .filter_map(|workload| workload.template.annotation(suppress::ANNOTATION));
    let mut values: Vec<_> = object
        .view()
        .annotation(suppress::ANNOTATION)
        .into_iter()
        .chain(of_pods)
        .collect();
    // A pod is its own template.
    values.dedup();
    values
        .into_iter()
        .flat_map(|value| suppress::parse_annotation(value.scalar_text()))
        .collect()
}
