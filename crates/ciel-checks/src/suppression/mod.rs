//! Which findings somebody has waved through, and what is wrong with what they wrote.

mod base;
mod complaints;
mod exception;
mod field;

use std::{
    collections::HashMap,
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use ciel_core::{
    Finding, Location, Source, SourceId, Span,
    suppress::{
        self, Ignore, Suppression, SuppressionKind,
        foreign::{self, Holder},
    },
};
use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::Node;
use rayon::prelude::*;

use crate::{Options, catalogue, scan::PARALLEL_FROM};

pub use base::PathBase;
pub use exception::{Exception, ScopeError, ScopeText};

/// What a project has decided to live with, besides what its objects say themselves.
#[derive(Clone, Debug, Default)]
pub struct SuppressOptions {
    /// The exceptions of the configuration.
    pub exceptions: Vec<Exception>,
    /// What their paths are relative to.
    pub base: PathBase,
    /// Whether comments, annotations and labels of other tools are passed over.
    pub without_foreign: bool,
}

/// Every suppression of one run, and whether it has waved something through.
#[derive(Debug)]
pub(crate) struct Suppressions<'s> {
    snapshot: &'s Snapshot,
    options: &'s Options,
    /// Comments, by source, then annotations, by object.
    sites: Vec<Site>,
    comments: Vec<(SourceId, Range<usize>)>,
    annotated: HashMap<ObjectId, Range<usize>>,
    /// Sources with more comments than are read.
    overfull: Vec<SourceId>,
    /// Of each exception, which of its picks were of use.
    exception_uses: Vec<Uses>,
    /// The exceptions that may be about a check, with the index of the pick, by code.
    by_check: HashMap<&'static str, Vec<(usize, usize)>>,
    /// Names of sources from the configuration's folder; empty where no exception asks for them.
    paths: Vec<String>,
}

/// A comment or an annotation.
#[derive(Debug)]
struct Site {
    kind: SuppressionKind,
    ignore: Ignore,
    /// Of a comment, the text that it is about.
    covers: Span,
    location: Location,
    uses: Uses,
}

/// Which picks of a suppression were of use. Set by many threads.
#[derive(Debug)]
struct Uses(Box<[AtomicBool]>);

impl Uses {
    fn of(ignore: &Ignore) -> Self {
        Self(
            ignore
                .picks
                .iter()
                .map(|_| AtomicBool::new(false))
                .collect(),
        )
    }

    fn mark(&self, pick: usize) {
        if let Some(used) = self.0.get(pick) {
            used.store(true, Ordering::Relaxed);
        }
    }

    fn is_used(&self, pick: usize) -> bool {
        let used = self.0.get(pick);
        used.is_some_and(|used| used.load(Ordering::Relaxed))
    }
}

impl<'s> Suppressions<'s> {
    pub(crate) fn of(snapshot: &'s Snapshot, options: &'s Options) -> Self {
        let settings = &options.suppress;
        let exceptions = &settings.exceptions;
        let needs_paths = exceptions.iter().any(Exception::needs_paths);
        let names = snapshot.sources().iter().filter(|_| needs_paths);
        let paths = names.map(|source| settings.base.relative(&source.name).into_owned());
        let mut suppressions = Self {
            snapshot,
            options,
            sites: Vec::new(),
            comments: Vec::new(),
            annotated: HashMap::new(),
            overfull: Vec::new(),
            exception_uses: exceptions.iter().map(|it| Uses::of(&it.ignore)).collect(),
            by_check: by_check(exceptions),
            paths: paths.collect(),
        };
        suppressions.read_comments();
        suppressions.read_annotations();
        suppressions
    }

    fn read_comments(&mut self) {
        let with_foreign = !self.options.suppress.without_foreign;
        let sources = self.snapshot.sources();
        let read = |source: &Source| suppress::parse_comments(&source.text, with_foreign);
        let read: Vec<_> = if sources.len() < PARALLEL_FROM {
            sources.iter().map(read).collect()
        } else {
            sources.par_iter().map(read).collect()
        };
        for ((comments, is_all), id) in read.into_iter().zip(0..) {
            let id = SourceId(id);
            if !is_all {
                self.overfull.push(id);
            }
            if comments.is_empty() {
                continue;
            }
            let start = self.sites.len();
            self.sites.extend(comments.into_iter().map(|comment| Site {
                kind: SuppressionKind::Comment,
                uses: Uses::of(&comment.ignore),
                ignore: comment.ignore,
                covers: comment.covers,
                location: Location {
                    source: id,
                    span: comment.span,
                },
            }));
            self.comments.push((id, start..self.sites.len()));
        }
    }

    fn read_annotations(&mut self) {
        for object in self.snapshot.objects() {
            let start = self.sites.len();
            let metadata = object.view().metadata();
            if let Some(metadata) = metadata {
                self.read_metadata(object, metadata, Holder::Object);
            }
            for workload in object.workloads() {
                let of_pods = workload.template.metadata;
                // A pod is its own template.
                let others = of_pods.filter(|it| metadata.is_none_or(|own| own.id() != it.id()));
                if let Some(metadata) = others {
                    self.read_metadata(object, metadata, Holder::Pods);
                }
            }
            if self.sites.len() > start {
                self.annotated.insert(object.id(), start..self.sites.len());
            }
        }
    }

    fn read_metadata(&mut self, object: Object<'s>, metadata: Node<'s>, holder: Holder) {
        let with_foreign = !self.options.suppress.without_foreign;
        let entries = |key| metadata.get(key).into_iter().flat_map(Node::entries);
        for (key, value) in entries("annotations") {
            let name = key.scalar_text();
            if name == suppress::ANNOTATION {
                for ignore in suppress::parse_annotation(value.scalar_text()) {
                    self.add_annotation(object, value, ignore);
                }
            } else if with_foreign {
                let ignore = foreign::annotation(name, value.scalar_text(), holder);
                self.add_annotation(object, value, ignore);
            }
        }
        for (key, value) in entries("labels").filter(|_| with_foreign) {
            let ignore = foreign::label(key.scalar_text(), value.scalar_text());
            self.add_annotation(object, value, ignore);
        }
    }

    fn add_annotation(
        &mut self,
        object: Object<'s>,
        value: Node<'s>,
        ignore: impl Into<Option<Ignore>>,
    ) {
        if let Some(ignore) = ignore.into() {
            self.sites.push(Site {
                kind: SuppressionKind::Annotation,
                uses: Uses::of(&ignore),
                ignore,
                covers: Span::default(),
                location: object.location(value),
            });
        }
    }

    /// Marks those of an object's findings that somebody waves through.
    pub(crate) fn apply(&self, object: Option<Object<'_>>, findings: &mut [Finding]) {
        let annotated = object.and_then(|object| self.annotated.get(&object.id()));
        let annotations = annotated.and_then(|range| self.sites.get(range.clone()));
        for finding in findings {
            let mut suppression = None;
            for site in annotations.unwrap_or_default() {
                self.try_site(site, finding, &mut suppression);
            }
            self.try_comments(finding, &mut suppression);
            self.try_exceptions(object, finding, &mut suppression);
            finding.suppression = suppression;
        }
    }

    fn try_comments(&self, finding: &Finding, suppression: &mut Option<Suppression>) {
        let Some(location) = finding.location else {
            return;
        };
        let index = self
            .comments
            .binary_search_by_key(&location.source, |(source, _)| *source);
        let range = index.ok().and_then(|index| self.comments.get(index));
        let sites = range.and_then(|(_, range)| self.sites.get(range.clone()));
        for site in sites.unwrap_or_default() {
            if (site.covers.start..=site.covers.end).contains(&location.span.start) {
                self.try_site(site, finding, suppression);
            }
        }
    }

    fn try_site(&self, site: &Site, finding: &Finding, suppression: &mut Option<Suppression>) {
        if site.ignore.expiry.holds(self.options.now) && waves(&site.ignore, &site.uses, finding) {
            suppression.get_or_insert_with(|| because(site.kind, &site.ignore));
        }
    }

    fn try_exceptions(
        &self,
        object: Option<Object<'_>>,
        finding: &Finding,
        suppression: &mut Option<Suppression>,
    ) {
        let Some(candidates) = self.by_check.get(finding.check.code) else {
            return;
        };
        let source = finding.location.map(|it| it.source);
        let source = source.or_else(|| object.map(Object::source));
        let path = source.and_then(|source| self.paths.get(source.0 as usize));
        for (index, pick) in candidates {
            let exceptions = &self.options.suppress.exceptions;
            let (Some(exception), Some(uses)) =
                (exceptions.get(*index), self.exception_uses.get(*index))
            else {
                continue;
            };
            let ignore = &exception.ignore;
            let picks = ignore.picks.get(*pick);
            if ignore.expiry.holds(self.options.now)
                && picks.is_some_and(|pick| pick.matches(finding))
                && exception.covers(finding, object, path.map(String::as_str))
            {
                uses.mark(*pick);
                suppression.get_or_insert_with(|| because(SuppressionKind::Config, ignore));
            }
        }
    }
}

fn by_check(exceptions: &[Exception]) -> HashMap<&'static str, Vec<(usize, usize)>> {
    let mut by_check: HashMap<_, Vec<_>> = HashMap::new();
    for (index, exception) in exceptions.iter().enumerate() {
        for (at, pick) in exception.ignore.picks.iter().enumerate() {
            for rule in catalogue().filter(|rule| pick.names(&rule.check)) {
                by_check
                    .entry(rule.check.code)
                    .or_default()
                    .push((index, at));
            }
        }
    }
    by_check
}

fn because(kind: SuppressionKind, ignore: &Ignore) -> Suppression {
    Suppression {
        kind,
        reason: ignore.reason.clone(),
    }
}

/// Whether a suppression is about a finding; marks the picks that name it.
fn waves(ignore: &Ignore, uses: &Uses, finding: &Finding) -> bool {
    let container = ignore.container.as_deref();
    if container.is_some() && container != exception::container_of(finding) {
        return false;
    }
    if let Some((key, wanted)) = &ignore.evidence {
        let said = finding.evidence.get(key).and_then(|value| value.as_str());
        if !said.is_some_and(|said| said.eq_ignore_ascii_case(wanted)) {
            return false;
        }
    }
    let mut is_any = false;
    for (index, pick) in ignore.picks.iter().enumerate() {
        if pick.matches(finding) {
            uses.mark(index);
            is_any = true;
        }
    }
    if ignore.implied.iter().any(|pick| pick.matches(finding)) {
        uses.mark(0);
        is_any = true;
    }
    is_any
}
