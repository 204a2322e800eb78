use super::{
    resources::{self, Missing},
    served_without_memory_limit::{self, SERVED_WITHOUT_MEMORY_LIMIT},
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a memory limit. A limit of the pod as a whole and the default of a LimitRange in the
    /// namespace count; a limit of `0` is none.
    ///
    /// ## Why is this bad?
    /// Whoever makes such a container use much memory, with a large request or from inside, takes it from everything
    /// else on the node. When nothing is left the kernel kills processes, and evicted pods carry the trouble to the
    /// next node.
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
    ///     limits: {memory: 256Mi}
    /// ```
    ///
    /// ## Exceptions
    /// Init containers are reported as information. A LimitRange that is not part of the input is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static NO_MEMORY_LIMIT = {
        code: "REL002",
        name: "no-memory-limit",
        severity: Medium,
        severity_reason: "Kubescape says high, Trivy low: it reaches no secret, but one container may have its whole node's memory, and memory cannot be taken back without killing somebody. For pods that serve requests, `served-without-memory-limit` says so in the default profile",
        since: "0.1.0",
        summary: "container may use all memory of its node",
        profile: All,
        run: Container(no_memory_limit),
        frameworks: [nsa("network-separation"), owasp2022("K01"), owasp2025("K01"), mitre("T1499"), mitre("T1496")],
        aliases: [
            kubescape("C-0004"), kubescape("C-0271"), kubescape("C-0009"), trivy("KSV-0018"),
            kube_linter("unset-memory-requirements"), polaris("memoryLimitsMissing"), checkov("CKV_K8S_13"),
            kube_score("container-resources"), kubeaudit("LimitsNotSet"), kubeaudit("LimitsMemoryNotSet"),
            kubesec("LimitsMemory"), popeye("POP-107"),
            kics("b14d1bc4-a208-45db-92f0-e21f8e2588e9"), snyk("SNYK-CC-K8S-4"),
            datree("CONTAINERS_MISSING_MEMORY_LIMIT_KEY"),
        ],
    }
}

fn no_memory_limit(cx: &mut ContainerCx<'_>) {
    let is_spoken_of = cx.options().selects(&SERVED_WITHOUT_MEMORY_LIMIT.check)
        && served_without_memory_limit::applies(cx);
    if is_spoken_of {
        return;
    }
    resources::report_no_limit(
        cx,
        &Missing {
            rule: &NO_MEMORY_LIMIT,
            resource: "memory",
            effect: "it may take all that its node has",
            help: "set `resources.limits.memory`, or a default in a LimitRange of the namespace",
        },
    );
}
