use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission policies that are told to report what they find, and to let it pass: `validationFailureAction: Audit`
    /// of Kyverno, `enforcementAction: dryrun` or `warn` of Gatekeeper, `validationActions` without `Deny` of Kubernetes.
    ///
    /// ## Why is this bad?
    /// The policy looks like a wall. What it forbids runs all the same, until somebody reads the reports.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ValidatingAdmissionPolicyBinding
    /// spec:
    ///   validationActions: [Audit]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ValidatingAdmissionPolicyBinding
    /// spec:
    ///   validationActions: [Deny, Audit]
    /// ```
    ///
    /// ## Exceptions
    /// A policy that says nothing of it is left alone. Reporting first is how a policy is brought in: that is why this is
    /// not in the security profile.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-actions>
    /// - <https://kyverno.io/docs/policy-types/cluster-policy/validate/>
    /// - <https://open-policy-agent.github.io/gatekeeper/website/docs/violations/>
    pub static POLICY_ONLY_REPORTED = {
        code: "GOV070",
        name: "policy-only-reported",
        severity: Low,
        since: "0.1.0",
        summary: "admission policy reports, and refuses nothing",
        profile: All,
        run: AnyObject(policy_only_reported),
        frameworks: [owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

const MESSAGE: &str = "policy reports what breaks it, and lets it pass";

fn policy_only_reported(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let (group, kind) = (object.types().group(), object.kind());
    let Some(spec) = object.root().get("spec") else {
        return;
    };
    match (group, kind) {
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding") => {
            let actions = spec
                .get("validationActions")
                .filter(|list| !list.is_empty());
            let refuses =
                |list: Node<'_>| list.items().any(|action| action.scalar_text() == "Deny");
            if let Some(node) = actions.filter(|list| !refuses(*list)) {
                cx.report(&POLICY_ONLY_REPORTED, node, MESSAGE)
                    .help("add `Deny` when the reports are empty")
                    .fix_replace("refuse what breaks it", node, with_deny(node));
            }
        }
        ("kyverno.io", "ClusterPolicy" | "Policy") => kyverno(cx, spec),
        ("constraints.gatekeeper.sh", _) => {
            let action = spec.get("enforcementAction");
            let is_soft = |node: &Node<'_>| matches!(node.scalar_text(), "dryrun" | "warn");
            if let Some(node) = action.filter(is_soft) {
                cx.report(&POLICY_ONLY_REPORTED, node, MESSAGE)
                    .help("set it to `deny` when the audit finds nothing any more")
                    .fix_replace("refuse what breaks it", node, "deny");
            }
        }
        _ => {}
    }
}

fn kyverno<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let of_rules = spec
        .get("rules")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|rule| rule.at(&["validate", "failureAction"]));
    for node in spec
        .get("validationFailureAction")
        .into_iter()
        .chain(of_rules)
    {
        if node.scalar_text().eq_ignore_ascii_case("audit") {
            cx.report(&POLICY_ONLY_REPORTED, node, MESSAGE)
                .help("set it to `Enforce` when the reports are empty")
                .fix_replace("refuse what breaks it", node, enforce(node));
        }
    }
}

/// The actions with the one that refuses, beside which the API server takes no warnings.
fn with_deny(actions: Node<'_>) -> Vec<&str> {
    let given = actions.items().map(Node::scalar_text);
    let others = given.filter(|action| *action != "Warn");
    ["Deny"].into_iter().chain(others).collect()
}

/// The action that refuses, written as the one that is given: old releases know it in small letters.
fn enforce(action: Node<'_>) -> &'static str {
    if action.scalar_text().starts_with('a') {
        "enforce"
    } else {
        "Enforce"
    }
}
