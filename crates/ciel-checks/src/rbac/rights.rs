//! What the checks of single rights share: how a right is found in a role, how much it weighs, and how it is told.

use ciel_core::Severity;
use ciel_rbac::{
    Binding, Holder, Holding, Means, PolicyRule, Power, PowerSet, Rbac, Role, RoleId, RoleKind,
    Scope,
};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::{RELATED, RIGHTS, aliases, relate_workloads, scope_of, wildcard_role, workloads_of};
use crate::{ObjectCx, Options, Report, Rule};

/// A right that has a check of its own.
pub(super) struct Right {
    /// The check.
    pub(super) rule: &'static Rule,
    pub(super) power: Power,
    /// For messages: "read Secrets".
    pub(super) does: &'static str,
    /// In the hands of a service account, in the whole cluster or in kube-system.
    pub(super) cluster: Severity,
    /// The same in another namespace.
    pub(super) namespace: Severity,
    /// Whether that is a matter of hardening only.
    pub(super) is_mild_in_namespace: bool,
    /// Whether it means nothing there.
    pub(super) is_void_in_namespace: bool,
    /// Resources and verbs through which it weighs less by one.
    pub(super) lesser: &'static [&'static str],
    /// Whether the verb says it, and not the resource.
    pub(super) is_verb: bool,
    /// Powers whose checks tell it too, where the same rule gives both.
    pub(super) told_by: &'static [Power],
    pub(super) help: &'static str,
}

/// By these one becomes any account of the namespace that has pods, or any at all.
const BECOMES_A_POD: PowerSet = PowerSet::of(&[
    Power::IssueTokens,
    Power::RunPods,
    Power::ExecInPods,
    Power::DebugPods,
]);

/// How much a right weighs in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) severity: Severity,
    /// Only hardening is about it.
    pub(super) is_mild: bool,
    effect: Effect,
}

/// Whether a right has an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Given,
    /// The role is in a namespace, or bound in namespaces only, and the right is exercised in none.
    NotInNamespace,
    /// The authorizer never asks for it.
    Never,
    /// It matters elsewhere only.
    Nowhere,
}

/// A role under a check.
#[derive(Clone, Copy)]
pub(super) struct Granted<'r, 's> {
    pub(super) rbac: &'r Rbac<'s>,
    pub(super) role: &'r Role<'s>,
    powers: PowerSet,
    /// Whether it has the approval of requests and a signer.
    approves_and_signs: bool,
    pub(super) holding: &'r Holding,
    pub(super) is_complete: bool,
}

impl<'r, 's> Granted<'r, 's> {
    /// The role that an object is, unless it is left alone: one of the API server's own, or one with a reserved name
    /// that only identities of the platform hold.
    pub(super) fn of(rbac: &'r Rbac<'s>, object: Object<'_>, is_complete: bool) -> Option<Self> {
        let (id, role) = rbac.role(object)?;
        let granted = Self {
            rbac,
            role,
            powers: rbac.powers(id),
            approves_and_signs: approves_and_signs(rbac, id, role),
            holding: rbac.holding(id)?,
            is_complete,
        };
        (!granted.is_left_alone()).then_some(granted)
    }

    /// Whether the role has both halves of a power that takes two, if the power does: the approval of requests and a
    /// signer; a word in where pods run, and a way to move them.
    pub(super) fn is_whole(self, power: Power) -> Option<bool> {
        match power {
            Power::ApproveCertificates => Some(self.approves_and_signs),
            Power::WriteNodes | Power::WriteStatus => {
                Some(self.powers.has(Power::RemovePods) && self.holding.is_cluster_wide())
            }
            _ => None,
        }
    }

    /// Whether the input is all there is, and nothing in it binds the role or gathers its rules.
    pub(super) fn is_unused(self) -> bool {
        self.is_complete && self.holding.count() == 0 && self.rbac.gatherer(self.holding).is_none()
    }

    fn is_left_alone(self) -> bool {
        let name = self.role.name;
        if self.role.kind == RoleKind::ClusterRole && ciel_rbac::is_default_role(name) {
            return true;
        }
        let is_reserved = name.starts_with("system:") || name == "gce:podsecuritypolicy:calico-sa";
        is_reserved
            && self
                .rbac
                .bindings_in(self.holding)
                .all(|binding| aliases::is_of_the_platform(binding.object.name()))
    }
}

fn approves_and_signs(rbac: &Rbac<'_>, id: RoleId, role: &Role<'_>) -> bool {
    const POWER: Power = Power::ApproveCertificates;
    let reaches = |path| {
        let mut rules = rbac.rules(role);
        rules.any(|rule| rule.means(POWER).any(|means| means.reaches == path))
    };
    rbac.powers(id).has(POWER)
        && reaches("certificatesigningrequests/approval")
        && reaches("signers")
}

/// Finds a right in the rules of the role that an object is.
pub(super) fn judge(cx: &mut ObjectCx<'_>, right: &'static Right) {
    let check = &right.rule.check;
    let asks_for_hardening = cx.options().asks_for_hardening(check);
    let rbac = cx.analyses().rbac();
    let Some((id, _)) = rbac.role(cx.object) else {
        return;
    };
    if !rbac.powers(id).has(right.power) && !asks_for_hardening {
        return;
    }
    let Some(granted) = Granted::of(rbac, cx.object, cx.is_complete()) else {
        return;
    };
    for (rule, powers) in rbac.own_rules(granted.role) {
        if right.is_told_elsewhere(rule, powers, cx.options()) {
            continue;
        }
        let Some((means, weight)) = right.best(rule, powers, granted, asks_for_hardening) else {
            continue;
        };
        let list = if right.is_verb { "verbs" } else { "resources" };
        let value = if right.is_verb {
            means.verb
        } else {
            means.resource
        };
        let Some(node) = rule.item(list, value) else {
            continue;
        };
        let tells = told(right, rule, powers, cx.options());
        report(cx, right, node, granted, &means, weight)
            .aliases(aliases::of(check, &tells, granted, rule));
    }
}

impl Right {
    /// How a rule gives the right, and how much that weighs: by the means that weighs most, by a name before `*`.
    pub(super) fn best<'s>(
        &self,
        rule: &PolicyRule<'s>,
        powers: PowerSet,
        granted: Granted<'_, '_>,
        asks_for_hardening: bool,
    ) -> Option<(Means<'s>, Weight)> {
        let may_be_idle = matches!(
            self.power,
            Power::Bind | Power::Escalate | Power::DeleteTraces
        );
        if !(powers.has(self.power) || asks_for_hardening && may_be_idle) {
            return None;
        }
        let weighed = rule.means(self.power).map(|means| {
            let weight = self.weigh(granted, &means);
            (means, weight)
        });
        weighed
            .filter(|(_, weight)| weight.effect != Effect::Nowhere)
            .filter(|(_, weight)| asks_for_hardening || !weight.is_mild)
            .min_by_key(|(means, weight)| {
                (
                    weight.is_mild,
                    std::cmp::Reverse(weight.severity),
                    means.resource == "*",
                )
            })
    }

    /// Whether another finding about the same rule tells it too.
    fn is_told_elsewhere(
        &self,
        rule: &PolicyRule<'_>,
        powers: PowerSet,
        options: &Options,
    ) -> bool {
        if rule.has_wildcard() && options.selects(&wildcard_role::WILDCARD_ROLE.check) {
            return true;
        }
        let speakers = RIGHTS.iter().filter(|other| {
            self.told_by.contains(&other.power)
                && powers.has(other.power)
                && options.selects(&other.rule.check)
        });
        speakers.count() > 0
    }

    fn weigh(&self, granted: Granted<'_, '_>, means: &Means<'_>) -> Weight {
        let kind = granted.role.kind;
        if means.is_idle {
            return mild(Severity::Low, Effect::Never);
        }
        if means.is_cluster_wide && kind == RoleKind::Role {
            return mild(Severity::Info, Effect::NotInNamespace);
        }
        let weigh_way = |(scope, holder)| self.weigh_way(granted, scope, holder, means);
        let worst = granted
            .holding
            .ways()
            .map(weigh_way)
            .max_by_key(|weight| (!weight.is_mild, weight.severity));
        if let Some(worst) = worst {
            let is_next_door = BECOMES_A_POD.has(self.power)
                && granted.rbac.strong_beside(granted.holding).is_some();
            return Weight {
                severity: if is_next_door {
                    worst.severity.max(Severity::High)
                } else {
                    worst.severity
                },
                ..worst
            };
        }
        let scope = match (kind, granted.role.namespace) {
            (RoleKind::ClusterRole, _) => Scope::Cluster,
            (RoleKind::Role, "kube-system") => Scope::System,
            (RoleKind::Role, _) => Scope::Namespace,
        };
        if granted.rbac.gatherer(granted.holding).is_some() {
            // Whoever holds `edit` or `admin` in a namespace: people, as a rule.
            return self.weigh_way(granted, Scope::Namespace, Holder::Account, means);
        }
        let weight = self.weigh_way(granted, scope, Holder::Account, means);
        let severity = if granted.is_complete {
            lower(lower(weight.severity)).max(weight.severity.min(Severity::Low))
        } else {
            weight.severity
        };
        Weight { severity, ..weight }
    }

    fn weigh_way(
        &self,
        granted: Granted<'_, '_>,
        scope: Scope,
        holder: Holder,
        means: &Means<'_>,
    ) -> Weight {
        if means.is_cluster_wide && scope != Scope::Cluster {
            return mild(Severity::Low, Effect::NotInNamespace);
        }
        if self.is_void_in_namespace && scope == Scope::Namespace {
            return mild(Severity::Info, Effect::Nowhere);
        }
        let base = match scope {
            Scope::Cluster | Scope::System => self.cluster,
            Scope::Namespace => self.namespace,
        };
        let base = if self.lesser.contains(&means.reaches) || self.lesser.contains(&means.verb) {
            lower(base)
        } else {
            base
        };
        let base = match (self.power, granted.is_whole(self.power)) {
            (Power::ApproveCertificates, Some(false)) => lower(base),
            (Power::WriteNodes, Some(true)) => raise(base),
            (Power::WriteStatus, Some(true)) if means.reaches == "nodes/status" => raise(base),
            _ => base,
        };
        let severity = match holder {
            Holder::Everybody => raise(base),
            Holder::Workload | Holder::Account => base,
            // No token of theirs lies in a pod.
            Holder::Person => lower(base),
        };
        let is_mild =
            self.is_mild_in_namespace && scope == Scope::Namespace && holder != Holder::Everybody;
        Weight {
            severity,
            is_mild,
            effect: Effect::Given,
        }
    }
}

/// The other rights that a finding about this one tells too.
fn told(
    right: &'static Right,
    rule: &PolicyRule<'_>,
    powers: PowerSet,
    options: &Options,
) -> Vec<&'static Right> {
    if rule.has_wildcard() && options.selects(&wildcard_role::WILDCARD_ROLE.check) {
        return Vec::new();
    }
    RIGHTS
        .iter()
        .copied()
        .filter(|other| {
            other.told_by.contains(&right.power)
                && powers.has(other.power)
                && options.selects(&other.rule.check)
        })
        .collect()
}

fn report<'f, 's>(
    cx: &'f mut ObjectCx<'s>,
    right: &'static Right,
    node: Node<'s>,
    granted: Granted<'_, '_>,
    means: &Means<'_>,
    weight: Weight,
) -> Report<'f, 's> {
    let message = message(right, granted, means, weight);
    let report = cx
        .report(right.rule, node, message)
        .help(right.help)
        .severity(weight.severity)
        .evidence("verb", means.verb)
        .evidence("resource", means.resource);
    relate_holders(report, granted)
}

/// Names the bindings of a role and the workloads that run as who is bound.
pub(super) fn relate_holders<'f, 's>(
    mut report: Report<'f, 's>,
    granted: Granted<'_, '_>,
) -> Report<'f, 's> {
    let bindings: Vec<&Binding<'_>> = granted.rbac.bindings_in(granted.holding).collect();
    for binding in &bindings {
        let subjects = binding.subjects.iter().take(RELATED);
        let subjects: Vec<String> = subjects.map(|subject| subject.display()).collect();
        let message = format!("binds it to {}", subjects.join(", "));
        report = report.related(binding.object, binding.role_ref, message);
    }
    let workloads: Vec<_> = bindings
        .iter()
        .flat_map(|binding| binding.subjects.iter().take(RELATED))
        .map(|subject| workloads_of(granted.rbac, subject))
        .filter(|workloads| !workloads.is_empty())
        .collect();
    relate_workloads(report, &workloads).evidence("bindings", granted.holding.count())
}

fn message(right: &Right, granted: Granted<'_, '_>, means: &Means<'_>, weight: Weight) -> String {
    let kind = granted.role.object.map_or("role", |object| object.kind());
    let name = granted.role.name;
    let does = right.does;
    match weight.effect {
        Effect::Never => {
            return format!(
                "{kind} `{name}` has `{}` on `{}`, which Kubernetes asks nobody for",
                means.verb, means.resource
            );
        }
        Effect::NotInNamespace if granted.role.kind == RoleKind::Role => {
            return format!(
                "{kind} `{name}` means to {does}, which no Role can give: `{}` are in no namespace",
                means.reaches
            );
        }
        Effect::NotInNamespace => {
            return format!(
                "{kind} `{name}` allows to {does}, once a ClusterRoleBinding gives it: now it is bound in namespaces only"
            );
        }
        Effect::Given | Effect::Nowhere => {}
    }
    let mut message = format!("{kind} `{name}` allows ");
    let Some((binding, subject)) = granted.rbac.worst_in(granted.holding) else {
        message.push_str(&format!("to {does}"));
        if let Some(gatherer) = granted.rbac.gatherer(granted.holding) {
            message.push_str(&format!(", and `{}` gathers it", gatherer.name));
        } else if granted.is_complete {
            message.push_str("; nothing here binds it");
        }
        return message;
    };
    message.push_str(&subject.display());
    let others = binding.subjects.len().saturating_sub(1);
    if others > 0 {
        message.push_str(&format!(" and {others} more"));
    }
    message.push_str(&format!(" to {does} {}", scope_of(binding)));
    if let Some(first) = workloads_of(granted.rbac, subject).iter().next() {
        let object = first.object;
        message.push_str(&format!(
            ", and {} `{}` runs as it",
            object.kind(),
            object.name()
        ));
    }
    let strong = granted.rbac.strong_beside(granted.holding);
    if let Some((namespace, account)) = strong.filter(|_| BECOMES_A_POD.has(right.power)) {
        message.push_str(&format!(
            "; account `{namespace}/{account}` can take the cluster over"
        ));
    }
    message
}

fn mild(severity: Severity, effect: Effect) -> Weight {
    Weight {
        severity,
        is_mild: true,
        effect,
    }
}

/// One less.
pub(super) fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium => Severity::Low,
        Severity::Low | Severity::Info => Severity::Info,
    }
}

/// One more.
pub(super) fn raise(severity: Severity) -> Severity {
    match severity {
        Severity::Info => Severity::Low,
        Severity::Low => Severity::Medium,
        Severity::Medium => Severity::High,
        Severity::High | Severity::Critical => Severity::Critical,
    }
}

/// What a rule with wildcards includes.
pub(super) struct Included {
    /// The rights whose checks are on and have something to say.
    pub(super) rights: Vec<&'static Right>,
    /// The rights that are more than hardening, whatever is on, with how much they weigh; the worst first.
    pub(super) grave: Vec<(&'static Right, Severity)>,
}

/// What a rule with wildcards includes.
pub(super) fn within(
    rule: &PolicyRule<'_>,
    powers: PowerSet,
    granted: Granted<'_, '_>,
    options: &Options,
) -> Included {
    let weighed = RIGHTS.iter().filter_map(|right| {
        let (_, weight) = right.best(rule, powers, granted, false)?;
        Some((*right, weight.severity))
    });
    let mut grave: Vec<_> = weighed.collect();
    grave.sort_by_key(|(right, severity)| std::cmp::Reverse((*severity, right.cluster)));
    let rights = RIGHTS.iter().copied().filter(|right| {
        let check = &right.rule.check;
        options.selects(check)
            && (grave.iter().any(|(other, _)| std::ptr::eq(*other, *right))
                || (options.asks_for_hardening(check)
                    && right.best(rule, powers, granted, true).is_some()))
    });
    Included {
        rights: rights.collect(),
        grave,
    }
}
