use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::{Component, Program, component::Home, embedded::File, words::Flag};
use crate::{Cx, Report, Rule};

/// A program of the control plane or of a node under a check.
pub struct ComponentCx<'s> {
    pub(crate) cx: Cx<'s>,
    object: Object<'s>,
    /// The field that holds the configuration as text, if it is one within another object.
    anchor: Option<Node<'s>>,
    pub(super) component: Component<'s>,
}

impl<'s> ComponentCx<'s> {
    pub(crate) fn new(
        cx: Cx<'s>,
        object: Object<'s>,
        anchor: Option<Node<'s>>,
        component: Component<'s>,
    ) -> Self {
        Self {
            cx,
            object,
            anchor,
            component,
        }
    }

    pub(crate) fn into_cx(self) -> Cx<'s> {
        self.cx
    }

    /// Whether the configuration stands as text within another object.
    pub(super) fn is_within_text(&self) -> bool {
        self.anchor.is_some()
    }

    /// The object that sets the program up.
    pub(super) fn object(&self) -> Object<'s> {
        self.object
    }

    /// Minor version of Kubernetes 1.x that the program is of: its own, or the one asked for.
    pub(super) fn minor(&self) -> Option<u16> {
        self.component.minor.or(self.cx.options().kubernetes)
    }

    /// Whether the program is certainly of a minor version before this one.
    pub(super) fn is_before(&self, minor: u16) -> bool {
        self.minor().is_some_and(|own| own < minor)
    }

    /// The last flag of a name.
    pub(super) fn flag(&self, name: &str) -> Option<Flag<'s>> {
        self.component.flag(name).cloned()
    }

    /// How a setting is written where it is absent: `--profiling`, or the field of the configuration file.
    pub(super) fn spelling(&self, name: &str) -> String {
        match self.component.field(name) {
            Some(path) => path.trim_start_matches('.').to_owned(),
            None => format!("--{name}"),
        }
    }

    /// How a setting is written with a value: `--profiling=true`, `enableProfiling: true`.
    pub(super) fn setting(&self, name: &str, value: &str) -> String {
        let spelling = self.spelling(name);
        if value.is_empty() {
            return format!("an empty `{spelling}`");
        }
        let separator = if self.component.is_file() { ": " } else { "=" };
        format!("`{spelling}{separator}{}`", shortened(value))
    }

    /// The program's name in backticks.
    pub(super) fn program(&self) -> String {
        format!("`{}`", self.component.program.name())
    }

    /// A finding about a setting that is given.
    pub(super) fn report_flag(
        &mut self,
        rule: &'static Rule,
        flag: &Flag<'s>,
        message: String,
    ) -> Report<'_, 's> {
        let node = self.anchor.unwrap_or(flag.node);
        let program = self.component.program;
        self.cx
            .report_on(rule, self.object, node, message)
            .of_program(program)
    }

    /// A finding about a setting that is not given. Nothing where there may be settings that are not seen, or where the
    /// configuration file has no such field.
    pub(super) fn report_absent(
        &mut self,
        rule: &'static Rule,
        name: &str,
        message: String,
    ) -> Report<'_, 's> {
        let (node, missing) = match self.component.home {
            Home::Words(list) | Home::Entries(list) => (list, format!("[{}]", list.len())),
            Home::Whole(node) => (node, String::new()),
            Home::Arguments { parent, path } => (parent, format!("{path}.{name}")),
            Home::File { root, .. } => match self.component.field(name) {
                Some(path) => (root, path.to_owned()),
                None => return Report::dropped(),
            },
        };
        self.report_missing_at(rule, node, &missing, message)
    }

    /// The same for a setting that is one of several: it points at the list of words as a whole.
    pub(super) fn report_absent_among(
        &mut self,
        rule: &'static Rule,
        name: &str,
        message: String,
    ) -> Report<'_, 's> {
        match self.component.home {
            Home::Words(list) | Home::Entries(list) => {
                self.report_missing_at(rule, list, "", message)
            }
            Home::Arguments { parent, path } => self.report_missing_at(rule, parent, path, message),
            _ => self.report_absent(rule, name, message),
        }
    }

    fn report_missing_at(
        &mut self,
        rule: &'static Rule,
        node: Node<'s>,
        missing: &str,
        message: String,
    ) -> Report<'_, 's> {
        if self.component.is_partial {
            return Report::dropped();
        }
        let program = self.component.program;
        let report = match self.anchor {
            Some(anchor) => self.cx.report_on(rule, self.object, anchor, message),
            None if missing.is_empty() => self.cx.report_on(rule, self.object, node, message),
            None => self
                .cx
                .report_missing_on(rule, self.object, node, missing, message),
        };
        report.of_program(program)
    }

    /// Whether the program is this one.
    pub(super) fn is(&self, program: Program) -> bool {
        self.component.program == program
    }
}

/// A configuration file of the control plane under a check: an object of its own, or a text within one.
pub struct ConfigurationCx<'s> {
    pub(crate) cx: Cx<'s>,
    object: Object<'s>,
    file: Option<&'s File<'s>>,
    /// Its outermost node.
    pub(super) root: Node<'s>,
}

/// Kinds of configuration files that checks read, by group.
const CONFIGURATIONS: [(&str, &str); 9] = [
    ("audit.k8s.io", "Policy"),
    ("apiserver.config.k8s.io", "EncryptionConfiguration"),
    ("apiserver.config.k8s.io", "AdmissionConfiguration"),
    ("apiserver.config.k8s.io", "AuthenticationConfiguration"),
    ("apiserver.config.k8s.io", "AuthorizationConfiguration"),
    ("apiserver.k8s.io", "AdmissionConfiguration"),
    (
        "pod-security.admission.config.k8s.io",
        "PodSecurityConfiguration",
    ),
    ("apiserver.k8s.io", "EgressSelectorConfiguration"),
    ("apiserver.config.k8s.io", "EgressSelectorConfiguration"),
];

/// Whether a kind is one of those that checks of configuration files read.
pub(super) fn is_configuration(group: &str, kind: &str) -> bool {
    CONFIGURATIONS.contains(&(group, kind))
}

impl<'s> ConfigurationCx<'s> {
    pub(crate) fn of_object(cx: Cx<'s>, object: Object<'s>) -> Self {
        let root = object.root();
        Self {
            cx,
            object,
            file: None,
            root,
        }
    }

    pub(crate) fn of_file(cx: Cx<'s>, object: Object<'s>, file: &'s File<'s>) -> Self {
        Self {
            cx,
            object,
            file: Some(file),
            root: file.root(),
        }
    }

    pub(crate) fn into_cx(self) -> Cx<'s> {
        self.cx
    }

    /// A finding about a node of the file. Within a text it points at the field, in the line where the node stands.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        node: Node<'s>,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        let Some(file) = self.file else {
            return self.cx.report_on(rule, self.object, node, message);
        };
        let report = self.cx.report_on(rule, self.object, file.field, message);
        match file.place_of(node) {
            Some(place) => report.at_part(file.field, place),
            None => report,
        }
        .within_text()
    }

    /// The same about a secret, which reports hide.
    pub(super) fn report_secret(
        &mut self,
        rule: &'static Rule,
        node: Node<'s>,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        let file = self.file;
        let report = self.report(rule, node, message);
        match file.map(|file| (file.field, file.place_of(node))) {
            None => report.hide(node),
            Some((field, Some(place))) => report.at_secret(field, place),
            Some((field, None)) => report.hide(field),
        }
    }

    /// A finding about a field that the file lacks.
    pub(super) fn report_missing(
        &mut self,
        rule: &'static Rule,
        parent: Node<'s>,
        missing: &str,
        message: impl Into<String>,
    ) -> Report<'_, 's> {
        match self.file {
            None => self
                .cx
                .report_missing_on(rule, self.object, parent, missing, message),
            Some(_) => self.report(rule, parent, message),
        }
    }
}

/// A value as messages show it.
fn shortened(value: &str) -> String {
    const SHOWN: usize = 60;
    let line: String = value
        .chars()
        .map(|char| {
            if char.is_control() || char == '`' {
                ' '
            } else {
                char
            }
        })
        .collect();
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
