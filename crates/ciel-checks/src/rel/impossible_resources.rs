use ciel_k8s::Quantity;
use ciel_yaml::Node;

use super::resources;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds requests and limits that are no quantities, that are negative, requests above their limit, and memory in
    /// thousandths of a byte (`memory: 512m`).
    ///
    /// ## Why is this bad?
    /// The API server refuses the pod, and whatever should make it retries for ever. `512m` of memory is accepted, and
    /// means half a byte: `512M` or `512Mi` was meant, and the container does not start.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {cpu: "2", memory: 512m}
    ///     limits: {cpu: 500m}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {cpu: 500m, memory: 512Mi}
    ///     limits: {cpu: 500m}
    /// ```
    ///
    /// ## Exceptions
    /// A CPU amount above 1000 is unusual and allowed.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    pub static IMPOSSIBLE_RESOURCES = {
        code: "REL007",
        name: "impossible-resources",
        severity: Medium,
        severity_reason: "the API server refuses most of these, and no container starts with half a byte of memory",
        since: "0.1.0",
        summary: "container asks for amounts that cannot be meant",
        profile: All,
        run: Container(impossible_resources),
        frameworks: [],
        aliases: [kubescape("C-0004")],
    }
}

fn impossible_resources(cx: &mut ContainerCx<'_>) {
    let Some(amounts) = cx.container.node.get("resources") else {
        return;
    };
    if !resources::is_judged(cx) {
        return;
    }
    let limits = amounts.get("limits");
    for list in ["limits", "requests"] {
        let entries = amounts.get(list).into_iter().flat_map(Node::entries);
        for (resource, node) in entries.filter(|(_, node)| !node.is_null()) {
            let resource = resource.scalar_text();
            let limit = limits
                .filter(|_| list == "requests")
                .and_then(|limits| limits.get(resource));
            let Some(fault) = fault(resource, node, limit) else {
                continue;
            };
            let noun = list.trim_end_matches('s');
            let name = cx.container.display();
            let message = format!("{name} has a {noun} for {resource} that {fault}");
            cx.report(&IMPOSSIBLE_RESOURCES, node, message)
                .help("write a number with a suffix such as `m` for cpu, `Mi` or `Gi` for memory");
        }
    }
}

/// What is wrong with an amount.
fn fault(resource: &str, node: Node<'_>, limit: Option<Node<'_>>) -> Option<String> {
    let text = node.scalar_text();
    let Some(amount) = Quantity::of(node) else {
        return Some(format!("is no quantity: `{text}`"));
    };
    if amount.is_negative() {
        return Some(format!("is negative: `{text}`"));
    }
    let is_memory = resource == "memory" || resource.starts_with("hugepages-");
    if (is_memory || resource == "ephemeral-storage") && text.ends_with('m') {
        return Some(format!("is in thousandths of a byte: `{text}`"));
    }
    let limit = limit?;
    let is_above = Quantity::of(limit).is_some_and(|most| amount > most && !most.is_zero());
    is_above.then(|| format!("is above its limit: `{text}`, `{}`", limit.scalar_text()))
}
