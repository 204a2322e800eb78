//! Audit events of API servers: read from files, and the fields that rules ask of them.
//!
//! The facts come from the plugins `k8saudit` and `json` (falcosecurity/plugins, 2026). Two things are read where their
//! documentation says, not where the plugin looks, which no API object has: `ka.sourceips` from the event (not from the rules of
//! a role), and the effective users and groups of containers from security contexts (not from beside them).

mod fields;
mod json;
mod read;

pub(crate) use fields::AuditField;
pub use read::{AuditEvent, AuditLog, looks_like_audit};
