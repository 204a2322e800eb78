//! A seeded generator of clusters: roles, bindings and subjects, plausible and odd, and who may be asked about.

use ciel_testkit::Dice;
use serde_json::{Map, Value, json};

pub(crate) const NAMESPACES: [&str; 4] = ["shop", "ops", "kube-system", "default"];
pub(crate) const ACCOUNTS: [&str; 2] = ["app", "default"];
const VERBS: [&str; 16] = [
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "impersonate",
    "bind",
    "escalate",
    "approve",
    "sign",
    "*",
    "get",
    "GET",
];
const GROUPS: [&str; 12] = [
    "",
    "",
    "",
    "*",
    "apps",
    "batch",
    "rbac.authorization.k8s.io",
    "rbac.authorization.k8s.io",
    "authentication.k8s.io",
    "certificates.k8s.io",
    "admissionregistration.k8s.io",
    "coordination.k8s.io",
];
const RESOURCES: [&str; 44] = [
    "*",
    "*/*",
    "*/exec",
    "*/scale",
    "*/token",
    "*/proxy",
    "*/scopes",
    "pods",
    "pods/*",
    "pods/exec",
    "pods/attach",
    "pods/ephemeralcontainers",
    "pods/portforward",
    "pods/eviction",
    "pods/log",
    "pods/status",
    "secrets",
    "configmaps",
    "services",
    "services/proxy",
    "serviceaccounts",
    "serviceaccounts/token",
    "nodes",
    "nodes/proxy",
    "nodes/log",
    "nodes/checkpoint",
    "persistentvolumes",
    "namespaces",
    "deployments",
    "deployments/scale",
    "jobs",
    "users",
    "groups",
    "uids",
    "userextras/scopes",
    "clusterroles",
    "roles",
    "rolebindings",
    "clusterrolebindings",
    "certificatesigningrequests/approval",
    "signers",
    "mutatingwebhookconfigurations",
    "leases",
    "events",
];
pub(crate) const NAMES: [&str; 10] = [
    "one",
    "two",
    "",
    "*",
    "aws-auth",
    "cluster-admin",
    "system:masters",
    "kube-system",
    "kubernetes.io/*",
    "kube-scheduler",
];
const URLS: [&str; 9] = [
    "/metrics",
    "/api/*",
    "/api*",
    "*",
    "/*",
    "/**",
    "/healthz/",
    "",
    "/logs/*x",
];
const PATHS: [&str; 8] = [
    "/metrics",
    "/metrics/cadvisor",
    "/api",
    "/api/v1",
    "/healthz",
    "/healthz/",
    "/",
    "/logs/x",
];
/// Names of ClusterRoles that the API server makes for itself, and what it does to one that is there is not nothing.
const DEFAULTS: [&str; 6] = [
    "view",
    "edit",
    "admin",
    "cluster-admin",
    "system:node-proxier",
    "system:aggregate-to-view",
];
const LABELS: [(&str, &[&str]); 4] = [
    ("team", &["a", "b"]),
    (
        "rbac.authorization.k8s.io/aggregate-to-view",
        &["true", "false"],
    ),
    ("rbac.authorization.k8s.io/aggregate-to-admin", &["true"]),
    ("kubernetes.io/bootstrapping", &["rbac-defaults"]),
];
const SUBJECT_GROUPS: [&str; 6] = [
    "developers",
    "system:authenticated",
    "system:unauthenticated",
    "system:serviceaccounts",
    "system:serviceaccounts:shop",
    "system:serviceaccounts:kube-system",
];
const USERS: [&str; 4] = [
    "alice",
    "system:anonymous",
    "system:serviceaccount:shop:app",
    "system:kube-scheduler",
];
const API: &str = "rbac.authorization.k8s.io";

/// Roles and bindings of one cluster. No two objects of a kind have one name.
pub(crate) fn objects(dice: &mut Dice) -> Vec<Value> {
    let mut objects = Vec::new();
    let mut roles: Vec<(&str, String)> = Vec::new();
    for index in 0..dice.below(5) {
        let namespace = dice.pick(&NAMESPACES);
        let name = format!("role-{index}");
        objects.push(json!({
            "apiVersion": format!("{API}/v1"), "kind": "Role",
            "metadata": {"name": name, "namespace": namespace}, "rules": rules(dice, false),
        }));
        roles.push((namespace, name));
    }
    let mut cluster_roles: Vec<String> = (0..dice.below(6))
        .map(|index| format!("cluster-role-{index}"))
        .collect();
    for name in DEFAULTS {
        if dice.chance(10) {
            cluster_roles.push(name.to_owned());
        }
    }
    objects.extend(cluster_roles.iter().map(|name| cluster_role(dice, name)));
    cluster_roles.extend(DEFAULTS.map(str::to_owned));
    for index in 0..dice.below(9) {
        objects.push(binding(dice, index, &roles, &cluster_roles));
    }
    objects
}

fn cluster_role(dice: &mut Dice, name: &str) -> Value {
    let mut metadata = Map::from_iter([("name".to_owned(), json!(name))]);
    if dice.chance(60) {
        metadata.insert("labels".to_owned(), labels(dice));
    }
    let updates = dice.pick(&["", "", "", "true", "false", "false"]);
    if !updates.is_empty() {
        let annotations = json!({"rbac.authorization.kubernetes.io/autoupdate": updates});
        metadata.insert("annotations".to_owned(), annotations);
    }
    let mut role =
        json!({"apiVersion": format!("{API}/v1"), "kind": "ClusterRole", "metadata": metadata});
    let is_aggregated = dice.chance(30);
    if is_aggregated {
        let count = dice.below(2) + 1;
        let selectors: Vec<Value> = (0..count).map(|_| selector(dice)).collect();
        role["aggregationRule"] = json!({"clusterRoleSelectors": selectors});
    }
    // What an aggregated role says itself is overwritten; Ciel keeps it, since a file may be a copy of what a cluster has.
    let becomes_aggregated = ["view", "edit", "admin"].contains(&name) && updates != "false";
    let stays_aggregated = is_aggregated && (!DEFAULTS.contains(&name) || updates == "false");
    role["rules"] = if stays_aggregated || becomes_aggregated {
        json!([])
    } else {
        rules(dice, true)
    };
    role
}

fn labels(dice: &mut Dice) -> Value {
    let mut labels = Map::new();
    for (key, values) in LABELS {
        if dice.chance(40) {
            labels.insert(key.to_owned(), json!(dice.pick(values)));
        }
    }
    Value::Object(labels)
}

fn selector(dice: &mut Dice) -> Value {
    let index = dice.below(LABELS.len() as u64) as usize;
    let (key, values) = LABELS[index];
    match dice.below(12) {
        0 => json!({}),
        1 => json!({"matchExpressions": [{"key": key, "operator": "Exists"}]}),
        2 => json!({"matchExpressions": [{"key": key, "operator": "DoesNotExist"}]}),
        3 => json!({"matchExpressions": [{"key": key, "operator": "In", "values": values}]}),
        4 => json!({"matchExpressions": [{"key": key, "operator": "NotIn", "values": values}]}),
        5 => json!({
            "matchLabels": {"team": "a"},
            "matchExpressions": [{"key": key, "operator": "Exists"}],
        }),
        _ => json!({"matchLabels": {key: dice.pick(values)}}),
    }
}

fn rules(dice: &mut Dice, is_cluster_role: bool) -> Value {
    let count = dice.below(4);
    let rule = |dice: &mut Dice| {
        if is_cluster_role && dice.chance(20) {
            return json!({"verbs": words(dice, &VERBS, 3), "nonResourceURLs": words(dice, &URLS, 3)});
        }
        let mut rule = json!({
            "verbs": words(dice, &VERBS, 3),
            "apiGroups": words(dice, &GROUPS, 2),
            "resources": words(dice, &RESOURCES, 4),
        });
        if dice.chance(30) {
            rule["resourceNames"] = words(dice, &NAMES, 3);
        }
        rule
    };
    (0..count).map(|_| rule(dice)).collect()
}

fn words(dice: &mut Dice, from: &[&str], most: u64) -> Value {
    let count = dice.below(most) + 1;
    (0..count).map(|_| json!(dice.pick(from))).collect()
}

fn binding(dice: &mut Dice, index: u64, roles: &[(&str, String)], cluster: &[String]) -> Value {
    let is_wide = dice.chance(40);
    let mut namespace = dice.pick(&NAMESPACES);
    let (kind, name) = if is_wide || roles.is_empty() || dice.chance(40) {
        let at = dice.below(cluster.len() as u64) as usize;
        ("ClusterRole", cluster[at].clone())
    } else {
        let at = dice.below(roles.len() as u64) as usize;
        let (own, name) = &roles[at];
        if dice.chance(80) {
            namespace = own;
        }
        ("Role", name.clone())
    };
    let mut metadata = json!({"name": format!("binding-{index}")});
    if !is_wide {
        metadata["namespace"] = json!(namespace);
    }
    let count = dice.below(3);
    let subjects: Vec<Value> = (0..count).map(|_| subject(dice, is_wide)).collect();
    json!({
        "apiVersion": format!("{API}/v1"),
        "kind": if is_wide { "ClusterRoleBinding" } else { "RoleBinding" },
        "metadata": metadata,
        "roleRef": {"apiGroup": API, "kind": kind, "name": name},
        "subjects": subjects,
    })
}

fn subject(dice: &mut Dice, is_wide: bool) -> Value {
    match dice.below(4) {
        0 => json!({"kind": "User", "apiGroup": API, "name": dice.pick(&USERS)}),
        1 => json!({"kind": "Group", "apiGroup": API, "name": dice.pick(&SUBJECT_GROUPS)}),
        _ => {
            let mut account = json!({"kind": "ServiceAccount", "name": dice.pick(&ACCOUNTS)});
            if is_wide || dice.chance(80) {
                account["namespace"] = json!(dice.pick(&NAMESPACES));
            }
            account
        }
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) user: String,
    pub(crate) groups: Vec<String>,
    /// Namespace and name of a service account.
    pub(crate) account: Option<(&'static str, &'static str)>,
}

impl Identity {
    pub(crate) fn account(namespace: &'static str, name: &'static str) -> Self {
        Self {
            user: format!("system:serviceaccount:{namespace}:{name}"),
            groups: vec![
                "system:serviceaccounts".to_owned(),
                format!("system:serviceaccounts:{namespace}"),
                "system:authenticated".to_owned(),
            ],
            account: Some((namespace, name)),
        }
    }

    pub(crate) fn user(name: &str, groups: &[&str]) -> Self {
        Self {
            user: name.to_owned(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            account: None,
        }
    }

    pub(crate) fn random(dice: &mut Dice) -> Self {
        match dice.below(5) {
            0 => Self::user("alice", &["developers", "system:authenticated"]),
            1 => Self::user("system:anonymous", &["system:unauthenticated"]),
            2 => Self::user("system:kube-scheduler", &["system:authenticated"]),
            _ => Self::account(dice.pick(&NAMESPACES), dice.pick(&ACCOUNTS)),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) verb: String,
    pub(crate) group: String,
    pub(crate) resource: String,
    pub(crate) subresource: String,
    pub(crate) name: String,
    /// Empty for the whole cluster.
    pub(crate) namespace: String,
    /// Not empty: no resource.
    pub(crate) path: String,
}

impl Request {
    pub(crate) fn random(dice: &mut Dice) -> Self {
        let verb = dice.pick(&VERBS).replace('*', "use");
        if dice.chance(15) {
            return Self {
                verb,
                path: dice.pick(&PATHS).to_owned(),
                ..Self::default()
            };
        }
        let resource = dice.pick(&RESOURCES).replace('*', "replicasets");
        let (resource, subresource) = resource.split_once('/').unwrap_or((&resource, ""));
        Self {
            verb,
            group: dice.pick(&GROUPS).replace('*', "example.com"),
            resource: resource.to_owned(),
            subresource: subresource.to_owned(),
            name: dice.pick(&NAMES).to_owned(),
            namespace: dice
                .pick(&["", "shop", "ops", "kube-system", "default"])
                .to_owned(),
            path: String::new(),
        }
    }

    pub(crate) fn of(&self, who: &Identity) -> Value {
        json!({
            "user": who.user, "groups": who.groups, "verb": self.verb, "group": self.group, "resource": self.resource,
            "subresource": self.subresource, "name": self.name, "namespace": self.namespace, "path": self.path,
        })
    }
}
