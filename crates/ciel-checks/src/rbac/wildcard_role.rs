use ciel_core::{Control, Severity};
use ciel_rbac::{PolicyRule, Role, RoleKind};
use ciel_yaml::Node;

use super::{
    ROLES, aliases,
    rights::{self, Granted, Right, relate_holders},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules of Roles and ClusterRoles with `*` among their verbs or resources. One finding a rule, at the `*`
    /// that decides.
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
        severity_reason: "tools say high to critical for every wildcard; critical is everything on everything, high is what reaches secrets, workloads or roles, medium is all of a group of Kubernetes or what comes close to the nodes, low is the rest: an operator's own group, leases, reading",
        since: "0.1.0",
        summary: "role has wildcards in its verbs or resources",
        run: Object(ROLES, wildcard_role),
        frameworks: [
            cis("5.1.3"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
        ],
        aliases: [
            kubescape("C-0187"), kubescape("C-0035"), trivy("KSV-0044"), trivy("KSV-0045"), trivy("KSV-0046"),
            trivy("KSV-0112"), kube_linter("wildcard-in-rules"), checkov("CKV_K8S_49"), kube_bench("5.1.3"),
            kubiscan("risky-any-verb"), kubiscan("risky-any-verb-secrets"), kubiscan("risky-any-verb-pods"),
            kubiscan("risky-any-verb-deployments"), kubiscan("risky-any-verb-daemonsets"),
            kubiscan("risky-any-verb-statefulsets"), kubiscan("risky-any-verb-replicationcontrollers"),
            kubiscan("risky-any-verb-replicasets"), kubiscan("risky-any-verb-cronjobs"),
            kubiscan("risky-any-verb-groups"),
        ],
    }
}

fn wildcard_role(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(granted) = Granted::of(rbac, cx.object, cx.is_complete()) else {
        return;
    };
    for (rule, powers) in rbac.own_rules(granted.role) {
        let Some(node) = deciding(rule) else { continue };
        let (includes, worst) = rights::within(rule, powers, granted, cx.options());
        let severity = severity(granted.role, rule);
        let severity = severity.max(worst.unwrap_or(Severity::Info));
        let severity = if granted.is_unused() {
            rights::lower(severity).max(Severity::Low)
        } else {
            severity
        };
        let names: Vec<&str> = includes.iter().map(|right| right.rule.check.name).collect();
        let report = cx
            .report(&WILDCARD_ROLE, node, message(granted.role, rule))
            .help("list the verbs and resources that are used")
            .severity(severity)
            .evidence("includes", names)
            .aliases(aliases::of(&WILDCARD_ROLE.check, &includes, granted))
            .frameworks(frameworks(&includes));
        relate_holders(report, granted);
    }
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

fn severity(role: &Role<'_>, rule: &PolicyRule<'_>) -> Severity {
    let reads_only = rule
        .verbs
        .iter()
        .all(|verb| matches!(*verb, "get" | "list" | "watch"));
    let all_resources = rule.resources.contains(&"*");
    if rule.is_about_everything() && rule.has_every_verb() {
        return Severity::Critical;
    }
    if reads_only {
        // Reading everything is reading the Secrets.
        return match (all_resources && rule.has_group(""), role.kind) {
            (true, RoleKind::ClusterRole) => Severity::High,
            (true, RoleKind::Role) => Severity::Medium,
            (false, _) => Severity::Low,
        };
    }
    if !rule.resource_names.is_empty() {
        return Severity::Low;
    }
    let reaches = |table: &[(&str, &[&str])]| {
        table.iter().any(|(group, resources)| {
            rule.has_group(group)
                && resources
                    .iter()
                    .any(|resource| rule.has_resource(resource, ""))
        })
    };
    let is_whole_group = all_resources
        && rule.api_groups.iter().any(|group| {
            let is_kubernetes = !group.contains('.') || group.ends_with(".k8s.io");
            is_kubernetes && !group.ends_with("metrics.k8s.io")
        });
    if reaches(&POWERFUL) {
        Severity::High
    } else if is_whole_group || reaches(&WEIGHTY) {
        Severity::Medium
    } else {
        Severity::Low
    }
}

/// What leads to the rest: secrets, tokens, code in pods, more rights, the nodes.
const POWERFUL: [(&str, &[&str]); 6] = [
    (
        "",
        &[
            "secrets",
            "pods",
            "serviceaccounts",
            "replicationcontrollers",
            "nodes",
        ],
    ),
    (
        "apps",
        &["deployments", "daemonsets", "statefulsets", "replicasets"],
    ),
    ("batch", &["jobs", "cronjobs"]),
    (
        "rbac.authorization.k8s.io",
        &[
            "roles",
            "clusterroles",
            "rolebindings",
            "clusterrolebindings",
        ],
    ),
    (
        "admissionregistration.k8s.io",
        &[
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
        ],
    ),
    ("certificates.k8s.io", &["certificatesigningrequests"]),
];

/// What is a step on the way: storage of the nodes, the paths of traffic, the definitions of other APIs.
const WEIGHTY: [(&str, &[&str]); 4] = [
    (
        "",
        &["persistentvolumes", "configmaps", "services", "endpoints"],
    ),
    ("networking.k8s.io", &["networkpolicies", "ingresses"]),
    ("apiextensions.k8s.io", &["customresourcedefinitions"]),
    ("apiregistration.k8s.io", &["apiservices"]),
];
