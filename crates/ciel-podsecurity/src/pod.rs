use ciel_k8s::{PodShape, PodTemplate};
use ciel_yaml::Node;
use smallvec::SmallVec;

/// The fields of a pod that the controls look at, read in one walk.
#[derive(Debug)]
pub(crate) struct Pod<'a> {
    pub(crate) annotations: Option<Node<'a>>,
    pub(crate) host_network: Option<Node<'a>>,
    pub(crate) host_pid: Option<Node<'a>>,
    pub(crate) host_ipc: Option<Node<'a>>,
    pub(crate) volumes: Option<Node<'a>>,
    pub(crate) security: Security<'a>,
    /// Init, regular, ephemeral: admission's order.
    pub(crate) containers: SmallVec<[Container<'a>; 4]>,
    /// Whether what the template does not say may be said elsewhere.
    pub(crate) partial: bool,
    says_windows: bool,
    has_user_namespace: bool,
}

/// The fields of a container that the controls look at.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) name: &'a str,
    pub(crate) security: Security<'a>,
    pub(crate) ports: Option<Node<'a>>,
    /// Liveness, readiness and startup probe.
    pub(crate) probes: [Option<Node<'a>>; 3],
    pub(crate) lifecycle: Option<Node<'a>>,
}

/// The fields of a `securityContext`, of a pod or a container.
#[derive(Debug, Default)]
pub(crate) struct Security<'a> {
    pub(crate) allow_privilege_escalation: Option<Node<'a>>,
    pub(crate) app_armor: Option<Node<'a>>,
    pub(crate) capabilities: Option<Node<'a>>,
    pub(crate) privileged: Option<Node<'a>>,
    pub(crate) proc_mount: Option<Node<'a>>,
    pub(crate) run_as_non_root: Option<Node<'a>>,
    pub(crate) run_as_user: Option<Node<'a>>,
    pub(crate) se_linux: Option<Node<'a>>,
    pub(crate) seccomp: Option<Node<'a>>,
    pub(crate) sysctls: Option<Node<'a>>,
    pub(crate) windows: Option<Node<'a>>,
}

impl<'a> Pod<'a> {
    pub(crate) fn read(template: &PodTemplate<'a>) -> Self {
        let spec = template.spec;
        let mut pod = Self {
            annotations: template
                .metadata
                .and_then(|metadata| metadata.get("annotations")),
            host_network: None,
            host_pid: None,
            host_ipc: None,
            volumes: None,
            security: Security::default(),
            containers: SmallVec::new(),
            partial: spec.partial || spec.shape != PodShape::Pod,
            says_windows: false,
            has_user_namespace: false,
        };
        let mut lists = [None; 3];
        for (key, value) in present(spec.node) {
            match key {
                "hostNetwork" => pod.host_network = Some(value),
                "hostPID" => pod.host_pid = Some(value),
                "hostIPC" => pod.host_ipc = Some(value),
                "hostUsers" => pod.has_user_namespace = value.as_bool() == Some(false),
                "os" => pod.says_windows = value.str_at(&["name"]) == Some("windows"),
                "volumes" => pod.volumes = Some(value),
                "securityContext" => pod.security = Security::read(value),
                "initContainers" => lists[0] = Some(value),
                "containers" => lists[1] = Some(value),
                "ephemeralContainers" => lists[2] = Some(value),
                _ => {}
            }
        }
        if spec.shape == PodShape::Pod {
            let nodes = lists.into_iter().flatten().flat_map(Node::items);
            pod.containers = nodes
                .filter(|node| node.is_mapping())
                .map(Container::read)
                .collect();
        } else {
            let containers = spec.containers();
            pod.containers = containers
                .iter()
                .map(|container| Container::read(container.node))
                .collect();
        }
        pod
    }

    /// Whether the controls of a version that are not for Windows pass the pod over.
    pub(crate) fn is_exempt_windows(&self, minor: u32) -> bool {
        minor >= 25 && self.says_windows
    }

    /// Whether the controls of a version that root in a user namespace may break pass the pod over.
    pub(crate) fn is_exempt_user_namespace(&self, minor: u32) -> bool {
        minor >= 35 && self.has_user_namespace
    }
}

impl<'a> Container<'a> {
    fn read(node: Node<'a>) -> Self {
        let mut container = Self {
            node,
            name: "",
            security: Security::default(),
            ports: None,
            probes: [None; 3],
            lifecycle: None,
        };
        for (key, value) in present(node) {
            match key {
                "name" => container.name = value.scalar_text(),
                "securityContext" => container.security = Security::read(value),
                "ports" => container.ports = Some(value),
                "livenessProbe" => container.probes[0] = Some(value),
                "readinessProbe" => container.probes[1] = Some(value),
                "startupProbe" => container.probes[2] = Some(value),
                "lifecycle" => container.lifecycle = Some(value),
                _ => {}
            }
        }
        container
    }
}

impl<'a> Security<'a> {
    fn read(node: Node<'a>) -> Self {
        let mut security = Self::default();
        for (key, value) in present(node) {
            let field = match key {
                "allowPrivilegeEscalation" => &mut security.allow_privilege_escalation,
                "appArmorProfile" => &mut security.app_armor,
                "capabilities" => &mut security.capabilities,
                "privileged" => &mut security.privileged,
                "procMount" => &mut security.proc_mount,
                "runAsNonRoot" => &mut security.run_as_non_root,
                "runAsUser" => &mut security.run_as_user,
                "seLinuxOptions" => &mut security.se_linux,
                "seccompProfile" => &mut security.seccomp,
                "sysctls" => &mut security.sysctls,
                "windowsOptions" => &mut security.windows,
                _ => continue,
            };
            *field = Some(value);
        }
        security
    }
}

/// Keys and values of a mapping; to Kubernetes, a null field is an absent one.
fn present(node: Node<'_>) -> impl Iterator<Item = (&str, Node<'_>)> {
    node.entries()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (key.scalar_text(), value))
}

/// The node, if it is `true`.
pub(crate) fn when_true(node: Option<Node<'_>>) -> Option<Node<'_>> {
    node.filter(|node| node.as_bool() == Some(true))
}

/// The node, if it is `false`.
pub(crate) fn when_false(node: Option<Node<'_>>) -> Option<Node<'_>> {
    node.filter(|node| node.as_bool() == Some(false))
}

/// The text of a string as Go decodes it: null is empty.
pub(crate) fn text_of(node: Node<'_>) -> &str {
    if node.is_null() {
        ""
    } else {
        node.scalar_text()
    }
}

/// The text of a string field; empty where it is absent.
pub(crate) fn text_at<'a>(node: Node<'a>, key: &str) -> &'a str {
    node.get(key).map_or("", Node::scalar_text)
}
