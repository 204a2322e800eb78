use super::values::is_loopback;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers and schedulers whose `--bind-address` is not of the loopback interface.
    ///
    /// ## Why is this bad?
    /// Only the node itself has to reach their health checks. On other interfaces everybody on the network can try what
    /// they serve, metrics and profiles too.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --bind-address=0.0.0.0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --bind-address=127.0.0.1
    /// ```
    ///
    /// ## Exceptions
    /// Prometheus from elsewhere needs the port; then a firewall should let only it through.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static CONTROL_PLANE_LISTENS_EVERYWHERE = {
        code: "NODE045",
        name: "control-plane-listens-everywhere",
        severity: Low,
        severity_reason: "what it serves there needs credentials, but for health checks",
        since: "0.1.0",
        summary: "controller manager or scheduler listens on all interfaces",
        run: Component(&[Program::ControllerManager, Program::Scheduler], control_plane_listens_everywhere),
        frameworks: [cis("1.3.7"), cis("1.4.2"), nsa("network-separation"), owasp2022("K09"), owasp2025("K06")],
        aliases: [kubescape("C-0150"), kubescape("C-0152"), trivy("KCV-0039"), trivy("KCV-0041"), checkov("CKV_K8S_113"), checkov("CKV_K8S_115"), kube_bench("1.3.7"), kube_bench("1.4.2")],
    }
}

fn control_plane_listens_everywhere(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "bind-address";
    const HELP: &str = "set `--bind-address=127.0.0.1`";
    let value = cx.component.value(FLAG);
    if value.is_some_and(is_loopback) {
        return;
    }
    let Some(flag) = cx.flag(FLAG) else {
        let message = format!(
            "{} runs without `--{FLAG}=127.0.0.1`: it listens on all interfaces",
            cx.program()
        );
        let fix = cx.fix_of_absent(FLAG, &"127.0.0.1".into());
        let report = cx.report_absent(&CONTROL_PLANE_LISTENS_EVERYWHERE, FLAG, message);
        fix.apply(report.help(HELP));
        return;
    };
    if let Some(value) = value {
        let setting = cx.setting(FLAG, value);
        let message = format!(
            "{} runs with {setting}: it listens on the network",
            cx.program()
        );
        let fix = cx.fix_of(&flag, &"127.0.0.1".into());
        let report = cx.report_flag(&CONTROL_PLANE_LISTENS_EVERYWHERE, &flag, message);
        fix.apply(report.help(HELP));
    }
}
