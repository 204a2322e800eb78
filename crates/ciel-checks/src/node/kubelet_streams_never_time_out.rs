use super::values::seconds;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets whose `streamingConnectionIdleTimeout` is 0.
    ///
    /// ## Why is this bad?
    /// Sessions of exec, attach and port-forward that nobody uses stay open: they can be taken over, and they use up
    /// ports.
    ///
    /// ## Example
    /// ```yaml
    /// streamingConnectionIdleTimeout: 0s
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// streamingConnectionIdleTimeout: 4h
    /// ```
    ///
    /// ## Exceptions
    /// In the configuration file 0 stands for the default of 4 hours; it is still not what its author meant.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_STREAMS_NEVER_TIME_OUT = {
        code: "NODE064",
        name: "kubelet-streams-never-time-out",
        severity: Low,
        since: "0.1.0",
        summary: "kubelet keeps idle streams for good",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_streams_never_time_out),
        frameworks: [cis("4.2.5"), owasp2025("K07")],
        aliases: [kubescape("C-0176"), trivy("KCV-0085"), checkov("CKV_K8S_143"), kube_bench("4.2.5")],
    }
}

fn kubelet_streams_never_time_out(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "streaming-connection-idle-timeout";
    let value = cx.component.value(FLAG).and_then(seconds);
    if value != Some(0.0) {
        return;
    }
    if let Some(flag) = cx.flag(FLAG) {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: idle sessions are not ended",
            cx.program()
        );
        cx.report_flag(&KUBELET_STREAMS_NEVER_TIME_OUT, &flag, message)
            .help("leave it at its default of 4 hours");
    }
}
