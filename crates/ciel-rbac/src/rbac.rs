use std::collections::HashMap;

use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{Holding, PolicyRule, PowerSet, Reach, Subject, SubjectKind, read};

/// Role or ClusterRole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// In one namespace.
    Role,
    /// In the whole cluster, or, through a RoleBinding, in one namespace.
    ClusterRole,
}

/// Index of a role in its [`Rbac`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub(crate) usize);

/// A role with the rules that it has in the end.
#[derive(Debug)]
pub struct Role<'s> {
    /// The role as written; `None` where only the API server has it.
    pub object: Option<Object<'s>>,
    /// Role or ClusterRole.
    pub kind: RoleKind,
    /// Empty for ClusterRoles.
    pub namespace: &'s str,
    /// `metadata.name`
    pub name: &'s str,
    /// Its own rules, and for an aggregated role those that its labels gather.
    pub(crate) rules: Vec<usize>,
    /// Whether these have every verb on everything.
    pub(crate) is_everything: bool,
}

impl Role<'_> {
    /// Whether it equals cluster-admin by what it may do: every verb on everything.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.is_everything
    }
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Debug)]
pub struct Binding<'s> {
    /// The binding as written.
    pub object: Object<'s>,
    /// The namespace that it grants in; `None` for the whole cluster.
    pub namespace: Option<&'s str>,
    /// `roleRef.kind`
    pub role_kind: RoleKind,
    /// `roleRef.name`
    pub role_name: &'s str,
    /// `roleRef`
    pub role_ref: Node<'s>,
    /// Whom it is for.
    pub subjects: Vec<Subject<'s>>,
    pub(crate) role: Option<RoleId>,
}

impl Binding<'_> {
    /// Whether it grants in the whole cluster.
    #[must_use]
    pub fn is_cluster_wide(&self) -> bool {
        self.namespace.is_none()
    }

    /// Whether the role that it names is `cluster-admin`, which each cluster has though no manifest holds it.
    #[must_use]
    pub fn names_cluster_admin(&self) -> bool {
        self.role_kind == RoleKind::ClusterRole && self.role_name == "cluster-admin"
    }
}

/// One way in which a subject holds a role.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'r, 's> {
    /// The binding.
    pub binding: &'r Binding<'s>,
    /// The role, if it is known.
    pub role: Option<&'r Role<'s>>,
}

impl Grant<'_, '_> {
    /// Whether its holder may do everything in the whole cluster.
    #[must_use]
    pub fn is_cluster_admin(&self) -> bool {
        let is_everything = self.role.is_some_and(Role::is_everything);
        self.binding.is_cluster_wide() && (self.binding.names_cluster_admin() || is_everything)
    }
}

/// As which subjects a service account holds what it holds: itself, and the groups that it is in. `of_namespace` is what
/// [`accounts_group`] makes of its namespace.
pub(crate) fn subjects_of_account<'a>(
    namespace: &'a str,
    name: &'a str,
    of_namespace: &'a str,
) -> [SubjectKind<'a>; 4] {
    [
        SubjectKind::ServiceAccount(namespace, name),
        SubjectKind::Group("system:serviceaccounts"),
        SubjectKind::Group(of_namespace),
        SubjectKind::Group("system:authenticated"),
    ]
}

/// The group of all service accounts of a namespace.
pub(crate) fn accounts_group(namespace: &str) -> String {
    format!("system:serviceaccounts:{namespace}")
}

/// The roles, bindings and subjects of a snapshot.
#[derive(Debug)]
pub struct Rbac<'s> {
    pub(crate) rules: Vec<PolicyRule<'s>>,
    pub(crate) roles: Vec<Role<'s>>,
    pub(crate) bindings: Vec<Binding<'s>>,
    pub(crate) by_subject: HashMap<SubjectKind<'s>, Vec<usize>>,
    pub(crate) by_role: HashMap<RoleId, Vec<usize>>,
    /// By namespace as written, and account.
    pub(crate) workloads: HashMap<&'s str, HashMap<&'s str, Vec<Workload<'s>>>>,
    /// What each rule is good for.
    pub(crate) rule_powers: Vec<PowerSet>,
    /// By role: who holds it, and what it is good for.
    pub(crate) holdings: Vec<Holding>,
    pub(crate) powers: Vec<PowerSet>,
    /// By role: what of it a RoleBinding gives.
    pub(crate) namespaced_powers: Vec<PowerSet>,
    /// What subjects may do in the whole cluster or in kube-system.
    pub(crate) reaches: HashMap<SubjectKind<'s>, Reach>,
    /// Namespaces with an account that can take the cluster over, and its name.
    pub(crate) strong: HashMap<&'s str, &'s str>,
    /// By name of an account that has a reach: the first of its namespaces.
    pub(crate) placed: HashMap<&'s str, &'s str>,
    pub(crate) is_cut: bool,
}

impl<'s> Rbac<'s> {
    /// Reads everything once.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        read::read(snapshot)
    }

    /// Whether aggregation was given up at [`AGGREGATED_RULES`](ciel_core::limits::AGGREGATED_RULES), so that some roles
    /// allow more than is known.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// All bindings, in the order of the sources.
    #[must_use]
    pub fn bindings(&self) -> &[Binding<'s>] {
        &self.bindings
    }

    /// All roles, the API server's own among them.
    #[must_use]
    pub fn roles(&self) -> &[Role<'s>] {
        &self.roles
    }

    /// The binding that an object is.
    #[must_use]
    pub fn binding(&self, object: Object<'_>) -> Option<&Binding<'s>> {
        let at = self
            .bindings
            .binary_search_by_key(&object.id(), |binding| binding.object.id());
        self.bindings.get(at.ok()?)
    }

    /// The role that an object is.
    #[must_use]
    pub fn role(&self, object: Object<'_>) -> Option<(RoleId, &Role<'s>)> {
        // Roles of the input come first and in its order; the API server's own have no object.
        let at = self
            .roles
            .partition_point(|role| role.object.is_some_and(|own| own.id() < object.id()));
        let role = self.roles.get(at)?;
        (role.object?.id() == object.id()).then_some((RoleId(at), role))
    }

    /// The role that a binding refers to, if it is known.
    #[must_use]
    pub fn role_of(&self, binding: &Binding<'_>) -> Option<&Role<'s>> {
        self.roles.get(binding.role?.0)
    }

    /// The id of the role that a binding refers to, if it is known.
    #[must_use]
    pub fn role_id_of(&self, binding: &Binding<'_>) -> Option<RoleId> {
        binding.role
    }

    /// The bindings that refer to a role.
    pub fn bindings_of(&self, role: RoleId) -> impl Iterator<Item = &Binding<'s>> {
        let ids = self.by_role.get(&role).into_iter().flatten();
        ids.filter_map(|id| self.bindings.get(*id))
    }

    /// The rules of a role.
    pub fn rules(&self, role: &Role<'_>) -> impl Iterator<Item = &PolicyRule<'s>> {
        role.rules.iter().filter_map(|id| self.rules.get(*id))
    }

    /// The rules that a role has itself, with what each is good for.
    pub fn own_rules(&self, role: &Role<'s>) -> impl Iterator<Item = (&PolicyRule<'s>, PowerSet)> {
        let object = role.object;
        role.rules.iter().filter_map(move |id| {
            let rule = self.rules.get(*id)?;
            let is_own = rule
                .origin
                .is_some_and(|(origin, _)| Some(origin) == object);
            is_own.then(|| (rule, self.rule_powers.get(*id).copied().unwrap_or_default()))
        })
    }

    /// What a service account holds: by its name and through the groups that it is in.
    #[must_use]
    pub fn grants_of_account(&self, namespace: &str, name: &str) -> Vec<Grant<'_, 's>> {
        let of_namespace = accounts_group(namespace);
        let kinds = subjects_of_account(namespace, name, &of_namespace);
        let ids = kinds
            .into_iter()
            .flat_map(|kind| ids_of(&self.by_subject, kind));
        ids.filter_map(|id| self.bindings.get(*id))
            .map(|binding| Grant {
                binding,
                role: self.role_of(binding),
            })
            .collect()
    }

    /// The pods that run as a service account, whoever makes them. Workloads that name no namespace go where they are
    /// applied to (`kubectl apply -n`, kustomize): they count for an account of that name in any namespace, but for
    /// `default`, which each namespace has.
    #[must_use]
    pub fn workloads_of(&self, namespace: &str, name: &str) -> AccountWorkloads<'_, 's> {
        let in_namespace = |namespace: &str| {
            let accounts = self.workloads.get(namespace);
            let workloads = accounts.and_then(|accounts| accounts.get(name));
            workloads.map_or(&[][..], Vec::as_slice)
        };
        let takes_unplaced = name != "default" || namespace == "default";
        AccountWorkloads {
            placed: in_namespace(namespace),
            unplaced: if takes_unplaced {
                in_namespace("")
            } else {
                &[]
            },
        }
    }
}

/// The workloads that run as a service account.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountWorkloads<'r, 's> {
    placed: &'r [Workload<'s>],
    unplaced: &'r [Workload<'s>],
}

impl<'r, 's> AccountWorkloads<'r, 's> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.placed.len() + self.unplaced.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.unplaced.is_empty()
    }

    /// All of them: those of its namespace first.
    pub fn iter(&self) -> impl Iterator<Item = Workload<'s>> + use<'r, 's> {
        self.placed.iter().chain(self.unplaced).copied()
    }
}

/// The bindings of a subject. Lets the map's lifetime shrink to that of the question.
fn ids_of<'a>(map: &'a HashMap<SubjectKind<'a>, Vec<usize>>, kind: SubjectKind<'a>) -> &'a [usize] {
    map.get(&kind).map_or(&[], Vec::as_slice)
}
