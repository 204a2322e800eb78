use std::collections::HashMap;

use ciel_k8s::{Container, PodShape, Quantity};
use ciel_yaml::Node;

use crate::{Object, Snapshot, Workload};

/// What LimitRanges and ResourceQuotas say of the containers of each namespace, and with that what a container's
/// requests and limits are in the cluster.
#[derive(Debug, Default)]
pub struct ResourceRules<'s> {
    /// By namespace and resource.
    default_limits: Rules<'s>,
    default_requests: Rules<'s>,
    /// By namespace and what quotas call it: `limits.cpu`, `requests.memory`.
    demands: Rules<'s>,
}

type Rules<'s> = HashMap<(&'s str, &'s str), ResourceRule<'s>>;

/// A rule of a namespace about one resource.
#[derive(Clone, Copy, Debug)]
pub struct ResourceRule<'s> {
    /// The LimitRange or ResourceQuota.
    pub object: Object<'s>,
    /// The amount, where it stands.
    pub node: Node<'s>,
}

/// Where a container's request or limit comes from.
#[derive(Clone, Copy, Debug)]
pub enum ResourceAmount<'s> {
    /// The container says it.
    Container(Node<'s>),
    /// A request that only the container's limit says: the API server takes the whole limit for it.
    OwnLimit(Node<'s>),
    /// The pod says it for all its containers together.
    Pod(Node<'s>),
    /// A LimitRange of the namespace sets it when the pod is made.
    Namespace(ResourceRule<'s>),
    /// Nobody does.
    Unset,
}

impl<'s> ResourceRules<'s> {
    /// Reads the LimitRanges and ResourceQuotas of a snapshot. Objects that name no namespace count for `default`.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        let mut rules = Self::default();
        for range in snapshot.of_kind("", "LimitRange") {
            let items = range.root().at(&["spec", "limits"]);
            for item in items.into_iter().flat_map(Node::items) {
                if item.str_at(&["type"]) == Some("Container") {
                    rules.add_range(range, item);
                }
            }
        }
        for quota in snapshot.of_kind("", "ResourceQuota") {
            rules.add_quota(quota);
        }
        rules
    }

    /// The API server fills a LimitRange up by itself: a maximum is the default limit, that the default request, and
    /// else a minimum is.
    fn add_range(&mut self, range: Object<'s>, item: Node<'s>) {
        let amounts = |field| item.get(field).into_iter().flat_map(Node::entries);
        let namespace = range.namespace_or_default();
        let rule = |node| ResourceRule {
            object: range,
            node,
        };
        let limits = || amounts("default").chain(amounts("max"));
        for (resource, node) in limits() {
            let key = (namespace, resource.scalar_text());
            self.default_limits.entry(key).or_insert(rule(node));
        }
        let requests = amounts("defaultRequest")
            .chain(limits())
            .chain(amounts("min"));
        for (resource, node) in requests {
            let key = (namespace, resource.scalar_text());
            self.default_requests.entry(key).or_insert(rule(node));
        }
    }

    /// A quota with scopes is about some pods only, and demands nothing of the others.
    fn add_quota(&mut self, quota: Object<'s>) {
        let Some(spec) = quota.root().get("spec") else {
            return;
        };
        let is_scoped = spec
            .get("scopes")
            .or_else(|| spec.get("scopeSelector"))
            .is_some_and(|scope| !scope.is_empty());
        if is_scoped {
            return;
        }
        for (key, node) in spec.get("hard").into_iter().flat_map(Node::entries) {
            let name = match key.scalar_text() {
                "cpu" => "requests.cpu",
                "memory" => "requests.memory",
                name => name,
            };
            let rule = ResourceRule {
                object: quota,
                node,
            };
            self.demands
                .entry((quota.namespace_or_default(), name))
                .or_insert(rule);
        }
    }

    /// The limit of a container of a workload for a resource (`cpu`, `memory`).
    #[must_use]
    pub fn limit(
        &self,
        workload: Workload<'s>,
        container: Container<'s>,
        resource: &str,
    ) -> ResourceAmount<'s> {
        if let Some(node) = own(container.node, "limits", resource) {
            return ResourceAmount::Container(node);
        }
        if let Some(node) = of_pod(workload, "limits", resource) {
            return ResourceAmount::Pod(node);
        }
        let key = (workload.namespace(), resource);
        self.default_limits
            .get(&key)
            .map_or(ResourceAmount::Unset, |rule| {
                ResourceAmount::Namespace(*rule)
            })
    }

    /// The request of a container of a workload for a resource.
    #[must_use]
    pub fn request(
        &self,
        workload: Workload<'s>,
        container: Container<'s>,
        resource: &str,
    ) -> ResourceAmount<'s> {
        if let Some(node) = own(container.node, "requests", resource) {
            return ResourceAmount::Container(node);
        }
        if let Some(node) = own(container.node, "limits", resource) {
            return ResourceAmount::OwnLimit(node);
        }
        let of_pod =
            of_pod(workload, "requests", resource).or_else(|| of_pod(workload, "limits", resource));
        if let Some(node) = of_pod {
            return ResourceAmount::Pod(node);
        }
        let key = (workload.namespace(), resource);
        self.default_requests
            .get(&key)
            .map_or(ResourceAmount::Unset, |rule| {
                ResourceAmount::Namespace(*rule)
            })
    }

    /// The ResourceQuota that refuses pods whose containers do not say something (`limits.cpu`, `requests.memory`).
    #[must_use]
    pub fn demand(&self, namespace: &str, what: &str) -> Option<ResourceRule<'s>> {
        self.demands.get(&(namespace, what)).copied()
    }
}

impl ResourceAmount<'_> {
    /// The amount, if somebody says one that can be read.
    #[must_use]
    pub fn quantity(self) -> Option<Quantity> {
        match self {
            Self::Container(node) | Self::OwnLimit(node) | Self::Pod(node) => Quantity::of(node),
            Self::Namespace(rule) => Quantity::of(rule.node),
            Self::Unset => None,
        }
    }
}

/// An amount by the fields of a container; Tekton calls them `computeResources`.
fn own<'s>(holder: Node<'s>, list: &str, resource: &str) -> Option<Node<'s>> {
    let plain = holder.at(&["resources", list, resource]);
    plain.or_else(|| holder.at(&["computeResources", list, resource]))
}

/// An amount for all containers of a pod: the pod's own, or what a pipeline gives to each of its steps.
fn of_pod<'s>(workload: Workload<'s>, list: &str, resource: &str) -> Option<Node<'s>> {
    let spec = workload.spec();
    let for_all = match spec.shape {
        PodShape::Pod => None,
        PodShape::Tekton => spec.node.get("stepTemplate"),
        PodShape::Argo => spec.node.at(&["templateDefaults", "container"]),
    };
    own(spec.node, list, resource).or_else(|| own(for_all?, list, resource))
}
