use ciel_core::limits;
use ciel_yaml::Node;

use crate::{PodShape, PodSpec, TypeMeta};

/// A pod that an object is or will make: the template's metadata and its spec.
#[derive(Clone, Copy, Debug)]
pub struct PodTemplate<'a> {
    /// `metadata` of the pod or template, if it has any.
    pub metadata: Option<Node<'a>>,
    /// The pod's spec.
    pub spec: PodSpec<'a>,
}

impl<'a> PodTemplate<'a> {
    /// `metadata.labels` of the pods.
    #[must_use]
    pub fn labels(self) -> Option<Node<'a>> {
        self.metadata?.get("labels")
    }

    /// The node of an annotation's value on the pods.
    #[must_use]
    pub fn annotation(self, key: &str) -> Option<Node<'a>> {
        self.metadata?.get("annotations")?.get(key)
    }

    fn of_holder(holder: Node<'a>) -> Option<Self> {
        let spec = holder.get("spec").filter(|spec| spec.is_mapping())?;
        Some(Self {
            metadata: holder.get("metadata"),
            spec: PodSpec {
                node: spec,
                shape: PodShape::Pod,
                partial: false,
            },
        })
    }
}

/// The pods that an object is or makes.
///
/// Built-in kinds have their template at a known place. In any other kind, whatever looks like a pod is one: a
/// `spec` whose `containers` is a list of mappings (Knative, Argo Rollouts, OpenKruise, Strimzi's pod sets, job
/// operators), Tekton's `steps`, Argo's `templates`, the parts of KServe's InferenceService. Where such containers have no image, an operator fills in
/// the rest and the pod is [`partial`](PodSpec::partial).
#[must_use]
pub fn pod_templates<'a>(types: &TypeMeta, root: Node<'a>) -> Vec<PodTemplate<'a>> {
    let holder = match (types.group(), types.kind.as_str()) {
        ("", "Pod") => Some(root),
        ("" | "apps" | "extensions" | "batch" | "apps.openshift.io", kind) => match kind {
            "PodTemplate" => root.get("template"),
            "CronJob" => root.at(&["spec", "jobTemplate", "spec", "template"]),
            "JobTemplate" => root.at(&["template", "spec", "template"]),
            "Deployment"
            | "ReplicaSet"
            | "DaemonSet"
            | "StatefulSet"
            | "Job"
            | "ReplicationController"
            | "DeploymentConfig" => root.at(&["spec", "template"]),
            _ => None,
        },
        ("apiextensions.k8s.io", _) => None,
        ("tekton.dev", _) => return tekton(root),
        ("argoproj.io", "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate") => {
            return argo(root.get("metadata"), root.get("spec"));
        }
        ("argoproj.io", "Sensor") => return sensor(root),
        ("serving.kserve.io", "InferenceService") => return kserve(root),
        ("argoproj.io", "CronWorkflow") => return argo(None, root.at(&["spec", "workflowSpec"])),
        (group, _) if is_builtin(group) || is_policy(group) => None,
        _ => {
            let mut found = Vec::new();
            search(root, 0, &mut found);
            return found;
        }
    };
    holder
        .and_then(PodTemplate::of_holder)
        .into_iter()
        .collect()
}

fn is_builtin(group: &str) -> bool {
    group.is_empty()
        || matches!(
            group,
            "apps" | "batch" | "extensions" | "autoscaling" | "policy"
        )
        || (group.ends_with(".k8s.io")
            && !group.contains(".x-k8s.io")
            && !CUSTOM_K8S_IO.contains(&group))
}

/// Policy engines: what looks like a pod in their objects is a pattern that pods are compared with.
fn is_policy(group: &str) -> bool {
    matches!(
        group,
        "kyverno.io" | "policies.kyverno.io" | "policies.kubewarden.io" | "gatekeeper.sh"
    ) || group.ends_with(".gatekeeper.sh")
}

/// Groups under k8s.io that are custom resources all the same and may embed pods.
const CUSTOM_K8S_IO: [&str; 3] = ["sparkoperator.k8s.io", "app.k8s.io", "karpenter.k8s.io"];

/// The parts of an InferenceService, which are pods' specs themselves. Where there is a `model`, KServe adds the
/// container that serves it.
fn kserve(root: Node<'_>) -> Vec<PodTemplate<'_>> {
    let parts = ["predictor", "transformer", "explainer"].into_iter();
    let parts = parts.filter_map(|key| root.at(&["spec", key]));
    parts
        .filter(|part| {
            part.get("containers").is_some_and(is_container_list) || part.get("model").is_some()
        })
        .map(|node| PodTemplate {
            metadata: root.get("metadata"),
            spec: PodSpec {
                node,
                shape: PodShape::Pod,
                partial: true,
            },
        })
        .collect()
}

fn argo<'a>(metadata: Option<Node<'a>>, spec: Option<Node<'a>>) -> Vec<PodTemplate<'a>> {
    let metadata = spec.and_then(|spec| spec.get("podMetadata")).or(metadata);
    let spec = spec.map(|node| PodSpec {
        node,
        shape: PodShape::Argo,
        partial: false,
    });
    spec.map(|spec| PodTemplate { metadata, spec })
        .into_iter()
        .collect()
}

/// A Sensor of Argo Events: its own pod, which the controller makes, and the workflows that it starts.
fn sensor(root: Node<'_>) -> Vec<PodTemplate<'_>> {
    let mut found = Vec::new();
    search(root, 0, &mut found);
    let triggers = root.at(&["spec", "triggers"]).into_iter();
    for trigger in triggers.flat_map(Node::items) {
        let started = ["k8s", "argoWorkflow"]
            .into_iter()
            .filter_map(|key| trigger.at(&["template", key, "source", "resource"]))
            .filter(|resource| resource.str_at(&["kind"]) == Some("Workflow"));
        found.extend(started.flat_map(|flow| argo(flow.get("metadata"), flow.get("spec"))));
    }
    found
}

fn tekton(root: Node<'_>) -> Vec<PodTemplate<'_>> {
    let mut found = Vec::new();
    search_steps(root, 0, &mut found);
    // What a run says of the pods of its tasks, whose containers stand elsewhere.
    let of_runs = [
        &["spec", "podTemplate"][..],
        &["spec", "taskRunTemplate", "podTemplate"],
    ];
    let of_runs = of_runs.into_iter().filter_map(|path| root.at(path));
    let of_tasks = root.at(&["spec", "taskRunSpecs"]).into_iter();
    let of_tasks = of_tasks.flat_map(Node::items).filter_map(|task| {
        task.get("podTemplate")
            .or_else(|| task.get("taskPodTemplate"))
    });
    let pods = of_runs.chain(of_tasks).filter(|node| node.is_mapping());
    found.extend(pods.map(|node| PodTemplate {
        metadata: None,
        spec: PodSpec {
            node,
            shape: PodShape::Pod,
            partial: true,
        },
    }));
    found
}

fn search_steps<'a>(node: Node<'a>, depth: usize, found: &mut Vec<PodTemplate<'a>>) {
    if depth > limits::DEPTH {
        return;
    }
    if node.get("steps").is_some_and(is_container_list) {
        let spec = PodSpec {
            node,
            shape: PodShape::Tekton,
            partial: false,
        };
        found.push(PodTemplate {
            metadata: None,
            spec,
        });
        return;
    }
    for (_, child) in node.entries() {
        search_steps(child, depth + 1, found);
    }
    for child in node.items() {
        search_steps(child, depth + 1, found);
    }
}

/// Looks for holders of pods: mappings whose `spec` has a list of containers.
fn search<'a>(node: Node<'a>, depth: usize, found: &mut Vec<PodTemplate<'a>>) {
    if depth > limits::DEPTH {
        return;
    }
    let spec = node
        .get("spec")
        .filter(|spec| spec.get("containers").is_some_and(is_container_list));
    if let Some(template) = spec.and_then(|_| PodTemplate::of_holder(node)) {
        let spec = template.spec.node;
        let has_images = template
            .spec
            .containers()
            .iter()
            .all(|container| container.image().is_some());
        // The spec of the object itself (as in a Prometheus) is the operator's, which adds containers of its own.
        let partial = depth == 0 || !has_images;
        found.push(PodTemplate {
            spec: PodSpec {
                node: spec,
                partial,
                ..template.spec
            },
            ..template
        });
        return;
    }
    for (_, child) in node.entries() {
        search(child, depth + 1, found);
    }
    for child in node.items() {
        search(child, depth + 1, found);
    }
}

fn is_container_list(node: Node<'_>) -> bool {
    node.is_sequence()
        && !node.is_empty()
        && node
            .items()
            .all(|item| item.is_mapping() && item.get("name").or(item.get("image")).is_some())
}
