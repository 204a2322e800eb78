use ciel_snapshot::Object;
use ciel_yaml::Node;

/// One rule of a role.
#[derive(Clone, Debug, Default)]
pub struct PolicyRule<'s> {
    /// The role that it stands in and its node there; `None` for the built-in rules of the API server.
    pub origin: Option<(Object<'s>, Node<'s>)>,
    /// `verbs`
    pub verbs: Vec<&'s str>,
    /// `apiGroups`; the core group is empty.
    pub api_groups: Vec<&'s str>,
    /// `resources`, with subresources as `pods/exec`.
    pub resources: Vec<&'s str>,
    /// `resourceNames`; empty for all.
    pub resource_names: Vec<&'s str>,
    /// `nonResourceURLs`
    pub non_resource_urls: Vec<&'s str>,
}

/// A request for a resource, as the authorizer sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResourceRequest<'a> {
    /// `get`, `list`, `watch`, `create`, …
    pub verb: &'a str,
    /// The group; empty for core.
    pub api_group: &'a str,
    /// `pods`
    pub resource: &'a str,
    /// `exec`, `scale`, …; empty for the resource itself.
    pub subresource: &'a str,
    /// The object's name; empty where a request has none (`list`, `create`).
    pub name: &'a str,
}

/// What `*` in a rule stands for: everything.
const ALL: &str = "*";

/// The verbs of the API for resources. Whoever has them all on everything is cluster-admin but for the name.
const EVERY_VERB: [&str; 7] = [
    "get", "list", "watch", "create", "update", "patch", "delete",
];

impl<'s> PolicyRule<'s> {
    /// Reads a rule as it stands in a role.
    pub(crate) fn read(object: Object<'s>, node: Node<'s>) -> Self {
        let words = |key| {
            let items = node.get(key).into_iter().flat_map(Node::items);
            items.filter_map(Node::as_str).collect()
        };
        Self {
            origin: Some((object, node)),
            verbs: words("verbs"),
            api_groups: words("apiGroups"),
            resources: words("resources"),
            resource_names: words("resourceNames"),
            non_resource_urls: words("nonResourceURLs"),
        }
    }

    /// Whether the rule alone allows a request for a resource.
    #[must_use]
    pub fn allows(&self, request: &ResourceRequest<'_>) -> bool {
        self.has_verb(request.verb)
            && self.has_group(request.api_group)
            && self.has_resource(request.resource, request.subresource)
            && self.has_name(request.name)
    }

    /// Whether the rule alone allows a request for a path that is no resource. Counts only through a
    /// ClusterRoleBinding.
    #[must_use]
    pub fn allows_url(&self, verb: &str, path: &str) -> bool {
        self.has_verb(verb)
            && self.non_resource_urls.iter().any(|url| {
                *url == ALL
                    || *url == path
                    || (url.ends_with('*') && path.starts_with(url.trim_end_matches('*')))
            })
    }

    /// Whether a verb is among its verbs.
    #[must_use]
    pub fn has_verb(&self, verb: &str) -> bool {
        self.verbs.iter().any(|own| *own == ALL || *own == verb)
    }

    /// Whether a group is among its groups.
    #[must_use]
    pub fn has_group(&self, group: &str) -> bool {
        self.api_groups
            .iter()
            .any(|own| *own == ALL || *own == group)
    }

    /// Whether a resource (with its subresource, if not empty) is among its resources.
    #[must_use]
    pub fn has_resource(&self, resource: &str, subresource: &str) -> bool {
        self.resources.iter().any(|own| {
            if *own == ALL {
                return true;
            }
            if subresource.is_empty() {
                return *own == resource;
            }
            // `*/scale` is every scale; `pods/*` is nothing that exists.
            match own.split_once('/') {
                Some((ALL, sub)) => sub == subresource,
                Some((name, sub)) => name == resource && sub == subresource,
                None => false,
            }
        })
    }

    fn has_name(&self, name: &str) -> bool {
        self.resource_names.is_empty() || self.resource_names.contains(&name)
    }

    /// Whether every verb is among its verbs, by `*` or one by one.
    #[must_use]
    pub fn has_every_verb(&self) -> bool {
        EVERY_VERB.iter().all(|verb| self.has_verb(verb))
    }

    /// Whether it is about every object of every resource of every group.
    #[must_use]
    pub fn is_about_everything(&self) -> bool {
        self.api_groups.contains(&ALL)
            && self.resources.contains(&ALL)
            && self.resource_names.is_empty()
    }

    /// Whether it has every verb on everything of the core group, which is enough for all the rest.
    #[must_use]
    pub fn is_all_of_core(&self) -> bool {
        self.resources.contains(&ALL)
            && self.resource_names.is_empty()
            && self.has_group("")
            && self.has_every_verb()
    }

    /// The node of an item of one of its lists (`verbs`, `resources`, …), by value.
    #[must_use]
    pub fn item(&self, list: &str, value: &str) -> Option<Node<'s>> {
        let (_, node) = self.origin?;
        let mut items = node.get(list)?.items();
        items.find(|item| item.as_str() == Some(value))
    }
}

/// Whether rules together have every verb on everything.
pub(crate) fn amount_to_everything<'r, 's: 'r>(
    rules: impl Iterator<Item = &'r PolicyRule<'s>>,
) -> bool {
    let wide: Vec<_> = rules.filter(|rule| rule.is_about_everything()).collect();
    !wide.is_empty()
        && EVERY_VERB
            .iter()
            .all(|verb| wide.iter().any(|rule| rule.has_verb(verb)))
}

#[cfg(test)]
mod tests {
    use super::{PolicyRule, ResourceRequest};

    fn rule(
        groups: &[&'static str],
        resources: &[&'static str],
        verbs: &[&'static str],
    ) -> PolicyRule<'static> {
        PolicyRule {
            verbs: verbs.to_vec(),
            api_groups: groups.to_vec(),
            resources: resources.to_vec(),
            ..PolicyRule::default()
        }
    }

    fn check(rule: &PolicyRule<'_>, verb: &str, group: &str, resource: &str, expected: bool) {
        let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        let request = ResourceRequest {
            verb,
            api_group: group,
            resource,
            subresource,
            name: "",
        };
        assert_eq!(
            rule.allows(&request),
            expected,
            "{verb} {group} {resource}/{subresource}"
        );
    }

    #[test]
    fn resources_match_as_in_the_authorizer() {
        let everything = rule(&["*"], &["*"], &["*"]);
        check(&everything, "create", "", "pods/exec", true);
        check(&everything, "approve", "x.example", "things", true);
        let pods = rule(&[""], &["pods"], &["get"]);
        check(&pods, "get", "", "pods", true);
        check(&pods, "get", "", "pods/log", false);
        check(&pods, "list", "", "pods", false);
        check(&pods, "get", "apps", "pods", false);
        let scales = rule(&["apps"], &["*/scale"], &["update"]);
        check(&scales, "update", "apps", "deployments/scale", true);
        check(&scales, "update", "apps", "deployments", false);
        check(&scales, "update", "apps", "deployments/status", false);
        let literal = rule(&[""], &["pods/*"], &["create"]);
        check(&literal, "create", "", "pods/exec", false);
        check(&literal, "create", "", "pods", false);
    }

    #[test]
    fn names_restrict_and_nameless_requests_do_not_match_them() {
        let mut named = rule(&[""], &["secrets"], &["get", "create"]);
        named.resource_names = vec!["one"];
        let request = |name| ResourceRequest {
            verb: "get",
            resource: "secrets",
            name,
            ..ResourceRequest::default()
        };
        assert!(named.allows(&request("one")));
        assert!(!named.allows(&request("two")));
        assert!(!named.allows(&request("")));
    }

    #[test]
    fn urls_match_by_prefix() {
        let urls = PolicyRule {
            verbs: vec!["get"],
            non_resource_urls: vec!["/metrics", "/api/*"],
            ..PolicyRule::default()
        };
        for (path, expected) in [
            ("/metrics", true),
            ("/metrics/x", false),
            ("/api/v1", true),
            ("/api", false),
        ] {
            assert_eq!(urls.allows_url("get", path), expected, "{path}");
        }
        assert!(!urls.allows_url("post", "/metrics"));
    }
}
