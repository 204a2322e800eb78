use super::audit_log::{Rotation, judge_rotation};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--audit-log-maxbackup` is not set, or is less than 10. It also finds those that give it
    /// and no `--audit-log-path`: then it does nothing.
    ///
    /// ## Why is this bad?
    /// Whoever wants to hide what they do makes so many requests that the files in which it stands are rotated away.
    /// Without a limit old files fill the disk.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxbackup=1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-log-maxbackup=10
    /// ```
    ///
    /// ## Exceptions
    /// Kubernetes 1.36 and later have defaults that are large enough (366 days, 100 files, 100 megabytes); there it may
    /// be left out. A collector that takes the log away at once makes the limits of less weight.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static FEW_AUDIT_LOG_FILES = {
        code: "NODE020",
        name: "few-audit-log-files",
        severity: Low,
        since: "0.1.0",
        summary: "--audit-log-maxbackup is not set or low",
        profile: All,
        run: Component(&[Program::ApiServer], few_audit_log_files),
        frameworks: [cis("1.2.18"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0132"), trivy("KCV-0021"), checkov("CKV_K8S_93"), kube_bench("1.2.18")],
    }
}

fn few_audit_log_files(cx: &mut ComponentCx<'_>) {
    const ROTATION: Rotation = Rotation {
        flag: "audit-log-maxbackup",
        least: 10,
        low: "so few old audit logs are rotated away by a burst of requests",
        absent: "the number of old audit logs is not limited",
    };
    judge_rotation(cx, &FEW_AUDIT_LOG_FILES, &ROTATION);
}
