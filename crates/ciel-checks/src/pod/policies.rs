//! PodSecurityPolicies, which Kubernetes 1.25 removed: what they admit.

use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ClusterCx, Report, Rule};

/// Where a policy admits something.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'s> {
    At(Node<'s>),
    /// By saying nothing: the path of the missing field below the spec.
    Missing(&'static str),
}

/// The flag of a policy's spec, if it is set.
pub(super) fn set_flag<'s>(spec: Node<'s>, flag: &str) -> Option<Place<'s>> {
    let node = spec.get(flag)?;
    (node.as_bool() == Some(true)).then_some(Place::At(node))
}

/// Reports the policies that admit something; in a complete input only if all of them do.
pub(super) fn report<'s>(
    cx: &mut ClusterCx<'s>,
    rule: &'static Rule,
    admitted: fn(Node<'s>) -> Option<Place<'s>>,
    what: &str,
    good: (&'static str, serde_json::Value),
) {
    let snapshot = cx.snapshot();
    let mut open = Vec::new();
    for policy in ["policy", "extensions"]
        .into_iter()
        .flat_map(|group| snapshot.of_kind(group, "PodSecurityPolicy"))
    {
        let Some(spec) = policy.root().get("spec") else {
            continue;
        };
        match admitted(spec) {
            Some(place) => open.push((policy, spec, place)),
            None if cx.is_complete() => return,
            None => {}
        }
    }
    for (policy, spec, place) in open {
        let report = report_policy(cx, rule, policy, spec, place, what);
        report.fix_set("admit it no more", spec, &[good.0], good.1.clone());
    }
}

fn report_policy<'f, 's>(
    cx: &'f mut ClusterCx<'s>,
    rule: &'static Rule,
    policy: Object<'s>,
    spec: Node<'s>,
    place: Place<'s>,
    what: &str,
) -> Report<'f, 's> {
    let message = format!("policy admits {what}");
    let report = match place {
        Place::At(node) => cx.report_on(rule, policy, node, message),
        Place::Missing(path) => cx.report_missing_on(rule, policy, spec, path, message),
    };
    report.help("label the namespaces for Pod Security admission, and delete the policy")
}
