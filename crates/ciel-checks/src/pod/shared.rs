//! What checks of pods ask of a container, each answered in one place.

use ciel_core::{Severity, Tool};
use ciel_k8s::{Container, EffectiveField, PodSpec};
use ciel_yaml::Node;

use crate::{ContainerCx, PodCx, Report, Rule};

/// Whether the container runs privileged, which gives it all capabilities and confines it by nothing.
pub(super) fn is_privileged(cx: &ContainerCx<'_>) -> bool {
    let flag = cx.spec().container_security(cx.container, "privileged");
    flag.and_then(Node::as_bool) == Some(true)
}

/// Whether Linux' own settings (capabilities, seccomp, AppArmor, SELinux, privilege escalation, user ids) mean
/// something to the container: on Windows they do not. Only Windows has host processes.
pub(super) fn is_linux(cx: &ContainerCx<'_>) -> bool {
    !cx.spec().is_windows() && !is_host_process(cx)
}

/// Whether the container is a Windows process on the node itself.
pub(super) fn is_host_process(cx: &ContainerCx<'_>) -> bool {
    let flag = windows_option(cx, "hostProcess").node();
    flag.and_then(Node::as_bool) == Some(true)
}

/// A field of `securityContext.windowsOptions`, each of which containers inherit for itself.
pub(super) fn windows_option<'s>(cx: &ContainerCx<'s>, field: &str) -> EffectiveField<'s> {
    windows_option_of(cx.spec(), cx.container, field)
}

fn windows_option_of<'s>(
    spec: PodSpec<'s>,
    container: Container<'s>,
    field: &str,
) -> EffectiveField<'s> {
    let own = container.security("windowsOptions");
    if let Some(node) = own.and_then(|own| own.get(field)) {
        return EffectiveField::Container(node);
    }
    let of_pod = spec.node.at(&["securityContext", "windowsOptions", field]);
    of_pod.map_or(EffectiveField::Unset, EffectiveField::Pod)
}

/// The severity of something that root does, or a capability allows, inside the container: with a user namespace
/// (`hostUsers: false`) root is nobody on the node and capabilities hold for the pod's own resources alone.
pub(super) fn severity_in_namespace(cx: &ContainerCx<'_>, severity: Severity) -> Severity {
    if cx.spec().has_user_namespace() {
        severity.min(Severity::Low)
    } else {
        severity
    }
}

/// Whether this container is the first of those that take the field from the pod, so that what the pod says is
/// reported once.
pub(super) fn is_first_to_inherit(cx: &ContainerCx<'_>, field: &str) -> bool {
    is_first(cx, |container| cx.spec().effective(container, field))
}

/// The same for a field of `windowsOptions`.
pub(super) fn is_first_to_inherit_windows_option(cx: &ContainerCx<'_>, field: &str) -> bool {
    is_first(cx, |container| {
        windows_option_of(cx.spec(), container, field)
    })
}

fn is_first<'s>(cx: &ContainerCx<'s>, field: impl Fn(Container<'s>) -> EffectiveField<'s>) -> bool {
    let said = field(cx.container).node();
    let mut containers = cx.spec().containers().into_iter();
    let first = containers.find(
        |container| matches!(field(*container), EffectiveField::Pod(node) if Some(node) == said),
    );
    first.is_some_and(|first| first.node == cx.container.node)
}

/// A security context that stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'s> {
    pub(super) node: Node<'s>,
    /// Whose it is; the pod's where it is no container's.
    container: Option<Container<'s>>,
}

impl Context<'_> {
    /// Who a message speaks of.
    pub(super) fn speaker(self) -> String {
        self.container
            .map_or_else(|| "pod".to_owned(), Container::display)
    }
}

/// The security contexts of a pod and its containers, the pod's first.
pub(super) fn security_contexts<'s>(cx: &PodCx<'s>) -> Vec<Context<'s>> {
    let of_pod = cx.spec().security_context().map(|node| Context {
        node,
        container: None,
    });
    let of_containers = cx.spec().containers().into_iter().filter_map(|container| {
        Some(Context {
            node: container.security_context()?,
            container: Some(container),
        })
    });
    of_pod.into_iter().chain(of_containers).collect()
}

/// Who a message speaks of: the container, or the pod where the container takes the setting from it.
pub(super) fn speaker(cx: &ContainerCx<'_>, field: EffectiveField<'_>) -> String {
    match field {
        EffectiveField::Pod(_) => "pod".to_owned(),
        _ => cx.container.display(),
    }
}

/// A finding about a setting of the container: at its node, or, where it is missing, at its path from the container.
pub(super) fn report_setting<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    rule: &'static Rule,
    setting: Option<Node<'s>>,
    path: &str,
    message: String,
) -> Report<'f, 's> {
    let container = cx.container.node;
    match setting {
        Some(node) => cx.report(rule, node, message),
        None => cx.report_missing(rule, container, path, message),
    }
}

/// As which user a container runs.
#[derive(Clone, Copy, Debug)]
pub(super) enum User<'s> {
    /// Not as root: its user id says so, or the kubelet refuses to start it as root.
    NotRoot,
    /// As root: who says `runAsUser: 0`.
    Root(EffectiveField<'s>),
    /// As the user that the image names, which may be root; and who says `runAsNonRoot: false`, if anybody does.
    Images(EffectiveField<'s>),
}

/// As which user the container runs, by what it and its pod say. A user id counts more than `runAsNonRoot`, which
/// is only a condition to start.
pub(super) fn user<'s>(cx: &ContainerCx<'s>) -> User<'s> {
    let user = cx.spec().effective(cx.container, "runAsUser");
    match user.node().and_then(Node::as_i64) {
        Some(0) => User::Root(user),
        Some(1..) => User::NotRoot,
        _ => {
            let demand = cx.spec().effective(cx.container, "runAsNonRoot");
            match demand.node().and_then(Node::as_bool) {
                Some(true) => User::NotRoot,
                _ => User::Images(demand),
            }
        }
    }
}

/// Whether no program in the container can get a privilege: not root, and without a way to become it.
pub(super) fn is_powerless(cx: &ContainerCx<'_>) -> bool {
    let escalation = cx
        .spec()
        .container_security(cx.container, "allowPrivilegeEscalation");
    matches!(user(cx), User::NotRoot) && escalation.and_then(Node::as_bool) == Some(false)
}

/// What tells the check of low user ids from that of low group ids.
pub(super) struct IdCheck {
    pub(super) rule: &'static Rule,
    /// Field of `securityContext`.
    pub(super) field: &'static str,
    /// `user id`, `group id`.
    pub(super) noun: &'static str,
}

/// Ids from here on belong to no user or group that a node makes for itself.
const FIRST_HIGH_ID: i64 = 10_000;

/// Reports an id below [`FIRST_HIGH_ID`], or one that nobody gives.
pub(super) fn report_low_id(cx: &mut ContainerCx<'_>, check: &IdCheck) {
    if !is_linux(cx) || cx.spec().has_user_namespace() {
        return;
    }
    let said = cx.spec().effective(cx.container, check.field);
    let container = cx.container;
    let noun = check.noun;
    let Some(node) = said.node() else {
        let message = format!(
            "{} has whatever {noun} its image names",
            container.display()
        );
        let path = format!(".securityContext.{}", check.field);
        cx.report_missing(check.rule, container.node, &path, message)
            .severity(Severity::Info)
            .help(format!("set `{}` to an id from 10000 on", check.field));
        return;
    };
    let Some(id) = node.as_i64().filter(|id| *id < FIRST_HIGH_ID) else {
        return;
    };
    if matches!(said, EffectiveField::Pod(_)) && !is_first_to_inherit(cx, check.field) {
        return;
    }
    let message = format!("{} has the low {noun} {id}", speaker(cx, said));
    // To Kubescape a container may run as root if it names no group, and whatever group other than root's will do.
    cx.report(check.rule, node, message)
        .help(format!("set `{}` to an id from 10000 on", check.field))
        .not_called(Tool::Kubescape, &["C-0013"]);
}
