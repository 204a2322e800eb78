use ciel_core::Severity;
use ciel_yaml::Node;

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
    /// Fields that are unknown at every level are not reported, since a later Kubernetes may know them, and custom
    /// resources that embed pods may have fields of their own.
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
    let group = cx.object().types().group();
    if !matches!(group, "" | "apps" | "batch" | "extensions") || cx.spec().partial {
        return;
    }
    let spec = cx.spec();
    judge(cx, spec.node, Level::Pod);
    if let Some(context) = spec.security_context() {
        judge(cx, context, Level::PodContext);
    }
    for container in spec.containers() {
        judge(cx, container.node, Level::Container);
        if let Some(context) = container.security_context() {
            judge(cx, context, Level::ContainerContext);
        }
    }
}

fn judge<'s>(cx: &mut PodCx<'s>, node: Node<'s>, level: Level) {
    for (key, value) in node.entries() {
        let name = key.scalar_text();
        if level.fields().binary_search(&name).is_ok() || value.is_null() {
            continue;
        }
        let known = Level::ALL.into_iter().find_map(|other| {
            let fields = other.fields().iter();
            let mut same = fields.filter(|field| field.eq_ignore_ascii_case(name));
            same.next().map(|field| (other, *field))
        });
        let Some((other, field)) = known else {
            continue;
        };
        let is_here = level.fields().contains(&field);
        let message = if is_here {
            format!(
                "{} has no field `{name}`: it is called `{field}`",
                level.name()
            )
        } else {
            format!(
                "{} has no field `{name}`: it belongs into {}",
                level.name(),
                other.name()
            )
        };
        let is_of_security = matches!(other, Level::PodContext | Level::ContainerContext);
        let severity = if is_of_security {
            Severity::Medium
        } else {
            Severity::Low
        };
        cx.report(&MISPLACED_FIELD, value, message)
            .severity(severity)
            .help("move or rename the field: it is not in force");
    }
}

/// A level of a pod's spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    ContainerContext,
    PodContext,
    Container,
    Pod,
}

impl Level {
    const ALL: [Self; 4] = [
        Self::ContainerContext,
        Self::PodContext,
        Self::Container,
        Self::Pod,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::ContainerContext => "a container's security context",
            Self::PodContext => "a pod's security context",
            Self::Container => "a container",
            Self::Pod => "a pod's spec",
        }
    }

    /// The fields that Kubernetes knows there, sorted.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::ContainerContext => CONTAINER_CONTEXT,
            Self::PodContext => POD_CONTEXT,
            Self::Container => CONTAINER,
            Self::Pod => POD,
        }
    }
}

const CONTAINER_CONTEXT: &[&str] = &[
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
    "windowsOptions",
];

const POD_CONTEXT: &[&str] = &[
    "appArmorProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "seLinuxChangePolicy",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
    "windowsOptions",
];

const CONTAINER: &[&str] = &[
    "args",
    "command",
    "env",
    "envFrom",
    "image",
    "imagePullPolicy",
    "lifecycle",
    "livenessProbe",
    "name",
    "ports",
    "readinessProbe",
    "resizePolicy",
    "resources",
    "restartPolicy",
    "restartPolicyRules",
    "securityContext",
    "startupProbe",
    "stdin",
    "stdinOnce",
    "targetContainerName",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "tty",
    "volumeDevices",
    "volumeMounts",
    "workingDir",
];

const POD: &[&str] = &[
    "activeDeadlineSeconds",
    "affinity",
    "automountServiceAccountToken",
    "containers",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "ephemeralContainers",
    "hostAliases",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostUsers",
    "hostname",
    "hostnameOverride",
    "imagePullSecrets",
    "initContainers",
    "nodeName",
    "nodeSelector",
    "os",
    "overhead",
    "preemptionPolicy",
    "priority",
    "priorityClassName",
    "readinessGates",
    "resourceClaims",
    "resources",
    "restartPolicy",
    "runtimeClassName",
    "schedulerName",
    "schedulingGates",
    "securityContext",
    "serviceAccount",
    "serviceAccountName",
    "setHostnameAsFQDN",
    "shareProcessNamespace",
    "subdomain",
    "terminationGracePeriodSeconds",
    "tolerations",
    "topologySpreadConstraints",
    "volumes",
    "workloadRef",
];
