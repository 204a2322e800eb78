//! What each field is in an event.

use std::sync::Arc;

use ciel_falco::{
    audit::AuditLog,
    engine::{AuditEngine, Matching},
    load::Loader,
};
use serde_json::{Value, json};

use crate::event;

/// What an alert shows for a field of an event.
fn shown(event: &Value, field: &str) -> String {
    let rule = format!(
        "- rule: r\n  desc: d\n  condition: jevt.rawtime exists\n  output: '%{field}'\n  priority: INFO\n  source: k8s_audit\n"
    );
    let text: Arc<str> = rule.into();
    let mut loader = Loader::new().with_audit();
    let result = loader.load("rule.yaml", &text);
    assert!(result.successful(), "{field}: {:?}", result.errors);
    let mut engine = AuditEngine::new(loader.into_program(), Matching::First);
    let events: Vec<_> = AuditLog::new(event.to_string().as_bytes()).collect();
    let alerts = engine.alerts(&events[0]);
    alerts[0].message.clone()
}

#[track_caller]
fn check(event: &Value, expected: &[(&str, &str)]) {
    for (field, value) in expected {
        assert_eq!(&shown(event, field), value, "{field}");
    }
}

#[test]
fn of_every_event() {
    let get = json!({
        "requestURI": "/api/v1/pods?limit=5&command=sh&command=-c&x=a%20b+c",
        "impersonatedUser": {"username": "root"},
        "objectRef": {"subresource": "exec"},
        "responseStatus": {"reason": "Forbidden"},
        "responseObject": {"metadata": {"name": "web-1"}},
    });
    let get = event("get", "pods", &get);
    check(
        &get,
        &[
            ("ka.auditid", "5f1c"),
            ("ka.stage", "ResponseComplete"),
            ("ka.auth.decision", "allow"),
            ("ka.auth.reason", "RBAC: allowed"),
            ("ka.user.name", "admin"),
            ("ka.user.groups", "(system:masters,system:authenticated)"),
            ("ka.impuser.name", "root"),
            ("ka.verb", "get"),
            ("ka.uri.param[command]", "sh"),
            ("ka.uri.param[x]", "a b c"),
            ("ka.uri.param[y]", "<NA>"),
            ("ka.target.name", "web"),
            ("ka.target.namespace", "shop"),
            ("ka.target.resource", "pods"),
            ("ka.target.subresource", "exec"),
            ("ka.resp.name", "web-1"),
            ("ka.response.code", "201"),
            ("ka.response.reason", "Forbidden"),
            ("ka.useragent", "kubectl/v1.34.0"),
            ("ka.sourceips", "(192.0.2.7,192.0.2.8)"),
            ("ka.req.pod.containers.image", "<NA>"),
            ("jevt.value[/user/groups/1]", "system:authenticated"),
            (
                "jevt.value[/annotations/authorization.k8s.io~1decision]",
                "allow",
            ),
            (
                "jevt.value[/user/groups]",
                r#"["system:masters","system:authenticated"]"#,
            ),
            ("json.value[/responseStatus/code]", "201"),
            ("jevt.value[/no]", "<NA>"),
            ("jevt.rawtime", "1795405445878200000"),
            ("evt.rawtime", "1795405445878200000"),
            ("evt.num", "1"),
            ("evt.source", "k8s_audit"),
            ("evt.pluginname", "k8saudit"),
            ("evt.is_async", "false"),
        ],
    );
}

#[test]
fn of_pods() {
    let pod = json!({"requestObject": {"spec": {
        "hostNetwork": true,
        "securityContext": {"runAsUser": 1000, "fsGroup": 2000, "supplementalGroups": [1, 2]},
        "volumes": [
            {"name": "a", "hostPath": {"path": "/etc/ssl"}},
            {"name": "b", "emptyDir": {}},
            {"name": "c", "flexVolume": {"driver": "d"}},
        ],
        "containers": [
            {"name": "x", "image": "registry.example:5000/a/x:1", "command": ["sh", "-c"],
             "ports": [{"containerPort": 80}, {"containerPort": 443, "hostPort": 8443}],
             "securityContext": {"privileged": true, "runAsUser": 0, "capabilities": {"add": ["SYS_ADMIN"]}}},
            {"name": "y", "image": "a/y@sha256:00", "securityContext": {"privileged": false, "runAsGroup": 7}},
        ],
        "initContainers": [{"name": "i", "image": "a/i:2", "args": ["a && b"]}],
    }}});
    check(
        &event("create", "pods", &pod),
        &[
            ("ka.req.pod.host_network", "true"),
            ("ka.req.container.host_network", "true"),
            ("ka.req.pod.host_pid", "<NA>"),
            ("ka.req.pod.run_as_user", "1000"),
            ("ka.req.pod.fs_group", "2000"),
            ("ka.req.pod.supplemental_groups", "(1,2)"),
            ("ka.req.pod.containers.name", "(x,y)"),
            (
                "ka.req.pod.containers.image",
                "(registry.example:5000/a/x:1,a/y@sha256:00)",
            ),
            ("ka.req.pod.containers.image[1]", "(a/y@sha256:00)"),
            ("ka.req.pod.containers.image[2]", "<NA>"),
            (
                "ka.req.pod.containers.image.repository",
                "(registry.example,a/y)",
            ),
            ("ka.req.container.image", "registry.example:5000/a/x:1"),
            ("ka.req.container.image.repository", "registry.example"),
            ("ka.req.pod.containers.command", r#"(["sh","-c"])"#),
            ("ka.req.pod.containers.host_port", "(80,8443)"),
            ("ka.req.pod.containers.privileged", "(true,false)"),
            ("ka.req.container.privileged", "true"),
            ("ka.req.pod.containers.run_as_user", "(0)"),
            ("ka.req.pod.containers.eff_run_as_user", "(0,1000)"),
            ("ka.req.pod.containers.eff_run_as_user[1]", "(1000)"),
            ("ka.req.pod.containers.eff_run_as_group", "(0,7)"),
            (
                "ka.req.pod.containers.add_capabilities",
                r#"(["SYS_ADMIN"])"#,
            ),
            ("ka.req.pod.containers.proc_mount", "<NA>"),
            ("ka.req.pod.initContainers.name", "(i)"),
            ("ka.req.pod.initContainers.image.repository", "(a/i)"),
            (
                "ka.req.pod.initContainers.args",
                r#"(["a \u0026\u0026 b"])"#,
            ),
            ("ka.req.pod.ephemeralContainers.image", "<NA>"),
            ("ka.req.pod.volumes.hostpath", "(/etc/ssl)"),
            ("ka.req.pod.volumes.flexvolume_driver", "(d)"),
            (
                "ka.req.pod.volumes.volume_type",
                "(hostPath,emptyDir,flexVolume)",
            ),
            ("ka.req.volume.hostpath[/etc*]", "true"),
            ("ka.req.volume.hostpath[/etc]", "false"),
            ("ka.req.volume.hostpath[/etc/ssl]", "true"),
        ],
    );
}

#[test]
fn of_other_objects() {
    let role = json!({"requestObject": {
        "rules": [{"verbs": ["get", "list"], "resources": ["pods"]}, {"nonResourceURLs": ["/metrics"], "verbs": ["get"]}],
        "subjects": [{"kind": "User", "name": "ana"}],
        "roleRef": {"name": "view"},
        "data": {"a": "b"},
        "spec": {"type": "NodePort", "ports": [{"port": 80}]},
    }});
    check(
        &event("create", "roles", &role),
        &[
            (
                "ka.req.role.rules[x]",
                r#"({"verbs":["get","list"],"resources":["pods"]},{"nonResourceURLs":["/metrics"],"verbs":["get"]})[x]"#,
            ),
            ("ka.req.role.rules.verbs", "(get,list,get)"),
            ("ka.req.role.rules.verbs[1]", "(get)"),
            ("ka.req.role.rules.resources", "(pods)"),
            ("ka.req.role.rules.nonResourceURLs", "(/metrics)"),
            ("ka.req.role.rules.apiGroups", "<NA>"),
            (
                "ka.req.binding.subjects",
                r#"({"kind":"User","name":"ana"})"#,
            ),
            ("ka.req.binding.role", "view"),
            ("ka.req.configmap.obj", r#"{"a":"b"}"#),
            ("ka.req.service.type", "NodePort"),
            ("ka.req.service.ports", r#"([{"port":80}])"#),
        ],
    );
}

#[test]
fn without_an_audit_id_there_are_none() {
    let mut event = event("get", "pods", &json!({}));
    event.as_object_mut().expect("an object").remove("auditID");
    check(&event, &[("ka.verb", "<NA>"), ("jevt.value[/verb]", "get")]);
}
