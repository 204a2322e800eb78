use ciel_yaml::Node;

use super::probes;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose liveness probe asks the same as their readiness probe, and loses patience as soon.
    ///
    /// ## Why is this bad?
    /// The two have different consequences. A program that is busy for a while should get no requests until it has
    /// recovered; when the liveness probe fails at the same moment, the kubelet kills it instead, all replicas at once
    /// when the load is high.
    ///
    /// ## Example
    /// ```yaml
    /// livenessProbe:
    ///   httpGet: {path: /healthz, port: 8080}
    /// readinessProbe:
    ///   httpGet: {path: /healthz, port: 8080}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// livenessProbe:
    ///   httpGet: {path: /healthz, port: 8080}
    ///   failureThreshold: 10
    /// readinessProbe:
    ///   httpGet: {path: /healthz, port: 8080}
    /// ```
    ///
    /// ## Exceptions
    /// Asking the same thing is fine where the liveness probe waits longer (`failureThreshold` times `periodSeconds`).
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/>
    pub static IDENTICAL_PROBES = {
        code: "REL012",
        name: "identical-probes",
        severity: Low,
        since: "0.1.0",
        summary: "a container is restarted when it should only rest",
        profile: All,
        run: Container(identical_probes),
        frameworks: [],
        aliases: [kube_score("pod-probes-identical")],
    }
}

fn identical_probes(cx: &mut ContainerCx<'_>) {
    let probe = |field| cx.container.node.get(field);
    let (Some(liveness), Some(readiness)) = (probe("livenessProbe"), probe("readinessProbe"))
    else {
        return;
    };
    let (Some((kind, asked)), Some((other_kind, other))) =
        (probes::action(liveness), probes::action(readiness))
    else {
        return;
    };
    let is_same = kind == other_kind && asked.to_json() == other.to_json();
    if !is_same || patience(liveness) > patience(readiness) {
        return;
    }
    let message = format!(
        "liveness and readiness probe of {} ask the same and give up together",
        cx.container.display()
    );
    cx.report(&IDENTICAL_PROBES, liveness, message)
        .help("let the liveness probe wait longer, with a higher `failureThreshold`");
}

/// Seconds after which a probe counts as failed.
fn patience(probe: Node<'_>) -> i64 {
    let number = |key, default| probe.get(key).and_then(Node::as_i64).unwrap_or(default);
    number("failureThreshold", 3).saturating_mul(number("periodSeconds", 10))
}
