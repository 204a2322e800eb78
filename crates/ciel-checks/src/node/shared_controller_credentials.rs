use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers without `--use-service-account-credentials=true`.
    ///
    /// ## Why is this bad?
    /// All controllers then act as one user with the rights of all together. A fault in one of them can be used with
    /// the rights of every other, and the audit log does not tell which did what.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --use-service-account-credentials=false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --use-service-account-credentials=true
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static SHARED_CONTROLLER_CREDENTIALS = {
        code: "NODE041",
        name: "shared-controller-credentials",
        severity: Medium,
        since: "0.1.0",
        summary: "all controllers act with the rights of one",
        run: Component(&[Program::ControllerManager], shared_controller_credentials),
        frameworks: [cis("1.3.3"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02")],
        aliases: [kubescape("C-0146"), trivy("KCV-0035"), checkov("CKV_K8S_108"), kube_bench("1.3.3")],
    }
}

fn shared_controller_credentials(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "use-service-account-credentials",
        is: Is::True,
        why: "all controllers have the rights of all others",
        help: "set it to true",
    };
    judge(cx, &SHARED_CONTROLLER_CREDENTIALS, &WANT);
}
