use ciel_k8s::PodShape;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that use the node's user namespace: `hostUsers` is not `false`.
    ///
    /// ## Why is this bad?
    /// User ids in the container are then user ids on the node, root's among them. In a user namespace of its own the
    /// pod's root is nobody on the node, and most ways out of a container lead nowhere.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   containers:
    ///   - name: app
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - name: app
    /// ```
    ///
    /// ## Exceptions
    /// It needs Kubernetes 1.33, Linux 6.3 and file systems with id-mapped mounts, so the check is only part of the
    /// profile `all`. Pods in the node's network, process or IPC namespace cannot have it, nor can Windows pods; nothing
    /// is reported there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/>
    pub static HOST_USERS = {
        code: "POD024",
        name: "host-users",
        severity: Info,
        since: "0.1.0",
        summary: "pod uses the node's user namespace",
        profile: All,
        run: Pod(host_users),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [kubesec("HostUsers")],
    }
}

fn host_users(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let is_possible = !spec.has_user_namespace()
        && spec.shape == PodShape::Pod
        && !spec.is_windows()
        && ["hostNetwork", "hostPID", "hostIPC"]
            .iter()
            .all(|key| spec.node.bool_at(&[key]) != Some(true));
    if !is_possible {
        return;
    }
    let message = "pod uses the node's user namespace";
    let report = match spec.node.get("hostUsers") {
        Some(node) => cx.report(&HOST_USERS, node, message),
        None => cx.report_missing(&HOST_USERS, spec.node, ".hostUsers", message),
    };
    report.help("set `hostUsers: false`").fix_set(
        "give the pod a user namespace",
        spec.node,
        &["hostUsers"],
        false,
    );
}
