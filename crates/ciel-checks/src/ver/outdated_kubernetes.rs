use ciel_core::Severity;
use ciel_k8s::LATEST_KUBERNETES_MINOR;

use super::{
    releases::{self, SUPPORTED},
    stated,
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds versions of Kubernetes that the project no longer fixes: the kubelet's of Nodes, the tags of images of the
    /// control plane, and what kubeadm, Cluster API, eksctl, kOps, k0s, Rancher, Gardener and the operators of clouds are
    /// asked for. Three minor versions are fixed at a time; the newest that Ciel knows is 1.37. It is
    /// judged at the time of `--now`.
    ///
    /// ## Why is this bad?
    /// What is found in it from now on stays open, and everybody can read what.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.24.3
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.37.2
    /// ```
    ///
    /// ## Exceptions
    /// Some clouds and distributions sell fixes for longer: ignore it as long as yours does.
    ///
    /// ## References
    /// - <https://kubernetes.io/releases/patch-releases/>
    pub static OUTDATED_KUBERNETES = {
        code: "VER003",
        name: "outdated-kubernetes",
        severity: Medium,
        severity_reason: "Kubescape says low; high for what has had no fixes for a year",
        since: "0.1.0",
        summary: "version of Kubernetes gets no fixes any more",
        run: Object(stated::KINDS, outdated_kubernetes),
        frameworks: [nsa("upgrading"), owasp2022("K10"), owasp2025("K07")],
        aliases: [kubescape("C-0273"), popeye("POP-405"), popeye("POP-406")],
    }
}

fn outdated_kubernetes(cx: &mut ObjectCx<'_>) {
    let now = cx.options().now;
    for stated in stated::stated(&cx.cx, cx.object) {
        let Some(end) = releases::ended(stated.version, now) else {
            continue;
        };
        let severity = if releases::is_long_ago(end, now) {
            Severity::High
        } else {
            Severity::Medium
        };
        let message = format!(
            "{} has Kubernetes {}, which has had no fixes since {end}",
            stated.what, stated.version
        );
        let oldest = LATEST_KUBERNETES_MINOR + 1 - SUPPORTED;
        cx.report(&OUTDATED_KUBERNETES, stated.node, message)
            .severity(severity)
            .help(format!(
                "upgrade, one minor version at a time, to 1.{oldest} or later"
            ))
            .evidence("endOfLife", end.to_string());
    }
}
