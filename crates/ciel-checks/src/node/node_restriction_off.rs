use super::admission::want_enabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that do not enable the admission plugin `NodeRestriction`.
    ///
    /// ## Why is this bad?
    /// The plugin keeps a kubelet to its own Node and the pods that run on it. Without it, who takes over one node can
    /// relabel and taint others to draw pods with Secrets to itself.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=PodNodeSelector
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static NODE_RESTRICTION_OFF = {
        code: "NODE014",
        name: "node-restriction-off",
        severity: Medium,
        since: "0.1.0",
        summary: "admission plugin NodeRestriction is off",
        run: Component(&[Program::ApiServer], node_restriction_off),
        frameworks: [cis("1.2.14"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0127"), trivy("KCV-0016"), checkov("CKV_K8S_85"), kube_bench("1.2.14")],
    }
}

fn node_restriction_off(cx: &mut ComponentCx<'_>) {
    want_enabled(
        cx,
        &NODE_RESTRICTION_OFF,
        "NodeRestriction",
        "a kubelet may change other nodes and pods",
    );
}
