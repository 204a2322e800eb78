use ciel_core::Severity;
use ciel_mining::{ImitationKind, imitation, near};

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds roles, bindings and users of bindings whose names look like those that Kubernetes makes for its own controllers
    /// (`system:controller:…`) and are none of them, and service accounts in `kube-system` with names nearly or invented
    /// like a component's.
    ///
    /// ## Why is this bad?
    /// Names that begin with `system:` are the API server's own, and reviewers pass over them. RBAC-Buster (Aqua, 2023) kept its
    /// way back in through the binding `system:controller:kube-controller` of `cluster-admin`'s rights to its service
    /// account `kube-controller`.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: system:controller:kube-controller
    /// ```
    ///
    /// ## Use instead
    /// If it is yours, a name with your own prefix. If it is not, remove it, and its service account's tokens.
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// metadata:
    ///   name: example:node-agent
    /// ```
    ///
    /// ## Exceptions
    /// The names that Kubernetes 1.6 to 1.37 and the large distributions make are known.
    ///
    /// ## References
    /// - <https://www.aquasec.com/blog/leveraging-kubernetes-rbac-to-backdoor-clusters/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles>
    pub static IMITATED_SYSTEM_NAME = {
        code: "MINE009",
        name: "imitated-system-name",
        severity: High,
        since: "0.1.0",
        summary: "role, binding or service account has a name like the system's own",
        run: Object(
            &[
                ("rbac.authorization.k8s.io", "ClusterRole"),
                ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
                ("rbac.authorization.k8s.io", "Role"),
                ("rbac.authorization.k8s.io", "RoleBinding"),
                ("", "ServiceAccount"),
            ],
            imitated_system_name
        ),
        frameworks: [mitre("T1036"), ms("MS-TA9023")],
        aliases: [],
    }
}

/// What Kubernetes (1.6 to 1.37), GKE and OpenShift name their controllers' roles.
const CONTROLLERS: &[&str] = &[
    "attachdetach-controller",
    "bootstrap-signer",
    "certificate-controller",
    "cloud-node-controller",
    "cloud-node-lifecycle-controller",
    "cloud-provider",
    "clusterrole-aggregation-controller",
    "cronjob-controller",
    "daemon-set-controller",
    "deployment-controller",
    "device-taint-eviction-controller",
    "disruption-controller",
    "endpoint-controller",
    "endpointslice-controller",
    "endpointslicemirroring-controller",
    "ephemeral-volume-controller",
    "expand-controller",
    "generic-garbage-collector",
    "glbc",
    "horizontal-pod-autoscaler",
    // Gardener's.
    "kube-controller-manager",
    "job-controller",
    "kube-apiserver-serving-clustertrustbundle-publisher",
    "legacy-service-account-token-cleaner",
    "namespace-controller",
    "node-controller",
    "node-ipam-controller",
    "node-lifecycle-controller",
    "persistent-volume-binder",
    "pod-garbage-collector",
    "podcertificaterequestcleaner",
    "podcertificaterequest-cleaner",
    "pv-protection-controller",
    "pvc-protection-controller",
    "replicaset-controller",
    "replication-controller",
    "resource-claim-controller",
    "resourcequota-controller",
    "root-ca-cert-publisher",
    "route-controller",
    "selinux-warning-controller",
    "service-account-controller",
    "service-ca-cert-publisher",
    "service-cidrs-controller",
    "service-controller",
    "statefulset-controller",
    "storage-version-garbage-collector",
    "storage-version-migrator-controller",
    "storageversionmigrator-controller",
    "taint-eviction-controller",
    "token-cleaner",
    "token-controller",
    "ttl-after-finished-controller",
    "ttl-controller",
    "validatingadmissionpolicy-status-controller",
    "volumeattributesclass-protection-controller",
    "vac-protection-controller",
    "workload-controller",
    "ovirt-cloud-node-manager",
];

fn imitated_system_name(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(node) = object.root().at(&["metadata", "name"]) else {
        return;
    };
    let name = object.name();
    let to_admin = object.root().str_at(&["roleRef", "name"]) == Some("cluster-admin");
    let message = if object.kind() == "ServiceAccount" {
        if object.namespace() != "kube-system" {
            return;
        }
        let Some(found) = imitation(name).filter(|found| found.kind != ImitationKind::Exact) else {
            return;
        };
        format!(
            "service account `{name}` is named like Kubernetes' `{}`",
            found.component
        )
    } else {
        let Some(controller) = after_prefix(name) else {
            return;
        };
        let genuine = name.starts_with("system:controller:") && CONTROLLERS.contains(&controller);
        // Controllers are bound to roles of their own names, never to cluster-admin.
        if genuine && !to_admin {
            return;
        }
        format!(
            "`{name}` has a name like those of the system's own controllers, and is none of them"
        )
    };
    cx.report(&IMITATED_SYSTEM_NAME, node, message)
        .severity(if to_admin { Severity::Critical } else { Severity::High })
        .help("if it is yours, give it a name with your own prefix; if not, remove it and what it is bound to");
}

/// What stands behind `system:controller:`, or behind a prefix that is nearly that.
fn after_prefix(name: &str) -> Option<&str> {
    let mut parts = name.splitn(3, ':');
    let (system, controller, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let system_fits = system == "system" || near(system, "system");
    let controller_fits =
        controller == "controller" || controller == "controllers" || near(controller, "controller");
    (system_fits && controller_fits).then_some(rest)
}
