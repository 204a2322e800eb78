//! The fields that Kubernetes knows (1.35) at the levels of a workload, sorted.

/// A level of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    ContainerContext,
    PodContext,
    Container,
    Pod,
    Deployment,
    DaemonSet,
    StatefulSet,
    ReplicaSet,
    Job,
    CronJob,
}

impl Level {
    /// The levels of pods.
    pub(super) const OF_PODS: [Self; 4] = [
        Self::ContainerContext,
        Self::PodContext,
        Self::Container,
        Self::Pod,
    ];

    /// The level of the spec of a kind that makes pods.
    pub(super) fn of_kind(kind: &str) -> Option<Self> {
        Some(match kind {
            "Deployment" => Self::Deployment,
            "DaemonSet" => Self::DaemonSet,
            "StatefulSet" => Self::StatefulSet,
            "ReplicaSet" | "ReplicationController" => Self::ReplicaSet,
            "Job" => Self::Job,
            "CronJob" => Self::CronJob,
            _ => return None,
        })
    }

    /// Whether it is a security context.
    pub(super) fn is_of_security(self) -> bool {
        matches!(self, Self::PodContext | Self::ContainerContext)
    }

    /// How messages speak of it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ContainerContext => "a container's security context",
            Self::PodContext => "a pod's security context",
            Self::Container => "a container",
            Self::Pod => "a pod's spec",
            Self::Deployment => "a Deployment's spec",
            Self::DaemonSet => "a DaemonSet's spec",
            Self::StatefulSet => "a StatefulSet's spec",
            Self::ReplicaSet => "a ReplicaSet's spec",
            Self::Job => "a Job's spec",
            Self::CronJob => "a CronJob's spec",
        }
    }

    /// The fields that Kubernetes knows there, sorted.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::ContainerContext => CONTAINER_CONTEXT,
            Self::PodContext => POD_CONTEXT,
            Self::Container => CONTAINER,
            Self::Pod => POD,
            Self::Deployment => DEPLOYMENT,
            Self::DaemonSet => DAEMON_SET,
            Self::StatefulSet => STATEFUL_SET,
            Self::ReplicaSet => REPLICA_SET,
            Self::Job => JOB,
            Self::CronJob => CRON_JOB,
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

const DEPLOYMENT: &[&str] = &[
    "minReadySeconds",
    "paused",
    "progressDeadlineSeconds",
    "replicas",
    "revisionHistoryLimit",
    "rollbackTo",
    "selector",
    "strategy",
    "template",
];

const DAEMON_SET: &[&str] = &[
    "minReadySeconds",
    "revisionHistoryLimit",
    "selector",
    "template",
    "templateGeneration",
    "updateStrategy",
];

const STATEFUL_SET: &[&str] = &[
    "minReadySeconds",
    "ordinals",
    "persistentVolumeClaimRetentionPolicy",
    "podManagementPolicy",
    "replicas",
    "revisionHistoryLimit",
    "selector",
    "serviceName",
    "template",
    "updateStrategy",
    "volumeClaimTemplates",
];

const REPLICA_SET: &[&str] = &["minReadySeconds", "replicas", "selector", "template"];

const JOB: &[&str] = &[
    "activeDeadlineSeconds",
    "backoffLimit",
    "backoffLimitPerIndex",
    "completionMode",
    "completions",
    "managedBy",
    "manualSelector",
    "maxFailedIndexes",
    "parallelism",
    "podFailurePolicy",
    "podReplacementPolicy",
    "selector",
    "successPolicy",
    "suspend",
    "template",
    "ttlSecondsAfterFinished",
];

const CRON_JOB: &[&str] = &[
    "concurrencyPolicy",
    "failedJobsHistoryLimit",
    "jobTemplate",
    "schedule",
    "startingDeadlineSeconds",
    "successfulJobsHistoryLimit",
    "suspend",
    "timeZone",
];
