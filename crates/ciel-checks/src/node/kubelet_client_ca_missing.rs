use super::config::sets_up_by_kubeadm;
use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets without a CA for client certificates (`authentication.x509.clientCAFile`).
    ///
    /// ## Why is this bad?
    /// The API server cannot prove to the kubelet that it is the API server; the kubelet has to serve whoever comes, or
    /// nobody.
    ///
    /// ## Example
    /// ```yaml
    /// authentication:
    ///   webhook:
    ///     enabled: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// authentication:
    ///   x509:
    ///     clientCAFile: /etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// kubeadm adds the field to a configuration that lacks it, so none is missed beside objects of kubeadm.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_CLIENT_CA_MISSING = {
        code: "NODE062",
        name: "kubelet-client-ca-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "kubelet checks no client certificates",
        run: Component(&[Program::Kubelet], kubelet_client_ca_missing),
        frameworks: [cis("4.2.3"), nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [kubescape("C-0174"), kubescape("C-0070"), trivy("KCV-0081"), checkov("CKV_K8S_140"), kube_bench("4.2.3")],
    }
}

fn kubelet_client_ca_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "client-ca-file",
        is: Is::Set,
        why: "it checks no client certificates",
        help: "set `authentication.x509.clientCAFile` to the CA of the cluster",
    };
    if cx.component.is_file() && cx.snapshot().types().iter().any(sets_up_by_kubeadm) {
        return;
    }
    judge(cx, &KUBELET_CLIENT_CA_MISSING, &WANT);
}
