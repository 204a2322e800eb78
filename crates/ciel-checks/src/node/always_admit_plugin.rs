use super::admission::{ENABLE, flag_with, without};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that enable the admission plugin `AlwaysAdmit`.
    ///
    /// ## Why is this bad?
    /// It admits everything and does nothing else; it is deprecated since 1.13. Where it stands, somebody meant to
    /// switch admission off.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=AlwaysAdmit
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwaysadmit>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ALWAYS_ADMIT_PLUGIN = {
        code: "NODE010",
        name: "always-admit-plugin",
        severity: Medium,
        severity_reason: "the plugin only says yes itself; the others still run, unlike what some benchmarks say",
        since: "0.1.0",
        summary: "admission plugin AlwaysAdmit is on",
        run: Component(&[Program::ApiServer], always_admit_plugin),
        frameworks: [cis("1.2.10"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0122"), trivy("KCV-0011"), checkov("CKV_K8S_79"), kube_bench("1.2.10")],
    }
}

fn always_admit_plugin(cx: &mut ComponentCx<'_>) {
    let Some(flag) = flag_with(cx, ENABLE, "AlwaysAdmit") else {
        return;
    };
    let message = format!(
        "{} enables the admission plugin `AlwaysAdmit`",
        cx.program()
    );
    let fix = without(cx, &flag, "AlwaysAdmit");
    let report = cx.report_flag(&ALWAYS_ADMIT_PLUGIN, &flag, message);
    fix.apply(report.help("leave it out, and name the plugins that are needed"));
}
