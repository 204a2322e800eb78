use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets that take anonymous requests: `authentication.anonymous.enabled: true` in their configuration,
    /// `--anonymous-auth` other than false where there is no configuration file.
    ///
    /// ## Why is this bad?
    /// With it, and with an authorization that does not look closer, whoever reaches port 10250 of a node runs commands
    /// in every container on it.
    ///
    /// ## Example
    /// ```yaml
    /// authentication:
    ///   anonymous:
    ///     enabled: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// authentication:
    ///   anonymous:
    ///     enabled: false
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_ANONYMOUS_AUTH = {
        code: "NODE060",
        name: "kubelet-anonymous-auth",
        severity: Critical,
        since: "0.1.0",
        summary: "kubelet takes requests without credentials",
        run: Component(&[Program::Kubelet], kubelet_anonymous_auth),
        frameworks: [cis("4.2.1"), nsa("authentication-authorization"), owasp2022("K06"), owasp2022("K09"), owasp2025("K09")],
        aliases: [kubescape("C-0172"), kubescape("C-0069"), trivy("KCV-0079"), checkov("CKV_K8S_138"), kube_bench("4.2.1"), kube_hunter("KHV036"), kube_hunter("KHV037"), kube_hunter("KHV038"), kube_hunter("KHV039"), kube_hunter("KHV040"), kube_hunter("KHV041"), kube_hunter("KHV042"), kube_hunter("KHV043"), kube_hunter("KHV045"), kube_hunter("KHV046"), kube_hunter("KHV051"), kube_hunter("KHV052")],
    }
}

fn kubelet_anonymous_auth(cx: &mut ComponentCx<'_>) {
    let want = Want {
        flag: "anonymous-auth",
        // The file's default is false, the flag's is true.
        is: if cx.component.is_file() {
            Is::NotTrue
        } else {
            Is::False
        },
        why: "whoever reaches port 10250 needs no credentials",
        help: "set `authentication.anonymous.enabled` to false",
    };
    judge(cx, &KUBELET_ANONYMOUS_AUTH, &want);
}
