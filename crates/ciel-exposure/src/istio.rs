//! Gateways of Istio, and the Services in front of them.

use std::{cell::OnceCell, collections::HashMap};

use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{Reach, ingress::is_internal_name, service::service_reach};

/// From how far Istio's gateways can be reached.
#[derive(Debug)]
pub(crate) struct IstioGateways<'s> {
    snapshot: &'s Snapshot,
    /// How far Services reach, by the labels that they select; made at the first question.
    services: OnceCell<HashMap<(&'s str, &'s str), Option<Reach>>>,
}

impl<'s> IstioGateways<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            services: OnceCell::new(),
        }
    }

    /// From how far the gateway can be reached that a route names, as `name` or `namespace/name`. One that the input
    /// does not have, and one whose Services only the cluster reaches (so that something stands in front of it), is
    /// taken to be on the internet, unless names say otherwise.
    pub(crate) fn reach(&self, route: Object<'_>, name: &str) -> Reach {
        let own = route.namespace_or_default();
        let (namespace, name) = name.split_once('/').unwrap_or((own, name));
        let snapshot = self.snapshot;
        let gateway = snapshot.find("networking.istio.io", "Gateway", namespace, name);
        let selector = gateway.and_then(|gateway| gateway.root().at(&["spec", "selector"]));
        let labels = || selector.into_iter().flat_map(Node::entries);
        let is_inside = labels().any(|(_, value)| {
            let value = value.scalar_text();
            is_internal_name(value) || value.contains("egress")
        });
        if is_inside || is_internal_name(name) {
            return Reach::Internal;
        }
        let services = self.services.get_or_init(|| self.read_services());
        labels()
            .filter_map(|(key, value)| *services.get(&(key.scalar_text(), value.scalar_text()))?)
            .max()
            .unwrap_or(Reach::Internet)
    }

    fn read_services(&self) -> HashMap<(&'s str, &'s str), Option<Reach>> {
        let mut services = HashMap::new();
        for service in self.snapshot.of_kind("", "Service") {
            let reach = service_reach(service).map(|(reach, _)| reach);
            let selector = service.root().at(&["spec", "selector"]);
            for (key, value) in selector.into_iter().flat_map(Node::entries) {
                let label = (key.scalar_text(), value.scalar_text());
                let best = services.entry(label).or_insert(reach);
                *best = (*best).max(reach);
            }
        }
        services
    }
}
