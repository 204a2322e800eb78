use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets without `podPidsLimit`, or with one that is not above 0.
    ///
    /// ## Why is this bad?
    /// A fork bomb in one pod keeps every other pod, and the kubelet, from starting processes.
    ///
    /// ## Example
    /// ```yaml
    /// podPidsLimit: -1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// podPidsLimit: 4096
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/policy/pid-limiting/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static POD_PIDS_UNLIMITED = {
        code: "NODE071",
        name: "pod-pids-unlimited",
        severity: Low,
        since: "0.1.0",
        summary: "a pod may use up all process ids of the node",
        profile: All,
        run: Component(&[Program::Kubelet], pod_pids_unlimited),
        frameworks: [cis("4.2.13"), owasp2025("K07")],
        aliases: [kubescape("C-0284"), kube_bench("4.2.13")],
    }
}

fn pod_pids_unlimited(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "pod-max-pids";
    const HELP: &str = "set `podPidsLimit` to what the largest pod needs, such as 4096";
    let Some(flag) = cx.flag(FLAG) else {
        let wanted = cx.spelling(FLAG);
        let message = format!(
            "{} runs without `{wanted}`: one pod may use up all process ids",
            cx.program()
        );
        cx.report_absent(&POD_PIDS_UNLIMITED, FLAG, message)
            .help(HELP);
        return;
    };
    let limit = cx
        .component
        .value(FLAG)
        .and_then(|value| value.parse::<i64>().ok());
    if limit.is_some_and(|limit| limit <= 0) {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: one pod may use up all process ids",
            cx.program()
        );
        cx.report_flag(&POD_PIDS_UNLIMITED, &flag, message)
            .help(HELP);
    }
}
