//! Which service accounts are bound to roles.

use std::collections::HashSet;

use ciel_rbac::{Rbac, SubjectKind};
use ciel_snapshot::Object;

/// The service accounts that some binding names, be it by themselves and not by a group.
#[derive(Debug, Default)]
pub(crate) struct BoundAccounts<'s> {
    /// Namespace and name.
    accounts: HashSet<(&'s str, &'s str)>,
    /// Names, for workloads that do not say their namespace.
    names: HashSet<&'s str>,
}

impl<'s> BoundAccounts<'s> {
    pub(crate) fn of(rbac: &Rbac<'s>) -> Self {
        let mut bound = Self::default();
        for subject in rbac.bindings().iter().flat_map(|binding| &binding.subjects) {
            if let SubjectKind::ServiceAccount(namespace, name) = subject.kind {
                bound.accounts.insert((namespace, name));
                bound.names.insert(name);
            }
        }
        bound
    }

    /// Whether the account that a workload of an object runs as is bound. Where the object does not say its namespace
    /// (as in a base that Kustomize or `kubectl -n` completes), whether any account of that name is; but `default` is
    /// a name that every namespace has.
    pub(crate) fn has(&self, object: Object<'_>, name: &str) -> bool {
        let is_unplaced = object.namespace().is_empty() && name != "default";
        (is_unplaced && self.names.contains(name))
            || self
                .accounts
                .contains(&(object.namespace_or_default(), name))
    }
}
