use ciel_core::Severity;
use serde_json::json;

use super::{capabilities, shared};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that keep capabilities which the runtime gives by default: `capabilities.drop` names neither
    /// `ALL` nor each of them.
    ///
    /// ## Why is this bad?
    /// The fourteen default capabilities are root's daily tools: `CHOWN` and `DAC_OVERRIDE` pass over file
    /// permissions, `SETUID` changes the user, `MKNOD` makes devices, `NET_RAW` forges packets. Few programs need
    /// one of them, and ways out of containers use them.
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
    ///     capabilities:
    ///       drop: [ALL]
    ///       add: [NET_BIND_SERVICE]
    /// ```
    ///
    /// ## Exceptions
    /// The severity is low where the container can never use them: not root and `allowPrivilegeEscalation: false`,
    /// or a user namespace (`hostUsers: false`). Privileged containers have all capabilities whatever they drop, and
    /// Windows has none; nothing is reported there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    pub static CAPS_NOT_DROPPED = {
        code: "POD009",
        name: "caps-not-dropped",
        severity: Medium,
        severity_reason: "tools say low to medium; it counts where root or a setuid program can use them, and is low elsewhere",
        since: "0.1.0",
        summary: "container keeps the default capabilities",
        run: Container(caps_not_dropped),
        frameworks: [
            pss(Restricted), cis("5.2.9"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0201"), kubescape("C-0220"), trivy("KSV-0003"), trivy("KSV-0004"),
            polaris("insecureCapabilities"), checkov("CKV_K8S_37"), checkov("CKV_K8S_36"),
            kubeaudit("CapabilityShouldDropAll"), kubeaudit("CapabilityOrSecurityContextMissing"),
            kubesec("CapDropAny"), kubesec("CapDropAll"), kube_bench("5.2.9"),
            kics("268ca686-7fb7-4ae9-b129-955a2a89064e"), kics("2f1a0619-b12b-48a0-825f-993bb6f01d58"),
            snyk("SNYK-CC-K8S-6"),
        ],
    }
}

fn caps_not_dropped(cx: &mut ContainerCx<'_>) {
    if capabilities::drops_all(cx) || shared::is_privileged(cx) || !shared::is_linux(cx) {
        return;
    }
    let severity = if shared::is_powerless(cx) {
        Severity::Low
    } else {
        shared::severity_in_namespace(cx, Severity::Medium)
    };
    let message = format!("{} keeps default capabilities", cx.container.display());
    let all = vec![json!("ALL")];
    capabilities::report_not_dropped(cx, &CAPS_NOT_DROPPED, message, "drop all capabilities", all)
        .severity(severity)
        .help("drop `ALL` and add the ones that it needs");
}
