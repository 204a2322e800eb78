//! Which pods network policies select, and in which direction.
//!
//! [`NetworkPolicies`] reads NetworkPolicies of Kubernetes, Cilium, Calico and Antrea and the cluster-wide kinds of the
//! network policy group once, and answers for each pod which of them restrict what comes in and what goes out.

mod calico;
mod makers;
mod metadata;
mod ordered;
mod peers;
mod policies;
mod read;
mod selected;

pub use calico::CalicoSelector;
pub use makers::PodMakers;
pub use metadata::{METADATA_ADDRESS, MetadataWay, denies_metadata, metadata_ways};
pub use ordered::{Action, Everybody, OrderedRule, is_baseline, ordered_rules};
pub use peers::{Peer, peers};
pub use policies::{Direction, Isolation, NetworkPolicies, Policy, Selection};
pub use read::{POLICY_KINDS, calico_directions, directions, policies};
pub use selected::Selected;
