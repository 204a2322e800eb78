use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets whose authorization mode is `AlwaysAllow`, which is also what they take where they have neither a
    /// configuration file nor the flag.
    ///
    /// ## Why is this bad?
    /// Whoever can log in at the kubelet, with any service account's token or none, runs commands in every container of
    /// the node and reads their logs.
    ///
    /// ## Example
    /// ```yaml
    /// authorization:
    ///   mode: AlwaysAllow
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// authorization:
    ///   mode: Webhook
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_ALWAYS_ALLOW = {
        code: "NODE061",
        name: "kubelet-always-allow",
        severity: Critical,
        since: "0.1.0",
        summary: "kubelet allows every request",
        run: Component(&[Program::Kubelet], kubelet_always_allow),
        frameworks: [cis("4.2.2"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K02")],
        aliases: [kubescape("C-0173"), trivy("KCV-0080"), checkov("CKV_K8S_139"), kube_bench("4.2.2")],
    }
}

fn kubelet_always_allow(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "authorization-mode";
    const HELP: &str = "set `authorization.mode` to `Webhook`";
    let Some(flag) = cx.flag(FLAG) else {
        // The file's default is Webhook, the flag's is AlwaysAllow.
        if !cx.component.is_file() {
            let message = format!(
                "{} runs without `--{FLAG}=Webhook`: every request is allowed",
                cx.program()
            );
            let fix = cx.fix_of_absent(FLAG, &"Webhook".into());
            fix.apply(
                cx.report_absent(&KUBELET_ALWAYS_ALLOW, FLAG, message)
                    .help(HELP),
            );
        }
        return;
    };
    if flag.value == "AlwaysAllow" {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: every request is allowed",
            cx.program()
        );
        let fix = cx.fix_of(&flag, &"Webhook".into());
        fix.apply(
            cx.report_flag(&KUBELET_ALWAYS_ALLOW, &flag, message)
                .help(HELP),
        );
    }
}
