use ciel_yaml::Node;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that set a kernel parameter which Kubernetes does not count among the safe ones.
    ///
    /// ## Why is this bad?
    /// A safe parameter belongs to the pod alone and cannot hurt another. Any other may touch the node's memory,
    /// network or other pods. Kubelets refuse it unless they were told to allow it, so the pod either does not start
    /// or runs on nodes that were opened for it.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   sysctls:
    ///   - {name: kernel.msgmax, value: "65536"}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   sysctls:
    ///   - {name: net.ipv4.ip_unprivileged_port_start, value: "0"}
    /// ```
    ///
    /// ## Exceptions
    /// Databases and proxies ask for `net.core.somaxconn` or `kernel.shm*` and get it on nodes set apart for them.
    /// Suppress the finding there, with the reason. Which parameters are safe has grown with Kubernetes; what is
    /// safe in the newest counts as safe. Windows has no such parameters.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static UNSAFE_SYSCTLS = {
        code: "POD022",
        name: "unsafe-sysctls",
        severity: Medium,
        since: "0.1.0",
        summary: "pod sets an unsafe kernel parameter",
        run: Pod(unsafe_sysctls),
        frameworks: [pss(Baseline), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0211"), trivy("KSV-0026"), kube_linter("unsafe-sysctls"),
            kics("9127f0d9-2310-42e7-866f-5fd9d20dcbad"),
        ],
    }
}

fn unsafe_sysctls(cx: &mut PodCx<'_>) {
    if cx.spec().is_windows() {
        return;
    }
    let context = cx.spec().security_context();
    let sysctls = context.and_then(|context| context.get("sysctls"));
    for sysctl in sysctls.into_iter().flat_map(Node::items) {
        let Some(node) = sysctl.get("name") else {
            continue;
        };
        let name = with_dots(node.scalar_text());
        if ciel_podsecurity::is_safe_sysctl(&name) {
            continue;
        }
        cx.report(
            &UNSAFE_SYSCTLS,
            node,
            format!("pod sets the unsafe kernel parameter `{name}`"),
        )
        .evidence("sysctl", name)
        .help("remove it, or set it on the nodes that the pod is meant for");
    }
}

/// A parameter's name with dots between its parts: sysctl(8) takes slashes too, and then dots are part of a name.
fn with_dots(name: &str) -> String {
    let first = name.find(['/', '.']);
    if first.is_none_or(|at| name.get(at..).is_some_and(|rest| rest.starts_with('.'))) {
        return name.to_owned();
    }
    let swap = |letter| match letter {
        '/' => '.',
        '.' => '/',
        other => other,
    };
    name.chars().map(swap).collect()
}
