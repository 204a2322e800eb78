//! Objects that ask for a login in front of routes and workloads.

use std::collections::{HashMap, HashSet};

use ciel_k8s::LabelSelector;
use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::ingress::names_login;

/// Middlewares within middlewares.
const CHAIN: usize = 3;

/// What asks for a login, or lets only some addresses in.
#[derive(Debug)]
pub(crate) struct Guards<'s> {
    snapshot: &'s Snapshot,
    /// Kind, namespace and name of what policies are attached to.
    targets: HashSet<(&'s str, &'s str, &'s str)>,
    /// Istio's policies that let only some in, by namespace.
    mesh: HashMap<&'s str, Vec<LabelSelector<'s>>>,
}

/// Kinds of policies that are attached to routes and gateways.
const ATTACHED: [(&str, &str); 3] = [
    ("gateway.envoyproxy.io", "SecurityPolicy"),
    ("kuadrant.io", "AuthPolicy"),
    ("gateway.kgateway.dev", "TrafficPolicy"),
];

impl<'s> Guards<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        let mut guards = Self {
            snapshot,
            targets: HashSet::new(),
            mesh: HashMap::new(),
        };
        for policy in ATTACHED
            .iter()
            .flat_map(|(group, kind)| snapshot.of_kind(group, kind))
        {
            guards.attach(policy);
        }
        for policy in snapshot.of_kind("security.istio.io", "AuthorizationPolicy") {
            guards.add_mesh(policy);
        }
        guards
    }

    fn attach(&mut self, policy: Object<'s>) {
        const ASKING: [&str; 11] = [
            "basicAuth",
            "jwt",
            "oidc",
            "extAuth",
            "apiKeyAuth",
            "apiKeyAuthentication",
            "authorization",
            "rbac",
            "rules",
            "defaults",
            "overrides",
        ];
        let Some(spec) = policy.root().get("spec") else {
            return;
        };
        if !ASKING.iter().any(|key| spec.get(key).is_some()) {
            return;
        }
        let several = spec.get("targetRefs").into_iter().flat_map(Node::items);
        for target in spec.get("targetRef").into_iter().chain(several) {
            let text = |key| target.str_at(&[key]);
            if let (Some(kind), Some(name)) = (text("kind"), text("name")) {
                let namespace = text("namespace").unwrap_or(policy.namespace_or_default());
                self.targets.insert((kind, namespace, name));
            }
        }
    }

    /// Takes a policy of Istio that lets in only whom its rules name.
    fn add_mesh(&mut self, policy: Object<'s>) {
        let Some(spec) = policy.root().get("spec") else {
            return;
        };
        let rules = || spec.get("rules").into_iter().flat_map(Node::items);
        let names_callers = |rule: Node<'_>| {
            let has = |key| rule.get(key).is_some_and(|list: Node<'_>| !list.is_empty());
            has("from") || has("when")
        };
        let restricts = match spec.str_at(&["action"]) {
            None | Some("ALLOW") => rules().all(names_callers),
            Some("CUSTOM") => rules().next().is_some(),
            _ => false,
        };
        if restricts && spec.get("targetRefs").is_none() {
            let selector = spec.get("selector").map(LabelSelector::from_selector);
            let of_namespace = self.mesh.entry(policy.namespace_or_default()).or_default();
            of_namespace.push(selector.unwrap_or_default());
        }
    }

    /// Whether a policy that asks for something is attached to a route or gateway.
    pub(crate) fn are_on(&self, kind: &str, namespace: &str, name: &str) -> bool {
        !self.targets.is_empty() && self.targets.contains(&(kind, namespace, name))
    }

    /// Whether Istio lets only some callers come to a workload's pods. Policies of its root namespace are for all.
    pub(crate) fn are_before(&self, workload: Workload<'_>) -> bool {
        let labels = workload.template.labels();
        [workload.namespace(), "istio-system"]
            .iter()
            .filter_map(|namespace| self.mesh.get(namespace))
            .flatten()
            .any(|selector| selector.matches(labels))
    }

    /// Whether a middleware of Traefik asks for something: as it is written, or else by its name.
    pub(crate) fn is_asking_middleware(&self, namespace: &str, name: &str) -> bool {
        self.is_asking(namespace, name, 0)
    }

    fn is_asking(&self, namespace: &str, name: &str, depth: usize) -> bool {
        const ASKING: [&str; 7] = [
            "basicAuth",
            "digestAuth",
            "forwardAuth",
            "ipAllowList",
            "ipWhiteList",
            "jwt",
            "oidc",
        ];
        let middleware = ["traefik.io", "traefik.containo.us"]
            .iter()
            .find_map(|group| self.snapshot.find(group, "Middleware", namespace, name));
        let Some(spec) = middleware.and_then(|object| object.root().get("spec")) else {
            return names_login(name);
        };
        let chain = spec.at(&["chain", "middlewares"]).into_iter();
        let plugins = spec.get("plugin").into_iter().flat_map(Node::entries);
        ASKING.iter().any(|key| spec.get(key).is_some())
            || plugins
                .into_iter()
                .any(|(name, _)| names_login(name.scalar_text()))
            || depth < CHAIN
                && chain.flat_map(Node::items).any(|link| {
                    let of = link.str_at(&["namespace"]).unwrap_or(namespace);
                    link.str_at(&["name"])
                        .is_some_and(|name| self.is_asking(of, name, depth + 1))
                })
    }
}
