use ciel_core::Tool;
use ciel_k8s::{PodShape, Quantity};

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose requests or limits are above the ceilings that the project has set: `max-cpu-request`,
    /// `max-cpu-limit`, `max-memory-request` and `max-memory-limit` under `[resources]` in `ciel.toml`. Without ceilings it
    /// says nothing.
    ///
    /// ## Why is this bad?
    /// What one container may take is missing for all others of its node, and a miner takes all that it may. How much is
    /// too much only the owner of the cluster can say.
    ///
    /// ## Example
    /// With `max-cpu-limit = "2"`:
    /// ```yaml
    /// containers:
    /// - name: web
    ///   resources:
    ///     limits:
    ///       cpu: "64"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: web
    ///   resources:
    ///     limits:
    ///       cpu: "2"
    /// ```
    ///
    /// ## Exceptions
    /// Amounts that are written for a pod as a whole, and those that a LimitRange adds, are not compared.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static RESOURCES_ABOVE_CEILING = {
        code: "REL009",
        name: "resources-above-ceiling",
        severity: Medium,
        since: "0.1.0",
        summary: "container may take more than the project allows",
        run: Container(resources_above_ceiling),
        frameworks: [nsa("network-separation"), mitre("T1496")],
        aliases: [
            kubescape("C-0270"), kubescape("C-0268"), kubescape("C-0050"), kubescape("C-0271"), kubescape("C-0269"),
            kubescape("C-0004"), kubescape("C-0303"), kubeaudit("LimitsCPUExceeded"),
            kubeaudit("LimitsMemoryExceeded"),
        ],
    }
}

/// What kubescape and kubeaudit call it for one of the two resources only.
const CPU_IDS: [&str; 3] = ["C-0270", "C-0268", "C-0050"];
const MEMORY_IDS: [&str; 3] = ["C-0271", "C-0269", "C-0004"];

fn resources_above_ceiling(cx: &mut ContainerCx<'_>) {
    let ceilings = &cx.options().resources;
    let amounts = [
        ("requests", "cpu", ceilings.max_cpu_request),
        ("limits", "cpu", ceilings.max_cpu_limit),
        ("requests", "memory", ceilings.max_memory_request),
        ("limits", "memory", ceilings.max_memory_limit),
    ];
    if cx.spec().shape != PodShape::Pod {
        return;
    }
    let container = cx.container;
    for (list, resource, ceiling) in amounts {
        let Some(ceiling) = ceiling else { continue };
        let Some(node) = container.node.at(&["resources", list, resource]) else {
            continue;
        };
        if Quantity::of(node).is_none_or(|amount| amount <= ceiling) {
            continue;
        }
        let message = format!(
            "{} has `{}` for `{list}.{resource}`, above the project's ceiling",
            container.display(),
            node.scalar_text(),
        );
        let (other_ids, other_kubeaudit) = if resource == "cpu" {
            (&MEMORY_IDS, "LimitsMemoryExceeded")
        } else {
            (&CPU_IDS, "LimitsCPUExceeded")
        };
        cx.report(&RESOURCES_ABOVE_CEILING, node, message)
            .help("ask for less, or raise the ceiling under `[resources]` in `ciel.toml`")
            .not_called(Tool::Kubescape, other_ids)
            .not_called(Tool::Kubeaudit, &[other_kubeaudit]);
    }
}
