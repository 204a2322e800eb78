//! Which pods network policies select, and in which direction.
//!
//! [`NetworkPolicies`] reads NetworkPolicies of Kubernetes, Cilium, Calico and Antrea and the cluster-wide kinds of the
//! network policy group once, and answers for each pod which of them restrict what comes in and what goes out.

mod calico;
mod policies;
mod read;

pub use calico::CalicoSelector;
pub use policies::{Direction, Isolation, NetworkPolicies, Policy};
pub use read::{POLICY_KINDS, directions};
