use super::values::seconds;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--request-timeout` is longer than its default of one minute, or no duration.
    ///
    /// ## Why is this bad?
    /// Each request that waits holds memory and a place among those that the server works on: long timeouts make it
    /// easier to keep it busy.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --request-timeout=30m
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --request-timeout=60s
    /// ```
    ///
    /// ## Exceptions
    /// Networks that are slow may need it. Watches and other long-running requests are not subject to it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static LONG_REQUEST_TIMEOUT = {
        code: "NODE022",
        name: "long-request-timeout",
        severity: Info,
        since: "0.1.0",
        summary: "API server lets requests take more than a minute",
        profile: All,
        run: Component(&[Program::ApiServer], long_request_timeout),
        frameworks: [cis("1.2.20"), owasp2025("K07")],
        aliases: [kubescape("C-0134"), checkov("CKV_K8S_95"), kube_bench("1.2.20")],
    }
}

fn long_request_timeout(cx: &mut ComponentCx<'_>) {
    const DEFAULT: f64 = 60.0;
    let Some(flag) = cx.flag("request-timeout") else {
        return;
    };
    let Some(value) = cx.component.value("request-timeout") else {
        return;
    };
    let why = match seconds(value) {
        Some(seconds) if seconds <= DEFAULT => return,
        Some(_) => "requests hold their place for longer than the default minute",
        None => "that is no duration",
    };
    let setting = cx.setting("request-timeout", value);
    let message = format!("{} runs with {setting}: {why}", cx.program());
    let fix = cx.fix_away(&flag);
    let report = cx.report_flag(&LONG_REQUEST_TIMEOUT, &flag, message);
    fix.apply(report.help("leave it at its default of one minute"));
}
