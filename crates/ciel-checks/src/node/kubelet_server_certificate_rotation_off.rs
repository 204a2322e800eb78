use super::want::boolean;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers and kubelets whose feature gate `RotateKubeletServerCertificate` is switched off.
    ///
    /// ## Why is this bad?
    /// Kubelets then keep a serving certificate until it ends, or one that they signed themselves and that nobody can
    /// check.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --feature-gates=RotateKubeletServerCertificate=false
    /// ```
    ///
    /// ## Use instead
    /// Or without the gate: it is on by default.
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --feature-gates=RotateKubeletServerCertificate=true
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static KUBELET_SERVER_CERTIFICATE_ROTATION_OFF = {
        code: "NODE044",
        name: "kubelet-server-certificate-rotation-off",
        severity: Low,
        since: "0.1.0",
        summary: "kubelets' serving certificates are not renewed",
        profile: All,
        run: Component(&[Program::ControllerManager, Program::Kubelet], kubelet_server_certificate_rotation_off),
        frameworks: [cis("1.3.6"), cis("4.2.11"), owasp2025("K07")],
        aliases: [kubescape("C-0149"), kubescape("C-0183"), trivy("KCV-0038"), trivy("KCV-0091"), checkov("CKV_K8S_112"), kube_bench("1.3.6"), kube_bench("4.2.11")],
    }
}

fn kubelet_server_certificate_rotation_off(cx: &mut ComponentCx<'_>) {
    const GATE: &str = "RotateKubeletServerCertificate";
    let gates = cx
        .component
        .flags
        .iter()
        .filter(|flag| flag.name == "feature-gates");
    let is_off = |value: &str| {
        let settings = value.split(',').filter_map(|gate| gate.split_once('='));
        let mut own = settings.filter(|(name, _)| name.trim() == GATE);
        own.next_back()
            .map(|(_, value)| boolean(value.trim()) == Some(false))
    };
    let last = gates
        .filter_map(|flag| Some((is_off(&flag.value)?, flag.clone())))
        .next_back();
    if let Some((true, flag)) = last {
        let message = format!("{} switches the feature gate `{GATE}` off", cx.program());
        cx.report_flag(&KUBELET_SERVER_CERTIFICATE_ROTATION_OFF, &flag, message)
            .help("leave the gate out: it is on by default");
    }
}
