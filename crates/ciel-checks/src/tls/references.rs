//! Where Ingresses and Gateways name the Secrets of their certificates.

use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

/// Kinds that name Secrets with certificates.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("gateway.networking.k8s.io", "Gateway"),
    ("networking.istio.io", "Gateway"),
];

/// One name of a Secret, with the hosts that its certificate is for.
pub(super) struct Reference<'s> {
    /// The node that names the Secret.
    pub(super) node: Node<'s>,
    pub(super) name: &'s str,
    /// Namespaces to look for it in, in order.
    pub(super) namespaces: Vec<&'s str>,
    pub(super) hosts: Vec<Node<'s>>,
    /// Whether other certificates stand beside it for the same hosts.
    pub(super) is_one_of_several: bool,
}

impl<'s> Reference<'s> {
    /// The Secret, if the input has it.
    pub(super) fn secret(&self, snapshot: &'s Snapshot) -> Option<Object<'s>> {
        let mut namespaces = self.namespaces.iter();
        namespaces.find_map(|namespace| snapshot.find("", "Secret", namespace, self.name))
    }
}

/// The references of an object.
pub(super) fn references(object: Object<'_>) -> Vec<Reference<'_>> {
    let Some(spec) = object.root().get("spec") else {
        return Vec::new();
    };
    match (object.types().group(), object.kind()) {
        (_, "Ingress") => of_ingress(object, spec),
        ("networking.istio.io", _) => of_istio(object, spec),
        _ => of_gateway(object, spec),
    }
}

fn of_ingress<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Reference<'s>> {
    let entries = spec.get("tls").into_iter().flat_map(Node::items);
    entries
        .filter_map(|entry| {
            let node = entry.get("secretName")?;
            let name = node.as_str().filter(|name| !name.is_empty())?;
            let named: Vec<Node<'s>> = entry
                .get("hosts")
                .into_iter()
                .flat_map(Node::items)
                .collect();
            let of_rules = || {
                let rules = spec.get("rules").into_iter().flat_map(Node::items);
                rules.filter_map(|rule| rule.get("host")).collect()
            };
            let hosts = if named.is_empty() { of_rules() } else { named };
            Some(Reference {
                node,
                name,
                namespaces: vec![object.namespace_or_default()],
                hosts,
                is_one_of_several: false,
            })
        })
        .collect()
}

fn of_gateway<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Reference<'s>> {
    let mut found = Vec::new();
    for listener in spec.get("listeners").into_iter().flat_map(Node::items) {
        let Some(tls) = listener.get("tls") else {
            continue;
        };
        let refs = tls.get("certificateRefs");
        for reference in refs.into_iter().flat_map(Node::items) {
            let is_secret = matches!(reference.str_at(&["kind"]), None | Some("Secret"))
                && matches!(reference.str_at(&["group"]), None | Some(""));
            let Some((node, name)) = reference
                .get("name")
                .and_then(|node| Some((node, node.as_str()?)))
            else {
                continue;
            };
            if is_secret {
                let namespace = reference.str_at(&["namespace"]);
                found.push(Reference {
                    node,
                    name,
                    namespaces: vec![namespace.unwrap_or(object.namespace_or_default())],
                    hosts: listener.get("hostname").into_iter().collect(),
                    is_one_of_several: refs.is_some_and(|refs| refs.len() > 1),
                });
            }
        }
    }
    found
}

fn of_istio<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Reference<'s>> {
    let servers = spec.get("servers").into_iter().flat_map(Node::items);
    servers
        .filter_map(|server| {
            let node = server.at(&["tls", "credentialName"])?;
            let name = node.as_str().filter(|name| !name.contains("://"))?;
            let hosts = server.get("hosts").into_iter().flat_map(Node::items);
            Some(Reference {
                node,
                name,
                // The Secret stands beside the gateway's pods, mostly not beside the Gateway.
                namespaces: vec![
                    object.namespace_or_default(),
                    "istio-system",
                    "istio-ingress",
                ],
                hosts: hosts.collect(),
                is_one_of_several: false,
            })
        })
        .collect()
}
