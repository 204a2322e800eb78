use ciel_core::Severity;
use serde_json::json;

use super::{capabilities, shared};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that keep the capability `NET_RAW`, which most runtimes give by default:
    /// `capabilities.drop` names neither it nor `ALL`. One that is added is `cap-net-raw`.
    ///
    /// ## Why is this bad?
    /// Raw sockets forge packets: answers to ARP and DNS that turn other pods' traffic to this one. Hardly any
    /// program needs them.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [MKNOD]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    /// ```
    ///
    /// ## Exceptions
    /// `caps-not-dropped` says the same of all default capabilities at once, so this check is only part of the profile
    /// `all`. CRI-O does not give `NET_RAW` by default.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    pub static NET_RAW_NOT_DROPPED = {
        code: "POD014",
        name: "net-raw-not-dropped",
        severity: Low,
        severity_reason: "tools say medium to high; without an addition it is one of the default capabilities, which have their own check",
        since: "0.1.0",
        summary: "container keeps the default capability NET_RAW",
        profile: All,
        run: Container(net_raw_not_dropped),
        frameworks: [cis("5.2.8"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0199"), kubescape("C-0211"), trivy("KSV-0119"), checkov("CKV_K8S_28"), checkov("CKV_K8S_7"),
            kube_bench("5.2.8"), kube_hunter("arp+dns-spoof-module"),
            kics("dbbc6705-d541-43b0-b166-dd4be8208b54"),
        ],
    }
}

fn net_raw_not_dropped(cx: &mut ContainerCx<'_>) {
    let is_settled = capabilities::drops(cx, "NET_RAW")
        || capabilities::drops(cx, "ALL")
        || capabilities::adds(cx, "NET_RAW");
    if is_settled || shared::is_privileged(cx) || !shared::is_linux(cx) {
        return;
    }
    let severity = if shared::is_powerless(cx) {
        Severity::Info
    } else {
        Severity::Low
    };
    let message = format!("{} keeps the capability `NET_RAW`", cx.container.display());
    let mut names = capabilities::dropped(cx);
    names.push(json!("NET_RAW"));
    capabilities::report_not_dropped(cx, &NET_RAW_NOT_DROPPED, message, "drop NET_RAW", names)
        .severity(severity)
        .help("drop `ALL`, or at least `NET_RAW`");
}
