use super::{advisories::Known, report_known, stated};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds versions of the API server, the controller manager, kube-proxy and the kubelet with known vulnerabilities,
    /// wherever `outdated-kubernetes` finds versions. Each version is one finding, as severe as the worst that is known;
    /// `evidence.vulnerabilities` names all.
    ///
    /// ## Why is this bad?
    /// What the vulnerability allows, and how it is used, is public.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     kubeletVersion: v1.20.7
    /// ```
    ///
    /// ## Use instead
    /// The newest patch of a minor version that is supported.
    /// ```yaml
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     kubeletVersion: v1.37.2
    /// ```
    ///
    /// ## Exceptions
    /// Only the version is looked at, not whether the part that is vulnerable is in use. Of a minor version without a
    /// patch (`1.27`), only what no patch fixed is reported. Clouds take over fixes into versions of their own
    /// (`v1.22.11-gke.400`); their number is taken for the project's.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/issues-security/official-cve-feed/>
    pub static VULNERABLE_KUBERNETES = {
        code: "VER004",
        name: "vulnerable-kubernetes",
        severity: High,
        severity_reason: "that of the worst vulnerability",
        since: "0.1.0",
        summary: "version of Kubernetes has known vulnerabilities",
        run: Object(stated::KINDS, vulnerable_kubernetes),
        frameworks: [nsa("upgrading"), owasp2022("K10"), owasp2025("K07"), mitre("T1068")],
        aliases: [
            kubescape("C-0089"), trivy("trivy-k8s-vuln"), kube_hunter("KHV022"), kube_hunter("KHV023"),
            kube_hunter("KHV024"), kube_hunter("KHV025"), kube_hunter("KHV026"), kubiscan("CVE.json"),
        ],
    }
}

fn vulnerable_kubernetes(cx: &mut ObjectCx<'_>) {
    for stated in stated::stated(&cx.cx, cx.object) {
        let Some(known) = Known::of(stated.components, stated.version) else {
            continue;
        };
        let message = format!(
            "Kubernetes {} of the {} {}",
            stated.version,
            stated.what,
            known.describe()
        );
        let report = cx.report(&VULNERABLE_KUBERNETES, stated.node, message);
        report_known(report, &known);
    }
}
