use std::net::IpAddr;

use ciel_snapshot::Object;
use ciel_yaml::Node;

/// From how far something can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// From the network around the cluster, by somebody's decision: an internal load balancer, listed addresses.
    Internal,
    /// On the addresses of nodes; firewalls outside the cluster decide who gets there.
    Node,
    /// From the internet.
    Internet,
}

/// From how far a Service can be reached by itself, and the node that makes it so. `None` where only from the cluster.
#[must_use]
pub fn service_reach(service: Object<'_>) -> Option<(Reach, Node<'_>)> {
    let root = service.root();
    let spec = root.get("spec")?;
    let external = spec.get("externalIPs").filter(|list| !list.is_empty());
    let by_address = external.map(|list| {
        let is_public = list
            .items()
            .any(|item| item.as_str().is_some_and(is_public_address));
        let reach = if is_public {
            Reach::Internet
        } else {
            Reach::Node
        };
        (reach, list)
    });
    let node = spec.get("type");
    let by_type = match (node, node.and_then(Node::as_str)) {
        (Some(node), Some("LoadBalancer")) => Some((load_balancer_reach(root, spec), node)),
        (Some(node), Some("NodePort")) => Some((Reach::Node, node)),
        _ => None,
    };
    by_type
        .into_iter()
        .chain(by_address)
        .max_by_key(|(reach, _)| *reach)
}

fn load_balancer_reach(root: Node<'_>, spec: Node<'_>) -> Reach {
    let is_internal = is_internal_load_balancer(root, spec)
        || is_restricted(spec.get("loadBalancerSourceRanges"))
        || has_only_private_addresses(root);
    if is_internal {
        Reach::Internal
    } else {
        Reach::Internet
    }
}

/// Whether a list of address ranges leaves some addresses out.
pub(crate) fn is_restricted(ranges: Option<Node<'_>>) -> bool {
    ranges.is_some_and(|list| {
        !list.is_empty()
            && list
                .items()
                .all(|range| !matches!(range.scalar_text().trim(), "0.0.0.0/0" | "::/0"))
    })
}

/// Whether the cloud has given it addresses, and none of them is public.
fn has_only_private_addresses(root: Node<'_>) -> bool {
    let addresses = root.at(&["status", "loadBalancer", "ingress"]);
    addresses.is_some_and(|list| {
        !list.is_empty()
            && list.items().all(|item| {
                item.str_at(&["ip"])
                    .is_some_and(|ip| !is_public_address(ip))
            })
    })
}

pub(crate) fn is_public_address(text: &str) -> bool {
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, ..] = ip.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || is_shared)
        }
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local())
        }
        Err(_) => true,
    }
}

/// What the annotation must say for a load balancer to be internal.
enum Says {
    Anything,
    NotFalse,
    One(&'static [&'static str]),
}

impl Says {
    fn is_yes(&self, value: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::NotFalse => !value.is_empty() && !value.eq_ignore_ascii_case("false"),
            Self::One(values) => values.iter().any(|own| own.eq_ignore_ascii_case(value)),
        }
    }
}

/// How clouds are told to make an internal load balancer.
const INTERNAL: [(&str, Says); 22] = [
    (
        "service.beta.kubernetes.io/aws-load-balancer-internal",
        Says::NotFalse,
    ),
    (
        "service.beta.kubernetes.io/aws-load-balancer-scheme",
        Says::One(&["internal"]),
    ),
    (
        "service.beta.kubernetes.io/azure-load-balancer-internal",
        Says::NotFalse,
    ),
    (
        "networking.gke.io/load-balancer-type",
        Says::One(&["internal"]),
    ),
    (
        "cloud.google.com/load-balancer-type",
        Says::One(&["internal"]),
    ),
    (
        "service.beta.kubernetes.io/openstack-internal-load-balancer",
        Says::NotFalse,
    ),
    (
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type",
        Says::One(&["intranet"]),
    ),
    (
        "service.beta.kubernetes.io/alicloud-loadbalancer-address-type",
        Says::One(&["intranet"]),
    ),
    (
        "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid",
        Says::Anything,
    ),
    (
        "service.beta.kubernetes.io/oci-load-balancer-internal",
        Says::NotFalse,
    ),
    (
        "oci-network-load-balancer.oraclecloud.com/internal",
        Says::NotFalse,
    ),
    (
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type",
        Says::One(&["private"]),
    ),
    (
        "service.beta.kubernetes.io/do-loadbalancer-network",
        Says::One(&["internal"]),
    ),
    (
        "load-balancer.hetzner.cloud/disable-public-network",
        Says::NotFalse,
    ),
    (
        "load-balancer.hetzner.cloud/use-private-ip-only",
        Says::NotFalse,
    ),
    (
        "service.beta.kubernetes.io/scw-loadbalancer-private",
        Says::NotFalse,
    ),
    ("yandex.cloud/load-balancer-type", Says::One(&["internal"])),
    ("kubernetes.io/elb.mark", Says::One(&["internal"])),
    (
        "service.beta.kubernetes.io/cce-load-balancer-internal-vpc",
        Says::NotFalse,
    ),
    (
        "service.beta.kubernetes.io/ovh-loadbalancer-internal",
        Says::NotFalse,
    ),
    ("loadbalancer.openstack.org/internal", Says::NotFalse),
    (
        "service.beta.kubernetes.io/kubernetes-internal-load-balancer",
        Says::NotFalse,
    ),
];

/// Whether annotations ask for an internal load balancer.
pub(crate) fn is_internal_by_annotation(annotations: Option<Node<'_>>) -> bool {
    let Some(annotations) = annotations.filter(|node| !node.is_empty()) else {
        return false;
    };
    INTERNAL.iter().any(|(key, says)| {
        let value = annotations.get(key).map(|node| node.scalar_text().trim());
        value.is_some_and(|value| says.is_yes(value))
    })
}

/// The annotation that says of a Service's load balancer that it is not internal, where one says so outright.
#[must_use]
pub fn public_by_annotation(service: Object<'_>) -> Option<Node<'_>> {
    let annotations = service.root().at(&["metadata", "annotations"])?;
    INTERNAL
        .iter()
        .filter_map(|(key, says)| Some((annotations.get(key)?, says)))
        .find(|(value, says)| !says.is_yes(value.scalar_text().trim()))
        .map(|(value, _)| value)
}

fn is_internal_load_balancer(root: Node<'_>, spec: Node<'_>) -> bool {
    let annotations = root.at(&["metadata", "annotations"]);
    if is_internal_by_annotation(annotations) {
        return true;
    }
    // The AWS Load Balancer Controller makes internal ones unless told otherwise; the older one in the cloud provider
    // does not.
    let annotation = |key: &str| annotations.and_then(|node| node.str_at(&[key]));
    let is_controller = spec.str_at(&["loadBalancerClass"]) == Some("service.k8s.aws/nlb")
        || matches!(
            annotation("service.beta.kubernetes.io/aws-load-balancer-type"),
            Some("external" | "nlb-ip")
        );
    is_controller
        && annotation("service.beta.kubernetes.io/aws-load-balancer-scheme")
            != Some("internet-facing")
        || matches!(spec.str_at(&["loadBalancerClass"]), Some("tailscale"))
}
