//! Which verbs on which resources give which power.
//!
//! From the authorization of the API server: the REST storage of each subresource (which verb a connection needs), its
//! admission plugins (`CertificateApproval`, `CertificateSigning`), the escalation checks of the RBAC storage and the
//! impersonation filter.

use super::Power;

/// Verbs on a resource that give a power.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) power: Power,
    pub(super) group: &'static str,
    /// `pods/exec`
    pub(super) path: &'static str,
    pub(super) verbs: &'static [&'static str],
    pub(super) names: Names,
    pub(super) is_cluster_wide: bool,
    /// The authorizer never asks for this verb on this resource.
    pub(super) is_idle: bool,
}

/// What `resourceNames` mean for a target.
#[derive(Debug)]
pub(super) enum Names {
    /// Rules that are about some objects only do not give the power.
    All,
    /// They give it.
    Any,
    /// They give it if one of these is named.
    Among(&'static [&'static str]),
    /// Only rules that name one of these give it.
    Only(&'static [&'static str]),
}

const READ: &[&str] = &["get", "list", "watch"];
const RUN: &[&str] = &["create", "update", "patch"];
const CREATE: &[&str] = &["create"];
const CHANGE: &[&str] = &["update", "patch"];
const WRITE: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];
const DELETE: &[&str] = &["delete", "deletecollection"];
/// A connection is a GET (WebSockets) or a POST.
const CONNECT: &[&str] = &["create", "get"];
const PROXY: &[&str] = &["get", "create", "update", "patch", "delete"];

const RBAC: &str = "rbac.authorization.k8s.io";
const CERTIFICATES: &str = "certificates.k8s.io";
const ADMISSION: &str = "admissionregistration.k8s.io";

/// Roles by whose binding more is won than the binder is likely to have.
const STRONG_ROLES: Names = Names::Among(&["cluster-admin", "admin", "edit", "system:node"]);
/// Signers whose certificates the API server takes for identities.
const SIGNERS: Names = Names::Among(&[
    "kubernetes.io/*",
    "kubernetes.io/kube-apiserver-client",
    "kubernetes.io/kube-apiserver-client-kubelet",
    "kubernetes.io/legacy-unknown",
]);
/// Groups and users who may do everything, or nearly.
const STRONG_IDENTITIES: Names = Names::Among(&[
    "cluster-admin",
    "kubeadm:cluster-admins",
    "kubernetes-admin",
    "system:admin",
    "system:kube-controller-manager",
    "system:masters",
    "system:nodes",
]);
/// ConfigMaps of kube-system by which the cluster is run.
const SYSTEM_CONFIG: Names = Names::Among(&[
    "aws-auth",
    "coredns",
    "coredns-custom",
    "extension-apiserver-authentication",
    "kube-dns",
    "kube-proxy",
    "kubeadm-config",
    "kubelet-config",
    "node-local-dns",
]);
const SYSTEM_NAMESPACES: Names = Names::Among(&["default", "kube-public", "kube-system"]);
const SYSTEM_LEASES: Names = Names::Among(&[
    "cloud-controller-manager",
    "kube-controller-manager",
    "kube-scheduler",
]);

const fn on(
    power: Power,
    group: &'static str,
    path: &'static str,
    verbs: &'static [&'static str],
) -> Target {
    Target {
        power,
        group,
        path,
        verbs,
        names: Names::All,
        is_cluster_wide: is_cluster_wide(path),
        is_idle: false,
    }
}

const fn named(target: Target, names: Names) -> Target {
    Target { names, ..target }
}

const fn idle(target: Target) -> Target {
    Target {
        is_idle: true,
        ..target
    }
}

const fn everywhere(target: Target) -> Target {
    Target {
        is_cluster_wide: true,
        ..target
    }
}

/// Whether a resource of the table has no namespaces. `namespaces` themselves have: the authorizer is asked for them in
/// the namespace of their name. `clusterroles` have: a RoleBinding to one is asked for in its own namespace.
const fn is_cluster_wide(path: &str) -> bool {
    const WITHOUT: [&str; 21] = [
        "nodes",
        "nodes/proxy",
        "nodes/status",
        "nodes/log",
        "nodes/checkpoint",
        "persistentvolumes",
        "clusterrolebindings",
        "users",
        "groups",
        "uids",
        "userextras/",
        "certificatesigningrequests/approval",
        "certificatesigningrequests/status",
        "signers",
        "mutatingwebhookconfigurations",
        "validatingwebhookconfigurations",
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
        "customresourcedefinitions",
    ];
    let mut rest: &[&str] = &WITHOUT;
    while let [first, tail @ ..] = rest {
        if is_same(first.as_bytes(), path.as_bytes()) {
            return true;
        }
        rest = tail;
    }
    is_same(path.as_bytes(), b"apiservices")
}

const fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_of_a @ ..], [y, rest_of_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        a = rest_of_a;
        b = rest_of_b;
    }
    a.is_empty() && b.is_empty()
}

#[rustfmt::skip]
pub(super) const TARGETS: &[Target] = &[
    on(Power::ReadSecrets, "", "secrets", READ),
    on(Power::WriteSecrets, "", "secrets", WRITE),
    on(Power::IssueTokens, "", "serviceaccounts/token", CREATE),

    on(Power::RunPods, "", "pods", RUN),
    on(Power::RunPods, "", "replicationcontrollers", RUN),
    on(Power::RunPods, "apps", "deployments", RUN),
    on(Power::RunPods, "apps", "daemonsets", RUN),
    on(Power::RunPods, "apps", "statefulsets", RUN),
    on(Power::RunPods, "apps", "replicasets", RUN),
    on(Power::RunPods, "extensions", "deployments", RUN),
    on(Power::RunPods, "extensions", "daemonsets", RUN),
    on(Power::RunPods, "extensions", "replicasets", RUN),
    on(Power::RunPods, "batch", "jobs", RUN),
    on(Power::RunPods, "batch", "cronjobs", RUN),
    // Kinds of operators whose pods are as the object says. Whoever only changes them may be the operator itself.
    on(Power::RunPods, "apps.openshift.io", "deploymentconfigs", RUN),
    on(Power::RunPods, "argoproj.io", "cronworkflows", CREATE),
    on(Power::RunPods, "argoproj.io", "rollouts", CREATE),
    on(Power::RunPods, "argoproj.io", "workflows", CREATE),
    on(Power::RunPods, "batch.volcano.sh", "jobs", CREATE),
    on(Power::RunPods, "kubeflow.org", "notebooks", CREATE),
    on(Power::RunPods, "ray.io", "rayclusters", CREATE),
    on(Power::RunPods, "ray.io", "rayjobs", CREATE),
    on(Power::RunPods, "serving.knative.dev", "services", CREATE),
    on(Power::RunPods, "sparkoperator.k8s.io", "sparkapplications", CREATE),
    on(Power::RunPods, "tekton.dev", "pipelineruns", CREATE),
    on(Power::RunPods, "tekton.dev", "taskruns", CREATE),

    on(Power::ExecInPods, "", "pods/exec", CONNECT),
    on(Power::ExecInPods, "", "pods/attach", CONNECT),
    on(Power::DebugPods, "", "pods/ephemeralcontainers", CHANGE),
    on(Power::ForwardPorts, "", "pods/portforward", CONNECT),
    on(Power::ProxyToNodes, "", "nodes/proxy", PROXY),
    on(Power::ProxyToServices, "", "services/proxy", PROXY),
    on(Power::ProxyToServices, "", "pods/proxy", PROXY),

    named(on(Power::Impersonate, "", "users", &["impersonate"]), STRONG_IDENTITIES),
    named(on(Power::Impersonate, "", "groups", &["impersonate"]), STRONG_IDENTITIES),
    on(Power::Impersonate, "", "serviceaccounts", &["impersonate"]),
    on(Power::Impersonate, "authentication.k8s.io", "uids", &["impersonate"]),
    on(Power::Impersonate, "authentication.k8s.io", "userextras/", &["impersonate"]),

    named(on(Power::Bind, RBAC, "clusterroles", &["bind"]), STRONG_ROLES),
    on(Power::Bind, RBAC, "roles", &["bind"]),
    // Asked of the role, not of the binding.
    idle(on(Power::Bind, RBAC, "rolebindings", &["bind"])),
    idle(on(Power::Bind, RBAC, "clusterrolebindings", &["bind"])),
    everywhere(on(Power::Escalate, RBAC, "clusterroles", &["escalate"])),
    on(Power::Escalate, RBAC, "roles", &["escalate"]),
    idle(on(Power::Escalate, RBAC, "rolebindings", &["escalate"])),
    idle(on(Power::Escalate, RBAC, "clusterrolebindings", &["escalate"])),
    on(Power::WriteRoles, RBAC, "clusterrolebindings", RUN),
    everywhere(on(Power::WriteRoles, RBAC, "clusterroles", RUN)),
    on(Power::WriteRoles, RBAC, "rolebindings", RUN),
    on(Power::WriteRoles, RBAC, "roles", RUN),

    on(Power::ApproveCertificates, CERTIFICATES, "certificatesigningrequests/approval", CHANGE),
    named(on(Power::ApproveCertificates, CERTIFICATES, "signers", &["approve", "sign"]), SIGNERS),

    on(Power::WriteAdmission, ADMISSION, "mutatingwebhookconfigurations", WRITE),
    on(Power::WriteAdmission, ADMISSION, "validatingwebhookconfigurations", WRITE),
    on(Power::WriteAdmission, ADMISSION, "mutatingadmissionpolicies", WRITE),
    on(Power::WriteAdmission, ADMISSION, "mutatingadmissionpolicybindings", WRITE),
    on(Power::WriteAdmission, ADMISSION, "validatingadmissionpolicies", WRITE),
    on(Power::WriteAdmission, ADMISSION, "validatingadmissionpolicybindings", WRITE),

    on(Power::CreateVolumes, "", "persistentvolumes", CREATE),
    named(on(Power::WriteConfigMaps, "", "configmaps", WRITE), SYSTEM_CONFIG),
    named(on(Power::WriteAwsAuth, "", "configmaps", WRITE), Names::Only(&["aws-auth"])),

    on(Power::WriteServiceStatus, "", "services/status", CHANGE),
    on(Power::WriteNetwork, "", "services", WRITE),
    on(Power::WriteNetwork, "", "endpoints", WRITE),
    on(Power::WriteNetwork, "discovery.k8s.io", "endpointslices", WRITE),
    on(Power::WriteNetwork, "networking.k8s.io", "networkpolicies", WRITE),
    on(Power::WriteNetwork, "networking.k8s.io", "ingresses", WRITE),
    on(Power::WriteNetwork, "extensions", "networkpolicies", WRITE),
    on(Power::WriteNetwork, "extensions", "ingresses", WRITE),
    on(Power::WriteNetwork, "policy.networking.k8s.io", "adminnetworkpolicies", WRITE),
    on(Power::WriteNetwork, "cilium.io", "ciliumnetworkpolicies", WRITE),
    on(Power::WriteNetwork, "cilium.io", "ciliumclusterwidenetworkpolicies", WRITE),
    on(Power::WriteNetwork, "projectcalico.org", "networkpolicies", WRITE),
    on(Power::WriteNetwork, "projectcalico.org", "globalnetworkpolicies", WRITE),
    on(Power::WriteNetwork, "crd.projectcalico.org", "networkpolicies", WRITE),
    on(Power::WriteNetwork, "crd.projectcalico.org", "globalnetworkpolicies", WRITE),

    on(Power::RemovePods, "", "pods", DELETE),
    on(Power::RemovePods, "", "pods/eviction", CREATE),
    on(Power::Delete, "", "secrets", DELETE),
    on(Power::Delete, "", "configmaps", DELETE),
    on(Power::Delete, "", "pods", DELETE),
    on(Power::Delete, "", "services", DELETE),
    on(Power::Delete, "", "serviceaccounts", DELETE),
    on(Power::Delete, "", "namespaces", DELETE),
    on(Power::Delete, "", "nodes", DELETE),
    on(Power::Delete, "", "persistentvolumes", DELETE),
    on(Power::Delete, "", "persistentvolumeclaims", DELETE),
    on(Power::Delete, "", "replicationcontrollers", DELETE),
    on(Power::Delete, "apps", "deployments", DELETE),
    on(Power::Delete, "apps", "daemonsets", DELETE),
    on(Power::Delete, "apps", "statefulsets", DELETE),
    on(Power::Delete, "apps", "replicasets", DELETE),
    on(Power::Delete, "batch", "jobs", DELETE),
    on(Power::Delete, "batch", "cronjobs", DELETE),
    on(Power::Delete, "apiextensions.k8s.io", "customresourcedefinitions", DELETE),
    on(Power::DeleteTraces, "", "events", DELETE),
    on(Power::DeleteTraces, "events.k8s.io", "events", DELETE),
    // The API server has no such operation.
    idle(on(Power::DeleteTraces, "", "pods/log", DELETE)),

    on(Power::WriteStatus, "", "nodes/status", CHANGE),
    on(Power::WriteStatus, "", "pods/status", CHANGE),
    on(Power::WriteNodes, "", "nodes", RUN),
    named(on(Power::WriteNamespaces, "", "namespaces", CHANGE), SYSTEM_NAMESPACES),
    named(on(Power::ReadNodes, "", "nodes/log", &["get"]), Names::Any),
    named(on(Power::ReadNodes, "", "nodes/checkpoint", CREATE), Names::Any),
    on(Power::WriteApis, "apiregistration.k8s.io", "apiservices", RUN),
    on(Power::WriteApis, "apiextensions.k8s.io", "customresourcedefinitions", RUN),
    named(on(Power::WriteLeases, "coordination.k8s.io", "leases", WRITE), SYSTEM_LEASES),
];
