use ciel_core::Severity;

use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers with a `procMount` other than `Default`.
    ///
    /// ## Why is this bad?
    /// The runtime hides parts of `/proc` and makes others read-only, since the kernel does not tell them apart by
    /// container: `/proc/kcore`, `/proc/sys`, `/proc/sysrq-trigger`. `Unmasked` shows them all, and root in the
    /// container then changes settings of the node.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   procMount: Unmasked
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   procMount: Default
    /// ```
    ///
    /// ## Exceptions
    /// Containers that run containers need it, and Kubernetes now asks for `hostUsers: false` beside it, where the
    /// kernel guards these files itself: the severity is low there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static PROC_MOUNT = {
        code: "POD021",
        name: "proc-mount",
        severity: Medium,
        since: "0.1.0",
        summary: "container sees the unmasked /proc",
        run: Container(proc_mount),
        frameworks: [pss(Baseline), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [
            kubescape("C-0211"), trivy("KSV-0027"), kube_linter("unsafe-proc-mount"), polaris("procMount"), kubesec("ProcMount"),
            kics("f922827f-aab6-447c-832a-e1ff63312bd3"),
        ],
    }
}

fn proc_mount(cx: &mut ContainerCx<'_>) {
    let said = cx.spec().container_security(cx.container, "procMount");
    let Some(node) = said.filter(|node| node.scalar_text() != "Default") else {
        return;
    };
    if !shared::is_linux(cx) {
        return;
    }
    let severity = shared::severity_in_namespace(cx, Severity::Medium);
    let message = format!(
        "{} mounts /proc as `{}` instead of `Default`",
        cx.container.display(),
        node.scalar_text()
    );
    cx.report(&PROC_MOUNT, node, message)
        .severity(severity)
        .help("remove `procMount`")
        .fix_replace("mount /proc with the runtime's masks", node, "Default");
}
