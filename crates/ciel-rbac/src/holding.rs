//! Who holds a role, and where.

use std::collections::HashMap;

use crate::{Binding, PowerSet, Rbac, Role, RoleId, RoleKind, Subject, SubjectKind};

/// Bindings that a [`Holding`] names; there may be more.
const NAMED: usize = 10;

/// Where a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// In namespaces other than kube-system.
    Namespace,
    /// In kube-system, where the keys of the cluster lie.
    System,
    /// In the whole cluster.
    Cluster,
}

/// Who holds a role, by how easily their rights come into other hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A user or a group.
    Person,
    /// A service account that no workload here runs as.
    Account,
    /// A service account with workloads, or all accounts of a namespace.
    Workload,
    /// Everybody with a credential, or without.
    Everybody,
}

const SCOPES: [Scope; 3] = [Scope::Namespace, Scope::System, Scope::Cluster];
const HOLDERS: [Holder; 4] = [
    Holder::Person,
    Holder::Account,
    Holder::Workload,
    Holder::Everybody,
];

/// Who holds a role, by its own bindings and through the roles that gather its rules.
#[derive(Clone, Debug, Default)]
pub struct Holding {
    /// Bits of scope and holder.
    ways: u16,
    /// The first bindings.
    bindings: Vec<usize>,
    /// How many there are.
    count: usize,
    /// The worst: scope, holder, binding, and which of its subjects.
    worst: Option<(Scope, Holder, usize, usize)>,
    /// A role that gathers its rules.
    gathered_by: Option<RoleId>,
}

impl Holding {
    /// Number of bindings.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The ways in which it is held.
    pub fn ways(&self) -> impl Iterator<Item = (Scope, Holder)> {
        let all = SCOPES
            .into_iter()
            .flat_map(|scope| HOLDERS.into_iter().map(move |holder| (scope, holder)));
        all.filter(|(scope, holder)| self.ways & bit(*scope, *holder) != 0)
    }

    /// Whether some binding gives it in the whole cluster.
    #[must_use]
    pub fn is_cluster_wide(&self) -> bool {
        self.ways().any(|(scope, _)| scope == Scope::Cluster)
    }

    fn add(&mut self, scope: Scope, holder: Holder, binding: usize, subject: usize) {
        self.ways |= bit(scope, holder);
        let is_worse = self
            .worst
            .is_none_or(|(other, whose, ..)| (scope, holder) > (other, whose));
        if is_worse {
            self.worst = Some((scope, holder, binding, subject));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.ways |= other.ways;
        self.count += other.count;
        let room = NAMED.saturating_sub(self.bindings.len());
        self.bindings.extend(other.bindings.iter().take(room));
        if let Some((scope, holder, binding, subject)) = other.worst {
            self.add(scope, holder, binding, subject);
        }
    }
}

fn bit(scope: Scope, holder: Holder) -> u16 {
    1 << (scope as u16 * 4 + holder as u16)
}

impl<'s> Rbac<'s> {
    /// Who holds a role.
    #[must_use]
    pub fn holding(&self, role: RoleId) -> Option<&Holding> {
        self.holdings.get(role.0)
    }

    /// The first bindings of a holding.
    pub fn bindings_in(&self, holding: &Holding) -> impl Iterator<Item = &Binding<'s>> {
        let ids = holding.bindings.iter();
        ids.filter_map(|id| self.bindings.get(*id))
    }

    /// The binding that gives most, and the worst of its subjects.
    #[must_use]
    pub fn worst_in(&self, holding: &Holding) -> Option<(&Binding<'s>, &Subject<'s>)> {
        let (_, _, binding, subject) = holding.worst?;
        let binding = self.bindings.get(binding)?;
        Some((binding, binding.subjects.get(subject)?))
    }

    /// A role that gathers the rules of this one, if one does.
    #[must_use]
    pub fn gatherer(&self, holding: &Holding) -> Option<&Role<'s>> {
        self.roles.get(holding.gathered_by?.0)
    }

    /// Who a subject is, by how easily its rights come into other hands.
    #[must_use]
    pub fn holder(&self, subject: &Subject<'_>) -> Holder {
        match subject.kind {
            _ if subject.is_anonymous() || subject.is_authenticated() => Holder::Everybody,
            SubjectKind::Group("system:serviceaccounts") => Holder::Everybody,
            SubjectKind::Group(_) if subject.is_service_account() => Holder::Workload,
            SubjectKind::ServiceAccount(namespace, name) => {
                if self.workloads_of(namespace, name).is_empty() {
                    Holder::Account
                } else {
                    Holder::Workload
                }
            }
            SubjectKind::User(_) | SubjectKind::Group(_) => Holder::Person,
        }
    }

    /// What a role is good for.
    #[must_use]
    pub fn powers(&self, role: RoleId) -> PowerSet {
        self.powers.get(role.0).copied().unwrap_or_default()
    }

    /// Fills in who holds each role. `gatherers`: role and a role that gathers its rules.
    pub(crate) fn hold(&mut self, gatherers: &[(usize, usize)]) {
        let mut own: Vec<Holding> = vec![Holding::default(); self.roles.len()];
        let mut holders: HashMap<SubjectKind<'s>, Holder> = HashMap::new();
        for (id, binding) in self.bindings.iter().enumerate() {
            let Some(holding) = binding.role.and_then(|role| own.get_mut(role.0)) else {
                continue;
            };
            holding.count += 1;
            if holding.bindings.len() < NAMED {
                holding.bindings.push(id);
            }
            let scope = match binding.namespace {
                None => Scope::Cluster,
                Some("kube-system") => Scope::System,
                Some(_) => Scope::Namespace,
            };
            for (index, subject) in binding.subjects.iter().enumerate() {
                let holder = *holders
                    .entry(subject.kind)
                    .or_insert_with(|| self.holder(subject));
                holding.add(scope, holder, id, index);
            }
        }
        let mut all = own.clone();
        for (role, gatherer) in gatherers {
            let (Some(holding), Some(more)) = (all.get_mut(*role), own.get(*gatherer)) else {
                continue;
            };
            holding.merge(more);
            holding.gathered_by = holding.gathered_by.or(Some(RoleId(*gatherer)));
        }
        self.holdings = all;
        let role_powers = self.roles.iter().map(|role| {
            let rules = role.rules.iter().filter_map(|id| self.rule_powers.get(*id));
            rules.fold(PowerSet::default(), |powers, rule| powers.union(*rule))
        });
        self.powers = role_powers.collect();
    }
}

impl Role<'_> {
    /// Whether only a person of the project that makes the cluster is meant to have it: the name is reserved by
    /// Kubernetes.
    #[must_use]
    pub fn has_reserved_name(&self) -> bool {
        let is_cluster_role = self.kind == RoleKind::ClusterRole;
        (is_cluster_role && crate::is_default_role(self.name)) || self.name.starts_with("system:")
    }
}
