use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit what the `baseline` Pod Security Standard forbids.
    ///
    /// ## Why is this bad?
    /// Kubernetes 1.25 removed PodSecurityPolicies: the object protects nothing there any more, and in an older
    /// cluster this one admits pods that take over their node.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   privileged: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission, by labels of the namespace.
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use, on Kubernetes before 1.25.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static PERMISSIVE_POD_SECURITY_POLICY = {
        code: "POD046",
        name: "permissive-pod-security-policy",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits pods that take over their node",
        profile: All,
        run: Object(&[("policy", "PodSecurityPolicy"), ("extensions", "PodSecurityPolicy")], permissive_policy),
        frameworks: [],
        aliases: [
            kubescape("C-0068"), checkov("CKV_K8S_1"), checkov("CKV_K8S_2"), checkov("CKV_K8S_3"),
            checkov("CKV_K8S_4"), checkov("CKV_K8S_5"), checkov("CKV_K8S_6"), checkov("CKV_K8S_7"),
            checkov("CKV_K8S_24"), checkov("CKV_K8S_32"), checkov("CKV_K8S_36"),
        ],
    }
}

fn permissive_policy(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let mut admitted = admitted(spec);
    let Some(first) = admitted.first().map(|(node, _)| *node) else {
        return;
    };
    let names: Vec<&str> = admitted.drain(..).map(|(_, name)| name).collect();
    let message = format!("policy admits {}", names.join(", "));
    cx.report(&PERMISSIVE_POD_SECURITY_POLICY, first, message)
        .help("label the namespaces for Pod Security admission, and delete the policy");
}

/// What a policy admits beyond `baseline`, each with its node.
fn admitted(spec: Node<'_>) -> Vec<(Node<'_>, &'static str)> {
    const FLAGS: [(&str, &str); 4] = [
        ("privileged", "privileged containers"),
        ("hostPID", "the node's processes"),
        ("hostIPC", "the node's memory segments"),
        ("hostNetwork", "the node's network"),
    ];
    let flags = FLAGS.iter().filter_map(|(key, name)| {
        let node = spec.get(key)?;
        (node.as_bool() == Some(true)).then_some((node, *name))
    });
    let has_any = |key: &str, words: &[&str]| {
        let mut items = spec.get(key)?.items();
        items.find(|item| words.contains(&item.scalar_text()))
    };
    let capabilities = has_any(
        "allowedCapabilities",
        &["*", "ALL", "SYS_ADMIN", "NET_ADMIN"],
    );
    let volumes = has_any("volumes", &["*", "hostPath"]);
    flags
        .chain(capabilities.map(|node| (node, "added capabilities")))
        .chain(volumes.map(|node| (node, "paths of the node")))
        .collect()
}
