//! Alerts against findings.
//!
//! An alert is answered by a finding on one of its objects, at one of the paths that it flags there. The finding may
//! also stand up to two steps below the path, which is more precise (an item of a list that kubescape flags as a whole),
//! or above it: where kubescape flags `rules[0].verbs[1]` or the name of a subject, `rules[0]` and the subject are the
//! same thing. A list is not the same thing as a field of one of its items. How many cases need this is counted
//! ([`Comparison::is_exact`]).
//!
//! An alert about what a subject may do names a binding and a role. The finding stands on one of them (on the role as
//! a rule, since the contract says so) and must name the binding among its related objects. An alert that flags nothing
//! in its own object, only in objects related to it (a Service that exposes a Deployment), is answered on either side,
//! as long as the finding names the place on the other side too. The same holds for one whose paths name no object and
//! are fields of the related one (the labels by which a Service finds its pods).
//!
//! In turn a finding must be asked for: some alert must be answered by it. One that stands on an alert's object, but at
//! another place, counts as one too many.

use std::fmt;

use ciel_core::{Finding, ObjectRef};

use super::alerts::{Alert, Flagged, Path, Step};

/// How many steps a finding may stand above or below the path of an alert.
const NEAR: usize = 2;

pub(super) struct Comparison {
    alerts: Vec<(Alert, Answer)>,
    /// Each finding, and whether an alert asks for it.
    findings: Vec<(String, bool)>,
}

/// How well an alert is answered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    None,
    /// At a parent or a child of a path, or on an object that the alert has no path for.
    Near,
    Exact,
    /// At every path that the alert has.
    Every,
}

impl Comparison {
    pub(super) fn of(alerts: Vec<Alert>, findings: &[Finding]) -> Self {
        let listed = findings.iter().map(|finding| {
            let asked = alerts
                .iter()
                .any(|alert| answer(alert, finding) > Answer::None);
            (line(finding), asked)
        });
        let listed = listed.collect();
        let alerts = alerts.into_iter().map(|alert| {
            let best = findings.iter().map(|finding| answer(&alert, finding)).max();
            let best = best.unwrap_or(Answer::None);
            let is_every = best == Answer::Exact && has_every_path(&alert, findings);
            (alert, if is_every { Answer::Every } else { best })
        });
        Self {
            alerts: alerts.collect(),
            findings: listed,
        }
    }

    /// `Err` with what differs, if an alert is not answered or a finding not asked for.
    pub(super) fn verdict(&self) -> Result<(), String> {
        let is_answered = self.alerts.iter().all(|(_, answer)| *answer > Answer::None);
        if is_answered && self.findings.iter().all(|(_, asked)| *asked) {
            return Ok(());
        }
        Err(self.to_string())
    }

    /// Whether each alert has a finding at exactly one of its paths.
    pub(super) fn is_exact(&self) -> bool {
        self.alerts
            .iter()
            .all(|(_, answer)| *answer >= Answer::Exact)
    }

    /// Whether each path of each alert has a finding.
    pub(super) fn has_every_path(&self) -> bool {
        self.alerts
            .iter()
            .all(|(_, answer)| *answer == Answer::Every)
    }
}

fn answer(alert: &Alert, finding: &Finding) -> Answer {
    let own = alert
        .objects
        .iter()
        .filter(|object| object.is(&finding.object));
    let own: Vec<_> = own.collect();
    let best = own.iter().map(|object| at(object, &finding.path)).max();
    let best = if alert.names_related && !own.is_empty() {
        best.max(related(alert, finding))
    } else {
        best
    };
    match best {
        Some(near) if names_the_rest(alert, finding) => near,
        _ => Answer::None,
    }
}

/// How near the finding's related places are to what the alert flags.
fn related(alert: &Alert, finding: &Finding) -> Option<Answer> {
    let places = finding.related.iter();
    let near = places.flat_map(|place| {
        let objects = alert
            .objects
            .iter()
            .filter(|object| object.is(&place.object) && !object.paths.is_empty());
        objects.map(|object| at(object, &place.path))
    });
    near.max()
}

/// How near a path is to what is flagged in an object.
fn at(object: &Flagged, path: &str) -> Answer {
    if object.paths.is_empty() {
        return Answer::Near;
    }
    let path = Path::parse(path);
    let near = object.paths.iter().map(|flagged| {
        if flagged.agrees(&path) {
            Answer::Exact
        } else if is_below(&path, flagged) || is_above(&path, flagged) {
            Answer::Near
        } else {
            Answer::None
        }
    });
    near.max().unwrap_or(Answer::None)
}

fn is_below(child: &Path, parent: &Path) -> bool {
    below(child, parent).is_some()
}

fn is_above(parent: &Path, child: &Path) -> bool {
    below(child, parent).is_some_and(|rest| {
        let is_list = matches!(rest.first(), Some(Step::Index(_)));
        !is_list || rest.len() == 1
    })
}

/// The steps from a parent to a child, if they are few.
fn below<'p>(child: &'p Path, parent: &Path) -> Option<&'p [Step]> {
    let (head, rest) = child.0.split_at_checked(parent.0.len())?;
    let is_parent = !head.is_empty() && parent.agrees(&Path(head.to_vec()));
    (is_parent && rest.len() <= NEAR).then_some(rest)
}

/// Whether the finding also names what must be known beside the place where it stands.
fn names_the_rest(alert: &Alert, finding: &Finding) -> bool {
    let is_named = |object: &Flagged| {
        let mut related = finding.related.iter();
        object.is(&finding.object) || related.any(|related| object.is(&related.object))
    };
    let mut bindings = alert
        .objects
        .iter()
        .filter(|object| object.kind.ends_with("Binding"));
    let mut flagged = alert
        .objects
        .iter()
        .filter(|object| !object.paths.is_empty());
    let has_paths = flagged.clone().next().is_some();
    bindings.all(is_named) && (!has_paths || flagged.any(is_named))
}

fn has_every_path(alert: &Alert, findings: &[Finding]) -> bool {
    alert.objects.iter().all(|object| {
        object.paths.iter().all(|flagged| {
            findings.iter().any(|finding| {
                let places = finding
                    .related
                    .iter()
                    .map(|related| (&related.object, &related.path));
                let mut places = places.chain([(&finding.object, &finding.path)]);
                places.any(|(of, path)| object.is(of) && flagged.agrees(&Path::parse(path)))
            })
        })
    })
}

impl Flagged {
    fn is(&self, object: &ObjectRef) -> bool {
        let default = |namespace: &str| namespace.is_empty() || namespace == "default";
        self.kind == object.kind
            && self.name == object.name
            && (self.namespace.is_empty()
                || self.namespace == object.namespace
                || default(&self.namespace) && default(&object.namespace))
    }
}

impl Path {
    fn agrees(&self, other: &Self) -> bool {
        let mut steps = self.0.iter().zip(&other.0);
        let is_same = |(a, b): (&Step, &Step)| a == b || *a == Step::Any || *b == Step::Any;
        self.0.len() == other.0.len() && steps.all(is_same)
    }
}

fn line(finding: &Finding) -> String {
    let object = &finding.object;
    let mut line = format!(
        "[{} {}] {} {}/{} {}",
        finding.check.code,
        finding.check.name,
        object.kind,
        object.namespace,
        object.name,
        finding.path
    );
    for related in &finding.related {
        let object = &related.object;
        line.push_str(&format!(
            " +{} {} {}",
            object.kind, object.name, related.path
        ));
    }
    line
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (alert, answer) in &self.alerts {
            let mark = match answer {
                Answer::None => "not answered",
                Answer::Near => "near",
                Answer::Exact => "exact",
                Answer::Every => "every path",
            };
            write!(f, "\n  alert ({mark}): {}", alert.message)?;
            for object in &alert.objects {
                let Flagged {
                    kind,
                    namespace,
                    name,
                    paths,
                } = object;
                write!(f, "\n    {kind} {namespace}/{name}")?;
                for path in paths {
                    write!(f, " {path}")?;
                }
            }
        }
        for (line, asked) in &self.findings {
            let mark = if *asked { "asked for" } else { "one too many" };
            write!(f, "\n  finding ({mark}): {line}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Any => f.write_str("[any]")?,
            }
        }
        Ok(())
    }
}
