use ciel_k8s::EffectiveField;

use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Windows containers that run as processes of the node: `windowsOptions.hostProcess: true`, in the
    /// container or its pod.
    ///
    /// ## Why is this bad?
    /// Such a container is no container: it sees the node's files, network and services, as the user that it names, up
    /// to `NT AUTHORITY\SYSTEM`. It is what `privileged` is on Linux.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   windowsOptions:
    ///     hostProcess: true
    ///     runAsUserName: NT AUTHORITY\SYSTEM
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   windowsOptions:
    ///     runAsUserName: ContainerUser
    /// ```
    ///
    /// ## Exceptions
    /// Network plugins, storage drivers and node agents for Windows need it. Suppress the finding there, with the
    /// reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static WINDOWS_HOST_PROCESS = {
        code: "POD025",
        name: "windows-host-process",
        severity: High,
        severity_reason: "tools say medium to high; it is the node, in one step",
        since: "0.1.0",
        summary: "Windows container runs as a process of the node",
        run: Container(windows_host_process),
        frameworks: [
            pss(Baseline), cis("5.2.10"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [kubescape("C-0202"), kubescape("C-0211"), trivy("KSV-0103"), polaris("hostProcess"), kube_bench("5.2.10")],
    }
}

fn windows_host_process(cx: &mut ContainerCx<'_>) {
    if !shared::is_host_process(cx) {
        return;
    }
    let flag = shared::windows_option(cx, "hostProcess");
    let is_repeated = matches!(flag, EffectiveField::Pod(_))
        && !shared::is_first_to_inherit_windows_option(cx, "hostProcess");
    let Some(node) = flag.node().filter(|_| !is_repeated) else {
        return;
    };
    let message = format!(
        "{} runs as a process of the node",
        shared::speaker(cx, flag)
    );
    cx.report(&WINDOWS_HOST_PROCESS, node, message)
        .help("remove `hostProcess`, or keep it to the one agent that manages the node")
        .fix_replace("set hostProcess to false", node, false);
}
