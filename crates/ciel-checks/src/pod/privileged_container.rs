use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers with `securityContext.privileged: true`, init and ephemeral containers among them.
    ///
    /// ## Why is this bad?
    /// A privileged container has every capability, sees every device of the node and is confined by neither
    /// seccomp nor AppArmor. Whoever takes it over mounts the node's disk and owns the node, and with it every
    /// pod and every token on it.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   securityContext:
    ///     privileged: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   securityContext:
    ///     privileged: false
    ///     capabilities:
    ///       drop: [ALL]
    ///       add: [NET_BIND_SERVICE]
    /// ```
    ///
    /// ## Exceptions
    /// Network plugins, storage drivers and node agents may need it. Suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static PRIVILEGED_CONTAINER = {
        code: "POD001",
        name: "privileged-container",
        severity: Critical,
        severity_reason: "tools say high to critical; it is the whole node, in one step, without another flaw",
        since: "0.1.0",
        summary: "container runs privileged",
        run: Container(privileged_container),
        frameworks: [
            pss(Baseline), cis("5.2.2"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
            ms("MS-TA9018"),
        ],
        aliases: [
            kubescape("C-0057"), kubescape("C-0193"), trivy("KSV-0017"),
            kube_linter("privileged-container"), polaris("runAsPrivileged"), checkov("CKV_K8S_16"),
            checkov("CKV_K8S_2"), kube_score("container-security-context-privileged"),
            kubeaudit("PrivilegedTrue"), kubeaudit("PrivilegedNil"), kubesec("Privileged"), kube_bench("5.2.2"),
            kube_hunter("KHV044"),
            kics("dd29336b-fe57-445b-a26e-e6aa867ae609"), snyk("SNYK-CC-K8S-1"),
            datree("CONTAINERS_INCORRECT_PRIVILEGED_VALUE_TRUE"),
        ],
    }
}

fn privileged_container(cx: &mut ContainerCx<'_>) {
    let Some(flag) = cx.container.security("privileged") else {
        return;
    };
    if flag.as_bool() != Some(true) {
        return;
    }
    let message = format!("{} runs privileged", cx.container.display());
    cx.report(&PRIVILEGED_CONTAINER, flag, message)
        .help("drop `privileged` and add the one capability that it needs")
        .fix_replace("set privileged to false", flag, false);
}
