//! Which rule of an audit policy decides about a request, as the API server finds it (`k8s.io/apiserver`,
//! `pkg/audit/policy`).

use ciel_yaml::Node;

/// The kind of audit policies.
pub(super) const POLICY_KINDS: &[(&str, &str)] = &[("audit.k8s.io", "Policy")];

/// A request of some user who is nobody in particular, in a namespace that is none in particular.
pub(super) struct Request {
    verb: &'static str,
    group: &'static str,
    /// With its subresource: `pods/exec`.
    resource: &'static str,
}

/// A rule that decides.
pub(super) struct Rule<'s> {
    /// How much of the request is recorded.
    pub(super) level: &'s str,
    /// The rule's mapping.
    pub(super) node: Node<'s>,
}

impl Request {
    /// A request.
    pub(super) const fn new(
        verb: &'static str,
        group: &'static str,
        resource: &'static str,
    ) -> Self {
        Self {
            verb,
            group,
            resource,
        }
    }
}

/// The first rule that matches a request.
pub(super) fn rule_for<'s>(policy: Node<'s>, request: &Request) -> Option<Rule<'s>> {
    let mut rules = policy.get("rules")?.items();
    let node = rules.find(|rule| matches(*rule, request))?;
    let level = node.str_at(&["level"]).unwrap_or_default();
    Some(Rule { level, node })
}

fn matches(rule: Node<'_>, request: &Request) -> bool {
    let list = |key| rule.get(key).filter(|list| !list.is_empty());
    let has = |list: Node<'_>, word: &str| list.items().any(|item| item.as_str() == Some(word));
    // Everybody who is logged in is in this group; other users and groups are somebody in particular.
    let for_everybody = list("users").is_none()
        && list("userGroups").is_none_or(|groups| has(groups, "system:authenticated"));
    for_everybody
        && list("verbs").is_none_or(|verbs| has(verbs, request.verb))
        && list("namespaces").is_none()
        && match (list("resources"), list("nonResourceURLs")) {
            (Some(resources), _) => resources.items().any(|of| covers(of, request)),
            (None, urls) => urls.is_none(),
        }
}

/// Whether an entry of `resources` covers the request's: `pods` is not its subresources, `*` is everything.
fn covers(entry: Node<'_>, request: &Request) -> bool {
    let group = entry.str_at(&["group"]).unwrap_or_default();
    if group != request.group && group != "*" {
        return false;
    }
    let Some(resources) = entry.get("resources").filter(|list| !list.is_empty()) else {
        return true;
    };
    let is_for_some = |names: Node<'_>| !names.is_empty();
    if entry.get("resourceNames").is_some_and(is_for_some) {
        return false;
    }
    let (resource, subresource) = request
        .resource
        .split_once('/')
        .unwrap_or((request.resource, ""));
    resources.items().filter_map(Node::as_str).any(|pattern| {
        pattern == "*"
            || pattern == request.resource
            || pattern.split_once('/').is_some_and(|(main, sub)| {
                main == resource && sub == "*"
                    || main == "*" && sub == subresource && !subresource.is_empty()
            })
    })
}
