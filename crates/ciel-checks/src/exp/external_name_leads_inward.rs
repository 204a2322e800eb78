use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services of type ExternalName that are another name for the API server (`kubernetes.default`), for the
    /// machine itself (`localhost`), or for the cloud's metadata service.
    ///
    /// ## Why is this bad?
    /// Whoever routes to the Service goes there in its stead: an Ingress controller or a gateway that takes it as a
    /// backend brings strangers from outside to the API server, to ports of its own pod that listen for nobody else, or
    /// to the credentials of the node. Who may make a Service and an Ingress in one namespace needs no other right.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: ExternalName
    ///   externalName: kubernetes.default.svc.cluster.local
    /// ```
    ///
    /// ## Use instead
    /// Ask the API server by its own name, from pods that have a service account for it.
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/#externalname>
    /// - <https://github.com/kubernetes/kubernetes/issues/103675>
    pub static EXTERNAL_NAME_LEADS_INWARD = {
        code: "EXP023",
        name: "external-name-leads-inward",
        severity: Medium,
        since: "0.1.0",
        summary: "Service is another name for the API server, the machine or its metadata",
        run: Object(&[("", "Service")], external_name_leads_inward),
        frameworks: [],
        aliases: [],
    }
}

fn external_name_leads_inward(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    if spec.str_at(&["type"]) != Some("ExternalName") {
        return;
    }
    let Some(node) = spec.get("externalName") else {
        return;
    };
    if let Some(what) = inward(node.scalar_text()) {
        let message = format!("Service is another name for {what}");
        cx.report(&EXTERNAL_NAME_LEADS_INWARD, node, message)
            .help("take the Service away, and ask by the own name what is to be asked");
    }
}

/// What stands behind a name that nobody outside should be led to.
fn inward(name: &str) -> Option<&'static str> {
    const METADATA: [&str; 4] = [
        "169.254.169.254",
        "metadata.google.internal",
        "instance-data.ec2.internal",
        "metadata.azure.internal",
    ];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let of_api_server = name.strip_prefix("kubernetes.default");
    let is_cluster = |rest: &str| rest.is_empty() || rest == ".svc" || rest.starts_with(".svc.");
    if of_api_server.is_some_and(is_cluster) {
        Some("the API server")
    } else if name == "localhost" || name.ends_with(".localhost") || name.starts_with("127.") {
        Some("the machine that asks")
    } else if METADATA.contains(&name.as_str()) {
        Some("the cloud's metadata service")
    } else {
        None
    }
}
