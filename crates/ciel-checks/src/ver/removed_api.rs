use ciel_core::Severity;
use ciel_k8s::api_lifecycle;
use ciel_yaml::Node;

use super::{lifecycle_of, report_at_version};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds objects whose `apiVersion` the API server no longer serves: those of Kubernetes up to 1.37, judged at the
    /// latest version or at the one that was asked for, and those of cert-manager, Istio, Traefik, KEDA,
    /// Karpenter and volume snapshots.
    ///
    /// ## Why is this bad?
    /// The object cannot be applied. After an upgrade the next rollout, or the restore after a disaster, fails with
    /// "no matches for kind"; where the object was a policy (a PodSecurityPolicy, a NetworkPolicy), what it forbade is
    /// allowed from then on.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodDisruptionBudget
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// ```
    ///
    /// ## Exceptions
    /// A cluster that is older than the removal still serves it: say which version you run. The annotation
    /// `kubectl.kubernetes.io/last-applied-configuration` is never looked at: it says how an object was once written,
    /// not what it is.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>
    /// - <https://kubernetes.io/docs/reference/using-api/deprecation-policy/>
    pub static REMOVED_API = {
        code: "VER001",
        name: "removed-api",
        severity: High,
        severity_reason: "tools say low to medium for old and gone alike; what is gone cannot be applied. Medium for components beside Kubernetes, whose installed version is not known",
        since: "0.1.0",
        summary: "API version was removed",
        run: AnyObject(removed_api),
        frameworks: [],
        aliases: [
            trivy("KSV-0107"), kube_linter("no-extensions-v1beta"), kube_score("stable-version"),
            kubeaudit("DeprecatedAPIUsed"), popeye("POP-403"),
            kics("94b76ea5-e074-4ca2-8a03-c5a606e30645"), datree("K8S_DEPRECATED_APIVERSION_1.16"),
            datree("K8S_DEPRECATED_APIVERSION_1.17"),
        ],
    }
}

fn removed_api(cx: &mut ObjectCx<'_>) {
    scale_target(cx);
    let Some((lifecycle, version)) = lifecycle_of(&cx.cx, cx.object) else {
        return;
    };
    let Some(removed) = lifecycle
        .removed
        .filter(|_| lifecycle.is_removed_in(version))
    else {
        return;
    };
    let types = cx.object.types();
    let message = format!(
        "`{}` {} was removed in {} {removed}",
        types.api_version,
        types.kind,
        lifecycle.component_name()
    );
    let severity = if lifecycle.is_kubernetes() {
        Severity::High
    } else {
        Severity::Medium
    };
    report_at_version(cx, &REMOVED_API, lifecycle, severity, message);
}

/// What an autoscaler names by a group that is gone. Another version of the same group is found all the same.
fn scale_target(cx: &mut ObjectCx<'_>) {
    if cx.object.kind() != "HorizontalPodAutoscaler" {
        return;
    }
    let Some(target) = cx.object.root().at(&["spec", "scaleTargetRef"]) else {
        return;
    };
    let version = target.get("apiVersion");
    let kind = target.str_at(&["kind"]).unwrap_or_default();
    let is_gone = |node: &Node<'_>| node.scalar_text() == "extensions/v1beta1";
    let known = api_lifecycle("extensions/v1beta1", kind).and_then(|lifecycle| lifecycle.removed);
    if let (Some(node), Some(removed)) = (version.filter(is_gone), known) {
        let message = format!(
            "autoscaler finds no {kind} in `extensions/v1beta1`, which was removed in Kubernetes {removed}"
        );
        cx.report(&REMOVED_API, node, message)
            .help("name the target by `apps/v1`");
    }
}
