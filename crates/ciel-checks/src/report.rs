use std::{borrow::Cow, sync::Arc};

use ciel_core::{
    Alias, Applicability, Check, Control, Finding, Fix, Framework, Location, NestedValue,
    ObjectRef, PatchOp, Related, Severity, Tool,
};
use ciel_snapshot::Object;
use ciel_yaml::Node;
use serde_json::Value;

use crate::Program;

/// Where a finding is: at a node, or at a field that a node lacks.
pub(crate) struct Place<'s, 'm> {
    pub(crate) node: Node<'s>,
    /// Path of the missing field below the node; empty if the node itself is meant.
    pub(crate) missing: &'m str,
}

impl Place<'_, '_> {
    pub(crate) fn finding(
        &self,
        check: &'static Check,
        object: Object<'_>,
        object_ref: Arc<ObjectRef>,
        message: String,
    ) -> Finding {
        let root = object.root();
        let mut path = root.path_to(self.node);
        let mut stable_path = root.stable_path_to(self.node);
        path.push_str(self.missing);
        stable_path.push_str(self.missing);
        Finding {
            stable_path: (stable_path != path).then_some(stable_path),
            location: Some(object.location(self.node)),
            ..Finding::new(check, object_ref, path, message)
        }
    }
}

/// A finding that was just made, to say more about it.
pub struct Report<'f, 's> {
    finding: Option<(&'f mut Finding, Object<'s>)>,
    /// Whether its nodes are the object's, and not those of a text within it.
    is_fixable: bool,
}

impl<'f, 's> Report<'f, 's> {
    pub(crate) fn new(finding: Option<&'f mut Finding>, object: Object<'s>) -> Self {
        Self {
            finding: finding.map(|finding| (finding, object)),
            is_fixable: true,
        }
    }

    /// A finding that does not count; everything said about it is lost.
    pub(crate) fn dropped() -> Self {
        Self {
            finding: None,
            is_fixable: false,
        }
    }

    /// Its nodes are of a text within the object: no patch reaches them, and fixes that follow are lost.
    pub(crate) fn within_text(self) -> Self {
        Self {
            is_fixable: false,
            ..self
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Finding, Object<'s>)) -> Self {
        if let Some((finding, object)) = &mut self.finding {
            change(finding, *object);
        }
        self
    }

    /// What to do, in one line, imperative.
    pub fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.with(|finding, _| finding.help = help.into())
    }

    /// Another severity than the check's own.
    pub fn severity(self, severity: Severity) -> Self {
        self.with(|finding, _| finding.severity = severity)
    }

    /// What other tools call this finding, where that is not all of what they call the check.
    pub fn aliases(self, aliases: Vec<Alias>) -> Self {
        self.with(|finding, _| finding.own_aliases = Some(aliases))
    }

    /// Takes names away that a tool gives to other findings of the check, and not to this one.
    pub fn not_called(self, tool: Tool, ids: &[&str]) -> Self {
        self.with(|finding, _| {
            let is_kept = |alias: &&Alias| alias.tool != tool || !ids.contains(&alias.id);
            let kept = finding.aliases().iter().filter(is_kept).copied();
            finding.own_aliases = Some(kept.collect());
        })
    }

    /// Takes away what the CIS benchmark asks of other programs: it has one control for each of them, and a check is
    /// often one for all.
    pub(crate) fn of_program(self, program: Program) -> Self {
        let is_foreign = |id: &str| {
            let mut sections = Program::ALL.iter().map(|it| (it, it.cis_section()));
            sections.any(|(it, section)| *it != program && id.starts_with(section))
        };
        self.with(|finding, _| {
            let is_kept = |control: &&Control| {
                control.framework != Framework::Cis112 || !is_foreign(control.control)
            };
            let controls = finding.frameworks();
            if !controls.iter().all(|control| is_kept(&control)) {
                let kept = controls.iter().filter(is_kept).copied();
                finding.own_frameworks = Some(kept.collect());
            }
            let is_kept = |alias: &&Alias| alias.tool != Tool::KubeBench || !is_foreign(alias.id);
            let aliases = finding.aliases();
            if !aliases.iter().all(|alias| is_kept(&alias)) {
                let kept = aliases.iter().filter(is_kept).copied();
                finding.own_aliases = Some(kept.collect());
            }
        })
    }

    /// The controls that it answers, where these are not the check's.
    pub fn frameworks(self, frameworks: Vec<Control>) -> Self {
        self.with(|finding, _| finding.own_frameworks = Some(frameworks))
    }

    /// A fact for programs.
    pub fn evidence(self, key: &'static str, value: impl Into<Value>) -> Self {
        self.with(|finding, _| {
            finding.evidence.insert(key, value.into());
        })
    }

    /// A node of the object that holds a secret, which reports must not show in full.
    pub fn hide(self, node: Node<'_>) -> Self {
        self.with(|finding, _| finding.secrets.push(node.span()))
    }

    /// Points at a part of a scalar's value (bytes of its text), in the line of a block where it stands, and hides it as
    /// [`hide`](Self::hide) does.
    pub fn at_secret(self, node: Node<'_>, part: std::ops::Range<usize>) -> Self {
        self.with(|finding, object| {
            let span = node.span_of(part);
            finding.secrets.push(span);
            finding.location = Some(Location {
                span,
                ..object.location(node)
            });
        })
    }

    /// Points at a part of a scalar's value (bytes of its text), in the line of a block where it stands.
    pub fn at_part(self, node: Node<'_>, part: std::ops::Range<usize>) -> Self {
        self.with(|finding, object| {
            finding.location = Some(Location {
                span: node.span_of(part),
                ..object.location(node)
            });
        })
    }

    /// Another object that belongs to it, and the node that matters there.
    pub fn related(self, object: Object<'_>, node: Node<'_>, message: impl Into<String>) -> Self {
        self.with(|finding, _| {
            finding.related.push(Related {
                object: Arc::new(object.to_ref()),
                path: object.root().path_to(node),
                location: Some(object.location(node)),
                message: message.into(),
            });
        })
    }

    /// The change that removes it: another value for a node that stands there. Somebody has to judge it, unless
    /// [`safe_fix`](Self::safe_fix) follows.
    pub fn fix_replace(
        self,
        description: impl Into<Cow<'static, str>>,
        node: Node<'s>,
        value: impl Into<Value>,
    ) -> Self {
        let value = value.into();
        self.fix(description, |root| PatchOp::Replace {
            path: root.pointer_to(node),
            value,
        })
    }

    /// The change that removes it: without a node that stands there. As for its safety see
    /// [`fix_replace`](Self::fix_replace).
    pub fn fix_remove(self, description: impl Into<Cow<'static, str>>, node: Node<'s>) -> Self {
        self.fix(description, |root| PatchOp::Remove {
            path: root.pointer_to(node),
        })
    }

    /// The change that removes it: a value at the end of a chain of keys below a node. What is missing on the way is
    /// made; what stands at the end is replaced. As for its safety see [`fix_replace`](Self::fix_replace).
    pub fn fix_set(
        self,
        description: impl Into<Cow<'static, str>>,
        parent: Node<'s>,
        keys: &[&str],
        value: impl Into<Value>,
    ) -> Self {
        let value = value.into();
        self.fix(description, |root| set(root, parent, keys, value))
    }

    /// The fix may be made without a second look: it fills in what nobody has chosen, or undoes what has no use.
    pub fn safe_fix(self) -> Self {
        self.with(|finding, _| {
            if let Some(fix) = &mut finding.fix {
                fix.applicability = Applicability::Safe;
            }
        })
    }

    /// The change that removes it: one more item at the end of a list. As for its safety see
    /// [`fix_replace`](Self::fix_replace).
    pub fn fix_append(
        self,
        description: impl Into<Cow<'static, str>>,
        list: Node<'s>,
        value: impl Into<Value>,
    ) -> Self {
        let value = value.into();
        self.fix(description, |root| add(root, list, "-", value))
    }

    /// The change that removes it: an item before another one of its list. As for its safety see
    /// [`fix_replace`](Self::fix_replace).
    pub fn fix_insert_before(
        self,
        description: impl Into<Cow<'static, str>>,
        list: Node<'s>,
        item: Node<'s>,
        value: impl Into<Value>,
    ) -> Self {
        let Some(index) = list.items().position(|own| own == item) else {
            return self;
        };
        let value = value.into();
        self.fix(description, |root| {
            add(root, list, &index.to_string(), value)
        })
    }

    fn fix(
        self,
        description: impl Into<Cow<'static, str>>,
        op: impl FnOnce(Node<'s>) -> PatchOp,
    ) -> Self {
        if !self.is_fixable {
            return self;
        }
        self.with(|finding, object| {
            let root = object.root();
            finding.fix = Some(Box::new(Fix {
                description: description.into(),
                patch: vec![op(root)],
                applicability: Applicability::default(),
                object: root.span(),
            }));
        })
    }

    /// One more change that belongs to the fix: another item at the end of a list.
    pub fn fix_also_append(self, list: Node<'s>, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.with(|finding, object| {
            if let Some(fix) = &mut finding.fix {
                fix.patch.push(add(object.root(), list, "-", value));
            }
        })
    }

    /// One more change that belongs to the fix: a value at the end of a chain of keys below a node.
    pub fn fix_also_set(self, parent: Node<'s>, keys: &[&str], value: impl Into<Value>) -> Self {
        let value = value.into();
        self.with(|finding, object| {
            if let Some(fix) = &mut finding.fix {
                fix.patch.push(set(object.root(), parent, keys, value));
            }
        })
    }

    /// One more change that belongs to the fix: without another node that stands there.
    pub fn fix_also_remove(self, node: Node<'s>) -> Self {
        self.with(|finding, object| {
            if let Some(fix) = &mut finding.fix {
                let path = object.root().pointer_to(node);
                fix.patch.push(PatchOp::Remove { path });
            }
        })
    }
}

/// The operation that adds an item or an entry to what stands there.
fn add(root: Node<'_>, parent: Node<'_>, key: &str, value: Value) -> PatchOp {
    PatchOp::Add {
        path: format!("{}/{key}", root.pointer_to(parent)),
        value: NestedValue::new([], value),
    }
}

/// The operation that sets a value below a parent, making the mappings that are missing.
fn set(root: Node<'_>, parent: Node<'_>, keys: &[&str], value: Value) -> PatchOp {
    let mut at = parent;
    let mut rest = keys;
    while let Some((key, tail)) = rest.split_first() {
        let Some(child) = at
            .get_raw(key)
            .filter(|child| tail.is_empty() || child.is_mapping())
        else {
            break;
        };
        at = child;
        rest = tail;
    }
    let mut path = root.pointer_to(at);
    let Some((key, tail)) = rest.split_first() else {
        return PatchOp::Replace { path, value };
    };
    path.push('/');
    path.push_str(&key.replace('~', "~0").replace('/', "~1"));
    PatchOp::Add {
        path,
        value: NestedValue::new(tail.iter().copied(), value),
    }
}
