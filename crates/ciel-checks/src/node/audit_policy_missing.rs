use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--audit-policy-file`.
    ///
    /// ## Why is this bad?
    /// Without a policy no event is recorded, whatever else is set: nobody can tell afterwards who did what in the
    /// cluster.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --audit-log-path=/var/log/audit.log
    /// - --audit-policy-file=/etc/kubernetes/audit.yaml
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static AUDIT_POLICY_MISSING = {
        code: "NODE038",
        name: "audit-policy-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server has no audit policy",
        run: Component(&[Program::ApiServer], audit_policy_missing),
        frameworks: [cis("3.2.1"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0160"), kubescape("C-0067"), kube_bench("3.2.1")],
    }
}

fn audit_policy_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "audit-policy-file",
        is: Is::Set,
        why: "no audit event is recorded",
        help: "write an audit policy, and name it together with `--audit-log-path`",
    };
    judge(cx, &AUDIT_POLICY_MISSING, &WANT);
}
