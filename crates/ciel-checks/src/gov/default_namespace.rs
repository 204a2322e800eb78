use ciel_core::Severity;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::bounds::is_rendered;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds objects in the namespace `default`: those that say so, and those of Kubernetes' own kinds that name no
    /// namespace, which land there unless whoever applies them says otherwise.
    ///
    /// ## Why is this bad?
    /// Roles, network policies, quotas and Pod Security levels hold for namespaces. What shares `default` with
    /// everything that nobody has placed shares all of these too.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: settings
    ///   namespace: default
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: settings
    ///   namespace: shop
    /// ```
    ///
    /// ## Exceptions
    /// What every cluster has there by itself: the Service `kubernetes` with its endpoints, the account `default` and
    /// the certificates of the cluster's authorities. A rendered chart or kustomization without a namespace is
    /// installed into the one that its user names, and is not judged. What a controller has made is judged where it is
    /// made. A missing namespace is `info`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/>
    pub static DEFAULT_NAMESPACE = {
        code: "GOV001",
        name: "default-namespace",
        severity: Low,
        severity_reason: "tools say low to medium; nothing is open by it",
        since: "0.1.0",
        summary: "object is in the default namespace",
        profile: All,
        run: AnyObject(default_namespace),
        frameworks: [cis("5.6.4"), nsa("network-separation"), owasp2022("K01")],
        aliases: [
            kubescape("C-0061"), kubescape("C-0212"), trivy("KSV-0110"), kube_linter("use-namespace"),
            checkov("CKV_K8S_21"), kube_bench("5.6.4"),
            kics("611ab018-c4aa-4ba2-b0f6-a448337509a6"), datree("WORKLOAD_INCORRECT_NAMESPACE_VALUE_DEFAULT"),
        ],
    }
}

fn default_namespace(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(metadata) = object.view().metadata() else {
        return;
    };
    let said = metadata.get("namespace");
    let is_missing = said.is_none_or(|said| said.scalar_text().is_empty());
    if !is_missing && said.and_then(Node::as_str) != Some("default") {
        return;
    }
    if is_everywhere(object) || object.owner().is_some() {
        return;
    }
    const HELP: &str = "make a namespace for the application and put it there";
    match said.filter(|_| !is_missing) {
        Some(node) => {
            let message = format!("`{}` is in the namespace `default`", object.name());
            cx.report(&DEFAULT_NAMESPACE, node, message).help(HELP);
        }
        None if is_namespaced(object) && !is_rendered(object) => {
            let message = format!(
                "`{}` names no namespace, and lands in `default`",
                object.name()
            );
            cx.report_missing(&DEFAULT_NAMESPACE, metadata, ".namespace", message)
                .severity(Severity::Info)
                .help(HELP);
        }
        None => {}
    }
}

/// Whether every cluster has the object in every namespace, or in this one.
fn is_everywhere(object: Object<'_>) -> bool {
    match object.kind() {
        "Service" | "Endpoints" | "EndpointSlice" => object.name() == "kubernetes",
        "ServiceAccount" => object.name() == "default",
        "ConfigMap" => matches!(
            object.name(),
            "kube-root-ca.crt" | "openshift-service-ca.crt" | "istio-ca-root-cert"
        ),
        "Secret" => object.root().str_at(&["type"]) == Some("kubernetes.io/service-account-token"),
        "Event" => true,
        _ => false,
    }
}

/// Kubernetes' own kinds that live in namespaces. Of other kinds nobody knows without their definition.
fn is_namespaced(object: Object<'_>) -> bool {
    let kind = object.kind();
    match object.types().group() {
        "" => matches!(
            kind,
            "ConfigMap"
                | "Endpoints"
                | "LimitRange"
                | "PersistentVolumeClaim"
                | "Pod"
                | "PodTemplate"
                | "ReplicationController"
                | "ResourceQuota"
                | "Secret"
                | "Service"
                | "ServiceAccount"
        ),
        "apps" => !kind.ends_with("List"),
        "batch" | "autoscaling" => true,
        "extensions" => kind != "PodSecurityPolicy",
        "policy" => kind == "PodDisruptionBudget",
        "networking.k8s.io" => matches!(kind, "Ingress" | "NetworkPolicy"),
        "rbac.authorization.k8s.io" => matches!(kind, "Role" | "RoleBinding"),
        "discovery.k8s.io" => kind == "EndpointSlice",
        "coordination.k8s.io" => kind == "Lease",
        "storage.k8s.io" => kind == "CSIStorageCapacity",
        _ => false,
    }
}
