//! The catalogue of checks: one file a check, and the walk that runs them over a snapshot.
//!
//! A check is a [`Rule`]: what it says of itself ([`Check`](ciel_core::Check)) and one function. Rules are
//! written with [`declare_check!`]; the catalogue is one readable table, [`catalogue`]. [`scan`] walks the objects
//! once and gives each to the rules that want it; a rule that is off costs nothing.
//!
//! Architecture invariant: a check is a function of the snapshot and the options. It reads no file, clock or
//! environment, and its findings come in a deterministic order.

mod accounts;
mod analyses;
mod catalogue;
mod context;
mod drift;
mod exp;
mod frameworks;
mod gov;
mod img;
mod mine;
mod net;
mod node;
mod options;
mod pod;
mod rbac;
mod rel;
mod report;
mod rule;
mod scan;
mod sec;
mod suppression;
mod tls;
mod ver;

pub use analyses::Analyses;
pub use catalogue::{catalogue, find};
pub use context::{ClusterCx, ContainerCx, Cx, ObjectCx, PodCx};
pub use frameworks::controls;
pub use node::{ComponentCx, ConfigurationCx, Program};
pub use options::{ImageOptions, Options, ParseProfileError, ProfileChoice, ResourceOptions};
pub use report::Report;
pub use rule::{Rule, Run, shorthand, topic_of};
pub use scan::{Scan, Verdict, judge, scan};
pub use suppression::{Exception, PathBase, ScopeError, ScopeText, SuppressOptions};
