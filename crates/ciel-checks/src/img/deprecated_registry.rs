use ciel_core::FullName;

use super::{Image, image::LATEST};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images from registries and accounts that were given up: `k8s.gcr.io` and the older names of Kubernetes'
    /// registry, projects that moved to `registry.k8s.io`, registries that were switched off.
    ///
    /// ## Why is this bad?
    /// What is there gets no fixes, and one day it is gone: then nodes that do not have the image cannot start the pod.
    ///
    /// ## Example
    /// ```yaml
    /// image: k8s.gcr.io/pause:3.5
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.k8s.io/pause:3.10
    /// ```
    ///
    /// ## Exceptions
    /// Copies of such images in other registries are not recognised. Of `docker.io/bitnami` only `latest` is left.
    ///
    /// ## References
    /// - <https://kubernetes.io/blog/2023/03/10/image-registry-redirect/>
    /// - <https://github.com/bitnami/containers/issues/83267>
    /// - <https://github.com/kubernetes-sigs/kubebuilder/discussions/3907>
    pub static DEPRECATED_REGISTRY = {
        code: "IMG008",
        name: "deprecated-registry",
        severity: Low,
        severity_reason: "Kubescape says medium; what is there may be old, but is what it says",
        since: "0.1.0",
        summary: "image comes from a registry that was given up",
        run: Container(deprecated_registry),
        frameworks: [owasp2022("K10")],
        aliases: [kubescape("C-0253")],
    }
}

/// A place that was given up, what became of it, and what to use instead.
struct GivenUp {
    place: &'static str,
    fate: &'static str,
    instead: &'static str,
}

const KUBERNETES: &str = "registry.k8s.io";
/// Its `latest` images are still there.
const BITNAMI: &str = "docker.io/bitnami";
const NO_IMAGES: &str = "gets no new images and no fixes";

macro_rules! given_up {
    ($($place:expr => $fate:expr, $instead:expr;)*) => {
        &[$(GivenUp { place: $place, fate: $fate, instead: $instead }),*]
    };
}

static GIVEN_UP: &[GivenUp] = given_up! {
    "k8s.gcr.io" => "is frozen since April 2023", KUBERNETES;
    "gcr.io/google_containers" => NO_IMAGES, KUBERNETES;
    "gcr.io/google-containers" => NO_IMAGES, KUBERNETES;
    "gcr.io/k8s-artifacts-prod" => NO_IMAGES, KUBERNETES;
    "gcr.io/kubernetes-helm" => NO_IMAGES, "Helm 3, which needs no Tiller";
    "gcr.io/kubebuilder" => "was switched off", "quay.io/brancz/kube-rbac-proxy or the controller's own authentication";
    "docker.io/mirrorgooglecontainers" => NO_IMAGES, KUBERNETES;
    "quay.io/kubernetes-ingress-controller" => NO_IMAGES, "registry.k8s.io/ingress-nginx";
    "quay.io/k8scsi" => NO_IMAGES, "registry.k8s.io/sig-storage";
    "quay.io/external_storage" => NO_IMAGES, "registry.k8s.io/sig-storage";
    "quay.io/coreos/kube-state-metrics" => NO_IMAGES, "registry.k8s.io/kube-state-metrics";
    "quay.io/coreos/kube-rbac-proxy" => NO_IMAGES, "quay.io/brancz/kube-rbac-proxy";
    "quay.io/coreos/prometheus-operator" => NO_IMAGES, "quay.io/prometheus-operator";
    "quay.io/coreos/prometheus-config-reloader" => NO_IMAGES, "quay.io/prometheus-operator";
    "quay.io/coreos/flannel" => NO_IMAGES, "ghcr.io/flannel-io/flannel";
    "quay.io/coreos/hyperkube" => NO_IMAGES, KUBERNETES;
    "docker.pkg.github.com" => "was switched off", "ghcr.io";
    BITNAMI => "has kept no versions since 2025", "an image that is maintained";
    "docker.io/bitnamilegacy" => NO_IMAGES, "an image that is maintained";
    "docker.io/jboss/keycloak" => NO_IMAGES, "quay.io/keycloak/keycloak";
    "docker.io/library/jenkins" => NO_IMAGES, "docker.io/jenkins/jenkins";
    "docker.io/jettech/kube-webhook-certgen" => NO_IMAGES, "registry.k8s.io/ingress-nginx/kube-webhook-certgen";
};

fn deprecated_registry(cx: &mut ContainerCx<'_>) {
    let Some(image) = cx.image() else {
        return;
    };
    let Some(given_up) = given_up(&image) else {
        return;
    };
    let message = format!(
        "image of {} comes from `{}`, which {}",
        cx.container.display(),
        given_up.place,
        given_up.fate
    );
    let moved = moved(given_up, image.node.scalar_text());
    let node = image.node;
    let report = cx
        .report(&DEPRECATED_REGISTRY, node, message)
        .help(format!("use {}", given_up.instead));
    if let Some(moved) = moved {
        // The new registry was filled with what the old one held when it was frozen.
        let description = format!("take the image from {}", given_up.instead);
        report.fix_replace(description, node, moved).safe_fix();
    }
}

/// The same image in the registry that took over all images under their old names.
fn moved(given_up: &GivenUp, image: &str) -> Option<String> {
    let rest = image.strip_prefix(given_up.place)?;
    let is_same = given_up.place == "k8s.gcr.io" && rest.starts_with('/');
    is_same.then(|| format!("{KUBERNETES}{rest}"))
}

fn given_up(image: &Image<'_>) -> Option<&'static GivenUp> {
    let full: FullName<'_> = image.name.full_name();
    let registry = if image.name.is_docker_hub() {
        "docker.io"
    } else {
        image.name.registry
    };
    // The registry first: most images are of others.
    let given_up = GIVEN_UP
        .iter()
        .find(|given_up| given_up.place.starts_with(registry) && full.is_below(given_up.place))?;
    let has_latest = given_up.place == BITNAMI && matches!(image.name.tag, "" | LATEST);
    (!has_latest).then_some(given_up)
}
