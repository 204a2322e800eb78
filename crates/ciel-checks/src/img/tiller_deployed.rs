use super::{tiller, tiller_open::TILLER_OPEN};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Tiller, the server of Helm 2, by its image or its labels. Where other pods reach it, `tiller-open` speaks of
    /// it, if it is on.
    ///
    /// ## Why is this bad?
    /// Helm 2 ended in November 2020. Tiller holds the rights of everybody who ever used it, mostly those of
    /// cluster-admin, and gets no fixes.
    ///
    /// ## Example
    /// ```yaml
    /// image: gcr.io/kubernetes-helm/tiller:v2.16.1
    /// ```
    ///
    /// ## Use instead
    /// Helm 3 or later, which needs nothing in the cluster; the plugin helm-2to3 takes releases over.
    /// ```sh
    /// helm 2to3 convert my-release && helm 2to3 cleanup
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://helm.sh/blog/helm-v2-deprecation-timeline/>
    pub static TILLER_DEPLOYED = {
        code: "IMG012",
        name: "tiller-deployed",
        severity: High,
        severity_reason: "Trivy says critical; `tiller-open` is, where pods reach it",
        since: "0.1.0",
        summary: "Tiller, the server of Helm 2, is deployed",
        run: Container(tiller_deployed),
        frameworks: [owasp2022("K10"), owasp2025("K07")],
        aliases: [
            trivy("KSV-0102"), checkov("CKV_K8S_34"),
            kics("6d173be7-545a-46c6-a81d-2ae52ed1605d"),
        ],
    }
}

fn tiller_deployed(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(node) = tiller::in_container(cx.workload, container) else {
        return;
    };
    let is_open = !tiller::listens_locally(container);
    if is_open && cx.options().gives_way_to(&TILLER_OPEN.check) {
        return;
    }
    let message = format!("{} is Tiller, the server of Helm 2", container.display());
    cx.report(&TILLER_DEPLOYED, node, message)
        .help("move to Helm 3, and remove it");
}
