use ciel_core::Severity;

use super::{fix::SettingFix, words::Flag};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with `--insecure-port` other than 0 or with `--insecure-bind-address`, and those of versions
    /// before 1.20 that do not switch the port off: there it is 8080 on the loopback interface.
    ///
    /// ## Why is this bad?
    /// Requests to that port need no credentials and pass every authorization: who reaches it is an administrator. On
    /// the loopback interface that is every process and host-network pod of the node.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --insecure-port=8080
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
    /// It is `medium` where it is only the default of an old version. Kubernetes 1.24 and later have neither flag, and
    /// do not start with it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/controlling-access/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static INSECURE_PORT = {
        code: "NODE034",
        name: "insecure-port",
        severity: Critical,
        since: "0.1.0",
        summary: "API server serves without authentication",
        run: Component(&[Program::ApiServer], insecure_port),
        frameworks: [nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [kubescape("C-0005"), checkov("CKV_K8S_86"), checkov("CKV_K8S_88"), kube_hunter("KHV006")],
    }
}

const HELP: &str = "leave both flags out; in versions before 1.20 set `--insecure-port=0`";

fn insecure_port(cx: &mut ComponentCx<'_>) {
    let port = cx.component.value("insecure-port");
    if port == Some("0") {
        return;
    }
    let mut is_given = false;
    for name in ["insecure-port", "insecure-bind-address"] {
        if let Some(flag) = cx.flag(name) {
            is_given = true;
            let setting = cx.setting(name, &flag.value);
            let message = format!(
                "{} runs with {setting}: requests there need no credentials",
                cx.program()
            );
            let fix = fix_of(cx, &flag);
            fix.apply(cx.report_flag(&INSECURE_PORT, &flag, message).help(HELP));
        }
    }
    if !is_given && cx.is_before(20) {
        let message = format!(
            "{} runs without `--insecure-port=0`: requests to port 8080 need no credentials",
            cx.program()
        );
        let fix = cx.fix_of_absent("insecure-port", &0.into());
        let report = cx.report_absent(&INSECURE_PORT, "insecure-port", message);
        fix.apply(report.severity(Severity::Medium).help(HELP));
    }
}

/// Since 1.20 both flags are of no use; before, there is a port unless it is said to be 0.
fn fix_of<'s>(cx: &ComponentCx<'s>, flag: &Flag<'s>) -> SettingFix<'s> {
    let is_new = cx.minor().is_some_and(|minor| minor >= 20);
    if is_new {
        cx.fix_away(flag)
    } else if flag.name == "insecure-port" {
        cx.fix_of(flag, &0.into())
    } else {
        SettingFix::None
    }
}
