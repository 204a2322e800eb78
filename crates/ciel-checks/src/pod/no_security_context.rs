use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that have no `securityContext`, in pods that have none either. An empty one is none.
    ///
    /// ## Why is this bad?
    /// Kubernetes' defaults are made to let every image run: root where the image says so, the default capabilities, a
    /// writable root, every system call. Nobody has yet asked what this container needs.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsNonRoot: true
    ///   seccompProfile: {type: RuntimeDefault}
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   securityContext:
    ///     allowPrivilegeEscalation: false
    ///     capabilities: {drop: [ALL]}
    /// ```
    ///
    /// ## Exceptions
    /// The checks of the single settings say what is missing, and how bad each is; this one sums them up and is only
    /// part of the profile `all`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static NO_SECURITY_CONTEXT = {
        code: "POD023",
        name: "no-security-context",
        severity: Low,
        severity_reason: "tools say medium to high; each missing setting is a finding of its own",
        since: "0.1.0",
        summary: "neither container nor pod has a security context",
        profile: All,
        run: Container(no_security_context),
        frameworks: [cis("5.6.3"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0211"), trivy("KSV-0118"), checkov("CKV_K8S_29"), checkov("CKV_K8S_30"),
            kube_bench("5.6.3"),
            kics("a97a340a-0063-418e-b3a1-3028941d0995"),
        ],
    }
}

fn no_security_context(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let says_something = |context: Option<Node<'_>>| {
        let mut fields = context.into_iter().flat_map(Node::entries);
        fields.any(|(_, value)| !value.is_null())
    };
    if says_something(container.security_context()) || says_something(cx.spec().security_context())
    {
        return;
    }
    let message = format!("{} has no security context", container.display());
    cx.report_missing(
        &NO_SECURITY_CONTEXT,
        container.node,
        ".securityContext",
        message,
    )
    .help("say what it may do: user, capabilities, privilege escalation, seccomp");
}
