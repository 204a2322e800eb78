use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods whose service account is not part of the input. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// The API server refuses such pods: the workload never starts. And whoever may make the account decides what it
    /// may do.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       serviceAccountName: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ```
    ///
    /// ## Exceptions
    /// Every namespace has the account `default`. It takes for granted that all service accounts are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/>
    pub static MISSING_SERVICE_ACCOUNT = {
        code: "REL063",
        name: "missing-service-account",
        severity: Low,
        severity_reason: "Kubescape says medium; without its account the pod is not made at all, so nothing runs that could be attacked",
        since: "0.1.0",
        summary: "pod runs as a service account that is not there",
        profile: All,
        run: Pod(missing_service_account),
        frameworks: [],
        aliases: [
            kubescape("C-0307"), kube_linter("non-existent-service-account"), popeye("POP-307"),
            popeye("POP-507"),
        ],
    }
}

fn missing_service_account(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let Some(node) = spec.service_account() else {
        return;
    };
    let name = node.scalar_text();
    let object = cx.object();
    // OpenShift makes the last two in every namespace, too.
    let is_given = matches!(name, "default" | "builder" | "deployer");
    // Templates for the whole cluster run in the namespace of whoever uses them, and parameters are filled in there.
    let is_elsewhere = object.kind() == "ClusterWorkflowTemplate" || name.contains(['{', '$']);
    if is_given || is_elsewhere || !cx.is_complete() || spec.partial {
        return;
    }
    let references = cx.analyses().references();
    if references.leads_somewhere(object, "", "ServiceAccount", name) {
        return;
    }
    let message = format!(
        "there is no service account `{name}` in namespace `{}`: the API server refuses the pods",
        object.namespace_or_default()
    );
    cx.report(&MISSING_SERVICE_ACCOUNT, node, message)
        .help("add the ServiceAccount, or name one that is there");
}
