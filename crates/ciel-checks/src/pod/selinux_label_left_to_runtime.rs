use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists containers whose SELinux label neither they nor their pod says (`seLinuxOptions`).
    ///
    /// ## Why is this bad?
    /// On nodes with SELinux the runtime then takes `container_t` and a level of its own choice for each pod, which is
    /// right for most. A level that is named keeps pods of one application together and apart from all others, also on
    /// volumes that several pods share.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   seLinuxOptions:
    ///     level: "s0:c123,c456"
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Exceptions
    /// Clusters whose nodes do not run SELinux, and all pods for which the runtime's choice will do: it is an inventory
    /// for those who assign levels. Privileged containers and Windows have no use for it and are not listed.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#assign-selinux-labels-to-a-container>
    pub static SELINUX_LABEL_LEFT_TO_RUNTIME = {
        code: "POD064",
        name: "selinux-label-left-to-runtime",
        severity: Info,
        since: "0.1.0",
        summary: "runtime chooses the container's SELinux label",
        profile: All,
        run: Container(selinux_label_left_to_runtime),
        frameworks: [nsa("pod-security")],
        aliases: [kubescape("C-0211")],
    }
}

fn selinux_label_left_to_runtime(cx: &mut ContainerCx<'_>) {
    let said = cx.spec().effective(cx.container, "seLinuxOptions");
    if said.node().is_some() || !shared::is_linux(cx) || shared::is_privileged(cx) {
        return;
    }
    let container = cx.container;
    let message = format!(
        "{} has the SELinux label that the runtime chooses",
        container.display()
    );
    cx.report_missing(
        &SELINUX_LABEL_LEFT_TO_RUNTIME,
        container.node,
        ".securityContext.seLinuxOptions",
        message,
    )
    .help("name a `level` for the pods of the application, if its volumes are shared");
}
