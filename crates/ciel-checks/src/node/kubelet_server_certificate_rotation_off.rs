use super::{fix::SettingFix, want::boolean, words::Flag};
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

const GATE: &str = "RotateKubeletServerCertificate";

fn kubelet_server_certificate_rotation_off(cx: &mut ComponentCx<'_>) {
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
        let fix = switched_on(cx, &flag);
        let report = cx.report_flag(&KUBELET_SERVER_CERTIFICATE_ROTATION_OFF, &flag, message);
        fix.apply(report.help("leave the gate out: it is on by default"));
    }
}

/// The same gates, this one switched on: in a configuration file each has a field of its own.
fn switched_on<'s>(cx: &ComponentCx<'s>, flag: &Flag<'s>) -> SettingFix<'s> {
    if cx.component.is_file() {
        return cx.fix_of(flag, &true.into());
    }
    let gates: Vec<String> = flag
        .value
        .split(',')
        .map(|gate| match gate.split_once('=') {
            Some((name, _)) if name.trim() == GATE => format!("{GATE}=true"),
            _ => gate.to_owned(),
        })
        .collect();
    cx.fix_of(flag, &gates.join(",").into())
}
