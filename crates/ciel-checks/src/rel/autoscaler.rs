//! What scales a workload by itself: HorizontalPodAutoscalers and KEDA's ScaledObjects.

use ciel_k8s::group_of;
use ciel_snapshot::Object;
use ciel_yaml::Node;

/// What an autoscaler scales, or could scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Target<'s> {
    namespace: &'s str,
    /// The group; those that Deployments had before are `apps`.
    pub(crate) group: &'s str,
    pub(crate) kind: &'s str,
    pub(crate) name: &'s str,
}

/// An autoscaler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Autoscaler<'s> {
    pub(crate) object: Object<'s>,
    pub(crate) target: Target<'s>,
    /// The least number of pods, where it is said.
    pub(crate) min: Option<Node<'s>>,
    /// The greatest number of pods, where it is said.
    pub(crate) max: Option<Node<'s>>,
}

impl<'s> Target<'s> {
    pub(crate) fn of(object: Object<'s>) -> Self {
        Self {
            namespace: object.namespace_or_default(),
            group: group(&object.types().api_version),
            kind: object.kind(),
            name: object.name(),
        }
    }
}

impl<'s> Autoscaler<'s> {
    /// The autoscaler that an object is, if it says what it scales.
    pub(crate) fn of(object: Object<'s>) -> Option<Self> {
        let (is_keda, min, max) = match (object.types().group(), object.kind()) {
            ("autoscaling", "HorizontalPodAutoscaler") => (false, "minReplicas", "maxReplicas"),
            ("keda.sh", "ScaledObject") => (true, "minReplicaCount", "maxReplicaCount"),
            _ => return None,
        };
        let spec = object.root().get("spec")?;
        let reference = spec.get("scaleTargetRef")?;
        let (default_group, default_kind) = if is_keda {
            ("apps", "Deployment")
        } else {
            ("", "")
        };
        let target = Target {
            namespace: object.namespace_or_default(),
            group: reference
                .str_at(&["apiVersion"])
                .map_or(default_group, group),
            kind: reference.str_at(&["kind"]).unwrap_or(default_kind),
            name: reference.str_at(&["name"])?,
        };
        Some(Self {
            object,
            target,
            min: spec.get(min),
            max: spec.get(max),
        })
    }

    /// The least number of pods that it leaves: Kubernetes takes 1 where nothing is said, KEDA none.
    pub(crate) fn least(&self) -> i64 {
        let said = self.min.and_then(Node::as_i64);
        said.unwrap_or_else(|| i64::from(self.object.types().group() == "autoscaling"))
    }
}

/// The group of an API version, as it is today.
fn group(api_version: &str) -> &str {
    match group_of(api_version) {
        "extensions" => "apps",
        group => group,
    }
}
