use ciel_core::Severity;
use ciel_yaml::Node;

use super::{capabilities, shared};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose `securityContext.allowPrivilegeEscalation` is not `false`. Where it is not given,
    /// Kubernetes allows it.
    ///
    /// ## Why is this bad?
    /// With `false` the kernel sets `no_new_privs`: no setuid program and no file capability gives a process more
    /// than its parent had. Without it, whoever gets into a container as an ordinary user becomes root there through
    /// `su`, `sudo`, `mount` or any setuid program that the image happens to carry.
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
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   securityContext:
    ///     allowPrivilegeEscalation: false
    /// ```
    ///
    /// ## Exceptions
    /// Images that start as root and step down through a setuid program (`sudo`, `gosu` is none) need it. Privileged
    /// containers cannot set it to `false`; `privileged-container` speaks of them. Windows has no such setting.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    /// - <https://www.kernel.org/doc/html/latest/userspace-api/no_new_privs.html>
    pub static ALLOW_PRIVILEGE_ESCALATION = {
        code: "POD002",
        name: "allow-privilege-escalation",
        severity: Medium,
        severity_reason: "tools say medium to high; it takes a foothold and a setuid program in the image",
        since: "0.1.0",
        summary: "container may gain more privileges than its parent process",
        run: Container(allow_privilege_escalation),
        frameworks: [
            pss(Restricted), cis("5.2.6"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1068"),
        ],
        aliases: [
            kubescape("C-0016"), kubescape("C-0197"), kubescape("C-0211"), trivy("KSV-0001"),
            kube_linter("privilege-escalation-container"), polaris("privilegeEscalationAllowed"),
            checkov("CKV_K8S_20"), checkov("CKV_K8S_5"), kubeaudit("AllowPrivilegeEscalationNil"),
            kubeaudit("AllowPrivilegeEscalationTrue"), kubesec("AllowPrivilegeEscalation"), kube_bench("5.2.6"),
            kics("5572cc5e-1e4c-4113-92a6-7a8a3bd25e6d"), snyk("SNYK-CC-K8S-9"),
            datree("CONTAINERS_MISSING_KEY_ALLOWPRIVILEGEESCALATION"),
        ],
    }
}

fn allow_privilege_escalation(cx: &mut ContainerCx<'_>) {
    let flag = cx
        .spec()
        .container_security(cx.container, "allowPrivilegeEscalation");
    if flag.and_then(Node::as_bool) == Some(false) || !shared::is_linux(cx) {
        return;
    }
    // Kubernetes refuses `false` beside `privileged: true` and beside `CAP_SYS_ADMIN`.
    let is_implied = shared::is_privileged(cx)
        || capabilities::added(cx)
            .iter()
            .any(|added| added.node.as_str() == Some("CAP_SYS_ADMIN"));
    if flag.is_none() && is_implied {
        return;
    }
    // Who adds capabilities without being root gets them from a file's, which takes this very right.
    let is_safe = flag.is_none() && capabilities::added(cx).is_empty();
    let severity = shared::severity_in_namespace(cx, Severity::Medium);
    let message = format!(
        "{} may gain more privileges than its parent process",
        cx.container.display()
    );
    let node = cx.container.node;
    let path = ".securityContext.allowPrivilegeEscalation";
    let report = shared::report_setting(cx, &ALLOW_PRIVILEGE_ESCALATION, flag, path, message)
        .severity(severity)
        .help("set `allowPrivilegeEscalation: false`");
    if !is_implied {
        let report = report.fix_set(
            "set allowPrivilegeEscalation to false",
            node,
            &["securityContext", "allowPrivilegeEscalation"],
            false,
        );
        if is_safe {
            report.safe_fix();
        }
    }
}
