use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `hostPID: true`.
    ///
    /// ## Why is this bad?
    /// The pod sees every process of the node: command lines and, as root, environments with their credentials and,
    /// through `/proc/PID/root`, the files of every container. With `SYS_PTRACE` or as a privileged container it
    /// walks into the node's first process and is root there.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   hostPID: true
    /// ```
    ///
    /// ## Use instead
    /// Where containers of one pod must see each other's processes:
    /// ```yaml
    /// spec:
    ///   shareProcessNamespace: true
    /// ```
    ///
    /// ## Exceptions
    /// Node agents that watch processes. Suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static HOST_PID = {
        code: "POD031",
        name: "host-pid",
        severity: High,
        severity_reason: "tools say medium to high; it shows every process's environment and is half of an escape",
        since: "0.1.0",
        summary: "pod sees the node's processes",
        run: Pod(host_pid),
        frameworks: [
            pss(Baseline), cis("5.2.3"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0038"), kubescape("C-0194"), kubescape("C-0214"), kubescape("C-0275"), trivy("KSV-0010"),
            kube_linter("host-pid"), polaris("hostPIDSet"), checkov("CKV_K8S_17"), checkov("CKV_K8S_1"),
            kubeaudit("NamespaceHostPIDTrue"), kubesec("HostPID"), kube_bench("5.2.3"),
            kics("302736f4-b16c-41b8-befe-c0baffa0bd9d"), datree("CONTAINERS_INCORRECT_HOSTPID_VALUE_TRUE"),
        ],
    }
}

fn host_pid(cx: &mut PodCx<'_>) {
    let flag = cx.spec().node.get("hostPID");
    let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
        return;
    };
    cx.report(&HOST_PID, flag, "pod sees the node's processes")
        .help("remove `hostPID`; containers of one pod see each other with `shareProcessNamespace`")
        .fix_replace("set hostPID to false", flag, false);
}
