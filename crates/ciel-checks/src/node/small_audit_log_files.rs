use super::audit_log::{Rotation, judge_rotation};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--audit-log-maxsize` is not set, or is less than 100 megabytes. It also finds those
    /// that give it and no `--audit-log-path`: then it does nothing.
    ///
    /// ## Why is this bad?
    /// Small files are rotated away by a burst of requests, and with them what went before.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxsize=10
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxsize=100
    /// ```
    ///
    /// ## Exceptions
    /// Kubernetes 1.36 and later have defaults that are large enough (366 days, 100 files, 100 megabytes); there it may
    /// be left out. A collector that takes the log away at once makes the limits of less weight.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SMALL_AUDIT_LOG_FILES = {
        code: "NODE021",
        name: "small-audit-log-files",
        severity: Info,
        since: "0.1.0",
        summary: "--audit-log-maxsize is not set or low",
        profile: All,
        run: Component(&[Program::ApiServer], small_audit_log_files),
        frameworks: [cis("1.2.19"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0133"), trivy("KCV-0022"), checkov("CKV_K8S_94"), kube_bench("1.2.19")],
    }
}

fn small_audit_log_files(cx: &mut ComponentCx<'_>) {
    const ROTATION: Rotation = Rotation {
        flag: "audit-log-maxsize",
        least: 100,
        low: "so small an audit log is rotated away by a burst of requests",
        absent: "the size at which the audit log is rotated is left to chance",
    };
    judge_rotation(cx, &SMALL_AUDIT_LOG_FILES, &ROTATION);
}
