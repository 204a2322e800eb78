use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services with `spec.externalIPs`.
    ///
    /// ## Why is this bad?
    /// Every node sends traffic for these addresses to the Service's pods, also traffic that comes from other pods, and
    /// nothing asks whether the address belongs to whoever made the Service. With it, a user who may make Services reads
    /// what others send to a public address, the cluster's DNS or a database outside (CVE-2020-8554). It cannot be
    /// mended, as it is how the field works; Kubernetes deprecates it from 1.36 on.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   externalIPs:
    ///   - 203.0.113.7
    /// ```
    ///
    /// ## Use instead
    /// A load balancer that owns the address, such as the cloud's, or MetalLB's:
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    /// ```
    /// and the admission plugin `DenyServiceExternalIPs`.
    ///
    /// ## Exceptions
    /// Addresses that are the nodes' own, in a cluster where only administrators make Services.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/#external-ips>
    /// - <https://github.com/kubernetes/kubernetes/issues/97076>
    pub static SERVICE_EXTERNAL_IPS = {
        code: "NET007",
        name: "service-external-ips",
        severity: High,
        since: "0.1.0",
        summary: "Service takes over external addresses",
        run: Object(&[("", "Service")], service_external_ips),
        frameworks: [owasp2022("K07"), owasp2025("K05")],
        aliases: [trivy("KSV-0108")],
    }
}

/// Addresses that a message names.
const NAMED: usize = 3;

fn service_external_ips(cx: &mut ObjectCx<'_>) {
    let list = cx.object.root().at(&["spec", "externalIPs"]);
    let Some(list) = list.filter(|list| !list.is_empty()) else {
        return;
    };
    let mut names: Vec<String> = list
        .items()
        .take(NAMED)
        .map(|item| format!("`{}`", item.scalar_text()))
        .collect();
    if list.items().count() > NAMED {
        names.push("others".to_owned());
    }
    let message = format!("Service takes over traffic to {}", names.join(", "));
    cx.report(&SERVICE_EXTERNAL_IPS, list, message)
        .help("use `type: LoadBalancer` with a provider that owns the address")
        .evidence(
            "addresses",
            list.items().map(Node::scalar_text).collect::<Vec<_>>(),
        )
        .fix_remove("remove the external addresses", list);
}
