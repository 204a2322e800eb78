use super::capabilities;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that add a capability of the runtime's default set other than `NET_BIND_SERVICE`, the one that
    /// the restricted level of the Pod Security Standards allows.
    ///
    /// ## Why is this bad?
    /// To drop `ALL` and add back a few is right; each one that comes back is still a tool of root's, and keeps the
    /// pod out of namespaces that enforce `restricted`. Often a change of the image spares it: files that have the
    /// right owner need no `CHOWN`, a program that starts as its user needs no `SETUID`.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    ///     add: [CHOWN, SETUID]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsNonRoot: true
    ///   capabilities:
    ///     drop: [ALL]
    /// ```
    ///
    /// ## Exceptions
    /// Programs that drop root themselves (nginx, postfix, sshd) need a few. The check is only part of the profile
    /// `all`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    pub static DEFAULT_CAPS_ADDED = {
        code: "POD015",
        name: "default-caps-added",
        severity: Low,
        since: "0.1.0",
        summary: "container adds back a default capability",
        profile: All,
        run: Container(default_caps_added),
        frameworks: [pss(Restricted), cis("5.2.9"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            trivy("KSV-0106"), checkov("CKV_K8S_25"), checkov("CKV_K8S_24"), kubeaudit("CapabilityAdded"),
            kubescape("C-0200"), kubescape("C-0219"),
            kics("19ebaa28-fc86-4a58-bcfa-015c9e22fe40"),
        ],
    }
}

fn default_caps_added(cx: &mut ContainerCx<'_>) {
    for added in capabilities::gained(cx) {
        let name = added.name.as_str();
        let is_elsewhere = matches!(name, "NET_BIND_SERVICE" | "NET_RAW");
        if is_elsewhere || !capabilities::DEFAULT.contains(&name) {
            continue;
        }
        let message = format!(
            "{} adds back the capability `{name}`",
            cx.container.display()
        );
        cx.report(&DEFAULT_CAPS_ADDED, added.node, message)
            .evidence("capability", name)
            .help("start as the program's own user, and leave it out")
            .fix_remove("add the capability no more", added.node);
    }
}
