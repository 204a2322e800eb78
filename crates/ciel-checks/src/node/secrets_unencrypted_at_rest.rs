use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--encryption-provider-config`.
    ///
    /// ## Why is this bad?
    /// Secrets stand in etcd in plain text: its disk, each snapshot and each backup holds all of them.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --etcd-servers=https://127.0.0.1:2379
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --encryption-provider-config=/etc/kubernetes/encryption.yaml
    /// ```
    ///
    /// ## Exceptions
    /// An encrypted disk protects against the loss of the disk, not of a backup.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SECRETS_UNENCRYPTED_AT_REST = {
        code: "NODE029",
        name: "secrets-unencrypted-at-rest",
        severity: Medium,
        severity_reason: "the default of Kubernetes; it takes etcd's disk or a backup to use it",
        since: "0.1.0",
        summary: "API server writes Secrets to etcd as they are",
        run: Component(&[Program::ApiServer], secrets_unencrypted_at_rest),
        frameworks: [cis("1.2.27"), owasp2022("K08"), owasp2025("K03")],
        aliases: [kubescape("C-0141"), kubescape("C-0066"), trivy("KCV-0030"), checkov("CKV_K8S_104"), kube_bench("1.2.27")],
    }
}

fn secrets_unencrypted_at_rest(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "encryption-provider-config",
        is: Is::Set,
        why: "Secrets are in etcd in plain text",
        help: "write an EncryptionConfiguration with `kms` or `secretbox` for Secrets, and name it",
    };
    judge(cx, &SECRETS_UNENCRYPTED_AT_REST, &WANT);
}
