//! An immutable, indexed set of Kubernetes objects.
//!
//! [`SnapshotBuilder`] takes documents as they were read, unfolds lists, and finds the pods that objects make;
//! [`Snapshot`] answers what analyses and checks ask: objects by kind, by name, owners, service accounts, pods.
//!
//! Architecture invariant: nothing here changes after it was built, and nothing here judges.

mod build;
mod object;
mod pod_index;
mod resources;
mod snapshot;

pub use build::SnapshotBuilder;
pub use object::{Object, ObjectId, Workload};
pub use pod_index::PodIndex;
pub use resources::{ResourceAmount, ResourceRule, ResourceRules};
pub use snapshot::Snapshot;
