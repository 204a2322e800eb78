use super::etcd::is_open_http;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets whose `staticPodURL` (or `--manifest-url`) begins with `http://` and is not of the loopback
    /// interface.
    ///
    /// ## Why is this bad?
    /// Who gets between the node and that server, or takes its name, has the kubelet run any pod, privileged ones too,
    /// past all admission.
    ///
    /// ## Example
    /// ```yaml
    /// staticPodURL: http://config.example/pods.yaml
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// staticPodPath: /etc/kubernetes/manifests
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static STATIC_PODS_OVER_HTTP = {
        code: "NODE073",
        name: "static-pods-over-http",
        severity: High,
        since: "0.1.0",
        summary: "kubelet takes its static pods from a URL without TLS",
        run: Component(&[Program::Kubelet], static_pods_over_http),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [],
    }
}

fn static_pods_over_http(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "manifest-url";
    if !cx.component.value(FLAG).is_some_and(is_open_http) {
        return;
    }
    if let Some(flag) = cx.flag(FLAG) {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: whoever gets in between says which pods run",
            cx.program()
        );
        cx.report_flag(&STATIC_PODS_OVER_HTTP, &flag, message)
            .help("use `staticPodPath`, or `https://`");
    }
}
