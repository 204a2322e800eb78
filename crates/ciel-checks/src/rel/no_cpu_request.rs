use super::resources::{self, Missing};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a CPU request: where a limit stands in for it, as information. A request of the pod as
    /// a whole and the default of a LimitRange in the namespace count.
    ///
    /// ## Why is this bad?
    /// The scheduler takes such a container for free and puts it on nodes that are full. When CPU is short, it gets
    /// next to nothing. Autoscalers that go by utilisation do not work at all without a request.
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
    ///     requests: {cpu: 100m}
    /// ```
    ///
    /// ## Exceptions
    /// A container with a limit and no request reserves the whole limit, which is reported as information. A LimitRange
    /// that is not part of the input is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static NO_CPU_REQUEST = {
        code: "REL003",
        name: "no-cpu-request",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "container reserves no CPU",
        profile: All,
        run: Container(no_cpu_request),
        frameworks: [],
        aliases: [
            kubescape("C-0050"), kubescape("C-0268"), trivy("KSV-0015"),
            kube_linter("unset-cpu-requirements"), polaris("cpuRequestsMissing"), checkov("CKV_K8S_10"),
            kube_score("container-resources"), kubesec("RequestsCPU"), popeye("POP-106"),
            kics("ca469dd4-c736-448f-8ac1-30a642705e0a"), datree("CONTAINERS_MISSING_CPU_REQUEST_KEY"),
        ],
    }
}

fn no_cpu_request(cx: &mut ContainerCx<'_>) {
    resources::report_no_request(
        cx,
        &Missing {
            rule: &NO_CPU_REQUEST,
            resource: "cpu",
            effect: "the scheduler takes it for free",
            help: "set `resources.requests.cpu` to what the container usually uses",
        },
    );
}
