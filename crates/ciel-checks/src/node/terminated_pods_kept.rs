use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers whose `--terminated-pod-gc-threshold` is not set, is its default of 12,500 or more, or
    /// is 0 and so off.
    ///
    /// ## Why is this bad?
    /// Each pod that ended stays in etcd and in the caches of all that watch pods. Who may create Jobs can make the
    /// control plane slow with them.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --terminated-pod-gc-threshold=12500
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --terminated-pod-gc-threshold=1000
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-garbage-collection>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static TERMINATED_PODS_KEPT = {
        code: "NODE040",
        name: "terminated-pods-kept",
        severity: Info,
        since: "0.1.0",
        summary: "thousands of terminated pods are kept",
        profile: All,
        run: Component(&[Program::ControllerManager], terminated_pods_kept),
        frameworks: [cis("1.3.1"), owasp2025("K07")],
        aliases: [kubescape("C-0144"), trivy("KCV-0033"), checkov("CKV_K8S_106"), kube_bench("1.3.1")],
    }
}

fn terminated_pods_kept(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "terminated-pod-gc-threshold";
    const DEFAULT: i64 = 12_500;
    const HELP: &str = "set it to what the nodes can show at a time, such as 1000";
    let Some(flag) = cx.flag(FLAG) else {
        let message = format!(
            "{} runs without `--{FLAG}`: up to 12500 terminated pods are kept",
            cx.program()
        );
        cx.report_absent(&TERMINATED_PODS_KEPT, FLAG, message)
            .help(HELP);
        return;
    };
    let Some(value) = cx.component.value(FLAG) else {
        return;
    };
    let what = match value.parse::<i64>() {
        Ok(kept) if kept <= 0 => "terminated pods are kept for good".to_owned(),
        Ok(kept) if kept >= DEFAULT => format!("up to {kept} terminated pods are kept"),
        Ok(_) => return,
        Err(_) => "that is no number".to_owned(),
    };
    let setting = cx.setting(FLAG, value);
    let message = format!("{} runs with {setting}: {what}", cx.program());
    cx.report_flag(&TERMINATED_PODS_KEPT, &flag, message)
        .help(HELP);
}
