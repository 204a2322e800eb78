//! Kubernetes objects as lenient, typed views over a tree.
//!
//! Nothing is copied and nothing is rejected: a view answers what the object says, and `None` where it says
//! nothing, null, or something of the wrong type. Ciel's objects stay trees, since one generated client knows one
//! version of Kubernetes and clusters run many.

mod int_or_percent;
mod label_index;
mod lifecycle;
mod meta;
mod pod;
mod quantity;
mod selector;
mod template;

pub use int_or_percent::IntOrPercent;
pub use label_index::{LabelIndex, SelectorIndex};
pub use lifecycle::{ApiLifecycle, ComponentVersion, LATEST_KUBERNETES_MINOR, api_lifecycle};
pub use meta::{ObjectView, TypeMeta, group_of, version_of};
pub use pod::{Container, ContainerKind, EffectiveField, PodShape, PodSpec};
pub use quantity::{ParseQuantityError, Quantity};
pub use selector::{LabelSelector, Requirement};
pub use template::{PodTemplate, pod_templates};
