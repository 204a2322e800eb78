use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets whose `eventRecordQPS` is 0.
    ///
    /// ## Why is this bad?
    /// Each pod that fails writes events. Without a limit one node can keep the API server and etcd busy.
    ///
    /// ## Example
    /// ```yaml
    /// eventRecordQPS: 0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// eventRecordQPS: 50
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_EVENTS_UNLIMITED = {
        code: "NODE067",
        name: "kubelet-events-unlimited",
        severity: Info,
        since: "0.1.0",
        summary: "kubelet writes events without a limit",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_events_unlimited),
        frameworks: [cis("4.2.8"), owasp2025("K07")],
        aliases: [kubescape("C-0180"), trivy("KCV-0087"), checkov("CKV_K8S_147"), kube_bench("4.2.8")],
    }
}

fn kubelet_events_unlimited(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "event-qps";
    if cx.component.value(FLAG) != Some("0") {
        return;
    }
    if let Some(flag) = cx.flag(FLAG) {
        let setting = cx.setting(FLAG, "0");
        let message = format!(
            "{} runs with {setting}: events are not limited",
            cx.program()
        );
        let fix = cx.fix_away(&flag);
        let report = cx.report_flag(&KUBELET_EVENTS_UNLIMITED, &flag, message);
        fix.apply(report.help("leave it at its default of 50"));
    }
}
