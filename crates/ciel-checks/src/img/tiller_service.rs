use super::tiller;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services that lead to Tiller, the server of Helm 2: by the name and labels that `helm init` gave them, or by
    /// Tiller's port.
    ///
    /// ## Why is this bad?
    /// Tiller asks nobody who they are, and does what it is told with the rights of cluster-admin. The Service gives it an
    /// address that everybody knows.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// metadata: {name: tiller-deploy}
    /// ```
    ///
    /// ## Use instead
    /// Helm 3 or later, which needs nothing in the cluster.
    /// ```sh
    /// kubectl delete service tiller-deploy --namespace kube-system
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://v2.helm.sh/docs/securing_installation/>
    pub static TILLER_SERVICE = {
        code: "IMG014",
        name: "tiller-service",
        severity: High,
        since: "0.1.0",
        summary: "Service leads to Tiller, the server of Helm 2",
        run: Object(&[("", "Service")], tiller_service),
        frameworks: [owasp2022("K10"), owasp2025("K06")],
        aliases: [
            checkov("CKV_K8S_44"),
            kics("8b862ca9-0fbd-4959-ad72-b6609bdaa22d"),
        ],
    }
}

fn tiller_service(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let selector = root.at(&["spec", "selector"]);
    let by_labels =
        tiller::says_tiller(selector) || tiller::says_tiller(root.at(&["metadata", "labels"]));
    if !by_labels && cx.object.name() != "tiller-deploy" {
        return;
    }
    let node = selector
        .or_else(|| root.at(&["metadata", "name"]))
        .unwrap_or(root);
    cx.report(
        &TILLER_SERVICE,
        node,
        "Service leads to Tiller, the server of Helm 2",
    )
    .help("move to Helm 3, and remove it");
}
