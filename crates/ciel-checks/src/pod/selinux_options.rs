use ciel_core::Severity;

use super::shared;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods and containers that set an SELinux type other than the container types, or a user or role.
    ///
    /// ## Why is this bad?
    /// On nodes with SELinux the type is what keeps a container from the node's files, even for root. Another type
    /// gives other rights: `spc_t`, the "super privileged container", has all of them.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   seLinuxOptions:
    ///     type: spc_t
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   seLinuxOptions:
    ///     level: "s0:c123,c456"
    /// ```
    ///
    /// ## Exceptions
    /// `container_t`, `container_init_t`, `container_kvm_t` and `container_engine_t` are the types that the Pod Security
    /// Standards allow; a `level` is always fine. Node agents on Red Hat's nodes may need `spc_t`; suppress the finding
    /// there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static SELINUX_OPTIONS = {
        code: "POD020",
        name: "selinux-options",
        severity: Medium,
        severity_reason: "tools say medium; high where the type is known to be unconfined",
        since: "0.1.0",
        summary: "pod sets an SELinux type, user or role of its own",
        run: Pod(selinux_options),
        frameworks: [pss(Baseline), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [trivy("KSV-0025")],
    }
}

fn selinux_options(cx: &mut PodCx<'_>) {
    if cx.spec().is_windows() {
        return;
    }
    for context in shared::security_contexts(cx) {
        let options = context.node.get("seLinuxOptions");
        let field = |key| options.and_then(|options| options.get(key));
        if let Some(node) = field("type")
            .filter(|node| !ciel_podsecurity::is_container_se_linux_type(node.scalar_text()))
        {
            let name = node.scalar_text();
            let severity = match name {
                "spc_t" | "unconfined_t" | "kernel_t" | "init_t" => Severity::High,
                _ => Severity::Medium,
            };
            let message = format!("{} runs with the SELinux type `{name}`", context.speaker());
            cx.report(&SELINUX_OPTIONS, node, message)
                .severity(severity)
                .help("leave `type` out: the runtime's `container_t` confines")
                .fix_remove("take the type out", node);
        }
        for key in ["user", "role"] {
            let Some(node) = field(key).filter(|node| !node.scalar_text().is_empty()) else {
                continue;
            };
            let message = format!(
                "{} sets the SELinux {key} `{}`",
                context.speaker(),
                node.scalar_text()
            );
            cx.report(&SELINUX_OPTIONS, node, message)
                .help("leave `user` and `role` out: the runtime's confine")
                .fix_remove("take it out", node);
        }
    }
}
