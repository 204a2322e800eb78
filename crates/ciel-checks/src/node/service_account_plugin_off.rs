use super::admission::want_not_disabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that name `ServiceAccount` in `--disable-admission-plugins`. It is on by default.
    ///
    /// ## Why is this bad?
    /// The plugin gives each pod the account of its namespace and checks that the account exists and may use the
    /// Secrets that it asks for. Without it those checks are gone.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --disable-admission-plugins=ServiceAccount
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
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#serviceaccount>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SERVICE_ACCOUNT_PLUGIN_OFF = {
        code: "NODE012",
        name: "service-account-plugin-off",
        severity: Medium,
        since: "0.1.0",
        summary: "admission plugin ServiceAccount is switched off",
        run: Component(&[Program::ApiServer], service_account_plugin_off),
        frameworks: [cis("1.2.12"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0125"), trivy("KCV-0014"), checkov("CKV_K8S_82"), kube_bench("1.2.12")],
    }
}

fn service_account_plugin_off(cx: &mut ComponentCx<'_>) {
    want_not_disabled(
        cx,
        &SERVICE_ACCOUNT_PLUGIN_OFF,
        "ServiceAccount",
        "pods get no service account of their own",
    );
}
