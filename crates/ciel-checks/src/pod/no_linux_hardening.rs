use ciel_yaml::Node;

use super::{
    capabilities,
    profiles::{self, Profile},
    shared,
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that none of Linux' four means confines by their own word: no AppArmor profile, no seccomp
    /// profile, no SELinux options, no dropped capability (or all of them added back).
    ///
    /// ## Why is this bad?
    /// Each of the four stops another kind of attack on the kernel and the node; a container without any leans on
    /// whatever the node happens to be set to.
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
    ///   seccompProfile: {type: RuntimeDefault}
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   securityContext:
    ///     capabilities: {drop: [ALL]}
    /// ```
    ///
    /// ## Exceptions
    /// `seccomp-missing` and `caps-not-dropped` say what is missing, so this check is only part of the profile `all`.
    /// Privileged containers cannot be confined; `privileged-container` speaks of them. Windows has none of the four.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/>
    pub static NO_LINUX_HARDENING = {
        code: "POD026",
        name: "no-linux-hardening",
        severity: Low,
        severity_reason: "tools say medium; seccomp and capabilities are findings of their own",
        since: "0.1.0",
        summary: "neither AppArmor, seccomp, SELinux nor dropped capabilities confine the container",
        profile: All,
        run: Container(no_linux_hardening),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [polaris("linuxHardening")],
    }
}

fn no_linux_hardening(cx: &mut ContainerCx<'_>) {
    if !shared::is_linux(cx) || shared::is_privileged(cx) || is_hardened(cx) {
        return;
    }
    let message = format!(
        "{} has neither AppArmor, seccomp or SELinux settings nor dropped capabilities",
        cx.container.display()
    );
    let node = cx.container.node;
    cx.report_missing(&NO_LINUX_HARDENING, node, ".securityContext", message)
        .help("set `seccompProfile.type: RuntimeDefault` and drop `ALL` capabilities");
}

fn is_hardened(cx: &ContainerCx<'_>) -> bool {
    let selinux = cx.spec().effective(cx.container, "seLinuxOptions").node();
    let mut selinux_fields = selinux.into_iter().flat_map(Node::entries);
    matches!(profiles::seccomp(cx), Profile::Confined)
        || matches!(profiles::apparmor(cx), Profile::Confined)
        || selinux_fields.any(|(_, value)| !value.scalar_text().is_empty() && !value.is_null())
        || (capabilities::drops_any(cx) && !capabilities::adds(cx, "ALL"))
}
