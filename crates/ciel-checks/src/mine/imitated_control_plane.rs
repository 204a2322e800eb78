use ciel_core::{ImageName, Severity};
use ciel_mining::{Imitation, ImitationKind, imitation, is_genuine_image, is_of_unknown_account};
use ciel_yaml::Node;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads in `kube-system` (and, as `medium`, DaemonSets elsewhere that run images of public registries) whose names are nearly those of Kubernetes' own components (`kube-porxy`,
    /// `kubernetes-proxy`), names that published cases used (`kube-controller`, `proxy-api`), or exactly those, with an image
    /// that is not the component's.
    ///
    /// ## Why is this bad?
    /// In a list of pods nobody looks twice at one more `kube-` something. RBAC-Buster's miner was a DaemonSet
    /// `kube-controller` (Aqua, 2023), the first Dero miner one named `proxy-api` (CrowdStrike, 2023), the next
    /// `k8s-device-plugin` (Wiz, 2024).
    ///
    /// ## Example
    /// ```yaml
    /// kind: DaemonSet
    /// metadata:
    ///   name: kube-controller
    ///   namespace: kube-system
    /// ```
    ///
    /// ## Use instead
    /// If it is yours, a name that says whose it is, in a namespace of its own. If it is not, remove it.
    /// ```yaml
    /// kind: DaemonSet
    /// metadata:
    ///   name: example-node-agent
    ///   namespace: example-agents
    /// ```
    ///
    /// ## Exceptions
    /// A component's own name and image name from an account of Docker Hub that few know is `medium`: perhaps a mirror.
    /// Genuine components under their own names, from the project's or a distribution's registry or a private mirror, are left
    /// alone, and so are well-known add-ons with names like theirs (`kube-vip`, `kube-router`).
    ///
    /// ## References
    /// - <https://www.aquasec.com/blog/leveraging-kubernetes-rbac-to-backdoor-clusters/>
    /// - <https://www.wiz.io/blog/dero-cryptojacking-campaign-adapts-to-evade-detection>
    pub static IMITATED_CONTROL_PLANE = {
        code: "MINE008",
        name: "imitated-control-plane",
        severity: High,
        since: "0.1.0",
        summary: "workload in kube-system imitates a component of Kubernetes",
        run: Pod(imitated_control_plane),
        frameworks: [mitre("T1036"), ms("MS-TA9023")],
        aliases: [],
    }
}

fn imitated_control_plane(cx: &mut PodCx<'_>) {
    let object = cx.object();
    let in_system = cx.workload.namespace() == "kube-system";
    // Elsewhere such names may be anybody's; one on every node is still worth a look.
    if !in_system && object.kind() != "DaemonSet" {
        return;
    }
    let Some(found) = imitation(object.name()) else {
        return;
    };
    let images: Vec<&str> = cx
        .spec()
        .containers()
        .into_iter()
        .filter_map(|container| container.image())
        .collect();
    let genuine = images
        .iter()
        .any(|image| is_genuine_image(found.component, image));
    let Some(severity) = severity(&found, &images, genuine, in_system) else {
        return;
    };
    let Some(name) = object.root().at(&["metadata", "name"]) else {
        return;
    };
    let is_mirror = severity == Severity::Medium && found.kind == ImitationKind::Exact;
    let verb = if found.kind == ImitationKind::Exact {
        "has the name of"
    } else {
        "is named like"
    };
    let image_is = if is_mirror {
        "its image comes from an account that few know"
    } else {
        "its image is not that component's"
    };
    let message = format!(
        "`{}` {verb} Kubernetes' `{}`, and {image_is}",
        object.name(),
        found.component
    );
    let image = cx
        .spec()
        .containers()
        .into_iter()
        .find_map(|container| container.node.get("image"));
    let report = cx
        .report(&IMITATED_CONTROL_PLANE, name, message)
        .severity(severity)
        .help("if it is yours, name it after its owner and move it out of `kube-system`; if not, remove it")
        .evidence("component", found.component)
        .evidence("images", images);
    related(report, object, image);
}

fn related(
    report: crate::Report<'_, '_>,
    object: ciel_snapshot::Object<'_>,
    image: Option<Node<'_>>,
) {
    if let Some(image) = image {
        report.related(object, image, "the image that it runs");
    }
}

fn severity(
    found: &Imitation,
    images: &[&str],
    genuine: bool,
    in_system: bool,
) -> Option<Severity> {
    if genuine || images.is_empty() {
        return None;
    }
    if !in_system {
        let borrowed =
            found.kind != ImitationKind::Exact && !images.iter().any(|image| is_private(image));
        return borrowed.then_some(Severity::Medium);
    }
    match found.kind {
        // A mirror on Docker Hub keeps the component's name; another program under it is a disguise.
        ImitationKind::Exact => {
            let core = found.component.starts_with("kube-") || found.component == "coredns";
            let mirrored = images.iter().any(|image| image.contains(found.component));
            let unknown = |image: &&str| is_of_unknown_account(&ImageName::parse(image));
            match mirrored {
                false => core.then_some(Severity::High),
                true => images.iter().all(unknown).then_some(Severity::Medium),
            }
        }
        ImitationKind::NearMiss(_) | ImitationKind::Composed | ImitationKind::KnownCase => {
            Some(Severity::High)
        }
    }
}

/// Whether an image comes from a registry where not everybody may publish.
fn is_private(image: &str) -> bool {
    let name = ImageName::parse(image);
    !name.is_docker_hub() && !["ghcr.io", "quay.io", "registry.gitlab.com"].contains(&name.registry)
}
