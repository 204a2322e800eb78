use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers without `--root-ca-file`.
    ///
    /// ## Why is this bad?
    /// The ConfigMap `kube-root-ca.crt` is then not made in each namespace, and pods cannot check whether it is the API
    /// server that they talk to.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --use-service-account-credentials=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --root-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static ROOT_CA_MISSING = {
        code: "NODE043",
        name: "root-ca-missing",
        severity: Low,
        since: "0.1.0",
        summary: "pods are not told which CA signs the API server's certificate",
        profile: All,
        run: Component(&[Program::ControllerManager], root_ca_missing),
        frameworks: [cis("1.3.5"), owasp2025("K07")],
        aliases: [kubescape("C-0148"), trivy("KCV-0037"), checkov("CKV_K8S_111"), kube_bench("1.3.5")],
    }
}

fn root_ca_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "root-ca-file",
        is: Is::Set,
        why: "pods do not learn which CA signs the API server's certificate",
        help: "give it the CA of the cluster",
    };
    judge(cx, &ROOT_CA_MISSING, &WANT);
}
