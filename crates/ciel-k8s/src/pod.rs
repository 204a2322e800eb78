use ciel_yaml::Node;

/// How an object spells the containers of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PodShape {
    /// A `PodSpec`: `initContainers`, `containers`, `ephemeralContainers`.
    Pod,
    /// A Tekton task: `steps`, `sidecars`.
    Tekton,
    /// An Argo workflow: `templates[]` with `container`, `script`, `initContainers`, `sidecars`.
    Argo,
}

/// The `spec` of a pod, or what stands for it in a custom resource.
#[derive(Clone, Copy, Debug)]
pub struct PodSpec<'a> {
    /// The mapping that holds the containers.
    pub node: Node<'a>,
    /// Where its containers are.
    pub shape: PodShape,
    /// Whether an operator fills in what is not said, so that absences prove nothing.
    pub partial: bool,
}

/// Which list a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContainerKind {
    /// `initContainers`, sidecars (`restartPolicy: Always`) among them.
    Init,
    /// `containers`
    Regular,
    /// `ephemeralContainers`
    Ephemeral,
}

impl ContainerKind {
    /// How messages name it: `init container`, `container`, `ephemeral container`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Init => "init container",
            Self::Regular => "container",
            Self::Ephemeral => "ephemeral container",
        }
    }
}

/// Labels of nodes that name their operating system.
const OS_LABELS: [&str; 2] = ["kubernetes.io/os", "beta.kubernetes.io/os"];

/// A container of a pod.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    /// The container's mapping.
    pub node: Node<'a>,
    /// Which list it stands in.
    pub kind: ContainerKind,
}

/// A security setting that a container takes from itself or else from its pod.
#[derive(Clone, Copy, Debug)]
pub enum EffectiveField<'a> {
    /// The container's own `securityContext` says it.
    Container(Node<'a>),
    /// The pod's `securityContext` says it.
    Pod(Node<'a>),
    /// Neither does.
    Unset,
}

impl<'a> EffectiveField<'a> {
    /// The value's node, whoever says it.
    #[must_use]
    pub fn node(self) -> Option<Node<'a>> {
        match self {
            Self::Container(node) | Self::Pod(node) => Some(node),
            Self::Unset => None,
        }
    }
}

impl<'a> PodSpec<'a> {
    /// `securityContext` of the pod.
    #[must_use]
    pub fn security_context(self) -> Option<Node<'a>> {
        self.node.get("securityContext")
    }

    /// All containers, in the order of the lists: init, regular, ephemeral.
    #[must_use]
    pub fn containers(self) -> Vec<Container<'a>> {
        const POD: [(&str, ContainerKind); 3] = [
            ("initContainers", ContainerKind::Init),
            ("containers", ContainerKind::Regular),
            ("ephemeralContainers", ContainerKind::Ephemeral),
        ];
        const TEKTON: [(&str, ContainerKind); 2] = [
            ("steps", ContainerKind::Regular),
            ("sidecars", ContainerKind::Regular),
        ];
        match self.shape {
            PodShape::Pod => listed(self.node, &POD),
            PodShape::Tekton => listed(self.node, &TEKTON),
            PodShape::Argo => argo_containers(self.node),
        }
    }

    /// `volumes`; those of each template of an Argo workflow, too.
    pub fn volumes(self) -> impl Iterator<Item = Node<'a>> {
        let is_argo = self.shape == PodShape::Argo;
        let templates = self.node.get("templates").filter(|_| is_argo);
        let of_templates = templates
            .into_iter()
            .flat_map(Node::items)
            .filter_map(|template| template.get("volumes"));
        let own = self.node.get("volumes").into_iter();
        own.chain(of_templates).flat_map(Node::items)
    }

    /// `serviceAccountName`, or the deprecated `serviceAccount`; where neither is given, Kubernetes takes
    /// `default`.
    #[must_use]
    pub fn service_account(self) -> Option<Node<'a>> {
        let named = |key| {
            self.node
                .get(key)
                .filter(|node| node.as_str().is_some_and(|name| !name.is_empty()))
        };
        named("serviceAccountName").or_else(|| named("serviceAccount"))
    }

    /// The name of the service account that the pod runs as.
    #[must_use]
    pub fn service_account_name(self) -> &'a str {
        self.service_account()
            .and_then(Node::as_str)
            .unwrap_or("default")
    }

    /// Whether it says that it runs on Windows: `os.name`, or the node selector or the required node affinity that
    /// schedulers use.
    #[must_use]
    pub fn is_windows(self) -> bool {
        self.node.str_at(&["os", "name"]) == Some("windows")
            || OS_LABELS
                .iter()
                .any(|key| self.node.str_at(&["nodeSelector", key]) == Some("windows"))
            || self.requires_windows_node()
    }

    /// Whether every term of the required node affinity asks for Windows.
    fn requires_windows_node(self) -> bool {
        let terms = self.node.at(&[
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms",
        ]);
        let asks_for_windows = |term: Node<'a>| {
            let expressions = term.get("matchExpressions");
            expressions.into_iter().flat_map(Node::items).any(|asked| {
                let values = asked.get("values").into_iter().flat_map(Node::items);
                asked.str_at(&["operator"]) == Some("In")
                    && asked
                        .str_at(&["key"])
                        .is_some_and(|key| OS_LABELS.contains(&key))
                    && asked.get("values").is_some_and(|values| !values.is_empty())
                    && values
                        .map(Node::as_str)
                        .all(|value| value == Some("windows"))
            })
        };
        terms.is_some_and(|terms| !terms.is_empty() && terms.items().all(asks_for_windows))
    }

    /// Whether it has a user namespace of its own (`hostUsers: false`): its root is nobody on the node.
    #[must_use]
    pub fn has_user_namespace(self) -> bool {
        self.node.bool_at(&["hostUsers"]) == Some(false)
    }

    /// A field of `securityContext` that containers inherit from the pod.
    #[must_use]
    pub fn effective(self, container: Container<'a>, field: &str) -> EffectiveField<'a> {
        if let Some(node) = self.container_security(container, field) {
            return EffectiveField::Container(node);
        }
        let of_template = self
            .argo_template_of(container)
            .and_then(|template| template.at(&["securityContext", field]));
        let of_pod = || self.security_context()?.get(field);
        match of_template.or_else(of_pod) {
            Some(node) => EffectiveField::Pod(node),
            None => EffectiveField::Unset,
        }
    }

    /// A field of the container's own `securityContext`, or of what stands in for it: the `stepTemplate` of a
    /// Tekton task is merged into every step.
    #[must_use]
    pub fn container_security(self, container: Container<'a>, field: &str) -> Option<Node<'a>> {
        let of_steps = || {
            let steps = self.node.get("steps")?;
            if self.shape != PodShape::Tekton || !steps.contains(container.node) {
                return None;
            }
            self.node.at(&["stepTemplate", "securityContext", field])
        };
        container.security(field).or_else(of_steps)
    }

    /// The template of an Argo workflow that a container stands in: each makes a pod of its own.
    fn argo_template_of(self, container: Container<'a>) -> Option<Node<'a>> {
        if self.shape != PodShape::Argo {
            return None;
        }
        let templates = self.node.get("templates")?;
        templates
            .items()
            .find(|template| template.contains(container.node))
    }
}

impl<'a> Container<'a> {
    /// `name`; empty where it has none.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.node.str_at(&["name"]).unwrap_or_default()
    }

    /// `image`, as written.
    #[must_use]
    pub fn image(self) -> Option<&'a str> {
        self.node.str_at(&["image"])
    }

    /// `securityContext` of the container.
    #[must_use]
    pub fn security_context(self) -> Option<Node<'a>> {
        self.node.get("securityContext")
    }

    /// A field of the container's own `securityContext`.
    #[must_use]
    pub fn security(self, field: &str) -> Option<Node<'a>> {
        self.security_context()?.get(field)
    }

    /// Whether it runs as long as its pod: a regular container, or an init container that is a sidecar
    /// (`restartPolicy: Always`).
    #[must_use]
    pub fn stays(self) -> bool {
        match self.kind {
            ContainerKind::Regular => true,
            ContainerKind::Init => self.node.str_at(&["restartPolicy"]) == Some("Always"),
            ContainerKind::Ephemeral => false,
        }
    }

    /// How messages name it: ``container `app` ``.
    #[must_use]
    pub fn display(self) -> String {
        // Argo's templates and Tekton's steps need no name.
        if self.name().is_empty() {
            return format!("unnamed {}", self.kind.noun());
        }
        format!("{} `{}`", self.kind.noun(), self.name())
    }

    /// The words of `command` and `args`, in order.
    #[must_use]
    pub fn argv(self) -> Vec<Node<'a>> {
        let words = |key| self.node.get(key).into_iter().flat_map(Node::items);
        words("command").chain(words("args")).collect()
    }

    /// The script that a step of Tekton (`script`) or a template of Argo (`source`) runs.
    #[must_use]
    pub fn script(self) -> Option<Node<'a>> {
        ["script", "source"]
            .into_iter()
            .filter_map(|key| self.node.get(key))
            .find(|node| node.as_str().is_some())
    }

    /// `env` entries.
    pub fn env(self) -> impl Iterator<Item = Node<'a>> {
        self.node.get("env").into_iter().flat_map(Node::items)
    }
}

fn listed<'a>(node: Node<'a>, lists: &[(&str, ContainerKind)]) -> Vec<Container<'a>> {
    let mut containers = Vec::new();
    for &(key, kind) in lists {
        let items = node
            .get(key)
            .into_iter()
            .flat_map(Node::items)
            .filter(|item| item.is_mapping());
        containers.extend(items.map(|node| Container { node, kind }));
    }
    containers
}

fn argo_containers(spec: Node<'_>) -> Vec<Container<'_>> {
    const LISTS: [(&str, ContainerKind); 2] = [
        ("initContainers", ContainerKind::Init),
        ("sidecars", ContainerKind::Regular),
    ];
    let mut containers = Vec::new();
    for template in spec.get("templates").into_iter().flat_map(Node::items) {
        containers.extend(argo_template(template, &LISTS));
        // Templates that stand where they are called.
        let steps = template.get("steps").into_iter().flat_map(Node::items);
        let tasks = template.at(&["dag", "tasks"]).into_iter();
        for call in steps
            .flat_map(Node::items)
            .chain(tasks.flat_map(Node::items))
        {
            if let Some(inline) = call.get("inline") {
                containers.extend(argo_template(inline, &LISTS));
            }
        }
    }
    containers
}

fn argo_template<'a>(template: Node<'a>, lists: &[(&str, ContainerKind)]) -> Vec<Container<'a>> {
    let mut containers = listed(template, lists);
    let single = ["container", "script"]
        .into_iter()
        .filter_map(|key| template.get(key));
    containers.extend(single.map(|node| Container {
        node,
        kind: ContainerKind::Regular,
    }));
    if let Some(set) = template.get("containerSet") {
        containers.extend(listed(set, &[("containers", ContainerKind::Regular)]));
    }
    containers
}
