use super::resources::{self, Missing};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a memory request: where a limit stands in for it, as information. A request of the pod
    /// as a whole and the default of a LimitRange in the namespace count.
    ///
    /// ## Why is this bad?
    /// The scheduler takes such a container for free and puts it on nodes that are full. When memory is short, pods
    /// that use more than they requested are the first that the kubelet evicts.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {memory: 128Mi}
    /// ```
    ///
    /// ## Exceptions
    /// A container with a limit and no request reserves the whole limit, which is reported as information. A LimitRange
    /// that is not part of the input is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/>
    pub static NO_MEMORY_REQUEST = {
        code: "REL004",
        name: "no-memory-request",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "container reserves no memory",
        profile: All,
        run: Container(no_memory_request),
        frameworks: [],
        aliases: [
            kubescape("C-0004"), kubescape("C-0269"), trivy("KSV-0016"), polaris("memoryRequestsMissing"),
            checkov("CKV_K8S_12"), kube_score("container-resources"), kubesec("RequestsMemory"),
            popeye("POP-106"),
            kics("229588ef-8fde-40c8-8756-f4f2b5825ded"), datree("CONTAINERS_MISSING_MEMORY_REQUEST_KEY"),
        ],
    }
}

fn no_memory_request(cx: &mut ContainerCx<'_>) {
    resources::report_no_request(
        cx,
        &Missing {
            rule: &NO_MEMORY_REQUEST,
            resource: "memory",
            effect: "it is the first to be evicted",
            help: "set `resources.requests.memory` to what the container usually uses",
        },
    );
}
