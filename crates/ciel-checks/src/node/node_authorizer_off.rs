use super::authorization::{Finding, judge_modes};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--authorization-mode` lacks `Node`, or that have neither `--authorization-mode` nor
    /// `--authorization-config`.
    ///
    /// ## Why is this bad?
    /// The Node authorizer lets a kubelet read only what the pods on its node use. Without it kubelets need a role that
    /// reads all Secrets and ConfigMaps, and who takes over one node has those of the whole cluster.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authorization-mode=RBAC
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authorization-mode=Node,RBAC
    /// ```
    ///
    /// ## Exceptions
    /// With `--authorization-config` the modes stand in a file of their own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/node/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static NODE_AUTHORIZER_OFF = {
        code: "NODE007",
        name: "node-authorizer-off",
        severity: Medium,
        since: "0.1.0",
        summary: "API server does not use the authorization mode Node",
        run: Component(&[Program::ApiServer], node_authorizer_off),
        frameworks: [cis("1.2.7"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02")],
        aliases: [kubescape("C-0119"), trivy("KCV-0008"), checkov("CKV_K8S_75"), kube_bench("1.2.7")],
    }
}

fn node_authorizer_off(cx: &mut ComponentCx<'_>) {
    judge_modes(
        cx,
        &NODE_AUTHORIZER_OFF,
        Finding::Lacks(
            "Node",
            "kubelets need wide roles instead, and one stolen kubelet credential reads the Secrets of every node",
        ),
    );
}
