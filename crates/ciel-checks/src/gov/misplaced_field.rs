use ciel_core::Severity;
use ciel_yaml::Node;

use super::fields::Level;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds fields of pods, containers and their security contexts that stand at a level where Kubernetes does not
    /// know them, or that are written with other capitals: `runAsNonRoot` beside `image`, `readOnlyRootFilesystem` in
    /// the pod's security context, `imagepullpolicy`.
    ///
    /// ## Why is this bad?
    /// Kubernetes drops what it does not know, or refuses the object when asked to be strict. A setting of security
    /// that its author believes in is not in force.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   runAsNonRoot: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   securityContext:
    ///     runAsNonRoot: true
    /// ```
    ///
    /// ## Exceptions
    /// Only settings of security are reported unless more is asked for (`--profile all`). A later Kubernetes may know a
    /// field that is unknown at every level: that is `info`. Custom resources that embed pods may have fields of their
    /// own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>
    pub static MISPLACED_FIELD = {
        code: "GOV013",
        name: "misplaced-field",
        severity: Low,
        severity_reason: "medium where it is a setting of security, which is then not in force",
        since: "0.1.0",
        summary: "field of a pod stands where Kubernetes does not look",
        run: Pod(misplaced_field),
        frameworks: [],
        aliases: [kube_linter("schema-validation")],
    }
}

fn misplaced_field(cx: &mut PodCx<'_>) {
    let object = cx.object();
    let group = object.types().group();
    if !matches!(group, "" | "apps" | "batch" | "extensions") || cx.spec().partial {
        return;
    }
    let spec = cx.spec();
    let (pod, none) = (spec.node, None);
    judge(cx, pod, Level::Pod, none);
    if let Some(context) = spec.security_context() {
        judge(cx, context, Level::PodContext, none);
    }
    for container in spec.containers() {
        let own = Some(container.node);
        judge(cx, container.node, Level::Container, own);
        if let Some(context) = container.security_context() {
            judge(cx, context, Level::ContainerContext, own);
        }
    }
    let of_workload = Level::of_kind(object.kind()).zip(object.root().get("spec"));
    if let Some((level, spec)) = of_workload.filter(|_| asks_for_all(cx)) {
        judge(cx, spec, level, none);
    }
}

/// Whether more is asked for than settings of security.
fn asks_for_all(cx: &PodCx<'_>) -> bool {
    cx.options().asks_for_hardening(&MISPLACED_FIELD.check)
}

fn judge<'s>(cx: &mut PodCx<'s>, node: Node<'s>, level: Level, container: Option<Node<'s>>) {
    let asks_for_all = asks_for_all(cx);
    for (key, value) in node.entries() {
        let name = key.scalar_text();
        // Most fields of most pods end here: the long lists are for those who ask for everything.
        if !asks_for_all && !level.is_of_security() && !is_of_security(name) {
            continue;
        }
        if level.fields().binary_search(&name).is_ok() || value.is_null() {
            continue;
        }
        let place = level.name();
        let known = place_of(name, level);
        let is_of_security = known.is_some_and(|(other, _)| other.is_of_security());
        if !is_of_security && !asks_for_all {
            continue;
        }
        let message = match known {
            Some((other, field)) if other == level => {
                format!("{place} has no field `{name}`: it is called `{field}`")
            }
            Some((other, _)) => {
                format!(
                    "{place} has no field `{name}`: it belongs into {}",
                    other.name()
                )
            }
            None => format!("{place} has no field `{name}`"),
        };
        let severity = match (is_of_security, known) {
            (true, _) => Severity::Medium,
            (false, Some(_)) => Severity::Low,
            (false, None) => Severity::Info,
        };
        let target = known
            .filter(|(_, field)| !may_tell(field))
            .and_then(|(other, field)| {
                let home = home_of(cx.spec().node, container, (node, level), other)?;
                let keys = [home.1, &[field]].concat();
                home.0.at(&keys).is_none().then_some((home.0, keys))
            });
        let report = cx
            .report(&MISPLACED_FIELD, value, message)
            .severity(severity)
            .help("move, rename or remove the field: it is not in force");
        if let Some((home, keys)) = target {
            report
                .fix_set("put it where it is in force", home, &keys, value.to_json())
                .fix_also_remove(value);
        }
    }
}

/// Whether a field's value may be secret: a patch would have to repeat it.
fn may_tell(field: &str) -> bool {
    matches!(
        field,
        "args"
            | "command"
            | "env"
            | "lifecycle"
            | "livenessProbe"
            | "readinessProbe"
            | "startupProbe"
    )
}

/// Where the fields of a level stand, for one that was written at another: a node, and the key of the mapping below it.
/// None where there are several such places, as a pod has containers.
fn home_of<'s>(
    pod: Node<'s>,
    container: Option<Node<'s>>,
    (node, own): (Node<'s>, Level),
    level: Level,
) -> Option<(Node<'s>, &'static [&'static str])> {
    const CONTEXT: &[&str] = &["securityContext"];
    match level {
        _ if level == own => Some((node, &[])),
        Level::Pod => Some((pod, &[])),
        Level::PodContext => Some((pod, CONTEXT)),
        Level::Container => Some((container?, &[])),
        Level::ContainerContext => Some((container?, CONTEXT)),
        _ => None,
    }
}

/// Whether a name is that of a field of security contexts and of nothing else.
fn is_of_security(name: &str) -> bool {
    matches!(
        name,
        "allowPrivilegeEscalation"
            | "appArmorProfile"
            | "capabilities"
            | "fsGroup"
            | "privileged"
            | "procMount"
            | "readOnlyRootFilesystem"
            | "runAsGroup"
            | "runAsNonRoot"
            | "runAsUser"
            | "seLinuxOptions"
            | "seccompProfile"
            | "supplementalGroups"
            | "sysctls"
    )
}

/// Where a field belongs that a level does not know, and how it is written.
fn place_of(name: &str, level: Level) -> Option<(Level, &'static str)> {
    let levels = [level].into_iter().chain(Level::OF_PODS);
    levels.into_iter().find_map(|level| {
        let mut fields = level.fields().iter();
        let field = fields.find(|field| field.eq_ignore_ascii_case(name))?;
        Some((level, *field))
    })
}
