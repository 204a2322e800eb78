use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds control plane components, kubelets and kube-proxies with `--v` of 8 or more.
    ///
    /// ## Why is this bad?
    /// From 8 on they log bodies and headers of the requests that they make, Secrets and tokens among them, and logs
    /// are read by more people than Secrets are.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --v=10
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --v=2
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/kubectl/quick-reference/#kubectl-output-verbosity-and-debugging>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static VERBOSE_COMPONENT_LOG = {
        code: "NODE037",
        name: "verbose-component-log",
        severity: Medium,
        since: "0.1.0",
        summary: "a component logs the contents of requests",
        run: Component(&[Program::ApiServer, Program::ControllerManager, Program::Scheduler, Program::Kubelet, Program::KubeProxy], verbose_component_log),
        frameworks: [owasp2022("K08"), owasp2025("K03")],
        aliases: [],
    }
}

fn verbose_component_log(cx: &mut ComponentCx<'_>) {
    const WITH_BODIES: u32 = 8;
    let level = cx
        .component
        .value("v")
        .and_then(|value| value.parse::<u32>().ok());
    if level.is_none_or(|level| level < WITH_BODIES) {
        return;
    }
    if let Some(flag) = cx.flag("v") {
        let setting = cx.setting("v", &flag.value);
        let message = format!(
            "{} runs with {setting}: it logs the contents of requests",
            cx.program()
        );
        let fix = cx.fix_of(&flag, &4.into());
        let report = cx.report_flag(&VERBOSE_COMPONENT_LOG, &flag, message);
        fix.apply(report.help("set it to 4 or less outside of debugging"));
    }
}
