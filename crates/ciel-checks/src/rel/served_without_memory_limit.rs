use ciel_core::Severity;

use super::resources::{self, Missing};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a memory limit in pods that a Service leads to. A limit of the pod as a whole and the
    /// default of a LimitRange in the namespace count.
    ///
    /// ## Why is this bad?
    /// Whoever may send requests can make such a container use much memory (large bodies, many connections, a query
    /// that never ends), and takes it from everything else on the node: when nothing is left, the kernel kills
    /// processes there. From outside the cluster that is a denial of service for neighbours too.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "web:1"}]
    /// ---
    /// kind: Service
    /// spec:
    ///   selector: {app: web}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: web:1
    ///         resources: {limits: {memory: 256Mi}}
    /// ```
    ///
    /// ## Exceptions
    /// Pods that nothing leads to are spoken of by `no-memory-limit`, in the profile `all`. Init containers answer no
    /// requests, and neither do Jobs, whatever Services select. A LimitRange that is not part of the input is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static SERVED_WITHOUT_MEMORY_LIMIT = {
        code: "REL008",
        name: "served-without-memory-limit",
        severity: Low,
        severity_reason: "Kubescape says high, Trivy low, of any container: requests from the cluster alone are low here, from outside it medium",
        since: "0.1.0",
        summary: "requests can use up the memory of a node",
        run: Container(served_without_memory_limit),
        frameworks: [nsa("network-separation"), owasp2022("K01"), owasp2025("K01"), mitre("T1499"), ms("MS-TA9040")],
        aliases: [
            kubescape("C-0004"), kubescape("C-0271"), kubescape("C-0009"), trivy("KSV-0018"),
            kube_linter("unset-memory-requirements"), polaris("memoryLimitsMissing"), checkov("CKV_K8S_13"),
            kube_score("container-resources"), kubeaudit("LimitsNotSet"), kubeaudit("LimitsMemoryNotSet"),
            kubesec("LimitsMemory"), popeye("POP-107"),
        ],
    }
}

fn served_without_memory_limit(cx: &mut ContainerCx<'_>) {
    if !applies(cx) {
        return;
    }
    let check = Missing {
        rule: &SERVED_WITHOUT_MEMORY_LIMIT,
        resource: "memory",
        effect: "requests may use all that its node has",
        help: "set `resources.limits.memory`, or a default in a LimitRange of the namespace",
    };
    let is_exposed = !cx.analyses().exposures().of(cx.workload).is_empty();
    if let Some(report) = resources::report_no_limit(cx, &check).filter(|_| is_exposed) {
        report.severity(Severity::Medium);
    }
}

/// Whether requests reach the container at all.
pub(super) fn applies(cx: &ContainerCx<'_>) -> bool {
    let ends = cx.object().types().group() == "batch";
    !ends && cx.container.stays() && cx.analyses().fleet().is_served(cx.object())
}
