//! One function a kind.

use serde_json::{Map, Value, json};

use super::{super::random::Random, App, MANIFESTS, one_of};

const PORTS: [&str; 5] = ["http", "grpc", "metrics", "web", "api"];
const VERBS: [&str; 8] = [
    "get", "list", "watch", "create", "update", "patch", "delete", "*",
];
const RESOURCES: [&str; 10] = [
    "pods",
    "services",
    "configmaps",
    "secrets",
    "deployments",
    "events",
    "endpoints",
    "jobs",
    "ingresses",
    "pods/log",
];

pub(super) fn deployment(random: &mut Random, app: &App) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(app),
        "spec": {
            "replicas": 1 + random.below(4),
            "selector": {"matchLabels": selector(app)},
            "template": template(random, app),
        },
    })
}

pub(super) fn stateful_set(random: &mut Random, app: &App) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": metadata(app),
        "spec": {
            "serviceName": app.name,
            "replicas": 3,
            "selector": {"matchLabels": selector(app)},
            "template": template(random, app),
            "volumeClaimTemplates": [{
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}},
            }],
        },
    })
}

pub(super) fn cron_job(random: &mut Random, app: &App) -> Value {
    let mut template = template(random, app);
    if let Some(spec) = template.get_mut("spec").and_then(Value::as_object_mut) {
        spec.insert("restartPolicy".into(), json!("OnFailure"));
    }
    json!({
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": metadata(app),
        "spec": {
            "schedule": format!("{} {} * * *", random.below(60), random.below(24)),
            "concurrencyPolicy": "Forbid",
            "jobTemplate": {"spec": {"template": template}},
        },
    })
}

pub(super) fn pod(random: &mut Random, app: &App) -> Value {
    let hash = random.hex(9);
    let template = template(random, app);
    let mut metadata = metadata(app);
    if let Some(metadata) = metadata.as_object_mut() {
        metadata.insert(
            "name".into(),
            json!(format!("{}-{hash}-{}", app.name, random.hex(5))),
        );
        metadata.insert(
            "ownerReferences".into(),
            json!([{
                "apiVersion": "apps/v1",
                "blockOwnerDeletion": true,
                "controller": true,
                "kind": "ReplicaSet",
                "name": format!("{}-{hash}", app.name),
                "uid": random.hex(32),
            }]),
        );
    }
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": template.get("spec"),
        "status": {
            "phase": "Running",
            "hostIP": format!("10.0.{}.{}", random.below(16), 1 + random.below(250)),
            "podIP": format!("10.244.{}.{}", random.below(256), 1 + random.below(250)),
            "startTime": "2026-09-14T08:21:07Z",
            "qosClass": "Burstable",
            "conditions": [
                {"type": "Ready", "status": "True", "lastTransitionTime": "2026-09-14T08:21:19Z"},
                {"type": "PodScheduled", "status": "True", "lastTransitionTime": "2026-09-14T08:21:07Z"},
            ],
        },
    })
}

/// What a running cluster has beside its pods.
pub(super) fn any_manifest(random: &mut Random, app: &App) -> Value {
    one_of(MANIFESTS, random, app)
}

pub(super) fn service(random: &mut Random, app: &App) -> Value {
    let mut ports = vec![json!({"name": "http", "port": 80, "targetPort": 8080})];
    if random.chance(40) {
        ports.push(json!({"name": "metrics", "port": 9090, "protocol": "TCP"}));
    }
    let kind = if random.chance(6) {
        "LoadBalancer"
    } else {
        "ClusterIP"
    };
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(app),
        "spec": {"type": kind, "selector": selector(app), "ports": ports},
    })
}

pub(super) fn config_map(random: &mut Random, app: &App) -> Value {
    let mut data = Map::new();
    data.insert(
        "LOG_LEVEL".into(),
        json!(random.pick(&["debug", "info", "warn"])),
    );
    data.insert(
        "FEATURE_CHECKOUT".into(),
        json!(if random.chance(50) { "true" } else { "false" }),
    );
    let mut file = String::from("server:\n  address: 0.0.0.0:8080\n  timeout: 30s\n");
    for _ in 0..random.below(16) {
        let host = format!(
            "{}.{}.svc.cluster.local",
            random.pick(&PORTS),
            app.namespace
        );
        file.push_str(&format!(
            "upstream_{}:\n  url: http://{host}:{}\n",
            random.hex(4),
            8000 + random.below(999)
        ));
    }
    data.insert("application.yaml".into(), json!(file));
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(app), "data": data})
}

pub(super) fn secret(random: &mut Random, app: &App) -> Value {
    let value = random.hex(64);
    json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata(app),
        "type": "Opaque",
        "data": {"token": format!("{value}==")},
    })
}

pub(super) fn service_account(random: &mut Random, app: &App) -> Value {
    let mut account =
        json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata(app)});
    if let Some(account) = account.as_object_mut().filter(|_| random.chance(40)) {
        account.insert("automountServiceAccountToken".into(), json!(false));
    }
    account
}

pub(super) fn role(random: &mut Random, app: &App) -> Value {
    grant(random, "Role", metadata(app))
}

pub(super) fn cluster_role(random: &mut Random, app: &App) -> Value {
    grant(
        random,
        "ClusterRole",
        json!({"name": app.name, "labels": labels(app)}),
    )
}

fn grant(random: &mut Random, kind: &str, metadata: Value) -> Value {
    let mut rules = Vec::new();
    for _ in 0..=random.below(3) {
        // Mostly readers.
        let verbs = if random.chance(80) {
            vec!["get", "list", "watch"]
        } else {
            vec![random.pick(&VERBS)]
        };
        let group = random.pick(&["", "apps", "batch"]);
        rules.push(json!({
            "apiGroups": [group],
            "resources": [random.pick(&RESOURCES), random.pick(&RESOURCES)],
            "verbs": verbs,
        }));
    }
    json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata, "rules": rules})
}

pub(super) fn role_binding(_: &mut Random, app: &App) -> Value {
    binding("RoleBinding", "Role", &app.name, metadata(app), app)
}

pub(super) fn cluster_role_binding(random: &mut Random, app: &App) -> Value {
    let role = if random.chance(10) {
        "cluster-admin"
    } else {
        "view"
    };
    let metadata = json!({"name": app.name, "labels": labels(app)});
    binding("ClusterRoleBinding", "ClusterRole", role, metadata, app)
}

fn binding(kind: &str, role_kind: &str, role: &str, metadata: Value, app: &App) -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": kind,
        "metadata": metadata,
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role},
        "subjects": [{"kind": "ServiceAccount", "name": app.name, "namespace": app.namespace}],
    })
}

pub(super) fn ingress(random: &mut Random, app: &App) -> Value {
    let host = format!("{}.shop.example", app.name);
    let mut spec = json!({
        "ingressClassName": "nginx",
        "rules": [{"host": host, "http": {"paths": [{
            "path": "/",
            "pathType": "Prefix",
            "backend": {"service": {"name": app.name, "port": {"name": "http"}}},
        }]}}],
    });
    if let Some(spec) = spec.as_object_mut().filter(|_| random.chance(70)) {
        spec.insert(
            "tls".into(),
            json!([{"hosts": [host], "secretName": format!("{}-tls", app.name)}]),
        );
    }
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": metadata(app), "spec": spec})
}

pub(super) fn network_policy(_: &mut Random, app: &App) -> Value {
    json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(app),
        "spec": {
            "podSelector": {"matchLabels": selector(app)},
            "policyTypes": ["Ingress"],
            "ingress": [{
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": app.namespace}}}],
                "ports": [{"port": 8080, "protocol": "TCP"}],
            }],
        },
    })
}

pub(super) fn autoscaler(random: &mut Random, app: &App) -> Value {
    json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(app),
        "spec": {
            "minReplicas": 2,
            "maxReplicas": 4 + random.below(8),
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": app.name},
            "metrics": [{
                "type": "Resource",
                "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 75}},
            }],
        },
    })
}

pub(super) fn disruption_budget(_: &mut Random, app: &App) -> Value {
    json!({
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(app),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": selector(app)}},
    })
}

pub(super) fn custom_resource_definition(random: &mut Random, app: &App) -> Value {
    let mut properties = Map::new();
    for _ in 0..4 + random.below(20) {
        let description =
            "what the operator wants of it, told in one sentence as such descriptions do";
        properties.insert(
            format!("field{}", random.hex(4)),
            json!({"type": "string", "description": description}),
        );
    }
    let plural = format!("{}s", app.name.replace('-', ""));
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.shop.example")},
        "spec": {
            "group": "shop.example",
            "scope": "Namespaced",
            "names": {"kind": "Thing", "plural": plural},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object",
                "properties": {"spec": {"type": "object", "properties": properties}},
            }}}],
        },
    })
}

fn template(random: &mut Random, app: &App) -> Value {
    let is_hardened = random.chance(35);
    let mut containers = vec![container(random, app, &app.name, is_hardened)];
    if random.chance(12) {
        containers.push(container(random, app, "proxy", is_hardened));
    }
    let mut spec = json!({"serviceAccountName": app.name, "containers": containers});
    if let Some(spec) = spec.as_object_mut() {
        if is_hardened {
            let context = json!({"runAsNonRoot": true, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}});
            spec.insert("securityContext".into(), context);
            spec.insert("automountServiceAccountToken".into(), json!(false));
        }
        if random.chance(40) {
            let config = json!([{"name": "config", "configMap": {"name": app.name}}]);
            spec.insert("volumes".into(), config);
        } else if random.chance(3) {
            spec.insert(
                "volumes".into(),
                json!([{"name": "logs", "hostPath": {"path": "/var/log"}}]),
            );
        }
        if random.chance(1) {
            spec.insert("hostNetwork".into(), json!(true));
        }
    }
    json!({"metadata": {"labels": labels(app)}, "spec": spec})
}

fn container(random: &mut Random, app: &App, name: &str, is_hardened: bool) -> Value {
    let tag = if random.chance(8) {
        "latest".to_owned()
    } else {
        format!(
            "{}.{}.{}",
            random.below(4),
            random.below(30),
            random.below(9)
        )
    };
    let mut container = Map::new();
    container.insert("name".into(), json!(name));
    container.insert(
        "image".into(),
        json!(format!(
            "registry.shop.example/{}/{name}:{tag}",
            app.namespace
        )),
    );
    container.insert(
        "ports".into(),
        json!([{"name": random.pick(&PORTS), "containerPort": 8080}]),
    );
    let mut env = Vec::new();
    for _ in 0..random.below(5) {
        let name = format!(
            "{}_{}",
            random.pick(&["CACHE", "DATABASE", "QUEUE", "FEATURE"]),
            random.hex(3).to_uppercase()
        );
        env.push(json!({"name": name, "value": format!("{}.internal:{}", random.pick(&PORTS), random.below(9000))}));
    }
    if random.chance(30) {
        let reference = json!({"secretKeyRef": {"name": app.name, "key": "token"}});
        env.push(json!({"name": "API_TOKEN", "valueFrom": reference}));
    }
    if !env.is_empty() {
        container.insert("env".into(), Value::Array(env));
    }
    if random.chance(60) {
        let resources =
            json!({"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}});
        container.insert("resources".into(), resources);
    }
    if random.chance(45) {
        container.insert(
            "readinessProbe".into(),
            json!({"httpGet": {"path": "/ready", "port": 8080}}),
        );
    }
    if is_hardened {
        container.insert(
            "securityContext".into(),
            json!({
                "allowPrivilegeEscalation": false,
                "readOnlyRootFilesystem": true,
                "capabilities": {"drop": ["ALL"]},
            }),
        );
    } else if random.chance(3) {
        container.insert("securityContext".into(), json!({"privileged": true}));
    }
    Value::Object(container)
}

fn metadata(app: &App) -> Value {
    json!({"name": app.name, "namespace": app.namespace, "labels": labels(app)})
}

fn labels(app: &App) -> Value {
    json!({"app.kubernetes.io/name": app.name, "app.kubernetes.io/part-of": "shop"})
}

fn selector(app: &App) -> Value {
    json!({"app.kubernetes.io/name": app.name})
}
