use super::tiller;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Tiller, the server of Helm 2, listening on the pod's address, as it does unless `--listen=localhost:44134`
    /// says otherwise.
    ///
    /// ## Why is this bad?
    /// Tiller asks nobody who they are. Any pod of the cluster installs what it likes with its rights, mostly those of
    /// cluster-admin: it was the shortest way from one container to the whole cluster.
    ///
    /// ## Example
    /// ```yaml
    /// image: gcr.io/kubernetes-helm/tiller:v2.16.1
    /// ```
    ///
    /// ## Use instead
    /// Helm 3 or later, which needs nothing in the cluster. Until then:
    /// ```yaml
    /// image: gcr.io/kubernetes-helm/tiller:v2.16.1
    /// command: [/tiller, --listen=localhost:44134]
    /// ```
    ///
    /// ## Exceptions
    /// With `--tls-verify` it asks for certificates; the check does not look at that, as Tiller has to go all the same.
    ///
    /// ## References
    /// - <https://v2.helm.sh/docs/securing_installation/>
    pub static TILLER_OPEN = {
        code: "IMG013",
        name: "tiller-open",
        severity: Critical,
        since: "0.1.0",
        summary: "every pod reaches Tiller, and Tiller asks nobody who they are",
        run: Container(tiller_open),
        frameworks: [owasp2022("K10"), owasp2025("K06"), mitre("T1610")],
        aliases: [
            checkov("CKV_K8S_45"),
            kics("e17fa86a-6222-4584-a914-56e8f6c87e06"),
        ],
    }
}

fn tiller_open(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(node) = tiller::in_container(cx.workload, container) else {
        return;
    };
    if tiller::listens_locally(container) {
        return;
    }
    let message = format!(
        "{} is Tiller, which every pod reaches and which asks nobody who they are",
        container.display()
    );
    cx.report(&TILLER_OPEN, node, message)
        .help("move to Helm 3, and remove it");
}
