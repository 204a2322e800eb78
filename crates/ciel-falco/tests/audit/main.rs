//! The official rules for audit events (`suites/falco/rules/k8s_audit_rules.yaml`): each alerts on an event, and not on its
//! harmless twin.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test: reads the rules from the disk, and stops where there is nothing to look at"
)]

mod fields;

use std::{fs, sync::Arc};

use ciel_falco::{
    audit::AuditLog,
    engine::{AuditEngine, Matching},
    load::Loader,
};
use ciel_testkit::suites_dir;
use serde_json::{Value, json};

/// An event of a person, which was answered.
pub(crate) fn event(verb: &str, resource: &str, more: &Value) -> Value {
    let mut event = json!({
        "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "RequestResponse", "auditID": "5f1c",
        "stage": "ResponseComplete", "stageTimestamp": "2026-11-23T03:44:05.878200Z",
        "requestURI": format!("/api/v1/namespaces/shop/{resource}"), "verb": verb,
        "user": {"username": "admin", "groups": ["system:masters", "system:authenticated"]},
        "sourceIPs": ["192.0.2.7", "192.0.2.8"], "userAgent": "kubectl/v1.34.0",
        "objectRef": {"resource": resource, "namespace": "shop", "name": "web", "apiVersion": "v1"},
        "responseStatus": {"metadata": {}, "code": 201},
        "annotations": {"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": "RBAC: allowed"},
    });
    merge(&mut event, more);
    event
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}

/// The rules that alert on an event.
fn names(engine: &mut AuditEngine, event: &Value) -> Vec<String> {
    let text = event.to_string();
    let events: Vec<_> = AuditLog::new(text.as_bytes()).collect();
    assert_eq!(events.len(), 1, "{text}");
    let alerts = engine.alerts(&events[0]);
    alerts.iter().map(|it| it.rule.name.clone()).collect()
}

fn engine(more: &str) -> Option<AuditEngine> {
    let rules = suites_dir()?.join("falco/rules/k8s_audit_rules.yaml");
    let rules: Arc<str> = fs::read_to_string(rules).expect("rules").into();
    let mut loader = Loader::new();
    for (name, text) in [("k8s_audit_rules.yaml", rules), ("more.yaml", more.into())] {
        let result = loader.load(name, &text);
        assert!(result.successful(), "{:?}", result.errors);
    }
    Some(AuditEngine::new(loader.into_program(), Matching::All))
}

/// A rule alerts on an event, and not on the same with one thing changed.
#[track_caller]
fn check(engine: &mut AuditEngine, rule: &str, event: &Value, harmless: &Value) {
    let found = names(engine, event);
    assert!(found.iter().any(|name| name == rule), "{rule}: {found:?}");
    let mut twin = event.clone();
    merge(&mut twin, harmless);
    let found = names(engine, &twin);
    assert!(found.iter().all(|name| name != rule), "{rule}: {found:?}");
}

fn pod(spec: &Value) -> Value {
    let mut whole = json!({"containers": [{"name": "app", "image": "registry.example/app:1"}]});
    merge(&mut whole, spec);
    event("create", "pods", &json!({"requestObject": {"spec": whole}}))
}

fn spec(spec: &Value) -> Value {
    json!({"requestObject": {"spec": spec}})
}

#[test]
fn rules_on_pods() {
    let Some(mut engine) = engine("") else { return };
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let of = |privileged: bool| json!({list: [{"image": "a/b:1", "securityContext": {"privileged": privileged}}]});
        check(
            &mut engine,
            "Create Privileged Pod",
            &pod(&of(true)),
            &spec(&of(false)),
        );
    }
    let trusted = json!({"containers": [{"image": "falcosecurity/falco:0.44", "securityContext": {"privileged": true}}]});
    let privileged =
        pod(&json!({"containers": [{"image": "a", "securityContext": {"privileged": true}}]}));
    check(
        &mut engine,
        "Create Privileged Pod",
        &privileged,
        &spec(&trusted),
    );
    let volume = |path: &str| json!({"volumes": [{"name": "a", "emptyDir": {}}, {"name": "h", "hostPath": {"path": path}}]});
    check(
        &mut engine,
        "Create Sensitive Mount Pod",
        &pod(&volume("/etc")),
        &spec(&volume("/data")),
    );
    for (rule, key) in [
        ("Create HostNetwork Pod", "hostNetwork"),
        ("Create HostPid Pod", "hostPID"),
        ("Create HostIPC Pod", "hostIPC"),
    ] {
        check(
            &mut engine,
            rule,
            &pod(&json!({key: true})),
            &spec(&json!({key: false})),
        );
    }
    let system = json!({"objectRef": {"namespace": "kube-system"}});
    let mut plain = pod(&json!({}));
    merge(&mut plain, &system);
    let shop = json!({"objectRef": {"namespace": "shop"}});
    check(&mut engine, "Pod Created in Kube Namespace", &plain, &shop);
}

#[test]
fn rules_on_subresources() {
    let Some(mut engine) = engine("") else { return };
    let of = |subresource: &str| json!({"objectRef": {"subresource": subresource}});
    for subresource in ["exec", "attach"] {
        let mut exec = event("get", "pods", &of(subresource));
        merge(&mut exec, &json!({"stage": "ResponseStarted"}));
        check(&mut engine, "Attach/Exec Pod", &exec, &of("log"));
    }
    let forward = event("create", "pods", &of("portforward"));
    check(&mut engine, "port-forward", &forward, &of("status"));
    let debug = event("patch", "pods", &of("ephemeralcontainers"));
    check(
        &mut engine,
        "EphemeralContainers Created",
        &debug,
        &of("status"),
    );
}

#[test]
fn rules_on_roles() {
    let Some(mut engine) = engine("") else { return };
    let role = |verbs: &[&str], resources: &[&str]| {
        json!({"requestObject": {"rules": [
            {"apiGroups": [""], "verbs": ["get"], "resources": ["pods"]},
            {"apiGroups": [""], "verbs": verbs, "resources": resources},
        ]}})
    };
    let harmless = role(&["list"], &["configmaps"]);
    for kind in ["roles", "clusterroles"] {
        for (rule, verbs, resources) in [
            ("ClusterRole With Wildcard Created", ["*"], ["configmaps"]),
            ("ClusterRole With Wildcard Created", ["get"], ["*"]),
            (
                "ClusterRole With Write Privileges Created",
                ["patch"],
                ["configmaps"],
            ),
            ("ClusterRole With Pod Exec Created", ["get"], ["pods/exec"]),
        ] {
            let created = event("create", kind, &role(&verbs, &resources));
            check(&mut engine, rule, &created, &harmless);
        }
        let named = |name: &str| json!({"objectRef": {"name": name}});
        for verb in ["update", "delete"] {
            let changed = event(verb, kind, &named("system:node"));
            check(
                &mut engine,
                "System ClusterRole Modified/Deleted",
                &changed,
                &named("system:coredns"),
            );
        }
    }
    let binding = |role: &str| json!({"requestObject": {"roleRef": {"name": role}}});
    let bound = event("create", "clusterrolebindings", &binding("cluster-admin"));
    check(
        &mut engine,
        "Attach to cluster-admin Role",
        &bound,
        &binding("view"),
    );
}

#[test]
fn rules_on_other_objects() {
    let Some(mut engine) = engine("") else { return };
    let user = |name: &str| json!({"user": {"username": name}});
    let stranger = event("list", "pods", &user("mallory"));
    for known in ["kubernetes-admin", "eks:node-manager", "system:node:a"] {
        check(&mut engine, "Disallowed K8s User", &stranger, &user(known));
    }
    let service = |kind: &str| spec(&json!({"type": kind}));
    let created = event("create", "services", &service("NodePort"));
    check(
        &mut engine,
        "Create NodePort Service",
        &created,
        &service("ClusterIP"),
    );
    let data = |text: &str| json!({"requestObject": {"data": {"app.conf": text}}});
    let map = event("patch", "configmaps", &data("password=x"));
    let rule = "Create/Modify Configmap With Private Credentials";
    check(&mut engine, rule, &map, &data("colour=blue"));
    let anonymous = event("list", "secrets", &user("system:anonymous"));
    let denied = json!({"annotations": {"authorization.k8s.io/decision": "forbid"}});
    check(
        &mut engine,
        "Anonymous Request Allowed",
        &anonymous,
        &denied,
    );
    let health = json!({"requestURI": "/readyz?verbose"});
    check(
        &mut engine,
        "Anonymous Request Allowed",
        &anonymous,
        &health,
    );
    let named = |name: &str| json!({"objectRef": {"name": name}});
    let namespace = event("create", "namespaces", &named("lab"));
    check(
        &mut engine,
        "Create Disallowed Namespace",
        &namespace,
        &named("default"),
    );
    let account = event(
        "create",
        "serviceaccounts",
        &json!({"objectRef": {"namespace": "kube-public"}}),
    );
    let rule = "Service Account Created in Kube Namespace";
    check(&mut engine, rule, &account, &named("job-controller"));
    check(
        &mut engine,
        rule,
        &account,
        &json!({"responseStatus": {"code": 403}}),
    );
    let ingress = event("create", "ingresses", &json!({}));
    let rule = "Ingress Object without TLS Certificate Created";
    check(
        &mut engine,
        rule,
        &ingress,
        &spec(&json!({"tls": [{"hosts": ["a"]}]})),
    );
}

#[test]
fn rules_on_activity() {
    let Some(mut engine) = engine("") else { return };
    let refused = json!({"responseStatus": {"code": 403}});
    for (word, resource) in [
        ("Deployment", "deployments"),
        ("Service", "services"),
        ("ConfigMap", "configmaps"),
        ("Namespace", "namespaces"),
        ("Serviceaccount", "serviceaccounts"),
        ("Role", "roles"),
        ("ClusterRole", "clusterroles"),
        ("RoleBinding", "rolebindings"),
        ("ClusterRoleBinding", "clusterrolebindings"),
        ("Secret", "secrets"),
    ] {
        for (verb, done) in [("create", "Created"), ("delete", "Deleted")] {
            let rule = format!("K8s {word} {done}");
            let event = event(verb, resource, &json!({}));
            check(&mut engine, &rule, &event, &refused);
            check(
                &mut engine,
                &rule,
                &event,
                &json!({"stage": "RequestReceived"}),
            );
        }
    }
    let got = event("get", "secrets", &json!({}));
    check(&mut engine, "K8s Secret Get Successfully", &got, &refused);
    let tried = event("get", "secrets", &refused);
    let answered = json!({"responseStatus": {"code": 200}});
    check(
        &mut engine,
        "K8s Secret Get Unsuccessfully Tried",
        &tried,
        &answered,
    );
}

#[test]
fn rules_that_are_off_by_a_macro() {
    let never = "condition: (k8s_audit_never_true)\n  override: {condition: replace}\n";
    let always = "condition: (k8s_audit_always_true)\n  override: {condition: replace}\n";
    let more = format!(
        "- macro: allowed_k8s_containers\n  {never}- macro: allowed_full_admin_users\n  {never}\
         - macro: allow_all_k8s_nodes\n  {never}- macro: consider_all_events\n  {always}"
    );
    let Some(mut engine) = engine(&more) else {
        return;
    };
    let received = json!({"stage": "RequestReceived"});
    check(
        &mut engine,
        "Create Disallowed Pod",
        &pod(&json!({})),
        &received,
    );
    let listed = event("list", "pods", &json!({}));
    check(&mut engine, "All K8s Audit Events", &listed, &received);
    let other = json!({"user": {"username": "ana"}});
    check(
        &mut engine,
        "Full K8s Administrative Access",
        &listed,
        &other,
    );
    let refused = json!({"responseStatus": {"code": 403}});
    let node = event("create", "nodes", &json!({}));
    check(
        &mut engine,
        "Untrusted Node Successfully Joined the Cluster",
        &node,
        &refused,
    );
    let rule = "Untrusted Node Unsuccessfully Tried to Join the Cluster";
    let refused = event("create", "nodes", &refused);
    check(
        &mut engine,
        rule,
        &refused,
        &json!({"responseStatus": {"code": 201}}),
    );
}
