//! What the checks of requests and limits have in common.

use ciel_core::Severity;
use ciel_k8s::{ContainerKind, Quantity};
use ciel_snapshot::ResourceAmount;
use ciel_yaml::Node;

use crate::{ContainerCx, Report, Rule};

/// A check for an amount that a container lacks.
pub(super) struct Missing {
    pub(super) rule: &'static Rule,
    /// `cpu`, `memory`
    pub(super) resource: &'static str,
    /// What comes of it, for people.
    pub(super) effect: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// Whether the container's amounts are its own business: those of debug containers are not.
pub(super) fn is_judged(cx: &ContainerCx<'_>) -> bool {
    cx.container.kind != ContainerKind::Ephemeral
}

/// What runs only while its pod starts cannot do much harm.
pub(super) fn severity(cx: &ContainerCx<'_>, rule: &Rule) -> Severity {
    if cx.container.stays() {
        rule.check.severity
    } else {
        rule.check.severity.min(Severity::Info)
    }
}

/// Reports a container that has no limit for a resource, be it by itself, by its pod or by its namespace.
pub(super) fn report_no_limit<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    check: &Missing,
) -> Option<Report<'f, 's>> {
    if !is_judged(cx) {
        return None;
    }
    let name = cx.container.display();
    let resource = check.resource;
    let rules = cx.analyses().resource_rules();
    match rules.limit(cx.workload, cx.container, resource) {
        ResourceAmount::Unset => {
            let message = format!("{name} has no {resource} limit: {}", check.effect);
            Some(report_missing(cx, check, "limits", message))
        }
        ResourceAmount::Container(node) if Quantity::of(node).is_some_and(Quantity::is_zero) => {
            let severity = severity(cx, check.rule);
            let message = format!("{name} has a {resource} limit of 0, which is none");
            let report = cx.report(check.rule, node, message);
            Some(report.severity(severity).help(check.help))
        }
        _ => None,
    }
}

/// Reports a container that has no request for a resource.
pub(super) fn report_no_request(cx: &mut ContainerCx<'_>, check: &Missing) {
    if !is_judged(cx) {
        return;
    }
    let name = cx.container.display();
    let resource = check.resource;
    let rules = cx.analyses().resource_rules();
    match rules.request(cx.workload, cx.container, resource) {
        ResourceAmount::Unset => {
            // What ends before the others start shares what they reserve: the pod's request is the larger of both.
            let effect = if cx.container.stays() {
                check.effect
            } else {
                "its pod reserves only what the other containers request"
            };
            let message = format!("{name} has no {resource} request: {effect}");
            report_missing(cx, check, "requests", message);
        }
        ResourceAmount::OwnLimit(limit) => {
            let (parent, path) = place(cx.container.node, "requests", resource);
            let message = format!(
                "{name} has no {resource} request of its own: its whole limit of `{}` is reserved",
                limit.scalar_text()
            );
            cx.report_missing(check.rule, parent, &path, message)
                .severity(Severity::Info)
                .help(check.help);
        }
        _ => {}
    }
}

fn report_missing<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    check: &Missing,
    list: &str,
    message: String,
) -> Report<'f, 's> {
    let (parent, path) = place(cx.container.node, list, check.resource);
    let severity = severity(cx, check.rule);
    let what = format!("{list}.{}", check.resource);
    let namespace = cx.workload.namespace();
    let demand = cx.analyses().resource_rules().demand(namespace, &what);
    let report = cx
        .report_missing(check.rule, parent, &path, message)
        .severity(severity)
        .help(check.help);
    match demand {
        Some(quota) => {
            let message = format!("refuses pods that do not say `{what}`");
            report.related(quota.object, quota.node, message)
        }
        None => report,
    }
}

/// The nearest parent of a container's amount that stands there, and the rest of the way.
fn place<'s>(container: Node<'s>, list: &str, resource: &str) -> (Node<'s>, String) {
    let mapping = |node: &Node<'_>| node.is_mapping();
    let resources = ["computeResources", "resources"]
        .into_iter()
        .find_map(|key| container.get(key).filter(mapping));
    let Some(resources) = resources else {
        return (container, format!(".resources.{list}.{resource}"));
    };
    match resources.get(list).filter(mapping) {
        Some(amounts) => (amounts, format!(".{resource}")),
        None => (resources, format!(".{list}.{resource}")),
    }
}
