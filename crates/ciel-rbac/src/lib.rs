//! Who may do what: roles, bindings and subjects, indexed once and matched as the RBAC authorizer matches them.
//!
//! [`Rbac`] reads every role and binding of a snapshot. The roles that the API server makes for itself
//! (`cluster-admin`, `admin`, `edit`, `view`, `system:…`) are known even where the input does not have them;
//! aggregated roles have the rules that their labels gather. [`PolicyRule::allows`] answers exactly what the
//! authorizer of Kubernetes answers for one rule.

mod defaults;
mod holding;
mod power;
mod rbac;
mod read;
mod rule;
mod subject;

pub use defaults::is_default_role;
pub use holding::{Holder, Holding, Reach, Scope};
pub use power::{Means, Power, PowerRequest, PowerSet};
pub use rbac::{AccountWorkloads, Binding, Grant, Rbac, Role, RoleId, RoleKind};
pub use rule::{PolicyRule, ResourceRequest};
pub use subject::{Subject, SubjectKind};
