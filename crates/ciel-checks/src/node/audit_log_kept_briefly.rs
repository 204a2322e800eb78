use super::audit_log::{Rotation, judge_rotation};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--audit-log-maxage` is not set, or is less than 30 days. It also finds those that give
    /// it and no `--audit-log-path`: then it does nothing.
    ///
    /// ## Why is this bad?
    /// Most break-ins are noticed weeks after they began; by then the log that tells how is gone. Without a limit old
    /// files fill the disk.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxage=3
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxage=30
    /// ```
    ///
    /// ## Exceptions
    /// Kubernetes 1.36 and later have defaults that are large enough (366 days, 100 files, 100 megabytes); there it may
    /// be left out. A collector that takes the log away at once makes the limits of less weight.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static AUDIT_LOG_KEPT_BRIEFLY = {
        code: "NODE019",
        name: "audit-log-kept-briefly",
        severity: Low,
        since: "0.1.0",
        summary: "--audit-log-maxage is not set or low",
        profile: All,
        run: Component(&[Program::ApiServer], audit_log_kept_briefly),
        frameworks: [cis("1.2.17"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0131"), trivy("KCV-0020"), checkov("CKV_K8S_92"), kube_bench("1.2.17")],
    }
}

fn audit_log_kept_briefly(cx: &mut ComponentCx<'_>) {
    const ROTATION: Rotation = Rotation {
        flag: "audit-log-maxage",
        least: 30,
        low: "audit logs are gone after so many days",
        absent: "old audit logs are never removed by age",
    };
    judge_rotation(cx, &AUDIT_LOG_KEPT_BRIEFLY, &ROTATION);
}
