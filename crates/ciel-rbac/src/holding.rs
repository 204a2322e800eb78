//! Who holds a role, and where.

use std::collections::HashMap;

use crate::{
    Binding, PolicyRule, PowerSet, Rbac, Role, RoleId, Subject, SubjectKind,
    rbac::{accounts_group, subjects_of_account},
};

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
    /// A binding in a namespace with an account that can take the cluster over, for somebody who cannot yet.
    beside_strong: Option<usize>,
}

/// What a subject may do in the whole cluster, or in kube-system.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// What its roles are good for there.
    pub powers: PowerSet,
    /// Whether one of them has every verb on everything of the core group.
    pub is_admin: bool,
    /// The binding that gives most of it.
    pub(crate) binding: usize,
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
        self.beside_strong = self.beside_strong.or(other.beside_strong);
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

    /// A namespace that the role is held in by somebody who cannot take the cluster over, and an account there that can.
    #[must_use]
    pub fn strong_beside(&self, holding: &Holding) -> Option<(&'s str, &'s str)> {
        let namespace = self.bindings.get(holding.beside_strong?)?.namespace?;
        Some((namespace, self.strong.get(namespace)?))
    }

    /// The namespace of the account that a workload runs as. Workloads that name no namespace go where they are applied
    /// to: they count for an account of that name in any namespace, but for `default`, which each namespace has.
    #[must_use]
    pub fn namespace_of_account<'a>(&'a self, workload_namespace: &'a str, name: &str) -> &'a str {
        match workload_namespace {
            "" => self.placed.get(name).copied().unwrap_or("default"),
            namespace => namespace,
        }
    }

    /// What a service account may do in the whole cluster or in kube-system, by its name and through the groups that it
    /// is in, with the binding that gives most of it.
    #[must_use]
    pub fn reach_of_account(&self, namespace: &str, name: &str) -> Option<(Reach, &Binding<'s>)> {
        if self.reaches.is_empty() {
            return None;
        }
        let of_namespace = accounts_group(namespace);
        let kinds = subjects_of_account(namespace, name, &of_namespace);
        let reaches = kinds
            .into_iter()
            .filter_map(|kind| reach_of(&self.reaches, kind));
        let whole = reaches.reduce(|one, other| {
            let first = if other.is_admin && !one.is_admin {
                other
            } else {
                one
            };
            Reach {
                powers: one.powers.union(other.powers),
                is_admin: one.is_admin || other.is_admin,
                binding: first.binding,
            }
        })?;
        Some((whole, self.bindings.get(whole.binding)?))
    }

    /// What the roles of the input are good for, and those of the API server that it binds: most inputs have none, and
    /// there are hundreds of rules.
    fn measure_powers(&mut self) {
        let mut rule_powers: Vec<Option<(PowerSet, PowerSet)>> = vec![None; self.rules.len()];
        let mut powers = vec![<(PowerSet, PowerSet)>::default(); self.roles.len()];
        for (id, (role, (inside, elsewhere))) in self.roles.iter().zip(&mut powers).enumerate() {
            if role.object.is_none() && !self.by_role.contains_key(&RoleId(id)) {
                continue;
            }
            for id in &role.rules {
                let (Some(rule), Some(known)) = (self.rules.get(*id), rule_powers.get_mut(*id))
                else {
                    continue;
                };
                let of_rule = *known.get_or_insert_with(|| rule.powers_by_place());
                *inside = inside.union(of_rule.0);
                *elsewhere = elsewhere.union(of_rule.1);
            }
        }
        let both = |(inside, elsewhere): (PowerSet, PowerSet)| inside.union(elsewhere);
        let rule_powers = rule_powers.into_iter().map(Option::unwrap_or_default);
        self.rule_powers = rule_powers.map(both).collect();
        self.namespaced_powers = powers.iter().map(|(inside, _)| *inside).collect();
        self.powers = powers.into_iter().map(both).collect();
    }

    /// What each subject may do in the whole cluster or in kube-system, and in which namespaces accounts are that can
    /// take the cluster over.
    fn measure_reaches(&mut self) {
        let mut reaches: HashMap<SubjectKind<'s>, Reach> = HashMap::new();
        for (id, binding) in self.bindings.iter().enumerate() {
            let is_wide = matches!(binding.namespace, None | Some("kube-system"));
            let Some(role) = binding.role.filter(|_| is_wide) else {
                continue;
            };
            let powers = match binding.namespace {
                None => self.powers(role),
                Some(_) => {
                    let powers = self.namespaced_powers.get(role.0).copied();
                    powers
                        .unwrap_or_default()
                        .intersection(PowerSet::IN_NAMESPACES)
                }
            };
            let is_admin = self.roles.get(role.0).is_some_and(|role| {
                role.is_everything() || self.rules(role).any(PolicyRule::is_all_of_core)
            });
            for subject in &binding.subjects {
                let reach = reaches.entry(subject.kind).or_insert(Reach {
                    powers,
                    is_admin,
                    binding: id,
                });
                let is_more = (is_admin && !reach.is_admin)
                    || (reach.powers.intersection(PowerSet::TAKEOVER).is_empty()
                        && !powers.intersection(PowerSet::TAKEOVER).is_empty());
                if is_more {
                    reach.binding = id;
                }
                reach.powers = reach.powers.union(powers);
                reach.is_admin |= is_admin;
            }
        }
        for kind in reaches.keys() {
            if let SubjectKind::ServiceAccount(namespace, name) = kind
                && *name != "default"
            {
                let first = self.placed.entry(name).or_insert(namespace);
                *first = (*first).min(namespace);
            }
        }
        let accounts = reaches.iter().filter_map(|(kind, reach)| match kind {
            SubjectKind::ServiceAccount(namespace, name) if reach.takes_over() => {
                Some((*namespace, *name))
            }
            _ => None,
        });
        for (namespace, name) in accounts {
            let first = self.strong.entry(namespace).or_insert(name);
            // Whichever the map of subjects has first: the name must not depend on it.
            *first = (*first).min(name);
        }
        self.reaches = reaches;
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
        self.measure_powers();
        self.measure_reaches();
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
                let is_weak = self
                    .reaches
                    .get(&subject.kind)
                    .is_none_or(|reach| !reach.takes_over());
                let namespace = binding.namespace.unwrap_or_default();
                if is_weak && self.strong.contains_key(namespace) {
                    holding.beside_strong = holding.beside_strong.or(Some(id));
                }
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
    }
}

impl Reach {
    /// Whether it is enough to make the cluster one's own.
    #[must_use]
    pub fn takes_over(&self) -> bool {
        self.is_admin || !self.powers.intersection(PowerSet::TAKEOVER).is_empty()
    }
}

/// The reach of a subject. Lets the map's lifetime shrink to that of the question.
fn reach_of<'a>(map: &HashMap<SubjectKind<'a>, Reach>, kind: SubjectKind<'a>) -> Option<Reach> {
    map.get(&kind).copied()
}
