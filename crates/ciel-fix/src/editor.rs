//! Fixes of one source, tried before they are given out.

use std::{
    collections::BTreeSet,
    ops::Range,
    sync::atomic::{AtomicUsize, Ordering},
};

use ciel_core::{Fix, PatchOp, Source, SourceKind, Span};
use ciel_yaml::{Document, Node};
use serde_json::Value;

use crate::{
    Edit, Refusal,
    edit::{self, Ranked},
    lines::Lines,
    patch,
    plan::{self, Site},
    style::Style,
    walk,
};

/// Nodes that are read again for the sake of single fixes, all together: one in a large document is cheap, thousands are
/// not.
const BUDGET: usize = 10_000_000;

/// Fixes of one document that are carried out at once; more of them wait for the next round.
const AT_ONCE: usize = 2_000;

/// Fixes that are tried one by one where they cannot be carried out together.
const ONE_BY_ONE: usize = 32;

/// A source, ready to be edited.
#[derive(Debug)]
pub struct Editor<'s> {
    source: &'s Source,
    documents: Vec<Document>,
    /// Where keys stand for the second time.
    repeated: Vec<Span>,
    shape: Shape,
    /// Nodes that were read again.
    spent: AtomicUsize,
}

/// How documents stand in a text.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// There is but one.
    Whole,
    /// Values of JSON, one behind the other.
    Json,
    /// Between lines that begin with `---`.
    Separated,
}

impl Shape {
    fn of(text: &str, documents: usize) -> Self {
        let body = text.trim_start_matches('\u{feff}').trim_start();
        if documents == 1 && !text.contains("\n---") {
            Self::Whole
        } else if body.starts_with(['{', '[']) {
            Self::Json
        } else {
            Self::Separated
        }
    }
}

/// What became of one of several fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the edits.
    Done,
    /// It touches what another one changes: scan the edited text and ask again.
    Later,
    /// It cannot be carried out.
    Refused(Refusal),
}

/// What becomes of several fixes of one source.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The edits, in the order of the text.
    pub edits: Vec<Edit>,
    /// What became of each fix, in their order.
    pub outcomes: Vec<Outcome>,
}

/// One fix, planned.
struct Plan {
    /// Index of the document.
    document: usize,
    /// JSON pointer of the object in the document.
    object: String,
    ops: Vec<PatchOp>,
    edits: Vec<Ranked>,
}

impl<'s> Editor<'s> {
    /// Reads a source.
    ///
    /// # Errors
    /// Where its text is no file's own.
    pub fn new(source: &'s Source) -> Result<Self, Refusal> {
        match source.kind {
            SourceKind::Helm | SourceKind::Kustomize => return Err(Refusal::Rendered),
            SourceKind::Archive => return Err(Refusal::Archived),
            SourceKind::File | SourceKind::Stdin => {}
        }
        let parsed = ciel_yaml::parse(&source.text);
        let warnings = parsed.diagnostics.iter().filter(|(_, it)| !it.is_error);
        Ok(Self {
            source,
            repeated: warnings.map(|(span, _)| *span).collect(),
            shape: Shape::of(&source.text, parsed.documents.len()),
            spent: AtomicUsize::new(0),
            documents: parsed.documents,
        })
    }

    /// The edits that carry out one fix, in the order of the text.
    ///
    /// # Errors
    /// Why it does not dare to.
    pub fn edits(&self, fix: &Fix) -> Result<Vec<Edit>, Refusal> {
        let plan = self.plan(fix)?;
        let document = self.documents.get(plan.document);
        let nodes = document.map_or(0, Document::len);
        if self.spent.fetch_add(nodes, Ordering::Relaxed) > BUDGET {
            return Err(Refusal::TooLarge);
        }
        self.try_out(plan.document, &[&plan])
    }

    /// The edits that carry out several fixes at once, as far as they leave each other alone.
    #[must_use]
    pub fn edit_all(&self, fixes: &[&Fix]) -> Batch {
        let mut outcomes = vec![Outcome::Later; fixes.len()];
        let mut plans: Vec<Vec<(usize, Plan)>> =
            self.documents.iter().map(|_| Vec::new()).collect();
        for (index, fix) in fixes.iter().enumerate() {
            match self.plan(fix) {
                Ok(plan) => {
                    if let Some(plans) = plans.get_mut(plan.document) {
                        plans.push((index, plan));
                    }
                }
                Err(refusal) => set(&mut outcomes, index, Outcome::Refused(refusal)),
            }
        }
        let mut edits = Vec::new();
        for (document, plans) in plans.into_iter().enumerate() {
            let together = independent(plans);
            edits.extend(self.edit_document(document, &together, &mut outcomes));
        }
        edits.sort_by_key(|edit: &Edit| (edit.range.start, edit.range.end));
        Batch { edits, outcomes }
    }

    fn edit_document(
        &self,
        document: usize,
        plans: &[(usize, Plan)],
        outcomes: &mut [Outcome],
    ) -> Vec<Edit> {
        if plans.is_empty() {
            return Vec::new();
        }
        let all: Vec<&Plan> = plans.iter().map(|(_, plan)| plan).collect();
        if let Ok(edits) = self.try_out(document, &all) {
            for (index, _) in plans {
                set(outcomes, *index, Outcome::Done);
            }
            return edits;
        }
        let mut good = None;
        for (index, plan) in plans.iter().take(ONE_BY_ONE) {
            match self.try_out(document, &[plan]) {
                Err(refusal) => set(outcomes, *index, Outcome::Refused(refusal)),
                Ok(edits) if good.is_none() => {
                    set(outcomes, *index, Outcome::Done);
                    good = Some(edits);
                }
                Ok(_) => {}
            }
        }
        good.unwrap_or_default()
    }

    fn plan(&self, fix: &Fix) -> Result<Plan, Refusal> {
        let (index, object) = self.object(fix.object).ok_or(Refusal::NoObject)?;
        let document = self.documents.get(index).ok_or(Refusal::NoObject)?;
        let text = Lines(&self.source.text);
        let place = object.span();
        if self
            .repeated
            .iter()
            .any(|it| place.start <= it.start && it.end <= place.end)
        {
            return Err(Refusal::DuplicateKey);
        }
        if has_template_lines(text.slice(place.start as usize, place.end as usize)) {
            return Err(Refusal::Template);
        }
        let site = Site {
            text,
            object,
            style: Style::of(text, document.root(), object),
        };
        let ops: Vec<_> = fix
            .patch
            .iter()
            .map(|op| plan::pruned(object, op))
            .collect();
        let mut edits = Vec::new();
        for op in &ops {
            edits.extend(site.plan(op)?);
        }
        if edits.iter().any(|it| touches_template(text, &it.edit)) {
            return Err(Refusal::Template);
        }
        Ok(Plan {
            document: index,
            object: document.root().pointer_to(object),
            ops,
            edits,
        })
    }

    /// The document and the mapping that stands at a place.
    fn object(&self, place: Span) -> Option<(usize, Node<'_>)> {
        let holds = |node: Node<'_>| {
            let span = node.span();
            span.start <= place.start && place.end <= span.end
        };
        let after = self
            .documents
            .partition_point(|document| document.root().span().start <= place.start);
        let index = after.checked_sub(1)?;
        let mut node = self.documents.get(index)?.root();
        while holds(node) {
            if node.span() == place && node.is_mapping() {
                return Some((index, node));
            }
            let entries = node.entries().map(|(_, value)| value);
            node = entries.chain(node.items()).find(|child| holds(*child))?;
        }
        None
    }

    /// Carries plans out on their document, reads what comes out and compares.
    fn try_out(&self, index: usize, plans: &[&Plan]) -> Result<Vec<Edit>, Refusal> {
        let document = self.documents.get(index).ok_or(Refusal::NoObject)?;
        let mut ranked: Vec<Ranked> = plans.iter().flat_map(|plan| plan.edits.clone()).collect();
        edit::sort(&mut ranked);
        let edits: Vec<Edit> = ranked.into_iter().map(|it| it.edit).collect();
        let region = self.region(index);
        let is_outside =
            |edit: &Edit| edit.range.start < region.start || edit.range.end > region.end;
        let collide = edits.windows(2).any(|pair| match pair {
            [a, b] => edit::overlap(a, b),
            _ => false,
        });
        if collide || edits.iter().any(is_outside) {
            return Err(Refusal::Unfaithful);
        }
        let mut wanted = document.root().to_json();
        for plan in plans {
            let object = wanted.pointer_mut(&plan.object).ok_or(Refusal::NoObject)?;
            for op in &plan.ops {
                let missing = || Refusal::Missing(patch::path_of(op).to_owned());
                patch::apply(object, op).ok_or_else(missing)?;
            }
        }
        let shifted: Vec<Edit> = edits
            .iter()
            .map(|it| Edit {
                range: it.range.start - region.start..it.range.end - region.start,
                text: it.text.clone(),
            })
            .collect();
        let text = self.source.text.get(region).unwrap_or_default();
        if holds_just(&edit::apply(text, &shifted), &wanted) {
            Ok(edits)
        } else {
            Err(Refusal::Unfaithful)
        }
    }

    /// The part of the text that is read as one document.
    fn region(&self, index: usize) -> Range<usize> {
        let text = &*self.source.text;
        let root = |index: usize| self.documents.get(index).map(Document::root);
        let Some(own) = root(index) else {
            return 0..0;
        };
        let (start, end) = (walk::start(own), walk::end(own));
        match self.shape {
            Shape::Whole => return 0..text.len(),
            Shape::Json => return start..end,
            Shape::Separated => {}
        }
        let before = text.get(..start).unwrap_or_default();
        let from = match before.rfind("\n---") {
            Some(found) => Lines(text).next(found + 1),
            None if before.starts_with("---") => Lines(text).next(0),
            None => 0,
        };
        let after = text.get(end..).unwrap_or_default();
        let to = after
            .find("\n---")
            .map_or(text.len(), |found| end + found + 1);
        from..to
    }
}

/// Whether a text is one document of this value, without errors.
fn holds_just(text: &str, wanted: &Value) -> bool {
    let parsed = ciel_yaml::parse(&text.into());
    let is_sound = !parsed.diagnostics.iter().any(|(_, it)| it.is_error);
    match parsed.documents.as_slice() {
        [document] => is_sound && document.root().to_json() == *wanted,
        _ => false,
    }
}

/// Those plans that leave each other alone: the first ones of those that do not.
fn independent(plans: Vec<(usize, Plan)>) -> Vec<(usize, Plan)> {
    let mut touched: BTreeSet<String> = BTreeSet::new();
    let mut kept: Vec<(usize, Plan)> = Vec::new();
    for (index, plan) in plans {
        let places: Vec<String> = plan
            .ops
            .iter()
            .map(|op| touched_by(&plan.object, op))
            .collect();
        let collides = places.iter().any(|place| {
            let below = touched.range(place.clone()..).next();
            let is_below = below.is_some_and(|it| it.starts_with(place.as_str()));
            let mut above = place
                .match_indices('/')
                .filter_map(|(at, _)| place.get(..=at));
            is_below || above.any(|above| touched.contains(above))
        });
        let overlaps = |a: &Ranked| {
            let edits = kept.iter().flat_map(|(_, plan)| &plan.edits);
            edits.into_iter().any(|b| edit::overlap(&a.edit, &b.edit))
        };
        if collides || kept.len() >= AT_ONCE || plan.edits.iter().any(overlaps) {
            continue;
        }
        touched.extend(places);
        kept.push((index, plan));
    }
    kept
}

/// The place in its document that an operation changes, with a slash at its end. Where indices shift, that is the whole
/// list.
fn touched_by(object: &str, op: &PatchOp) -> String {
    let path = patch::path_of(op);
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_index = last == "-" || last.parse::<usize>().is_ok();
    let shifts = is_index && !matches!(op, PatchOp::Replace { .. });
    let place = if shifts {
        path.get(..path.len() - last.len() - 1).unwrap_or_default()
    } else {
        path
    };
    format!("{object}{place}/")
}

/// Whether lines are there that only a template language explains.
fn has_template_lines(part: &str) -> bool {
    const MARKS: [&str; 2] = ["{{", "{%"];
    MARKS.iter().any(|mark| part.contains(mark))
        && part.lines().any(|line| {
            let line = line.trim_start();
            let comment = line.strip_prefix('#').map(str::trim_start);
            comment.is_some_and(|comment| MARKS.iter().any(|mark| comment.starts_with(mark)))
        })
}

/// Whether the lines of an edit hold marks of a template language.
fn touches_template(text: Lines<'_>, edit: &Edit) -> bool {
    let lines = text.slice(text.start(edit.range.start), text.end(edit.range.end));
    lines.contains("{{") || lines.contains("{%")
}

fn set(outcomes: &mut [Outcome], index: usize, outcome: Outcome) {
    if let Some(slot) = outcomes.get_mut(index) {
        *slot = outcome;
    }
}
