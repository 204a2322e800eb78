use ciel_core::{Severity, Tool};

use super::capabilities;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that add a capability which the baseline of the Pod Security Standards does not allow, or all
    /// of them. `SYS_ADMIN`, `SYS_MODULE` and `NET_RAW` have checks of their own.
    ///
    /// ## Why is this bad?
    /// Capabilities are root's power in pieces, and most pieces beyond the default set reach past the container:
    /// `DAC_READ_SEARCH` reads the node's files, `SYS_RAWIO` its memory, `NET_ADMIN` turns its network. The message
    /// says what each one gives, and the severity goes by it.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     add: [NET_ADMIN]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    ///     add: [NET_BIND_SERVICE]
    /// ```
    ///
    /// ## Exceptions
    /// Network plugins and meshes set up routes with `NET_ADMIN`, debuggers trace with `SYS_PTRACE`, key stores lock
    /// their memory with `IPC_LOCK` (low severity). Suppress the finding there, with the reason. The severity is low
    /// where the container can never use what it adds: not root and `allowPrivilegeEscalation: false`. A privileged
    /// container gains nothing by an addition; `privileged-container` speaks of it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    pub static CAPS_ADDED = {
        code: "POD010",
        name: "caps-added",
        severity: Medium,
        severity_reason: "tools give one severity to all; here each capability has its own, from low (IPC_LOCK) to high (ALL)",
        since: "0.1.0",
        summary: "container adds a capability beyond the baseline",
        run: Container(caps_added),
        frameworks: [
            pss(Baseline), cis("5.2.9"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0046"), kubescape("C-0200"), kubescape("C-0219"), trivy("KSV-0022"), trivy("KSV-0106"),
            polaris("dangerousCapabilities"), checkov("CKV_K8S_25"), checkov("CKV_K8S_24"),
            kubeaudit("CapabilityAdded"),
            kics("19ebaa28-fc86-4a58-bcfa-015c9e22fe40"), datree("CONTAINERS_INVALID_CAPABILITIES_VALUE"),
        ],
    }
}

/// What Kubescape calls dangerous, of what this check reports.
const KUBESCAPES: [&str; 11] = [
    "ALL",
    "BPF",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "NET_ADMIN",
    "PERFMON",
    "SETPCAP",
    "SYS_BOOT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_TIME",
];

fn caps_added(cx: &mut ContainerCx<'_>) {
    for added in capabilities::gained(cx) {
        let name = added.name.as_str();
        let is_elsewhere = matches!(name, "SYS_ADMIN" | "SYS_MODULE" | "NET_RAW");
        if is_elsewhere || capabilities::DEFAULT.contains(&name) {
            continue;
        }
        let sees_all_processes = cx.spec().node.bool_at(&["hostPID"]) == Some(true);
        let severity = match name {
            "SYS_PTRACE" if sees_all_processes => Severity::High,
            _ => capabilities::power(name).0,
        };
        let report = capabilities::report_one(cx, &CAPS_ADDED, &added, severity)
            .help("remove it, or name the one capability that the program fails without");
        if !KUBESCAPES.contains(&name) {
            report.not_called(Tool::Kubescape, &["C-0046"]);
        }
    }
}
