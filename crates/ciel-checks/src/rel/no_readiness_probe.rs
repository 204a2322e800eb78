use super::probes;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that run on and have no readiness probe: regular ones and sidecars.
    ///
    /// ## Why is this bad?
    /// A pod whose containers run counts as ready: Services send it requests while it still starts, and while it has
    /// lost what it needs. A rolling update goes on over new pods that do not work.
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
    ///   readinessProbe:
    ///     httpGet: {path: /ready, port: 8080}
    /// ```
    ///
    /// ## Exceptions
    /// Init containers, debug containers, jobs, pipelines, Helm hooks and pods that are not restarted need none.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/>
    pub static NO_READINESS_PROBE = {
        code: "REL011",
        name: "no-readiness-probe",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "requests reach the program before it can answer",
        profile: All,
        run: Container(no_readiness_probe),
        frameworks: [],
        aliases: [
            kubescape("C-0018"), kube_linter("no-readiness-probe"), polaris("readinessProbeMissing"),
            checkov("CKV_K8S_9"), kube_score("pod-probes"), popeye("POP-102"), popeye("POP-104"),
            kics("a659f3b5-9bf0-438a-bd9a-7d3a6427f1e3"), datree("CONTAINERS_MISSING_READINESSPROBE_KEY"),
        ],
    }
}

fn no_readiness_probe(cx: &mut ContainerCx<'_>) {
    probes::report_missing_probe(
        cx,
        &NO_READINESS_PROBE,
        "readinessProbe",
        "readiness",
        "it counts as ready as soon as it runs",
        "add a `readinessProbe` that succeeds once the program can answer",
    );
}
