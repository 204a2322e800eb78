use std::collections::{HashMap, HashSet};

use ciel_core::limits;
use ciel_k8s::{LabelIndex, LabelSelector, PodShape};
use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{
    Binding, PolicyRule, Rbac, Role, RoleId, RoleKind, Subject, SubjectKind,
    defaults::{DEFAULT_ROLES, DefaultRole},
    rule,
};

const GROUP: &str = "rbac.authorization.k8s.io";

pub(crate) fn read(snapshot: &Snapshot) -> Rbac<'_> {
    let mut reader = Reader::default();
    for object in snapshot.objects() {
        match object.kind() {
            "Role" if object.is(GROUP, "Role") => reader.add_role(object, RoleKind::Role),
            "ClusterRole" if object.is(GROUP, "ClusterRole") => {
                reader.add_role(object, RoleKind::ClusterRole);
            }
            "RoleBinding" | "ClusterRoleBinding" if object.types().group() == GROUP => {
                reader.bindings.extend(binding(object));
            }
            _ => {}
        }
    }
    reader.add_defaults();
    reader.aggregate();
    reader.finish(snapshot)
}

#[derive(Default)]
struct Reader<'s> {
    rules: Vec<PolicyRule<'s>>,
    roles: Vec<Role<'s>>,
    bindings: Vec<Binding<'s>>,
    /// Several where files hold variants of the same role.
    by_name: HashMap<(RoleKind, &'s str, &'s str), Vec<RoleId>>,
    /// ClusterRoles that aggregation may gather.
    labelled: LabelIndex<'s, usize>,
    /// The same for the API server's own: label (always `true`) and role.
    labelled_defaults: Vec<(&'static str, usize)>,
    /// A role, and one that gathers its rules.
    gatherers: Vec<(usize, usize)>,
    is_cut: bool,
}

impl<'s> Reader<'s> {
    fn add_role(&mut self, object: Object<'s>, kind: RoleKind) {
        let namespace = match kind {
            RoleKind::Role => object.namespace_or_default(),
            RoleKind::ClusterRole => "",
        };
        let start = self.rules.len();
        let rules = object.root().get("rules").into_iter().flat_map(Node::items);
        self.rules
            .extend(rules.map(|node| PolicyRule::read(object, node)));
        let id = self.roles.len();
        self.roles.push(Role {
            object: Some(object),
            kind,
            namespace,
            name: object.name(),
            rules: (start..self.rules.len()).collect(),
            is_everything: false,
        });
        self.by_name
            .entry((kind, namespace, object.name()))
            .or_default()
            .push(RoleId(id));
        if kind == RoleKind::ClusterRole {
            let labels = object.root().at(&["metadata", "labels"]);
            if labels.is_some() {
                self.labelled.push(labels, id);
            }
        }
    }

    /// The roles that the API server makes for itself. Where the input has one, its rules come on top: the API server
    /// puts back what somebody takes away.
    fn add_defaults(&mut self) {
        for default in DEFAULT_ROLES.iter() {
            let kind = if default.namespace.is_empty() {
                RoleKind::ClusterRole
            } else {
                RoleKind::Role
            };
            let start = self.rules.len();
            self.rules.extend(default.rules.iter().cloned());
            let rules = start..self.rules.len();
            let known = self
                .by_name
                .entry((kind, default.namespace, default.name))
                .or_default();
            if known.is_empty() {
                known.push(RoleId(self.roles.len()));
                self.roles.push(Role {
                    object: None,
                    kind,
                    namespace: default.namespace,
                    name: default.name,
                    rules: Vec::new(),
                    is_everything: false,
                });
            }
            for id in known.iter() {
                if let Some(role) = self.roles.get_mut(id.0) {
                    role.rules.extend(rules.clone());
                }
            }
            let Some(id) = known.first() else { continue };
            let labels = default.labels.iter().map(|label| (*label, id.0));
            self.labelled_defaults.extend(labels);
        }
    }

    /// Gives aggregated roles the rules that their selectors gather, and what those gather in turn. What such a role
    /// says itself is kept: in a live cluster it is the same, in a file it is what a controller overwrites.
    fn aggregate(&mut self) {
        let defaults: HashMap<&str, &DefaultRole> =
            DEFAULT_ROLES.iter().map(|role| (role.name, role)).collect();
        let mut budget = limits::AGGREGATED_RULES;
        let mut sources: Vec<Vec<usize>> = Vec::with_capacity(self.roles.len());
        for role in &self.roles {
            let gathered = if budget == 0 {
                Vec::new()
            } else {
                self.gathered_by(role, &defaults)
            };
            budget = budget.saturating_sub(gathered.len());
            sources.push(gathered);
        }
        self.is_cut = budget == 0;
        let own: Vec<Vec<usize>> = self.roles.iter().map(|role| role.rules.clone()).collect();
        let mut budget = limits::AGGREGATED_RULES;
        for (id, role) in self.roles.iter_mut().enumerate() {
            let mut seen = HashSet::from([id]);
            let mut open: Vec<usize> = sources.get(id).cloned().unwrap_or_default();
            while let Some(source) = open.pop() {
                if budget == 0 {
                    self.is_cut = true;
                    return;
                }
                budget -= 1;
                if !seen.insert(source) {
                    continue;
                }
                self.gatherers.push((source, id));
                let rules = own.get(source).map_or(&[][..], Vec::as_slice);
                budget = budget.saturating_sub(rules.len());
                role.rules.extend(rules);
                open.extend(sources.get(source).into_iter().flatten());
            }
        }
    }

    fn gathered_by(&self, role: &Role<'s>, defaults: &HashMap<&str, &DefaultRole>) -> Vec<usize> {
        let written = role.object.and_then(|object| {
            object
                .root()
                .at(&["aggregationRule", "clusterRoleSelectors"])
        });
        let mut gathered = Vec::new();
        for selector in written.into_iter().flat_map(Node::items) {
            gathered.extend(
                self.labelled
                    .select(&LabelSelector::from_selector(selector)),
            );
            for (key, value) in selector
                .get("matchLabels")
                .into_iter()
                .flat_map(Node::entries)
            {
                if value.scalar_text() == "true" {
                    gathered.extend(self.default_with(key.scalar_text()));
                }
            }
        }
        let default = defaults
            .get(role.name)
            .filter(|_| role.kind == RoleKind::ClusterRole && written.is_none());
        for label in default.into_iter().flat_map(|default| &default.aggregates) {
            gathered.extend(self.default_with(label));
            gathered.extend(self.labelled.select(&LabelSelector::equals(label, "true")));
        }
        gathered
    }

    fn default_with(&self, label: &str) -> impl Iterator<Item = usize> {
        let labelled = self.labelled_defaults.iter();
        labelled
            .filter(move |(own, _)| *own == label)
            .map(|(_, id)| *id)
    }

    fn finish(mut self, snapshot: &'s Snapshot) -> Rbac<'s> {
        let mut bindings = std::mem::take(&mut self.bindings);
        let mut by_subject: HashMap<SubjectKind<'s>, Vec<usize>> = HashMap::new();
        let mut by_role: HashMap<RoleId, Vec<usize>> = HashMap::new();
        for (id, binding) in bindings.iter_mut().enumerate() {
            let namespace = match (binding.role_kind, binding.namespace) {
                (RoleKind::ClusterRole, _) => Some(""),
                (RoleKind::Role, namespace) => namespace,
            };
            binding.role = namespace.and_then(|namespace| {
                let key = (binding.role_kind, namespace, binding.role_name);
                let variants = self.by_name.get(&key)?;
                let source = binding.object.source();
                let beside = variants.iter().find(|id| {
                    let role = self.roles.get(id.0).and_then(|role| role.object);
                    role.is_some_and(|role| role.source() == source)
                });
                beside.or(variants.first()).copied()
            });
            if let Some(role) = binding.role {
                by_role.entry(role).or_default().push(id);
            }
            for subject in &binding.subjects {
                let ids = by_subject.entry(subject.kind).or_default();
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
            }
        }
        for role in &mut self.roles {
            let rules = role.rules.iter().filter_map(|id| self.rules.get(*id));
            role.is_everything = rule::amount_to_everything(rules);
        }
        let mut rbac = Rbac {
            rule_powers: Vec::new(),
            rules: self.rules,
            roles: self.roles,
            bindings,
            by_subject,
            by_role,
            workloads: workloads(snapshot),
            holdings: Vec::new(),
            powers: Vec::new(),
            reaches: HashMap::new(),
            strong: HashMap::new(),
            placed: HashMap::new(),
            is_cut: self.is_cut,
        };
        rbac.hold(&self.gatherers);
        rbac
    }
}

fn binding(object: Object<'_>) -> Option<Binding<'_>> {
    let role_ref = object.root().get("roleRef")?;
    let role_kind = match role_ref.str_at(&["kind"])? {
        "Role" => RoleKind::Role,
        "ClusterRole" => RoleKind::ClusterRole,
        _ => return None,
    };
    let own = object.namespace_or_default();
    let subjects = object.root().get("subjects").into_iter();
    Some(Binding {
        object,
        namespace: (object.kind() == "RoleBinding").then_some(own),
        role_kind,
        role_name: role_ref.str_at(&["name"])?,
        role_ref,
        subjects: subjects
            .flat_map(Node::items)
            .filter_map(|node| Subject::read(node, own))
            .collect(),
        role: None,
    })
}

fn workloads(snapshot: &Snapshot) -> HashMap<&str, HashMap<&str, Vec<Workload<'_>>>> {
    let mut workloads: HashMap<&str, HashMap<&str, Vec<Workload<'_>>>> = HashMap::new();
    for workload in snapshot.workloads() {
        let spec = workload.spec();
        // An operator or a Tekton run says who the account is, in a place of its own.
        let elsewhere = spec.partial || spec.shape == PodShape::Tekton;
        if elsewhere && spec.service_account().is_none() {
            continue;
        }
        let accounts = workloads.entry(workload.object.namespace()).or_default();
        let account = accounts.entry(spec.service_account_name());
        account.or_default().push(workload);
    }
    workloads
}
