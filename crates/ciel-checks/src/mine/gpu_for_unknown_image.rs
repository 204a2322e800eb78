use ciel_core::ImageName;
use ciel_mining::is_of_unknown_account;

use super::gpu::gpu_request;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that ask for GPUs for an image of a Docker Hub account that is not well known, by a tag that can
    /// change, in a pod without pull secrets: anybody can publish such an image, and its publisher can change it.
    ///
    /// ## Why is this bad?
    /// Mostly it is not: somebody tries out somebody's model. But GPUs are what miners pay best for, and what runs on them
    /// is decided by a stranger. The images that attackers put on clusters through open Kubeflow dashboards came from an
    /// account that nobody knew (Microsoft, 2020), and the Dero miner of 2024 hid in one that was named like a PyTorch
    /// container (Wiz).
    ///
    /// ## Example
    /// ```yaml
    /// image: someone4711/pytorch-container
    /// resources:
    ///   limits:
    ///     nvidia.com/gpu: 4
    /// ```
    ///
    /// ## Use instead
    /// An image of the project itself, or a copy in your own registry, by digest.
    /// ```yaml
    /// image: registry.example.com/ml/pytorch@sha256:…
    /// resources:
    ///   limits:
    ///     nvidia.com/gpu: 4
    /// ```
    ///
    /// ## Exceptions
    /// Images by digest, of well-known publishers, of other registries, and of pods with pull secrets, which are private
    /// ones for all that a manifest shows.
    ///
    /// ## References
    /// - <https://www.microsoft.com/en-us/security/blog/2020/06/10/misconfigured-kubeflow-workloads-are-a-security-risk/>
    /// - <https://www.wiz.io/blog/dero-cryptojacking-campaign-adapts-to-evade-detection>
    pub static GPU_FOR_UNKNOWN_IMAGE = {
        code: "MINE012",
        name: "gpu-for-unknown-image",
        severity: Low,
        since: "0.1.0",
        summary: "container asks for GPUs for an image of an unknown account",
        run: Container(gpu_for_unknown_image),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn gpu_for_unknown_image(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(request) = gpu_request(container) else {
        return;
    };
    let Some(image) = container.node.get("image") else {
        return;
    };
    let text = image.scalar_text();
    let name = ImageName::parse(text);
    let is_private = cx
        .spec()
        .node
        .get("imagePullSecrets")
        .is_some_and(|secrets| secrets.items().next().is_some());
    if is_private || name.is_pinned() || !is_of_unknown_account(&name) {
        return;
    }
    let publisher = name.publisher().unwrap_or_default();
    let message = format!(
        "{} asks for GPUs for an image of the Docker Hub account `{publisher}`",
        container.display(),
    );
    cx.report(&GPU_FOR_UNKNOWN_IMAGE, image, message)
        .help("find out who publishes the image; run a copy of your own, by digest")
        .evidence("gpus", request.scalar_text());
}
