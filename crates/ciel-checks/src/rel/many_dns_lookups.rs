use ciel_k8s::PodShape;
use ciel_yaml::Node;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that use the cluster's DNS with `ndots: 5`, which is also what they get where nothing is said.
    ///
    /// ## Why is this bad?
    /// Names with less than five dots are tried with each of the search domains first. For a name outside the cluster
    /// that is several needless questions each time, which cluster DNS has to bear.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   dnsConfig:
    ///     options:
    ///     - {name: ndots, value: "2"}
    ///   containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// Pods with the node's DNS or their own do not get the search domains. Programs that call others inside the
    /// cluster by their full names (`name.namespace.svc`) need 3.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/>
    pub static MANY_DNS_LOOKUPS = {
        code: "REL069",
        name: "many-dns-lookups",
        severity: Info,
        since: "0.1.0",
        summary: "each look-up of an outside name asks up to five wrong ones first",
        profile: All,
        run: Pod(many_dns_lookups),
        frameworks: [],
        aliases: [kube_linter("dnsconfig-options")],
    }
}

fn many_dns_lookups(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let node = spec.node;
    let on_node = node.bool_at(&["hostNetwork"]) == Some(true);
    let uses_cluster = match node.str_at(&["dnsPolicy"]) {
        None | Some("ClusterFirst") => !on_node,
        Some("ClusterFirstWithHostNet") => true,
        _ => false,
    };
    if !uses_cluster || spec.shape != PodShape::Pod {
        return;
    }
    let help = "set the option `ndots` to 2 under `dnsConfig.options`";
    let options = node.at(&["dnsConfig", "options"]);
    let ndots = options
        .into_iter()
        .flat_map(Node::items)
        .find(|option| option.str_at(&["name"]) == Some("ndots"));
    let Some(value) = ndots.and_then(|option| option.get("value")) else {
        let message = "names outside the cluster are tried with every search domain first";
        let report = cx
            .report_missing(&MANY_DNS_LOOKUPS, node, ".dnsConfig.options", message)
            .help(help);
        if options.is_none() {
            let option = serde_json::json!([{"name": "ndots", "value": "2"}]);
            let keys = ["dnsConfig", "options"];
            report.fix_set("try names with two dots as they are", node, &keys, option);
        }
        return;
    };
    if value
        .scalar_text()
        .parse::<i64>()
        .is_ok_and(|dots| dots >= 5)
    {
        let message = "names outside the cluster are tried with every search domain first";
        cx.report(&MANY_DNS_LOOKUPS, value, message)
            .help(help)
            .fix_replace("try names with two dots as they are", value, "2");
    }
}
