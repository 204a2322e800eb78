use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists namespaces.
    ///
    /// ## Why is this bad?
    /// Rights, network policies and quotas are given by namespace: whoever reviews a cluster begins with what its
    /// namespaces are for, and whether each separates what it should.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: test-2
    /// ```
    ///
    /// ## Use instead
    /// A namespace for each application or team, and none that nobody remembers:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     team: shop
    /// ```
    ///
    /// ## Exceptions
    /// It is an inventory. Those that Kubernetes makes itself are listed too.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/>
    pub static NAMESPACE_PRESENT = {
        code: "GOV015",
        name: "namespace-present",
        severity: Info,
        since: "0.1.0",
        summary: "namespace to review",
        profile: All,
        run: Object(&[("", "Namespace")], namespace_present),
        frameworks: [cis("5.6.1")],
        aliases: [kubescape("C-0209"), kube_bench("5.6.1")],
    }
}

fn namespace_present(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let node = root.at(&["metadata", "name"]).unwrap_or(root);
    let message = format!("there is a namespace `{}`", cx.object.name());
    cx.report(&NAMESPACE_PRESENT, node, message)
        .help("make sure that somebody knows what it is for and whom it is kept from");
}
