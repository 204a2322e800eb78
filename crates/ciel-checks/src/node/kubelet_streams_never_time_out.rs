use super::values::seconds;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets with `--streaming-connection-idle-timeout=0`.
    ///
    /// ## Why is this bad?
    /// Sessions of exec, attach and port-forward that nobody uses stay open: they can be taken over, and they use up
    /// ports.
    ///
    /// ## Example
    /// ```yaml
    /// command: [kubelet, --streaming-connection-idle-timeout=0]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command: [kubelet, --config=/var/lib/kubelet/config.yaml]
    /// ```
    ///
    /// ## Exceptions
    /// In the configuration file 0 stands for the default of 4 hours (kubeadm writes it so), and is not reported.
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
    // In the file 0 is what stands for the default.
    if value != Some(0.0) || cx.component.is_file() {
        return;
    }
    if let Some(flag) = cx.flag(FLAG) {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: idle sessions are not ended",
            cx.program()
        );
        let fix = cx.fix_away(&flag);
        let report = cx.report_flag(&KUBELET_STREAMS_NEVER_TIME_OUT, &flag, message);
        fix.apply(report.help("leave it at its default of 4 hours"));
    }
}
