//! The programs that configuration objects set up: kubeadm's, Cluster API's, kops's, and the programs' own files.

use std::borrow::Cow;

use ciel_k8s::{TypeMeta, group_of, pod_templates};
use ciel_yaml::Node;

use super::{
    Component, Program,
    component::{Home, minor_of},
    distributions,
    embedded::File,
    words::Flag,
};

/// The fields of a kubelet's configuration file, under the names of the flags that say the same.
pub(super) const KUBELET_FIELDS: &[(&str, &str)] = &[
    ("anonymous-auth", ".authentication.anonymous.enabled"),
    (
        "authentication-token-webhook",
        ".authentication.webhook.enabled",
    ),
    ("client-ca-file", ".authentication.x509.clientCAFile"),
    ("authorization-mode", ".authorization.mode"),
    ("read-only-port", ".readOnlyPort"),
    (
        "streaming-connection-idle-timeout",
        ".streamingConnectionIdleTimeout",
    ),
    ("make-iptables-util-chains", ".makeIPTablesUtilChains"),
    ("protect-kernel-defaults", ".protectKernelDefaults"),
    ("event-qps", ".eventRecordQPS"),
    ("tls-cert-file", ".tlsCertFile"),
    ("tls-private-key-file", ".tlsPrivateKeyFile"),
    ("rotate-server-certificates", ".serverTLSBootstrap"),
    ("rotate-certificates", ".rotateCertificates"),
    ("tls-cipher-suites", ".tlsCipherSuites"),
    ("tls-min-version", ".tlsMinVersion"),
    ("pod-max-pids", ".podPidsLimit"),
    ("seccomp-default", ".seccompDefault"),
    ("manifest-url", ".staticPodURL"),
    ("v", ".logging.verbosity"),
    ("enable-profiling-handler", ".enableProfilingHandler"),
    ("enable-system-log-query", ".enableSystemLogQuery"),
    ("feature-gates", ".featureGates"),
];

const PROXY_FIELDS: &[(&str, &str)] = &[
    ("metrics-bind-address", ".metricsBindAddress"),
    ("profiling", ".enableProfiling"),
    ("v", ".logging.verbosity"),
    ("feature-gates", ".featureGates"),
];

const SCHEDULER_FIELDS: &[(&str, &str)] = &[("profiling", ".enableProfiling")];

/// What kubeadm tells the API server (`getAPIServerCommand`).
const KUBEADM_API_SERVER: &[(&str, &str)] = &[
    ("enable-admission-plugins", "NodeRestriction"),
    ("service-account-key-file", "sa.pub"),
    ("service-account-signing-key-file", "sa.key"),
    ("client-ca-file", "ca.crt"),
    ("tls-cert-file", "apiserver.crt"),
    ("tls-private-key-file", "apiserver.key"),
    ("kubelet-client-certificate", "apiserver-kubelet-client.crt"),
    ("kubelet-client-key", "apiserver-kubelet-client.key"),
    ("requestheader-client-ca-file", "front-proxy-ca.crt"),
    ("requestheader-allowed-names", "front-proxy-client"),
    ("etcd-cafile", "etcd/ca.crt"),
    ("etcd-certfile", "apiserver-etcd-client.crt"),
    ("etcd-keyfile", "apiserver-etcd-client.key"),
    ("authorization-mode", "Node,RBAC"),
    ("insecure-port", "0"),
];

const KUBEADM_CONTROLLER_MANAGER: &[(&str, &str)] = &[
    ("bind-address", "127.0.0.1"),
    ("root-ca-file", "ca.crt"),
    ("service-account-private-key-file", "sa.key"),
    ("use-service-account-credentials", "true"),
    ("client-ca-file", "ca.crt"),
    ("requestheader-client-ca-file", "front-proxy-ca.crt"),
];

const KUBEADM_SCHEDULER: &[(&str, &str)] = &[("bind-address", "127.0.0.1")];

const KUBEADM_ETCD: &[(&str, &str)] = &[
    ("cert-file", "etcd/server.crt"),
    ("key-file", "etcd/server.key"),
    ("trusted-ca-file", "etcd/ca.crt"),
    ("client-cert-auth", "true"),
    ("peer-cert-file", "etcd/peer.crt"),
    ("peer-key-file", "etcd/peer.key"),
    ("peer-trusted-ca-file", "etcd/ca.crt"),
    ("peer-client-cert-auth", "true"),
];

/// Whether objects of a type set up programs.
pub(crate) fn sets_up(types: &TypeMeta) -> bool {
    const KINDS: [(&str, &str); 10] = [
        ("kubelet.config.k8s.io", "KubeletConfiguration"),
        ("kubeproxy.config.k8s.io", "KubeProxyConfiguration"),
        ("kubescheduler.config.k8s.io", "KubeSchedulerConfiguration"),
        ("kubeadm.k8s.io", "ClusterConfiguration"),
        ("kubeadm.k8s.io", "InitConfiguration"),
        ("kubeadm.k8s.io", "JoinConfiguration"),
        ("controlplane.cluster.x-k8s.io", "KubeadmControlPlane"),
        (
            "controlplane.cluster.x-k8s.io",
            "KubeadmControlPlaneTemplate",
        ),
        ("bootstrap.cluster.x-k8s.io", "KubeadmConfig"),
        ("bootstrap.cluster.x-k8s.io", "KubeadmConfigTemplate"),
    ];
    KINDS.iter().any(|(group, kind)| types.is(group, kind))
        || types.is("kops.k8s.io", "Cluster")
        || distributions::sets_up(types)
}

/// Whether objects of a type are kubeadm's, which fills in what files of the programs lack.
pub(super) fn sets_up_by_kubeadm(types: &TypeMeta) -> bool {
    group_of(&types.api_version) == "kubeadm.k8s.io"
}

/// The programs that a configuration object sets up.
pub(crate) fn components<'s>(api_version: &str, kind: &str, root: Node<'s>) -> Vec<Component<'s>> {
    match (group_of(api_version), kind) {
        ("kubelet.config.k8s.io", "KubeletConfiguration") => {
            vec![file(Program::Kubelet, root, KUBELET_FIELDS)]
        }
        ("kubeproxy.config.k8s.io", "KubeProxyConfiguration") => {
            vec![file(Program::KubeProxy, root, PROXY_FIELDS)]
        }
        ("kubescheduler.config.k8s.io", "KubeSchedulerConfiguration") => {
            vec![file(Program::Scheduler, root, SCHEDULER_FIELDS)]
        }
        ("kubeadm.k8s.io", "ClusterConfiguration") => cluster(root),
        ("kubeadm.k8s.io", _) => registration(root).into_iter().collect(),
        (
            "controlplane.cluster.x-k8s.io",
            "KubeadmControlPlane" | "KubeadmControlPlaneTemplate",
        ) => {
            let own = root.at(&["spec", "kubeadmConfigSpec"]);
            let of_template = || root.at(&["spec", "template", "spec", "kubeadmConfigSpec"]);
            own.or_else(of_template)
                .map(cluster_api)
                .unwrap_or_default()
        }
        ("bootstrap.cluster.x-k8s.io", "KubeadmConfig") => {
            root.get("spec").map(cluster_api).unwrap_or_default()
        }
        ("bootstrap.cluster.x-k8s.io", "KubeadmConfigTemplate") => {
            let spec = root.at(&["spec", "template", "spec"]);
            spec.map(cluster_api).unwrap_or_default()
        }
        ("kops.k8s.io", "Cluster") => kops(root),
        (group, _) => distributions::components(group, kind, root),
    }
}

/// The programs that a configuration file in another object sets up. kubeadm keeps its own in a ConfigMap, beside the
/// pods that it made of it: what is absent is reported on those. What is written to machines is put together with more.
pub(crate) fn components_in_file<'s>(file: &'s File<'_>) -> Vec<Component<'s>> {
    let root = file.root();
    let types = &file.types;
    if types.is("", "Pod") {
        let pods = pod_templates(types, root).into_iter();
        let containers = pods.flat_map(|pod| pod.spec.containers());
        return containers.filter_map(Component::of_container).collect();
    }
    let mut found = components(&types.api_version, &types.kind, root);
    if file.is_patch || sets_up_by_kubeadm(types) {
        for component in &mut found {
            component.is_partial = true;
        }
    }
    found
}

/// The minor version that a field says.
pub(super) fn minor_of_field(root: Node<'_>, path: &[&str]) -> Option<u16> {
    root.str_at(path).and_then(minor_of)
}

/// The parts of kubeadm's configuration, as Cluster API holds them together.
fn cluster_api(spec: Node<'_>) -> Vec<Component<'_>> {
    let cluster = spec.get("clusterConfiguration").map(cluster);
    let nodes = ["initConfiguration", "joinConfiguration"];
    let kubelets = nodes
        .into_iter()
        .filter_map(|key| registration(spec.get(key)?));
    cluster.into_iter().flatten().chain(kubelets).collect()
}

fn cluster(root: Node<'_>) -> Vec<Component<'_>> {
    let minor = root.str_at(&["kubernetesVersion"]).and_then(minor_of);
    let arguments = |program, keys: &[&str], path, defaults: &[(&'static str, &'static str)]| {
        let found = root.at(keys).and_then(|part| part.get("extraArgs"));
        Component {
            program,
            flags: found.map(arguments).unwrap_or_default(),
            home: match found {
                Some(list) if list.is_sequence() => Home::Entries(list),
                _ => Home::Arguments { parent: root, path },
            },
            defaults: defaults.to_vec(),
            is_partial: false,
            minor,
        }
    };
    let mut api_server = arguments(
        Program::ApiServer,
        &["apiServer"],
        ".apiServer.extraArgs",
        KUBEADM_API_SERVER,
    );
    // kubeadm leaves the mode out where the structured file is given.
    if api_server.has("authorization-config") {
        api_server
            .defaults
            .retain(|(name, _)| *name != "authorization-mode");
    }
    if let Some(external) = root.at(&["etcd", "external"]) {
        use_external_etcd(&mut api_server, external);
    }
    let mut components = vec![
        api_server,
        arguments(
            Program::ControllerManager,
            &["controllerManager"],
            ".controllerManager.extraArgs",
            KUBEADM_CONTROLLER_MANAGER,
        ),
        arguments(
            Program::Scheduler,
            &["scheduler"],
            ".scheduler.extraArgs",
            KUBEADM_SCHEDULER,
        ),
    ];
    if root.at(&["etcd", "external"]).is_none() {
        components.push(arguments(
            Program::Etcd,
            &["etcd", "local"],
            ".etcd.local.extraArgs",
            KUBEADM_ETCD,
        ));
    }
    components
}

/// kubeadm tells the API server of an etcd that is not its own what the configuration says of it.
fn use_external_etcd<'s>(api_server: &mut Component<'s>, external: Node<'s>) {
    const FIELDS: [(&str, &str); 4] = [
        ("etcd-servers", "endpoints"),
        ("etcd-cafile", "caFile"),
        ("etcd-certfile", "certFile"),
        ("etcd-keyfile", "keyFile"),
    ];
    let is_of_etcd = |name: &str| FIELDS.iter().any(|(flag, _)| *flag == name);
    api_server.defaults.retain(|(name, _)| !is_of_etcd(name));
    for (flag, field) in FIELDS {
        let found = external.get(field).filter(|_| !api_server.has(flag));
        if let Some(node) = found {
            push_value(&mut api_server.flags, Cow::Borrowed(flag), node);
        }
    }
}

/// The kubelet that kubeadm starts: with a configuration file, so its flags are not all.
fn registration(root: Node<'_>) -> Option<Component<'_>> {
    let arguments = root
        .at(&["nodeRegistration", "kubeletExtraArgs"])
        .map(arguments)?;
    Some(Component {
        program: Program::Kubelet,
        flags: arguments,
        home: Home::Whole(root),
        defaults: Vec::new(),
        is_partial: true,
        minor: None,
    })
}

/// kubeadm's extra arguments: a map up to v1beta3, a list of names and values since v1beta4.
pub(super) fn arguments(node: Node<'_>) -> Vec<Flag<'_>> {
    let of_map = node
        .entries()
        .map(|(key, value)| (key.scalar_text(), value));
    let of_list = node.items().filter_map(|item| {
        let name = item.str_at(&["name"])?;
        Some((name, item.get("value").unwrap_or(item)))
    });
    of_map
        .chain(of_list)
        .map(|(name, node)| Flag {
            name: Cow::Owned(name.trim_start_matches('-').replace('_', "-")),
            value: Cow::Borrowed(node.scalar_text()),
            node,
        })
        .collect()
}

/// A configuration file as flags.
pub(super) fn file<'s>(
    program: Program,
    root: Node<'s>,
    fields: &'static [(&'static str, &'static str)],
) -> Component<'s> {
    let mut flags = Vec::new();
    for &(name, path) in fields {
        let mut keys = path.split('.').filter(|key| !key.is_empty());
        let found = keys.try_fold(root, |node, key| node.get(key));
        if let Some(node) = found {
            push_value(&mut flags, Cow::Borrowed(name), node);
        }
    }
    Component {
        program,
        flags,
        home: Home::File { root, fields },
        defaults: Vec::new(),
        is_partial: false,
        minor: None,
    }
}

/// A field's value as the flag would be given: a list as repeated flags, a map as repeated `key=value`.
fn push_value<'s>(flags: &mut Vec<Flag<'s>>, name: Cow<'s, str>, node: Node<'s>) {
    let mut push = |node: Node<'s>, value| {
        let name = name.clone();
        flags.push(Flag { name, value, node });
    };
    if node.is_mapping() {
        for (key, value) in node.entries() {
            let text = format!("{}={}", key.scalar_text(), value.scalar_text());
            push(value, Cow::Owned(text));
        }
    } else if node.is_sequence() {
        for item in node.items() {
            push(item, Cow::Borrowed(item.scalar_text()));
        }
    } else {
        push(node, Cow::Borrowed(node.scalar_text()));
    }
}

/// kops names each flag as a field, and gives most of them values of its own that its manifest does not show.
fn kops(root: Node<'_>) -> Vec<Component<'_>> {
    const PARTS: [(&str, Program); 6] = [
        ("kubeAPIServer", Program::ApiServer),
        ("kubeControllerManager", Program::ControllerManager),
        ("kubeScheduler", Program::Scheduler),
        ("kubelet", Program::Kubelet),
        ("masterKubelet", Program::Kubelet),
        ("kubeProxy", Program::KubeProxy),
    ];
    let parts = PARTS.into_iter().filter_map(|(key, program)| {
        let part = root.at(&["spec", key])?;
        let mut flags = Vec::new();
        for (key, value) in part.entries().filter(|(_, value)| !value.is_null()) {
            push_value(&mut flags, Cow::Owned(kebab_case(key.scalar_text())), value);
        }
        Some(Component {
            program,
            flags,
            home: Home::Whole(part),
            defaults: Vec::new(),
            is_partial: true,
            minor: root
                .str_at(&["spec", "kubernetesVersion"])
                .and_then(minor_of),
        })
    });
    parts.collect()
}

/// `anonymousAuth` as `anonymous-auth`; runs of capitals are one word, as in `clientCAFile`.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    let mut chars = name.chars().peekable();
    let mut was_upper = true;
    while let Some(char) = chars.next() {
        let ends_run = chars.peek().is_some_and(char::is_ascii_lowercase);
        if char.is_ascii_uppercase() && !kebab.is_empty() && (!was_upper || ends_run) {
            kebab.push('-');
        }
        was_upper = char.is_ascii_uppercase();
        kebab.push(char.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::kebab_case;

    #[test]
    fn field_names_become_flag_names() {
        for (field, flag) in [
            ("anonymousAuth", "anonymous-auth"),
            ("clientCAFile", "client-ca-file"),
            ("tlsCipherSuites", "tls-cipher-suites"),
            ("kubeletHttps", "kubelet-https"),
        ] {
            assert_eq!(kebab_case(field), flag);
        }
    }
}
