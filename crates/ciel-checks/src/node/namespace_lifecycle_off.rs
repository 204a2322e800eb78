use super::admission::want_not_disabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that name `NamespaceLifecycle` in `--disable-admission-plugins`. It is on by default.
    ///
    /// ## Why is this bad?
    /// Objects can be made in namespaces that are being deleted or do not exist, and stay behind; `default`,
    /// `kube-system` and `kube-public` can be deleted.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --disable-admission-plugins=NamespaceLifecycle
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
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static NAMESPACE_LIFECYCLE_OFF = {
        code: "NODE013",
        name: "namespace-lifecycle-off",
        severity: Low,
        since: "0.1.0",
        summary: "admission plugin NamespaceLifecycle is switched off",
        profile: All,
        run: Component(&[Program::ApiServer], namespace_lifecycle_off),
        frameworks: [cis("1.2.13"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0126"), trivy("KCV-0015"), checkov("CKV_K8S_83"), kube_bench("1.2.13")],
    }
}

fn namespace_lifecycle_off(cx: &mut ComponentCx<'_>) {
    want_not_disabled(
        cx,
        &NAMESPACE_LIFECYCLE_OFF,
        "NamespaceLifecycle",
        "objects can be made in namespaces that are being deleted",
    );
}
