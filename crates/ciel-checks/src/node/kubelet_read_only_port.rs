use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets whose read-only port is not 0. The default is 0 in a configuration file and 10255 for kubelets
    /// without one.
    ///
    /// ## Why is this bad?
    /// Everybody who reaches the port reads which pods run on the node, with their specs, environment and addresses.
    ///
    /// ## Example
    /// ```yaml
    /// readOnlyPort: 10255
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// readOnlyPort: 0
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/networking/ports-and-protocols/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_READ_ONLY_PORT = {
        code: "NODE063",
        name: "kubelet-read-only-port",
        severity: High,
        since: "0.1.0",
        summary: "kubelet serves a port without authentication",
        run: Component(&[Program::Kubelet], kubelet_read_only_port),
        frameworks: [cis("4.2.4"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K06")],
        aliases: [kubescape("C-0175"), trivy("KCV-0082"), checkov("CKV_K8S_141"), kube_bench("4.2.4")],
    }
}

fn kubelet_read_only_port(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "read-only-port";
    const HELP: &str = "set `readOnlyPort` to 0";
    let Some(flag) = cx.flag(FLAG) else {
        if !cx.component.is_file() {
            let message = format!(
                "{} runs without `--{FLAG}=0`: port 10255 needs no credentials",
                cx.program()
            );
            let fix = cx.fix_of_absent(FLAG, &0.into());
            fix.apply(
                cx.report_absent(&KUBELET_READ_ONLY_PORT, FLAG, message)
                    .help(HELP),
            );
        }
        return;
    };
    let port = cx
        .component
        .value(FLAG)
        .and_then(|value| value.parse::<i64>().ok());
    if port.is_some_and(|port| port != 0) {
        let setting = cx.setting(FLAG, &flag.value);
        let message = format!(
            "{} runs with {setting}: that port needs no credentials",
            cx.program()
        );
        let fix = cx.fix_of(&flag, &0.into());
        fix.apply(
            cx.report_flag(&KUBELET_READ_ONLY_PORT, &flag, message)
                .help(HELP),
        );
    }
}
