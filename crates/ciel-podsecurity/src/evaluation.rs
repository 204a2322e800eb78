use ciel_core::PssLevel;
use ciel_k8s::PodTemplate;
use ciel_yaml::Node;

use crate::{Control, LATEST_MINOR, control::ROWS, pod::Pod};

/// What admission says of one pod.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// What it breaks, in admission's order; empty where it is let in.
    pub violations: Vec<Violation<'a>>,
}

/// A control that a pod breaks.
#[derive(Debug)]
pub struct Violation<'a> {
    /// The control.
    pub control: Control,
    /// Admission's reason: `host namespaces`.
    pub reason: &'static str,
    /// Admission's detail: `hostNetwork=true`.
    pub detail: String,
    /// The places that break it, at least one, in the order of the object's containers.
    pub places: Vec<Place<'a>>,
}

/// A place in a pod that breaks a control: a field that stands there, or one that should.
#[derive(Debug)]
pub struct Place<'a> {
    /// The field, or the nearest mapping around it that stands there.
    pub node: Node<'a>,
    /// The way from the node to the field that should be there (`.securityContext.runAsNonRoot`); empty if the node
    /// itself is meant.
    pub missing: String,
    /// What is wrong there, in one line, names in backticks.
    pub message: String,
}

/// Holds a pod to a level, as the admission of a minor version of Kubernetes 1.x does; `None` for the latest that is
/// known.
#[must_use]
pub fn evaluate<'a>(
    template: &PodTemplate<'a>,
    level: PssLevel,
    minor: Option<u32>,
) -> Evaluation<'a> {
    if level == PssLevel::Privileged {
        return Evaluation::default();
    }
    let minor = minor.unwrap_or(LATEST_MINOR).min(LATEST_MINOR);
    let pod = Pod::read(template);
    let rows = ROWS.iter().filter(|row| row.holds(level, minor));
    Evaluation {
        violations: rows
            .filter_map(|row| (row.judge)(&pod, row.control, minor))
            .collect(),
    }
}

impl Evaluation<'_> {
    /// Whether admission lets the pod in.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.violations.is_empty()
    }

    /// All reasons, as admission joins them: `host namespaces, privileged`. Empty for a pod that is let in.
    #[must_use]
    pub fn reason(&self) -> String {
        let reasons: Vec<_> = self
            .violations
            .iter()
            .map(|violation| violation.reason)
            .collect();
        reasons.join(", ")
    }

    /// All reasons with their details, as admission joins them: `host namespaces (hostNetwork=true)`. Empty for a pod
    /// that is let in.
    #[must_use]
    pub fn detail(&self) -> String {
        let mut text = String::new();
        for violation in &self.violations {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(violation.reason);
            if !violation.detail.is_empty() {
                text.push_str(" (");
                text.push_str(&violation.detail);
                text.push(')');
            }
        }
        text
    }
}

impl<'a> Place<'a> {
    /// A field that stands there.
    pub(crate) fn at(node: Node<'a>, message: String) -> Self {
        Self {
            node,
            missing: String::new(),
            message,
        }
    }

    /// A field that should stand at the end of a chain of keys.
    pub(crate) fn missing(root: Node<'a>, keys: &[&str], message: String) -> Self {
        let mut node = root;
        let mut rest = keys;
        while let [key, tail @ ..] = rest {
            let Some(child) = node.get(key).filter(|child| child.is_mapping()) else {
                break;
            };
            node = child;
            rest = tail;
        }
        let mut missing = String::new();
        for key in rest {
            missing.push('.');
            missing.push_str(key);
        }
        Self {
            node,
            missing,
            message,
        }
    }
}
