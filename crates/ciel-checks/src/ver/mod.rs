//! Versions: APIs that were removed or will be, Kubernetes and add-ons that get no fixes or have known vulnerabilities.

mod advisories;
mod deprecated_api;
mod deprecated_service_account_field;
mod images;
mod outdated_kubernetes;
mod releases;
mod removed_api;
mod stated;
mod sub_path_on_vulnerable_node;
mod version;
mod version_skew;
mod vulnerable_addon;
mod vulnerable_kubectl;
mod vulnerable_kubernetes;
mod vulnerable_node;

use std::borrow::Cow;

use ciel_core::Severity;
use ciel_k8s::{ApiLifecycle, ComponentVersion, api_lifecycle};
use ciel_snapshot::Object;

use crate::{Cx, ObjectCx, Report, Rule};

use self::advisories::Known;
pub(crate) use self::sub_path_on_vulnerable_node::vulnerable_node;
pub(crate) use self::version_skew::{Server, server};

pub(crate) const RULES: &[&Rule] = &[
    &removed_api::REMOVED_API,
    &deprecated_api::DEPRECATED_API,
    &outdated_kubernetes::OUTDATED_KUBERNETES,
    &vulnerable_kubernetes::VULNERABLE_KUBERNETES,
    &sub_path_on_vulnerable_node::SUB_PATH_ON_VULNERABLE_NODE,
    &vulnerable_kubectl::VULNERABLE_KUBECTL,
    &vulnerable_node::VULNERABLE_NODE,
    &vulnerable_addon::VULNERABLE_ADDON,
    &deprecated_service_account_field::DEPRECATED_SERVICE_ACCOUNT_FIELD,
    &version_skew::VERSION_SKEW,
];

/// Says of a finding which vulnerabilities are known, and what is free of them.
fn report_known(report: Report<'_, '_>, known: &Known) {
    report
        .severity(known.severity())
        .help(format!("upgrade to {} or later", known.fixed()))
        .evidence("vulnerabilities", known.ids())
        .evidence("advisories", known.pages())
        .evidence("fixedIn", known.fixed());
}

/// The fate of an object's API, and the version to judge it at.
fn lifecycle_of(
    cx: &Cx<'_>,
    object: Object<'_>,
) -> Option<(&'static ApiLifecycle, Option<ComponentVersion>)> {
    let types = object.types();
    let lifecycle = api_lifecycle(&types.api_version, &types.kind)?;
    let minor = cx
        .options()
        .kubernetes
        .filter(|_| lifecycle.is_kubernetes());
    let version = minor.map(ComponentVersion::kubernetes);
    Some((lifecycle, version))
}

/// Reports at `apiVersion`, with what to use instead, and the change where nothing else has to change.
fn report_at_version(
    cx: &mut ObjectCx<'_>,
    rule: &'static Rule,
    lifecycle: &ApiLifecycle,
    severity: Severity,
    message: String,
) {
    let root = cx.object.root();
    let node = root.get("apiVersion").unwrap_or(root);
    let can_replace = lifecycle.same_fields && node != root && needs_nothing_else(cx.object);
    let report = cx.report(rule, node, message).severity(severity);
    let report = evidence(report.help(help(lifecycle)), lifecycle);
    if can_replace {
        let description = format!("set apiVersion to {}", lifecycle.replacement);
        report
            .fix_replace(description, node, lifecycle.replacement)
            .safe_fix();
    }
}

fn help(lifecycle: &ApiLifecycle) -> Cow<'static, str> {
    match (lifecycle.replacement, lifecycle.same_fields) {
        ("", _) => Cow::Borrowed("nothing replaces it: see Kubernetes' deprecation guide"),
        (replacement, true) => format!("use `{replacement}`").into(),
        (replacement, false) => format!(
            "use `{replacement}`; fields have changed, `kubectl convert` or the deprecation guide shows how"
        )
        .into(),
    }
}

fn evidence<'f, 's>(report: Report<'f, 's>, lifecycle: &ApiLifecycle) -> Report<'f, 's> {
    let mut report = report.evidence("component", lifecycle.component);
    for (key, version) in [
        ("deprecatedIn", lifecycle.deprecated),
        ("removedIn", lifecycle.removed),
    ] {
        if let Some(version) = version {
            report = report.evidence(key, version.to_string());
        }
    }
    if lifecycle.replacement.is_empty() {
        return report;
    }
    report.evidence("replacement", lifecycle.replacement)
}

/// Whether the new version takes the object as it is. `apps/v1` wants the selector that older versions made up
/// themselves; an empty selector of a PodDisruptionBudget meant nothing and now means everything.
fn needs_nothing_else(object: Object<'_>) -> bool {
    let selector = object.root().at(&["spec", "selector"]);
    match object.kind() {
        "Deployment" | "DaemonSet" | "ReplicaSet" | "StatefulSet" => selector.is_some(),
        "PodDisruptionBudget" => selector.is_some_and(|selector| !selector.is_empty()),
        _ => true,
    }
}
