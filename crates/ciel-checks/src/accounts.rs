//! Which service accounts are bound to roles.

use std::collections::HashMap;

use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::Node;

/// The first binding of every service account that has one.
#[derive(Debug, Default)]
pub(crate) struct AccountBindings {
    /// By namespace and name.
    by_account: HashMap<(String, String), ObjectId>,
    /// By name, for workloads that do not say their namespace.
    by_name: HashMap<String, ObjectId>,
}

const GROUPS: [&str; 2] = ["rbac.authorization.k8s.io", "authorization.openshift.io"];

impl AccountBindings {
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        let mut bindings = Self::default();
        for kind in ["RoleBinding", "ClusterRoleBinding"] {
            for group in GROUPS {
                for binding in snapshot.of_kind(group, kind) {
                    bindings.add(binding);
                }
            }
        }
        bindings
    }

    fn add(&mut self, binding: Object<'_>) {
        let subjects = binding.root().get("subjects");
        for subject in subjects.into_iter().flat_map(Node::items) {
            let Some((namespace, name)) = account(binding, subject) else {
                continue;
            };
            self.by_name.entry(name.to_owned()).or_insert(binding.id());
            self.by_account
                .entry((namespace.to_owned(), name.to_owned()))
                .or_insert(binding.id());
        }
    }

    /// A binding of the account that a workload of an object runs as. Where the object does not say its namespace
    /// (as in a base that Kustomize or `kubectl -n` completes), one of any account of that name; but `default` is
    /// a name that every namespace has.
    pub(crate) fn of_account<'s>(&self, object: Object<'s>, name: &str) -> Option<Object<'s>> {
        let id = match object.namespace() {
            "" if name != "default" => self.by_name.get(name),
            namespace => self
                .by_account
                .get(&(namespace.to_owned(), name.to_owned())),
        };
        object.snapshot().object(*id?)
    }
}

/// The namespace and name of the service account that a subject is, if it is one.
fn account<'s>(binding: Object<'s>, subject: Node<'s>) -> Option<(&'s str, &'s str)> {
    let name = subject.str_at(&["name"])?;
    match subject.str_at(&["kind"])? {
        "ServiceAccount" => {
            let namespace = subject.str_at(&["namespace"]);
            Some((
                namespace.unwrap_or_else(|| binding.namespace_or_default()),
                name,
            ))
        }
        "User" => name.strip_prefix("system:serviceaccount:")?.split_once(':'),
        _ => None,
    }
}
