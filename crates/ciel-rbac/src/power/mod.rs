//! What a right is good for.

mod targets;

use std::{collections::HashMap, sync::LazyLock};

use self::targets::{Names, TARGETS, Target};
use crate::{PolicyRule, ResourceRequest};

/// Something that a rule lets its holders do, and that leads further than it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Power {
    /// Read Secrets.
    ReadSecrets,
    /// Write Secrets, among them those that the token controller fills with a service account's token.
    WriteSecrets,
    /// Ask for tokens of service accounts.
    IssueTokens,
    /// Create or change pods, or what makes pods.
    RunPods,
    /// Run commands in pods, or attach to them.
    ExecInPods,
    /// Add ephemeral containers to pods.
    DebugPods,
    /// Reach the ports of pods through the API server.
    ForwardPorts,
    /// Reach the API of the kubelets.
    ProxyToNodes,
    /// Reach Services and pods through the API server.
    ProxyToServices,
    /// Act as somebody else.
    Impersonate,
    /// Bind roles with rights that one does not have.
    Bind,
    /// Write roles with rights that one does not have.
    Escalate,
    /// Write roles and bindings, within one's own rights.
    WriteRoles,
    /// Approve or sign certificates.
    ApproveCertificates,
    /// Write what intercepts every request: admission webhooks and policies.
    WriteAdmission,
    /// Create PersistentVolumes.
    CreateVolumes,
    /// Write ConfigMaps.
    WriteConfigMaps,
    /// Write the ConfigMap that maps the users of AWS to users of the cluster, by its name.
    WriteAwsAuth,
    /// Write the status of Services.
    WriteServiceStatus,
    /// Write what decides where traffic goes, and what may.
    WriteNetwork,
    /// Delete or evict pods.
    RemovePods,
    /// Delete what workloads and data are made of.
    Delete,
    /// Delete events and logs.
    DeleteTraces,
    /// Write the status of nodes and pods.
    WriteStatus,
    /// Write nodes, with their labels and taints.
    WriteNodes,
    /// Write namespaces, with the labels of Pod Security.
    WriteNamespaces,
    /// Read files of nodes and memory of containers through the kubelet.
    ReadNodes,
    /// Write definitions of APIs.
    WriteApis,
    /// Write leases, by which components agree who leads.
    WriteLeases,
}

impl Power {
    /// All of them.
    pub const ALL: [Self; 29] = [
        Self::ReadSecrets,
        Self::WriteSecrets,
        Self::IssueTokens,
        Self::RunPods,
        Self::ExecInPods,
        Self::DebugPods,
        Self::ForwardPorts,
        Self::ProxyToNodes,
        Self::ProxyToServices,
        Self::Impersonate,
        Self::Bind,
        Self::Escalate,
        Self::WriteRoles,
        Self::ApproveCertificates,
        Self::WriteAdmission,
        Self::CreateVolumes,
        Self::WriteConfigMaps,
        Self::WriteAwsAuth,
        Self::WriteServiceStatus,
        Self::WriteNetwork,
        Self::RemovePods,
        Self::Delete,
        Self::DeleteTraces,
        Self::WriteStatus,
        Self::WriteNodes,
        Self::WriteNamespaces,
        Self::ReadNodes,
        Self::WriteApis,
        Self::WriteLeases,
    ];

    /// The requests by which it is used: whoever may make one of them has it. Where any object will do, the name is
    /// empty, though a `get` of course has one.
    pub fn requests(self) -> impl Iterator<Item = PowerRequest> {
        let targets = TARGETS.iter();
        let targets = targets.filter(move |target| target.power == self && !target.is_idle);
        targets.flat_map(|target| {
            let verbs = target.verbs.iter();
            verbs.flat_map(|verb| target.requests(verb))
        })
    }
}

/// A request by which a power is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PowerRequest {
    /// What the API server asks the authorizer.
    pub request: ResourceRequest<'static>,
    /// Whether it is made in no namespace, so that only a ClusterRoleBinding allows it.
    pub is_cluster_wide: bool,
    /// Whether the authorizer is told no name: `list`, `create`. Only rules without names allow it.
    pub is_nameless: bool,
}

/// A set of powers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PowerSet(u32);

impl PowerSet {
    /// The powers by which whoever holds them in the whole cluster can make the cluster theirs, in one step or two.
    pub const TAKEOVER: Self = Self::of(&[
        Power::ReadSecrets,
        Power::IssueTokens,
        Power::RunPods,
        Power::ExecInPods,
        Power::DebugPods,
        Power::ProxyToNodes,
        Power::Impersonate,
        Power::Bind,
        Power::Escalate,
        Power::ApproveCertificates,
        Power::WriteAdmission,
    ]);

    /// Those of them that a RoleBinding gives.
    pub const IN_NAMESPACES: Self = Self::of(&[
        Power::ReadSecrets,
        Power::IssueTokens,
        Power::RunPods,
        Power::ExecInPods,
        Power::DebugPods,
        Power::Impersonate,
        Power::Bind,
        Power::Escalate,
    ]);

    /// The set of some powers.
    #[must_use]
    pub const fn of(powers: &[Power]) -> Self {
        let mut bits = 0;
        let mut rest = powers;
        while let [first, tail @ ..] = rest {
            bits |= 1 << (*first as u8);
            rest = tail;
        }
        Self(bits)
    }

    /// Whether a power is in it.
    #[must_use]
    pub const fn has(self, power: Power) -> bool {
        self.0 & (1 << (power as u8)) != 0
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The powers in it.
    pub fn iter(self) -> impl Iterator<Item = Power> {
        Power::ALL.into_iter().filter(move |power| self.has(*power))
    }
}

/// How a rule gives a power.
#[derive(Clone, Copy, Debug)]
pub struct Means<'r> {
    /// The resource as the rule has it: `secrets`, `*`, `*/exec`.
    pub resource: &'r str,
    /// The resource that is reached: `pods/exec`.
    pub reaches: &'static str,
    /// The first of the rule's verbs that does it, as the rule has it.
    pub verb: &'r str,
    /// Whether the power is exercised in no namespace, so that only a ClusterRoleBinding gives it.
    pub is_cluster_wide: bool,
    /// Whether the authorizer never asks for this: who wrote the rule means the power and does not give it.
    pub is_idle: bool,
}

impl<'s> PolicyRule<'s> {
    /// What the rule is good for. Powers that nobody is given, since the rule asks for them in the wrong place, are not
    /// among them.
    #[must_use]
    pub fn powers(&self) -> PowerSet {
        let (in_namespaces, elsewhere) = self.powers_by_place();
        in_namespaces.union(elsewhere)
    }

    /// The same, parted into powers over what lies in namespaces, which a RoleBinding gives too, and over the rest.
    pub(crate) fn powers_by_place(&self) -> (PowerSet, PowerSet) {
        let (mut in_namespaces, mut elsewhere) = Default::default();
        for resource in &self.resources {
            for target in targets_of(resource) {
                let powers: &mut PowerSet = if target.is_cluster_wide {
                    &mut elsewhere
                } else {
                    &mut in_namespaces
                };
                let is_new = !powers.has(target.power) && !target.is_idle;
                if is_new && target.verb_of(self).is_some() {
                    *powers = powers.union(PowerSet::of(&[target.power]));
                }
            }
        }
        (in_namespaces, elsewhere)
    }

    /// The ways in which the rule gives a power, in the order of its resources; also where it only means to.
    pub fn means(&self, power: Power) -> impl Iterator<Item = Means<'s>> {
        let of_resource = move |resource: &&'s str| {
            let targets = targets_of(resource).iter();
            let targets = targets.filter(move |target| target.power == power);
            let resource = *resource;
            targets.filter_map(move |target| {
                let verb = target.verb_of(self)?;
                Some(Means {
                    resource,
                    reaches: target.path,
                    verb,
                    is_cluster_wide: target.is_cluster_wide,
                    is_idle: target.is_idle,
                })
            })
        };
        self.resources.iter().flat_map(of_resource)
    }

    /// Whether `*` is among its verbs or its resources.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        !self.resources.is_empty() && (self.verbs.contains(&"*") || self.resources.contains(&"*"))
    }
}

impl Target {
    /// The rule's first verb by which it gives the target, as the rule has it; a name before `*`.
    fn verb_of<'s>(&self, rule: &PolicyRule<'s>) -> Option<&'s str> {
        if !rule.has_group(self.group) {
            return None;
        }
        let names = rule.resource_names.as_slice();
        let mut own = rule.verbs.iter().copied();
        let named = own.find(|verb| self.verbs.contains(verb) && self.is_met(verb, names));
        named.or_else(|| {
            let mut own = rule.verbs.iter().copied();
            let any = own.find(|verb| *verb == "*")?;
            let mut verbs = self.verbs.iter();
            verbs.any(|verb| self.is_met(verb, names)).then_some(any)
        })
    }

    /// Whether a rule with these names is about objects that matter. A request without a name is refused by any names
    /// but the empty one.
    fn is_met(&self, verb: &str, names: &[&str]) -> bool {
        let is_for_all = if self.is_nameless(verb) {
            names.is_empty() || names.contains(&"")
        } else {
            names.is_empty()
        };
        let is_among =
            |list: &[&str]| !self.is_nameless(verb) && names.iter().any(|name| list.contains(name));
        match self.names {
            Names::All => is_for_all,
            Names::Any => is_for_all || !self.is_nameless(verb),
            Names::Among(list) => is_for_all || is_among(list),
            Names::Only(list) => is_among(list),
        }
    }

    /// Whether the authorizer is told no name: what is created has none yet, but for what is created under an object
    /// that is there (`pods/exec`).
    fn is_nameless(&self, verb: &str) -> bool {
        match verb {
            "list" | "watch" | "deletecollection" => true,
            "create" => !self.path.contains('/'),
            _ => false,
        }
    }

    fn requests(&self, verb: &'static str) -> impl Iterator<Item = PowerRequest> {
        let is_nameless = self.is_nameless(verb);
        let (unnamed, named) = match self.names {
            Names::All | Names::Any => (Some(""), &[][..]),
            Names::Among(list) => (Some(""), list),
            Names::Only(list) => (None, list),
        };
        let named = if is_nameless { &[] } else { named };
        let names = unnamed.into_iter().chain(named.iter().copied());
        let (resource, subresource) = match self.path.split_once('/') {
            // The key of an extra attribute: any.
            Some((resource, "")) => (resource, "scopes"),
            Some(parts) => parts,
            None => (self.path, ""),
        };
        names.map(move |name| PowerRequest {
            request: ResourceRequest {
                verb,
                api_group: self.group,
                resource,
                subresource,
                name,
            },
            is_cluster_wide: self.is_cluster_wide,
            is_nameless,
        })
    }
}

/// The targets that a resource of a rule reaches, as the authorizer matches resources.
fn targets_of(resource: &str) -> &'static [&'static Target] {
    /// By what a rule may write; `*` reaches all.
    static INDEX: LazyLock<HashMap<String, Vec<&'static Target>>> = LazyLock::new(|| {
        let mut index: HashMap<String, Vec<&'static Target>> = HashMap::new();
        for target in TARGETS {
            let mut add = |key: String| index.entry(key).or_default().push(target);
            add(target.path.to_owned());
            if !target.is_idle {
                add("*".to_owned());
            }
            if let Some((_, subresource)) = target.path.split_once('/') {
                add(format!("*/{subresource}"));
            }
        }
        index
    });
    // The key of an extra attribute is the subresource.
    let key = if resource.starts_with("userextras/") {
        "userextras/"
    } else {
        resource
    };
    INDEX.get(key).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
