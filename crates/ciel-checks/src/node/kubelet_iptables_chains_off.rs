use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets with `makeIPTablesUtilChains: false`.
    ///
    /// ## Why is this bad?
    /// The chains that keep packets to loopback addresses from other machines are then not made, unless something else
    /// does.
    ///
    /// ## Example
    /// ```yaml
    /// makeIPTablesUtilChains: false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// makeIPTablesUtilChains: true
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_IPTABLES_CHAINS_OFF = {
        code: "NODE065",
        name: "kubelet-iptables-chains-off",
        severity: Low,
        since: "0.1.0",
        summary: "kubelet does not keep the node's iptables chains",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_iptables_chains_off),
        frameworks: [cis("4.2.6"), owasp2025("K07")],
        aliases: [kubescape("C-0178"), trivy("KCV-0084"), checkov("CKV_K8S_145"), kube_bench("4.2.6")],
    }
}

fn kubelet_iptables_chains_off(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "make-iptables-util-chains",
        is: Is::NotFalse,
        why: "packets to loopback addresses may come from other machines",
        help: "leave it out: it is true by default",
    };
    judge(cx, &KUBELET_IPTABLES_CHAINS_OFF, &WANT);
}
