use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets with `--hostname-override`.
    ///
    /// ## Why is this bad?
    /// The name of the Node is then not the name in the machine's certificate, and logs of both are hard to bring
    /// together.
    ///
    /// ## Example
    /// ```yaml
    /// command: [kubelet, --hostname-override=node-1]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command: [kubelet, --config=/var/lib/kubelet/config.yaml]
    /// ```
    ///
    /// ## Exceptions
    /// Clouds whose machines have names that change need it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_HOSTNAME_OVERRIDE = {
        code: "NODE066",
        name: "kubelet-hostname-override",
        severity: Low,
        since: "0.1.0",
        summary: "kubelet goes by another name than its machine",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_hostname_override),
        frameworks: [cis("4.2.7")],
        aliases: [kubescape("C-0179"), trivy("KCV-0086"), checkov("CKV_K8S_146"), kube_bench("4.2.7")],
    }
}

fn kubelet_hostname_override(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "hostname-override",
        is: Is::Replaced,
        why: "the Node has another name than the machine's certificate",
        help: "leave it out, and name the machine as the Node should be",
    };
    judge(cx, &KUBELET_HOSTNAME_OVERRIDE, &WANT);
}
