use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds components whose `--tls-min-version` is `VersionTLS10` or `VersionTLS11`.
    ///
    /// ## Why is this bad?
    /// Both versions are withdrawn (RFC 8996): their ciphers and hashes can be broken. The default is TLS 1.2.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-min-version=VersionTLS10
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-min-version=VersionTLS12
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://www.rfc-editor.org/rfc/rfc8996>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static OLD_TLS_VERSION = {
        code: "NODE031",
        name: "old-tls-version",
        severity: Medium,
        since: "0.1.0",
        summary: "TLS 1.0 or 1.1 is allowed",
        run: Component(&[Program::ApiServer, Program::ControllerManager, Program::Scheduler, Program::Kubelet], old_tls_version),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [],
    }
}

fn old_tls_version(cx: &mut ComponentCx<'_>) {
    let old = cx.component.value("tls-min-version");
    if !matches!(old, Some("VersionTLS10" | "VersionTLS11")) {
        return;
    }
    if let Some(flag) = cx.flag("tls-min-version") {
        let setting = cx.setting("tls-min-version", &flag.value);
        let message = format!(
            "{} runs with {setting}: that version of TLS is withdrawn",
            cx.program()
        );
        let fix = cx.fix_of(&flag, &"VersionTLS12".into());
        let report = cx.report_flag(&OLD_TLS_VERSION, &flag, message);
        fix.apply(report.help("leave it out, or set it to `VersionTLS12` or `VersionTLS13`"));
    }
}
