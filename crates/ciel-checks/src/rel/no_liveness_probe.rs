use super::probes;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that run on and have no liveness probe: regular ones and sidecars.
    ///
    /// ## Why is this bad?
    /// The kubelet restarts a program that exits. One that hangs (a deadlock, a lost connection that is never made
    /// again) stays until somebody looks.
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
    ///   livenessProbe:
    ///     httpGet: {path: /healthz, port: 8080}
    ///     failureThreshold: 6
    /// ```
    ///
    /// ## Exceptions
    /// Init containers, debug containers, jobs, pipelines, Helm hooks and pods that are not restarted need none. A
    /// program that exits whenever it cannot go on needs none either.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/>
    pub static NO_LIVENESS_PROBE = {
        code: "REL010",
        name: "no-liveness-probe",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "nobody notices when the program hangs",
        profile: All,
        run: Container(no_liveness_probe),
        frameworks: [],
        aliases: [
            kubescape("C-0056"), kube_linter("no-liveness-probe"), polaris("livenessProbeMissing"),
            checkov("CKV_K8S_8"), kube_score("pod-probes"), popeye("POP-102"), popeye("POP-103"),
            kics("ade74944-a674-4e00-859e-c6eab5bde441"), snyk("SNYK-CC-K8S-41"),
            datree("CONTAINERS_MISSING_LIVENESSPROBE_KEY"),
        ],
    }
}

fn no_liveness_probe(cx: &mut ContainerCx<'_>) {
    probes::report_missing_probe(
        cx,
        &NO_LIVENESS_PROBE,
        "livenessProbe",
        "liveness",
        "nobody restarts it when it hangs",
        "add a `livenessProbe` that asks the program itself, and none of what it depends on",
    );
}
