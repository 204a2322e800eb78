use super::untrusted_registry::UNTRUSTED_REGISTRY;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists images that come straight from a public registry, where anybody may publish (Docker Hub, `ghcr.io`,
    /// `quay.io` and the like), as long as no list says which registries are allowed.
    ///
    /// ## Why is this bad?
    /// The cluster runs what an account that is not yours publishes, and cannot start a pod when the registry limits
    /// pulls or is down. Those who copy what they run to a registry of their own scan it once and keep it.
    ///
    /// ## Example
    /// ```yaml
    /// image: docker.io/library/redis:8.2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.example/mirror/redis:8.2
    /// ```
    ///
    /// ## Exceptions
    /// With `--allow-registry` the list decides, and `untrusted-registry` speaks.
    ///
    /// ## References
    /// - <https://docs.docker.com/docker-hub/usage/>
    pub static PUBLIC_REGISTRY_IMAGE = {
        code: "IMG007",
        name: "public-registry-image",
        severity: Info,
        severity_reason: "Trivy says medium; most clusters run public images, and who publishes them matters more than where",
        since: "0.1.0",
        summary: "image comes straight from a public registry",
        profile: All,
        run: Container(public_registry_image),
        frameworks: [owasp2022("K02")],
        aliases: [trivy("KSV-0034")],
    }
}

const PUBLIC: &[&str] = &[
    "docker.io",
    "registry.hub.docker.com",
    "registry-1.docker.io",
    "ghcr.io",
    "quay.io",
    "public.ecr.aws",
    "registry.gitlab.com",
    "lscr.io",
];

fn public_registry_image(cx: &mut ContainerCx<'_>) {
    let options = &cx.options().images;
    let Some(image) = cx.image().filter(|_| options.allowed.is_empty()) else {
        return;
    };
    let full = image.name.full_name();
    let Some(registry) = PUBLIC.iter().find(|registry| full.is_below(registry)) else {
        return;
    };
    let is_denied = image.place(&options.denied).is_some();
    if is_denied && cx.options().gives_way_to(&UNTRUSTED_REGISTRY.check) {
        return;
    }
    let message = format!(
        "image of {} comes straight from `{registry}`, where anybody may publish",
        cx.container.display()
    );
    cx.report(&PUBLIC_REGISTRY_IMAGE, image.node, message).help(
        "copy it to a registry of your own, and say with `--allow-registry` which are allowed",
    );
}
