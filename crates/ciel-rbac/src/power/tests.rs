use super::{Power, PowerSet};
use crate::PolicyRule;

fn rule(
    group: &'static str,
    resources: &[&'static str],
    verbs: &[&'static str],
) -> PolicyRule<'static> {
    PolicyRule {
        verbs: verbs.to_vec(),
        api_groups: vec![group],
        resources: resources.to_vec(),
        ..PolicyRule::default()
    }
}

#[track_caller]
fn check(group: &'static str, resource: &'static str, verb: &'static str, expected: &[Power]) {
    let rule = rule(group, &[resource], &[verb]);
    assert_eq!(
        rule.powers(),
        PowerSet::of(expected),
        "{verb} {group} {resource}"
    );
}

#[test]
fn verbs_and_resources_give_powers() {
    check("", "secrets", "list", &[Power::ReadSecrets]);
    check("", "secrets", "create", &[Power::WriteSecrets]);
    check("", "pods/exec", "get", &[Power::ExecInPods]);
    check("", "pods/exec", "list", &[]);
    check("apps", "deployments", "patch", &[Power::RunPods]);
    check("batch", "deployments", "patch", &[]);
    check("", "nodes/proxy", "get", &[Power::ProxyToNodes]);
    check(
        "authentication.k8s.io",
        "userextras/scopes",
        "impersonate",
        &[Power::Impersonate],
    );
    check("", "users", "get", &[]);
}

#[test]
fn wildcards_reach_what_the_authorizer_says() {
    check("", "*/exec", "create", &[Power::ExecInPods]);
    check("", "pods/*", "create", &[]);
    check("rbac.authorization.k8s.io", "*", "bind", &[Power::Bind]);
    check("*", "secrets", "get", &[Power::ReadSecrets]);
    let everything = rule("*", &["*"], &["*"]).powers();
    for power in Power::ALL {
        // By name only.
        assert_eq!(
            everything.has(power),
            power != Power::WriteAwsAuth,
            "{power:?}"
        );
    }
}

#[test]
fn what_is_asked_of_the_wrong_resource_is_no_power() {
    let misplaced = rule("rbac.authorization.k8s.io", &["rolebindings"], &["bind"]);
    assert!(!misplaced.powers().has(Power::Bind));
    assert!(misplaced.means(Power::Bind).any(|means| means.is_idle));
}

#[test]
fn names_take_a_power_away_unless_they_are_strong() {
    for (resource, verb, name, expected) in [
        ("secrets", "get", "one", false),
        ("groups", "impersonate", "system:masters", true),
        ("groups", "impersonate", "developers", false),
        ("configmaps", "update", "aws-auth", true),
        ("configmaps", "update", "leader", false),
        // What is created has no name yet: the authorizer refuses.
        ("configmaps", "create", "aws-auth", false),
        // Requests for all objects have the empty name.
        ("secrets", "list", "", true),
        ("secrets", "get", "", false),
    ] {
        let mut rule = rule("", &[resource], &[verb]);
        rule.resource_names = vec![name];
        assert_eq!(
            !rule.powers().is_empty(),
            expected,
            "{verb} {resource} {name}"
        );
    }
}

#[test]
fn every_way_is_told() {
    let rule = rule("", &["nodes", "*", "secrets"], &["list", "get"]);
    let means: Vec<_> = rule.means(Power::ReadSecrets).collect();
    let resources: Vec<_> = means.iter().map(|means| means.resource).collect();
    assert_eq!(resources, ["*", "secrets"]);
    assert_eq!(means.first().map(|means| means.verb), Some("list"));
}
