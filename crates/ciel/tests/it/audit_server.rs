//! `ciel watch` on the audit log of a real API server, with Falco's own rules for audit events.

use std::collections::BTreeMap;

use ciel_testkit::{Cluster, suites_dir};

use crate::run::ciel;

const OBJECTS: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: open, namespace: shop}
spec:
  hostNetwork: true
  hostPID: true
  hostIPC: true
  initContainers:
  - {name: i, image: 'busybox:1', securityContext: {privileged: true}}
  containers:
  - {name: c, image: 'registry.example:5000/team/app:1.2'}
  volumes:
  - {name: v, hostPath: {path: /etc}}
---
apiVersion: v1
kind: Pod
metadata: {name: closed, namespace: shop}
spec:
  containers:
  - {name: c, image: app, securityContext: {privileged: false}}
---
apiVersion: v1
kind: Pod
metadata: {name: intruder, namespace: kube-system}
spec:
  containers:
  - {name: c, image: xmrig}
---
apiVersion: v1
kind: Service
metadata: {name: front, namespace: shop}
spec:
  type: NodePort
  ports: [{port: 80}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {url: 'postgres://password=x'}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: spare, namespace: kube-system}
---
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
rules:
- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: 'system:mine'}
rules:
- {apiGroups: [''], resources: ['pods/exec'], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: rule}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
- {apiGroup: rbac.authorization.k8s.io, kind: User, name: mallory}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: door, namespace: shop}
spec:
  defaultBackend: {service: {name: front, port: {number: 80}}}
";

/// The rules that speak of what is done, by name, with the beginnings of what they say of each.
const TOLD: &[(&str, &[&str])] = &[
    (
        "Attach to cluster-admin Role",
        &["Cluster Role Binding to cluster-admin role (user=admin subject=({"],
    ),
    (
        "ClusterRole With Pod Exec Created",
        &["Created Role/ClusterRole with pod exec privileges (user=admin role=system:mine "],
    ),
    (
        "ClusterRole With Wildcard Created",
        &["Created Role/ClusterRole with wildcard (user=admin role=all "],
    ),
    (
        "ClusterRole With Write Privileges Created",
        &["Created Role/ClusterRole with write privileges (user=admin role=system:mine "],
    ),
    (
        "Create Disallowed Namespace",
        &["Disallowed namespace created (user=admin ns=shop resource=namespaces)"],
    ),
    (
        "Create HostIPC Pod",
        &[
            "Pod started using host ipc namespace (user=admin pod=open resource=pods ns=shop images=(registry.example:5000/team/app:1.2))",
        ],
    ),
    (
        "Create HostNetwork Pod",
        &[
            "Pod started using host network (user=admin pod=open resource=pods ns=shop images=(registry.example:5000/team/app:1.2))",
        ],
    ),
    (
        "Create HostPid Pod",
        &[
            "Pod started using host pid namespace (user=admin pod=open resource=pods ns=shop images=(registry.example:5000/team/app:1.2))",
        ],
    ),
    (
        "Create NodePort Service",
        &["NodePort Service Created (user=admin service=front resource=services ns=shop ports="],
    ),
    (
        "Create Privileged Pod",
        &[
            "Pod started with privileged container (user=admin pod=open resource=pods ns=shop images=(registry.example:5000/team/app:1.2) init_images=(busybox:1) ",
        ],
    ),
    (
        "Create Sensitive Mount Pod",
        &[
            "Pod started with sensitive mount (user=admin pod=open ns=shop resource=pods images=(registry.example:5000/team/app:1.2) volumes=[{",
        ],
    ),
    (
        "Create/Modify Configmap With Private Credentials",
        &[
            "K8s configmap with private credential (user=admin verb=create resource=configmaps configmap=settings)",
        ],
    ),
    (
        "Ingress Object without TLS Certificate Created",
        &[
            "K8s Ingress Without TLS Cert Created (user=admin ingress=door namespace=shop resource=ingresses)",
        ],
    ),
    (
        "K8s ClusterRole Created",
        &[
            "K8s ClusterRole Created (user=admin role=all ",
            "K8s ClusterRole Created (user=admin role=system:mine ",
        ],
    ),
    (
        "K8s ClusterRoleBinding Created",
        &["K8s ClusterRoleBinding Created (user=admin binding=rule "],
    ),
    (
        "K8s ConfigMap Created",
        &[
            "K8s ConfigMap Created (user=admin configmap=settings ns=shop resource=configmaps resp=201 decision=allow reason=)",
        ],
    ),
    (
        "K8s ConfigMap Deleted",
        &[
            "K8s ConfigMap Deleted (user=admin configmap=settings ns=shop resource=configmaps resp=200 decision=allow reason=)",
        ],
    ),
    (
        "K8s Namespace Created",
        &["K8s Namespace Created (user=admin namespace=shop "],
    ),
    (
        "K8s Secret Created",
        &["K8s Secret Created (user=admin secret=token ns=shop "],
    ),
    (
        "K8s Secret Get Successfully",
        &["K8s Secret Get Successfully (user=admin secret=token ns=shop "],
    ),
    (
        "K8s Service Created",
        &["K8s Service Created (user=admin service=front ns=shop "],
    ),
    (
        "K8s Serviceaccount Created",
        &["K8s Serviceaccount Created (user=admin serviceaccount=spare ns=kube-system "],
    ),
    (
        "Pod Created in Kube Namespace",
        &[
            "Pod created in kube namespace (user=admin pod=intruder resource=pods ns=kube-system images=(xmrig))",
        ],
    ),
    (
        "Service Account Created in Kube Namespace",
        &["Service account created in kube namespace (user=admin serviceaccount=spare "],
    ),
    (
        "System ClusterRole Modified/Deleted",
        &[
            "System ClusterRole/Role modified or deleted (user=admin role=system:mine resource=clusterroles ns=<NA> action=create)",
            "System ClusterRole/Role modified or deleted (user=admin role=system:mine resource=clusterroles ns=<NA> action=patch)",
        ],
    ),
];

#[test]
fn requests_of_an_intruder_are_told() {
    let Some(suites) = suites_dir() else { return };
    let Some(cluster) = Cluster::start() else {
        return;
    };
    let ask = |arguments: &[&str], input| cluster.kubectl(arguments, input).expect("it may");
    ask(&["create", "-f", "-"], OBJECTS);
    ask(&["get", "secret", "token", "-n", "shop"], "");
    ask(&["delete", "configmap", "settings", "-n", "shop"], "");
    ask(&["label", "clusterrole", "system:mine", "a=b"], "");
    let rules = suites.join("falco/rules/k8s_audit_rules.yaml");
    let ran = ciel(
        cluster.folder(),
        &[
            "watch",
            "--replay",
            &cluster.audit_log().display().to_string(),
            "--rules",
            &rules.display().to_string(),
            "--rule-matching",
            "all",
            "--format",
            "json",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in ran.stdout.lines() {
        let alert: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| alert[key].as_str().unwrap_or_default().to_owned();
        let output = text("output");
        let message = output.splitn(3, ' ').nth(2).unwrap_or_default().to_owned();
        found.entry(text("rule")).or_default().push(message);
    }
    let rules: Vec<&str> = found.keys().map(String::as_str).collect();
    let expected: Vec<&str> = TOLD.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rules, expected, "{found:#?}");
    for (rule, messages) in TOLD {
        assert_eq!(found[*rule].len(), messages.len(), "{found:#?}");
        for (found, expected) in found[*rule].iter().zip(*messages) {
            assert!(found.starts_with(expected), "{rule}: {found}");
        }
    }
}
