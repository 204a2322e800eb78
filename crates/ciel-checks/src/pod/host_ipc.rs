use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `hostIPC: true`.
    ///
    /// ## Why is this bad?
    /// The pod shares System V memory, semaphores, message queues and `/dev/shm` with the node and with every other
    /// pod that does: it can read and change what processes there hand to each other.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   hostIPC: true
    /// ```
    ///
    /// ## Use instead
    /// Containers of one pod share memory as it is. For more room:
    /// ```yaml
    /// volumes:
    /// - name: shm
    ///   emptyDir:
    ///     medium: Memory
    /// ```
    ///
    /// ## Exceptions
    /// Programs that share memory with a daemon of the node, such as some GPU servers. Suppress the finding there,
    /// with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static HOST_IPC = {
        code: "POD032",
        name: "host-ipc",
        severity: High,
        severity_reason: "tools say medium to high; baseline forbids it for all, and few pods ever need it",
        since: "0.1.0",
        summary: "pod shares the node's memory segments",
        run: Pod(host_ipc),
        frameworks: [
            pss(Baseline), cis("5.2.4"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0038"), kubescape("C-0195"), kubescape("C-0215"), kubescape("C-0276"), trivy("KSV-0008"),
            kube_linter("host-ipc"), polaris("hostIPCSet"), checkov("CKV_K8S_18"), checkov("CKV_K8S_3"),
            kubeaudit("NamespaceHostIPCTrue"), kubesec("HostIPC"), kube_bench("5.2.4"),
            kics("cd290efd-6c82-4e9d-a698-be12ae31d536"), datree("CONTAINERS_INCORRECT_HOSTIPC_VALUE_TRUE"),
        ],
    }
}

fn host_ipc(cx: &mut PodCx<'_>) {
    let flag = cx.spec().node.get("hostIPC");
    let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
        return;
    };
    cx.report(&HOST_IPC, flag, "pod shares the node's memory segments")
        .help("remove `hostIPC`; containers of one pod share memory through an `emptyDir` of medium Memory")
        .fix_replace("set hostIPC to false", flag, false);
}
