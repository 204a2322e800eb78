use super::admission::want_enabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that do not enable the admission plugin `AlwaysPullImages`.
    ///
    /// ## Why is this bad?
    /// An image that is on a node can be used by every pod there, also by those whose account could not pull it.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction,AlwaysPullImages
    /// ```
    ///
    /// ## Exceptions
    /// Clusters of one tenant do not need it. Since Kubernetes 1.35 kubelets can ask for credentials of each pod
    /// (`imagePullCredentialsVerificationPolicy`).
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ALWAYS_PULL_IMAGES_OFF = {
        code: "NODE011",
        name: "always-pull-images-off",
        severity: Low,
        since: "0.1.0",
        summary: "admission plugin AlwaysPullImages is off",
        profile: All,
        run: Component(&[Program::ApiServer], always_pull_images_off),
        frameworks: [cis("1.2.11"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0123"), trivy("KCV-0012"), checkov("CKV_K8S_80"), kube_bench("1.2.11")],
    }
}

fn always_pull_images_off(cx: &mut ComponentCx<'_>) {
    want_enabled(
        cx,
        &ALWAYS_PULL_IMAGES_OFF,
        "AlwaysPullImages",
        "a pod may use a private image that another pod's credentials pulled",
    );
}
