use super::resources::{self, Missing};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a CPU limit. A limit of the pod as a whole and the default of a LimitRange in the
    /// namespace count; a limit of `0` is none.
    ///
    /// ## Why is this bad?
    /// Such a container takes whatever CPU its node has left. That is welcome until it loops, or mines for a stranger:
    /// then everything on the node that did not reserve its share crawls, and the bill grows with the cluster.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {cpu: 100m}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {cpu: 100m}
    ///     limits: {cpu: "1"}
    /// ```
    ///
    /// ## Exceptions
    /// Many leave CPU limits out on purpose, since a limit throttles a program even where the node is idle; that is why
    /// the check is only part of the profile `all`. Init containers are reported as information. A LimitRange that is
    /// not part of the input is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static NO_CPU_LIMIT = {
        code: "REL001",
        name: "no-cpu-limit",
        severity: Low,
        severity_reason: "Kubescape says high; the kernel shares the CPU by requests, so that neighbours with requests keep theirs",
        since: "0.1.0",
        summary: "container may use all CPU that is free",
        profile: All,
        run: Container(no_cpu_limit),
        frameworks: [],
        aliases: [
            kubescape("C-0050"), kubescape("C-0270"), kubescape("C-0009"), trivy("KSV-0011"),
            polaris("cpuLimitsMissing"), checkov("CKV_K8S_11"), kube_score("container-resources"),
            kubeaudit("LimitsNotSet"), kubeaudit("LimitsCPUNotSet"), kubesec("LimitsCPU"),
            popeye("POP-107"),
            kics("4ac0e2b7-d2d2-4af7-8799-e8de6721ccda"), snyk("SNYK-CC-K8S-5"),
            datree("CONTAINERS_MISSING_CPU_LIMIT_KEY"),
        ],
    }
}

fn no_cpu_limit(cx: &mut ContainerCx<'_>) {
    resources::report_no_limit(
        cx,
        &Missing {
            rule: &NO_CPU_LIMIT,
            resource: "cpu",
            effect: "it may take all that its node has free",
            help: "set `resources.limits.cpu`, or a default in a LimitRange of the namespace",
        },
    );
}
