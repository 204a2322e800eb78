use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with `--secure-port=0`.
    ///
    /// ## Why is this bad?
    /// Only the port without TLS, authentication and authorization is left.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --secure-port=0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --secure-port=6443
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SECURE_PORT_OFF = {
        code: "NODE033",
        name: "secure-port-off",
        severity: High,
        since: "0.1.0",
        summary: "API server serves no TLS",
        run: Component(&[Program::ApiServer], secure_port_off),
        frameworks: [nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0128"), trivy("KCV-0017"), checkov("CKV_K8S_89")],
    }
}

fn secure_port_off(cx: &mut ComponentCx<'_>) {
    if cx.component.value("secure-port") != Some("0") {
        return;
    }
    if let Some(flag) = cx.flag("secure-port") {
        let message = format!(
            "{} runs with `--secure-port=0`: it serves no TLS",
            cx.program()
        );
        let fix = cx.fix_away(&flag);
        let report = cx.report_flag(&SECURE_PORT_OFF, &flag, message);
        fix.apply(report.help("leave it out, or name a port"));
    }
}
