use ciel_core::Severity;

use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with neither `--audit-log-path` nor `--audit-webhook-config-file`.
    ///
    /// ## Why is this bad?
    /// Nobody can tell afterwards who read which Secret or started which pod: a break-in is neither noticed nor
    /// understood.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-policy-file=/etc/kubernetes/audit.yaml
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-policy-file=/etc/kubernetes/audit.yaml
    /// - --audit-log-path=/var/log/kubernetes/audit.log
    /// ```
    ///
    /// ## Exceptions
    /// It is `low` where there is no `--audit-policy-file` either: that is reported on its own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static AUDIT_LOG_OFF = {
        code: "NODE018",
        name: "audit-log-off",
        severity: Medium,
        since: "0.1.0",
        summary: "API server records nothing of what is done",
        run: Component(&[Program::ApiServer], audit_log_off),
        frameworks: [cis("1.2.16"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0130"), trivy("KCV-0019"), checkov("CKV_K8S_91"), kube_bench("1.2.16")],
    }
}

fn audit_log_off(cx: &mut ComponentCx<'_>) {
    let component = &cx.component;
    if component.has("audit-log-path") || component.has("audit-webhook-config-file") {
        return;
    }
    let severity = if component.has("audit-policy-file") {
        Severity::Medium
    } else {
        Severity::Low
    };
    let message = format!(
        "{} runs without `--audit-log-path`: what is done in the cluster is recorded nowhere",
        cx.program()
    );
    cx.report_absent(&AUDIT_LOG_OFF, "audit-log-path", message)
        .severity(severity)
        .help(
            "set `--audit-log-path` to a file on a mounted volume, or send the events to a webhook",
        );
}
