use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--anonymous-auth` is not set to false.
    ///
    /// ## Why is this bad?
    /// Anybody who reaches the port is served as `system:anonymous`: they read the version and the health endpoints,
    /// and every role that is bound to anonymous or unauthenticated users is open to them. A fault in the server can be
    /// tried without an account.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --anonymous-auth=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --anonymous-auth=false
    /// ```
    ///
    /// ## Exceptions
    /// `--authentication-config` may allow anonymous requests to some paths only, so servers that have it are not
    /// judged here but by their AuthenticationConfiguration. `kubeadm join` with a token reads `cluster-info`
    /// anonymously; probes of `/livez` and `/readyz` need credentials once anonymous requests are off.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ANONYMOUS_API_REQUESTS = {
        code: "NODE001",
        name: "anonymous-api-requests",
        severity: Medium,
        severity_reason: "the default of Kubernetes, with which kubeadm joins nodes; RBAC gives anonymous users next to nothing",
        since: "0.1.0",
        summary: "API server takes requests without credentials",
        profile: All,
        run: Component(&[Program::ApiServer], anonymous_api_requests),
        frameworks: [cis("1.2.1"), nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [kubescape("C-0113"), trivy("KCV-0001"), checkov("CKV_K8S_68"), kube_bench("1.2.1"), kube_hunter("KHV002"), kube_hunter("KHV005"), kube_hunter("KHV007")],
    }
}

fn anonymous_api_requests(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "anonymous-auth",
        is: Is::False,
        why: "whoever reaches its port is served as `system:anonymous`",
        help: "set `--anonymous-auth=false`, or name the paths that stay open in an AuthenticationConfiguration",
    };
    if cx.component.has("authentication-config") {
        return;
    }
    judge(cx, &ANONYMOUS_API_REQUESTS, &WANT);
}
