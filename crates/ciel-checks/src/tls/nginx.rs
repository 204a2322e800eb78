//! Which images are ingress-nginx, and of which version.

use ciel_core::ImageName;

/// A version of ingress-nginx: `(1, 11, 5)`.
pub(super) type Version = (u32, u32, u32);

/// Whether an image is the project's controller, under its own name or in somebody's copy; F5's controller of nearly
/// the same name (`nginx/nginx-ingress`) is another product. Chainguard keeps a fork alive under its own registry.
pub(super) fn is_controller(image: &str) -> bool {
    if !image.contains("nginx") {
        return false;
    }
    let image = image.trim();
    let name = ImageName::parse(image);
    let is_named = name.is("ingress-nginx/controller")
        || name.is("ingress-nginx/controller-chroot")
        || matches!(
            name.base(),
            "nginx-ingress-controller"
                | "nginx-ingress-controller-amd64"
                | "nginx-ingress-controller-arm64"
                | "ingress-nginx-controller"
                | "ingress-nginx-controller-chroot"
                | "mirrored-ingress-nginx-controller"
                | "nginx-controller"
        );
    // The project never came to version 2: what has one goes its own way.
    is_named && !image.starts_with("cgr.dev/") && version(image).is_none_or(|(major, ..)| major < 2)
}

/// The version that a tag names: `v1.11.5`, `nginx-1.11.2-hardened1`, `1.12.1-debian-12-r0`.
pub(super) fn version(image: &str) -> Option<Version> {
    let tag = ImageName::parse(image).tag;
    let tag = ["controller-", "nginx-", "v"]
        .iter()
        .fold(tag, |tag, prefix| tag.strip_prefix(prefix).unwrap_or(tag));
    let mut parts = tag.splitn(3, '.');
    let mut number = || {
        let part = parts.next()?;
        let end = part.bytes().position(|byte| !byte.is_ascii_digit());
        part.get(..end.unwrap_or(part.len()))?.parse::<u32>().ok()
    };
    Some((number()?, number()?, number()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(image: &str, expected: Option<Version>) {
        assert_eq!(
            is_controller(image).then(|| version(image)).flatten(),
            expected,
            "{image}"
        );
    }

    #[test]
    fn controllers_and_their_versions_are_known() {
        check(
            "registry.k8s.io/ingress-nginx/controller:v1.11.5@sha256:00",
            Some((1, 11, 5)),
        );
        check(
            "mirror.example/ingress-nginx/controller-chroot:v1.9.0",
            Some((1, 9, 0)),
        );
        check(
            "rancher/nginx-ingress-controller:nginx-1.11.2-hardened1",
            Some((1, 11, 2)),
        );
        check(
            "bitnami/nginx-ingress-controller:1.12.1-debian-12-r0",
            Some((1, 12, 1)),
        );
        check(
            "quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0",
            Some((0, 33, 0)),
        );
        check("nginx-controller:v0.49.0", Some((0, 49, 0)));
    }

    #[test]
    fn other_products_are_not() {
        check("nginx/nginx-ingress:3.7.0", None);
        check("nginx:1.21.0", None);
        check(
            "registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.4.0",
            None,
        );
        check("ghcr.io/fork/ingress-nginx/controller:2026.7.20", None);
        check("cgr.dev/chainguard/ingress-nginx-controller:1.14.0", None);
    }
}
