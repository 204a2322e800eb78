use ciel_core::{Alias, Control, Severity, Tool};
use ciel_rbac::{Holder, PolicyRule, Role, RoleKind};
use ciel_yaml::Node;

use super::{
    ROLES, aliases,
    rights::{self, Granted, Right, relate_holders},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules of Roles and ClusterRoles with `*` among their verbs or resources. One finding a rule, at the `*`
    /// that decides. With `--profile all`, or selected by name, also `*` among API groups, and `*` as a part of a
    /// resource (`*/scale`; `pods/*`, which matches nothing).
    ///
    /// ## Why is this bad?
    /// `*` is more than it looks. As a verb it includes `escalate`, `bind`, `impersonate` and `deletecollection`; as a
    /// resource it includes Secrets, `pods/exec` and every resource that a later version or operator adds. Nobody can
    /// say what such a role allows.
    ///
    /// ## Example
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: ["*"]
    ///   verbs: ["*"]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods, services]
    ///   verbs: [get, list, watch]
    /// ```
    ///
    /// ## Exceptions
    /// The ClusterRoles that the API server makes for itself (`cluster-admin`, `system:controller:…`) are left alone, and
    /// roles named `system:…` that only bindings of that kind hold. An operator that owns an API group may well have `*` on it: there the finding is low. Rules that are narrowed by
    /// `resourceNames` count too, since `*` as a verb reaches beyond reading and writing.
    ///
    /// What the wildcards include is not told once more by the checks of single rights (secrets-readable,
    /// pod-exec-allowed, …): `evidence.includes` has their names, and the finding has the names that other tools have for
    /// them. Where this check is off, they speak.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege>
    pub static WILDCARD_ROLE = {
        code: "RBAC002",
        name: "wildcard-role",
        severity: High,
        severity_reason: "tools say high to critical for every wildcard; critical is everything on everything in the whole cluster, and what the worst of the rights that it includes weighs (by scope, holder and whether it is bound at all); medium is all of a group of Kubernetes, low is the rest: an operator's own group, leases, reading",
        since: "0.1.0",
        summary: "role has wildcards in its verbs or resources",
        run: Object(ROLES, wildcard_role),
        frameworks: [
            cis("5.1.3"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
        ],
        aliases: [
            kubescape("C-0187"), kubescape("C-0035"), trivy("KSV-0044"), trivy("KSV-0045"), trivy("KSV-0046"),
            trivy("KSV-0112"), kube_linter("wildcard-in-rules"), kube_linter("wildcard-resource-verb-combo"), checkov("CKV_K8S_49"), kube_bench("5.1.3"),
            kubiscan("risky-any-verb"), kubiscan("risky-any-verb-secrets"), kubiscan("risky-any-verb-pods"),
            kubiscan("risky-any-verb-deployments"), kubiscan("risky-any-verb-daemonsets"),
            kubiscan("risky-any-verb-statefulsets"), kubiscan("risky-any-verb-replicationcontrollers"),
            kubiscan("risky-any-verb-replicasets"), kubiscan("risky-any-verb-cronjobs"),
            kubiscan("risky-any-verb-groups"),
            kics("6b896afb-ca07-467a-b256-1a0077a1c08e"),
        ],
    }
}

fn wildcard_role(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(granted) = Granted::of(rbac, cx.object, cx.is_complete()) else {
        return;
    };
    for (rule, powers) in rbac.own_rules(granted.role) {
        let Some(node) = deciding(rule) else {
            every_group(cx, granted, rule);
            continue;
        };
        let included = rights::within(rule, powers, granted, cx.options());
        let includes = &included.rights;
        let worst = included.grave.first().map(|(_, severity)| *severity);
        let mut message = message(granted.role, rule);
        if !(rule.is_about_everything() && rule.verbs.contains(&"*")) {
            message.push_str(&inclusion(&included.grave));
        }
        let names: Vec<&str> = includes.iter().map(|right| right.rule.check.name).collect();
        let report = cx
            .report(&WILDCARD_ROLE, node, message)
            .help("list the verbs and resources that are used")
            .severity(severity(granted, rule, worst))
            .evidence("includes", names)
            .aliases(aliases::of(&WILDCARD_ROLE.check, includes, granted, rule))
            .frameworks(frameworks(includes));
        relate_holders(report, granted);
    }
}

/// The gravest of what the wildcards include, for messages.
fn inclusion(grave: &[(&Right, Severity)]) -> String {
    let rights = grave.iter().map(|(right, _)| *right);
    let does: Vec<&str> = rights
        .filter(|right| right.cluster >= Severity::High)
        .map(|right| right.does)
        .collect();
    let shown = does.get(..does.len().min(3)).unwrap_or_default().join(", ");
    match does.len() {
        0 => String::new(),
        many if many > 3 => format!("; that is to {shown} and {} more", many - 3),
        _ => format!("; that is to {shown}"),
    }
}

/// `*` among the groups of a rule that names its resources, or as the first half of a resource: no more than style.
fn every_group<'s>(cx: &mut ObjectCx<'s>, granted: Granted<'_, '_>, rule: &PolicyRule<'s>) {
    let check = &WILDCARD_ROLE.check;
    if rule.resources.is_empty() || !cx.options().asks_for_hardening(check) {
        return;
    }
    let resources = rule.resources.iter().copied();
    let partly = resources.clone().find(|resource| resource.contains('*'));
    let (node, what) = match (rule.item("apiGroups", "*"), partly) {
        (Some(node), _) => (
            node,
            "these resources of whatever API group has them".to_owned(),
        ),
        (None, Some(partly)) => {
            let Some(node) = rule.item("resources", partly) else {
                return;
            };
            // `pods/*` is no wildcard to the authorizer, though to its author.
            let what = match partly.strip_prefix("*/") {
                Some(subresource) => format!("`{subresource}` of every resource"),
                None => {
                    format!("`{partly}`, which is no wildcard to Kubernetes and matches nothing")
                }
            };
            (node, what)
        }
        (None, None) => return,
    };
    let kind = cx.object.kind();
    let message = format!("{kind} `{}` names {what}", granted.role.name);
    let is_checkov = |alias: &Alias| alias.tool == Tool::Checkov;
    let aliases = check.aliases.iter().copied().filter(is_checkov).collect();
    cx.report(&WILDCARD_ROLE, node, message)
        .help("list the groups and resources that are used")
        .severity(Severity::Low)
        .aliases(aliases);
}

/// The controls that a finding answers: its own, and those of what the wildcards include.
fn frameworks(includes: &[&Right]) -> Vec<Control> {
    let mut controls = WILDCARD_ROLE.check.frameworks.to_vec();
    let others = includes
        .iter()
        .flat_map(|right| right.rule.check.frameworks);
    controls.extend(others);
    controls.sort_unstable();
    controls.dedup();
    controls
}

fn deciding<'s>(rule: &PolicyRule<'s>) -> Option<Node<'s>> {
    if !rule.has_wildcard() {
        return None;
    }
    rule.item("verbs", "*")
        .or_else(|| rule.item("resources", "*"))
}

fn message(role: &Role<'_>, rule: &PolicyRule<'_>) -> String {
    let list = |words: &[&str]| {
        let shown: Vec<String> = words
            .iter()
            .take(4)
            .map(|word| format!("`{word}`"))
            .collect();
        let more = words.len().saturating_sub(shown.len());
        if more > 0 {
            format!("{} and {more} more", shown.join(", "))
        } else {
            shown.join(", ")
        }
    };
    let verbs = if rule.verbs.contains(&"*") {
        "every verb".to_owned()
    } else {
        list(&rule.verbs)
    };
    let resources = if rule.resources.contains(&"*") {
        "every resource".to_owned()
    } else {
        list(&rule.resources)
    };
    let groups = match rule.api_groups.as_slice() {
        groups if groups.contains(&"*") => "every API group".to_owned(),
        [""] => "the core API group".to_owned(),
        groups => format!("API group {}", list(groups)),
    };
    let kind = role.object.map_or("role", |object| object.kind());
    format!(
        "{kind} `{}` allows {verbs} on {resources} of {groups}",
        role.name
    )
}

/// How much a rule weighs: as much as the worst of the rights that have a check of their own, or else as what wildcards
/// reach beyond them.
fn severity(granted: Granted<'_, '_>, rule: &PolicyRule<'_>, worst: Option<Severity>) -> Severity {
    let is_wide = match granted.role.kind {
        RoleKind::ClusterRole => granted.holding.count() == 0 || granted.holding.is_cluster_wide(),
        RoleKind::Role => false,
    };
    let own = own_severity(rule, is_wide);
    let mut holders = granted.holding.ways().map(|(_, holder)| holder);
    let is_people_only =
        granted.holding.count() > 0 && holders.all(|holder| holder == Holder::Person);
    let own = if is_people_only {
        rights::lower(own)
    } else {
        own
    };
    let severity = own.max(worst.unwrap_or(Severity::Info));
    if granted.is_unused() {
        rights::lower(own).max(Severity::Low)
    } else {
        severity
    }
}

fn own_severity(rule: &PolicyRule<'_>, is_wide: bool) -> Severity {
    let (much, some) = if is_wide {
        (Severity::Critical, Severity::Medium)
    } else {
        (Severity::High, Severity::Low)
    };
    let reads = |verb: &&str| matches!(*verb, "get" | "list" | "watch");
    if rule.is_about_everything() && rule.has_every_verb() {
        return much;
    }
    if rule.verbs.iter().all(reads) || !rule.resource_names.is_empty() {
        return Severity::Low;
    }
    let is_whole_group = rule.resources.contains(&"*")
        && rule.api_groups.iter().any(|group| {
            let is_kubernetes = !group.contains('.') || group.ends_with(".k8s.io");
            is_kubernetes && !group.ends_with("metrics.k8s.io")
        });
    let is_nodes = rule.has_group("") && rule.has_resource("nodes", "");
    if is_whole_group || is_nodes {
        some
    } else {
        Severity::Low
    }
}
