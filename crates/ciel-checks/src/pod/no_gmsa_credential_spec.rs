use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists Windows containers without the name of a group managed service account
    /// (`windowsOptions.gmsaCredentialSpecName`).
    ///
    /// ## Why is this bad?
    /// A Windows program that needs the domain has to get its identity from somewhere: where it is no such account,
    /// whose password the domain rotates, it is often a password in a Secret.
    ///
    /// ## Example
    /// ```yaml
    /// os:
    ///   name: windows
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// os:
    ///   name: windows
    /// securityContext:
    ///   windowsOptions:
    ///     gmsaCredentialSpecName: web
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Exceptions
    /// Programs that have nothing to do with a domain: it is an inventory.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/configure-gmsa/>
    pub static NO_GMSA_CREDENTIAL_SPEC = {
        code: "POD065",
        name: "no-gmsa-credential-spec",
        severity: Info,
        since: "0.1.0",
        summary: "Windows container has no identity of the domain",
        profile: All,
        run: Container(no_gmsa_credential_spec),
        frameworks: [],
        aliases: [kubescape("C-0211")],
    }
}

fn no_gmsa_credential_spec(cx: &mut ContainerCx<'_>) {
    if !cx.spec().is_windows() || shared::is_host_process(cx) {
        return;
    }
    let given = ["gmsaCredentialSpecName", "gmsaCredentialSpec"]
        .iter()
        .any(|field| shared::windows_option(cx, field).node().is_some());
    if given {
        return;
    }
    let container = cx.container;
    let message = format!("{} has no identity of the domain", container.display());
    cx.report_missing(
        &NO_GMSA_CREDENTIAL_SPEC,
        container.node,
        ".securityContext.windowsOptions.gmsaCredentialSpecName",
        message,
    )
    .help("name a group managed service account, if the program needs the domain");
}
