use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `hostAliases`: lines for their `/etc/hosts`.
    ///
    /// ## Why is this bad?
    /// The lines go before DNS. Whoever may change them sends the pod's traffic for a name to a host of their own,
    /// and nobody who looks at DNS sees it.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   hostAliases:
    ///   - ip: 203.0.113.7
    ///     hostnames: [registry.example.com]
    /// ```
    ///
    /// ## Use instead
    /// A Service without a selector, or of type `ExternalName`.
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: registry
    /// spec:
    ///   type: ExternalName
    ///   externalName: registry.example.com
    /// ```
    ///
    /// ## Exceptions
    /// Names that DNS cannot give, in tests and appliances. It runs with `--profile all` only.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/>
    pub static HOST_ALIASES = {
        code: "POD041",
        name: "host-aliases",
        severity: Low,
        since: "0.1.0",
        summary: "pod has lines of its own in /etc/hosts",
        profile: All,
        run: Pod(host_aliases),
        frameworks: [],
        aliases: [trivy("KSV-0007"), kubesec("HostAliases")],
    }
}

fn host_aliases(cx: &mut PodCx<'_>) {
    let aliases = cx.spec().node.get("hostAliases");
    let Some(aliases) = aliases.filter(|aliases| !aliases.is_empty()) else {
        return;
    };
    let message = format!("pod has {} lines of its own in `/etc/hosts`", aliases.len());
    let message = if aliases.len() == 1 {
        "pod has a line of its own in `/etc/hosts`".to_owned()
    } else {
        message
    };
    cx.report(&HOST_ALIASES, aliases, message)
        .help("let DNS say where names lead: a Service, or the cluster's DNS server")
        .fix_remove("remove hostAliases", aliases);
}
