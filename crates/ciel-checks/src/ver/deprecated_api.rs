use ciel_core::Severity;
use ciel_snapshot::Object;

use super::{lifecycle_of, report_at_version};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds objects whose `apiVersion` is deprecated and still served, at the latest version of Kubernetes or at the
    /// one that was asked for.
    ///
    /// ## Why is this bad?
    /// Nothing breaks today. A later upgrade removes the version, and then the object cannot be applied.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: resource.k8s.io/v1beta1
    /// kind: ResourceClaim
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: resource.k8s.io/v1
    /// kind: ResourceClaim
    /// ```
    ///
    /// ## Exceptions
    /// Endpoints in a dump of a live cluster are left alone: a controller makes them beside each Service.
    /// The replacement may need a newer cluster than the oldest that you support. The annotation
    /// `kubectl.kubernetes.io/last-applied-configuration` is never looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>
    pub static DEPRECATED_API = {
        code: "VER002",
        name: "deprecated-api",
        severity: Low,
        severity_reason: "it works until an upgrade that somebody decides on",
        since: "0.1.0",
        summary: "API version is deprecated",
        run: AnyObject(deprecated_api),
        frameworks: [],
        aliases: [
            trivy("KSV-0107"), kube_score("stable-version"), kubeaudit("DeprecatedAPIUsed"), popeye("POP-403"),
            kics("94b76ea5-e074-4ca2-8a03-c5a606e30645"),
        ],
    }
}

fn deprecated_api(cx: &mut ObjectCx<'_>) {
    let Some((lifecycle, version)) = lifecycle_of(&cx.cx, cx.object) else {
        return;
    };
    if !lifecycle.is_deprecated_in(version) || lifecycle.is_removed_in(version) {
        return;
    }
    if is_made_by_kubernetes(cx.object) {
        return;
    }
    let types = cx.object.types();
    let mut message = format!("`{}` {} is deprecated", types.api_version, types.kind);
    if let Some(deprecated) = lifecycle.deprecated {
        message.push_str(&format!(
            " since {} {deprecated}",
            lifecycle.component_name()
        ));
    }
    if let Some(removed) = lifecycle.removed {
        message.push_str(&format!(" and goes in {removed}"));
    }
    report_at_version(cx, &DEPRECATED_API, lifecycle, Severity::Low, message);
}

/// Endpoints that a controller makes beside a Service: nobody wrote them, nobody can change their version.
fn is_made_by_kubernetes(object: Object<'_>) -> bool {
    const CHANGED: &str = "endpoints.kubernetes.io/last-change-trigger-time";
    const MANAGED: &str = "endpoints.kubernetes.io/managed-by";
    object.is("", "Endpoints")
        && (object.root().at(&["metadata", "uid"]).is_some()
            || object.view().annotation(CHANGED).is_some()
            || object.view().label(MANAGED).is_some())
}
