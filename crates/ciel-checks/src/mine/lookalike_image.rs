use ciel_core::Severity;
use ciel_mining::{SignalKind, Strength, Verdict};

use super::evidence::explain;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images whose registry or publisher is nearly a well-known one: a letter missing, doubled, exchanged or
    /// replaced by one that looks alike (`kubrnetesio`, `bitnarni`, `registry.k8s.lo`, `ghrc.io`).
    ///
    /// ## Why is this bad?
    /// It is either a slip that hands the node to whoever registers the name, or a disguise. RBAC-Buster (Aqua, 2023)
    /// ran its miner from `kuberntesio/kube-controller`, one exchange of letters from `kubernetesio`.
    ///
    /// ## Example
    /// ```yaml
    /// image: docker.io/kuberntesio/kube-controller:1.0.1
    /// ```
    ///
    /// ## Use instead
    /// The genuine name, best pinned by digest.
    /// ```yaml
    /// image: registry.k8s.io/kube-controller-manager:v1.33.1
    /// ```
    ///
    /// ## Exceptions
    /// Paths in private registries are their owner's choice and are not compared. Names that are known to be others'
    /// (`jenkinsx`, `registry.k3s.io`) are left alone, and so are names with a letter more at the end.
    ///
    /// ## References
    /// - <https://www.aquasec.com/blog/leveraging-kubernetes-rbac-to-backdoor-clusters/>
    pub static LOOKALIKE_IMAGE = {
        code: "MINE002",
        name: "lookalike-image",
        severity: High,
        since: "0.1.0",
        summary: "image comes from a look-alike of a well-known registry or publisher",
        run: Container(lookalike_image),
        frameworks: [mitre("T1036"), mitre("T1204"), ms("MS-TA9002")],
        aliases: [],
    }
}

fn lookalike_image(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let (Some(image), Some(node)) = (container.image(), container.node.get("image")) else {
        return;
    };
    let signals = cx.analyses().image_signals(image);
    let Some(signal) = signals.iter().find(|signal| {
        signal.kind == SignalKind::LookalikeImage && signal.strength > Strength::Weak
    }) else {
        return;
    };
    let severity = if signal.strength == Strength::Strong {
        Severity::High
    } else {
        Severity::Medium
    };
    let message = format!("image of {} {}", container.display(), signal.description);
    let report = cx
        .report(&LOOKALIKE_IMAGE, node, message)
        .severity(severity)
        .help(format!(
            "use `{}` if that is meant; else remove the workload and find out who made it",
            signal.name
        ));
    explain(report, Verdict::Suspicious, &[signal]);
}
