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
/// The label of all roles that the API server makes for itself.
const BOOTSTRAPPING: &str = "kubernetes.io/bootstrapping";

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
    /// Those that the API server keeps up to date.
    kept: HashMap<usize, Kept<'s>>,
    /// A role, and one that gathers its rules.
    gatherers: Vec<(usize, usize)>,
    is_cut: bool,
}

/// One of the API server's own ClusterRoles, written or not: it has the labels of both.
struct Kept<'s> {
    default: &'static DefaultRole,
    written: Option<Node<'s>>,
}

impl<'s> Kept<'s> {
    fn label(&self, key: &str) -> Option<&'s str> {
        let written = self.written.and_then(|labels| labels.get_raw(key));
        written.map(Node::scalar_text).or_else(|| match key {
            BOOTSTRAPPING => Some("rbac-defaults"),
            _ => self.default.labels.contains(&key).then_some("true"),
        })
    }
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
            self.labelled.push(labels, id);
        }
    }

    /// The roles that the API server makes for itself. Where the input has one, its rules come on top: the API server
    /// puts back what somebody takes away, unless the role asks to be left alone.
    fn add_defaults(&mut self) {
        for default in DEFAULT_ROLES.iter() {
            let kind = if default.namespace.is_empty() {
                RoleKind::ClusterRole
            } else {
                RoleKind::Role
            };
            let start = self.rules.len();
            self.rules.extend(default.rules());
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
                let Some(role) = self.roles.get_mut(id.0) else {
                    continue;
                };
                if role.object.is_some_and(is_left_alone) {
                    continue;
                }
                role.rules.extend(rules.clone());
                if kind == RoleKind::ClusterRole {
                    let object = role.object.map(Object::root);
                    let written = object.and_then(|root| root.at(&["metadata", "labels"]));
                    self.kept.insert(id.0, Kept { default, written });
                }
            }
        }
    }

    /// Gives aggregated roles the rules that their selectors gather, and what those gather in turn. What such a role
    /// says itself is kept: in a live cluster it is the same, in a file it is what a controller overwrites.
    fn aggregate(&mut self) {
        let mut budget = limits::AGGREGATED_RULES;
        let mut sources: Vec<Vec<usize>> = Vec::with_capacity(self.roles.len());
        for (id, role) in self.roles.iter().enumerate() {
            let gathered = self.gathered_by(id, role, &mut budget);
            self.is_cut |= gathered.is_none();
            sources.push(gathered.unwrap_or_default());
        }
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

    /// The roles that a role's selectors match; `None` where the budget of roles to look at is used up.
    fn gathered_by(&self, id: usize, role: &Role<'s>, budget: &mut usize) -> Option<Vec<usize>> {
        if role.kind == RoleKind::Role {
            return Some(Vec::new());
        }
        let path = ["aggregationRule", "clusterRoleSelectors"];
        let written = role.object.and_then(|object| object.root().at(&path));
        let written = written.into_iter().flat_map(Node::items);
        let mut selectors: Vec<LabelSelector<'_>> =
            written.map(LabelSelector::from_selector).collect();
        if let Some(kept) = self.kept.get(&id) {
            let own = &kept.default.aggregates;
            if own.is_empty() {
                // The API server takes selectors away where it has none.
                selectors.clear();
            }
            selectors.extend(own.iter().map(|label| LabelSelector::equals(label, "true")));
        }
        let mut gathered = Vec::new();
        for selector in &selectors {
            *budget = budget.checked_sub(self.kept.len())?;
            let kept = self.kept.iter();
            let kept = kept.filter(|(_, kept)| selector.matches_with(|key| kept.label(key)));
            gathered.extend(kept.map(|(id, _)| *id));
            let others = self.labelled.select_within(selector, budget)?;
            let others = others.into_iter().copied();
            gathered.extend(others.filter(|id| !self.kept.contains_key(id)));
        }
        *budget = budget.checked_sub(gathered.len())?;
        gathered.sort_unstable();
        gathered.dedup();
        Some(gathered)
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
            namespaced_powers: Vec::new(),
            reaches: HashMap::new(),
            strong: HashMap::new(),
            placed: HashMap::new(),
            is_cut: self.is_cut,
        };
        rbac.hold(&self.gatherers);
        rbac
    }
}

/// Whether a role asks the API server not to put back what it lacks.
fn is_left_alone(role: Object<'_>) -> bool {
    let annotations = role.root().at(&["metadata", "annotations"]);
    let updates =
        annotations.and_then(|own| own.get_raw("rbac.authorization.kubernetes.io/autoupdate"));
    updates.is_some_and(|updates| updates.scalar_text() == "false")
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
