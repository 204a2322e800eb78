use std::net::Ipv4Addr;

use super::Image;
use crate::{ContainerCx, ImageOptions, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images from places that the project does not trust: outside `--allow-registry` (`allowed-registries` in
    /// `ciel.toml`), or below `--deny-registry` (`denied-registries`). Without these, it finds images from places that
    /// nobody can answer for: registries that take anything from anybody for some hours (`ttl.sh`), registries behind
    /// tunnels to somebody's machine, registries that are a bare public address.
    ///
    /// ## Why is this bad?
    /// Who publishes the image runs code in the cluster. Where that may be anybody, nobody has tested, scanned or signed
    /// what runs, and nobody takes it back when it turns out to be bad.
    ///
    /// ## Example
    /// ```yaml
    /// image: ttl.sh/web:1h
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.example/web:1.4.2
    /// ```
    ///
    /// ## Exceptions
    /// An allowed place that is below a denied one is allowed: `docker.io` denied, `docker.io/acme` allowed.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/cloud-native-security/>
    pub static UNTRUSTED_REGISTRY = {
        code: "IMG006",
        name: "untrusted-registry",
        severity: Medium,
        severity_reason: "Kubescape says high for places that are forbidden, medium for those that are not allowed; high here for what nobody can answer for",
        since: "0.1.0",
        summary: "image comes from a place that is not trusted",
        run: Container(untrusted_registry),
        frameworks: [owasp2022("K02"), mitre("T1525"), ms("MS-TA9002")],
        aliases: [
            kubescape("C-0001"), kubescape("C-0078"), kubescape("C-0304"), trivy("KSV-0032"), trivy("KSV-0033"),
            trivy("KSV-0035"), trivy("KSV-0125"), popeye("POP-113"),
        ],
    }
}

/// Registries that take images from anybody without an account, and domains of tunnels to somebody's machine.
const ANYBODYS: &[(&str, &str)] = &[
    (
        "ttl.sh",
        "takes images from anybody and keeps them for hours",
    ),
    ("ngrok.io", "is a tunnel to somebody's machine"),
    ("ngrok.app", "is a tunnel to somebody's machine"),
    ("ngrok.dev", "is a tunnel to somebody's machine"),
    ("ngrok-free.app", "is a tunnel to somebody's machine"),
    ("ngrok-free.dev", "is a tunnel to somebody's machine"),
    ("trycloudflare.com", "is a tunnel to somebody's machine"),
    ("loca.lt", "is a tunnel to somebody's machine"),
    ("localtunnel.me", "is a tunnel to somebody's machine"),
    ("serveo.net", "is a tunnel to somebody's machine"),
    ("localhost.run", "is a tunnel to somebody's machine"),
];

fn untrusted_registry(cx: &mut ContainerCx<'_>) {
    let Some(image) = cx.image() else {
        return;
    };
    let Some((why, severity)) = objection(&image, &cx.options().images) else {
        return;
    };
    let message = format!("image of {} comes from {why}", cx.container.display());
    cx.report(&UNTRUSTED_REGISTRY, image.node, message)
        .severity(severity)
        .help("use the image of a registry that you trust, or copy it to your own");
}

/// What is wrong with the place that an image comes from, and how much.
pub(super) fn objection(
    image: &Image<'_>,
    options: &ImageOptions,
) -> Option<(String, ciel_core::Severity)> {
    use ciel_core::Severity::{High, Medium};
    let allowed = image.place(&options.allowed);
    let denied = image.place(&options.denied);
    let wins = |place: &str| allowed.is_none_or(|allowed| allowed.len() <= place.len());
    if let Some(place) = denied.filter(|place| wins(place)) {
        return Some((format!("`{place}`, which is denied"), Medium));
    }
    if allowed.is_some() {
        return None;
    }
    let host = image.name.host();
    if !options.allowed.is_empty() {
        return Some((
            format!("`{host}`, which is not on the list of allowed registries"),
            Medium,
        ));
    }
    if !image.name.registry_written {
        return None;
    }
    if host.parse::<Ipv4Addr>().is_ok_and(is_public) {
        return Some((format!("`{host}`, an address without a name"), Medium));
    }
    let full = image.name.full_name();
    let (_, why) = ANYBODYS.iter().find(|(place, _)| full.is_below(place))?;
    Some((format!("`{host}`, which {why}"), High))
}

fn is_public(address: Ipv4Addr) -> bool {
    // 100.64.0.0/10: between a provider and its customers, and what overlay networks use.
    let is_shared = matches!(address.octets(), [100, 64..=127, ..]);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_unspecified()
        || is_shared)
}
