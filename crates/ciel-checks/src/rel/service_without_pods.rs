use ciel_k8s::LabelSelector;

use super::fleet;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services whose selector matches no pod of their namespace. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// Requests to it fail. A label was renamed, the workload is gone or lives in another namespace; and whoever may
    /// create pods with these labels gets the requests.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   selector: {app: web}
    /// ---
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   selector: {app: website}
    /// ---
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Exceptions
    /// Services without a selector and external names lead elsewhere. Pods that a controller makes for a custom
    /// resource of the input, and those that every cluster has in kube-system, are taken to be there, and so are labels
    /// that controllers write. It takes for granted that all workloads are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/>
    pub static SERVICE_WITHOUT_PODS = {
        code: "REL050",
        name: "service-without-pods",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "Service leads to no pod",
        profile: All,
        run: Object(&[("", "Service")], service_without_pods),
        frameworks: [],
        aliases: [
            kubescape("C-0293"), kube_linter("dangling-service"), kube_score("service-targets-pod"),
            popeye("POP-1100"), popeye("POP-1105"),
            kics("3ca03a61-3249-4c16-8427-6f8e47dda729"),
        ],
    }
}

fn service_without_pods(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(spec) = object.root().get("spec").filter(|_| cx.is_complete()) else {
        return;
    };
    let Some(node) = spec.get("selector").filter(|node| !node.is_empty()) else {
        return;
    };
    let is_external = spec.str_at(&["type"]) == Some("ExternalName");
    if is_external || !fleet::selects_nothing(cx, object, &LabelSelector::from_labels(node)) {
        return;
    }
    let message = format!(
        "no pod in namespace `{}` has the labels that the Service selects",
        object.namespace_or_default()
    );
    cx.report(&SERVICE_WITHOUT_PODS, node, message)
        .help("select the pods' labels, or remove the Service");
}
