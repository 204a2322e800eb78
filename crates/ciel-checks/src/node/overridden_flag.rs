use ciel_core::Alias;

use crate::{ComponentCx, Program, declare_check, shorthand::kubescape};

declare_check! {
    /// ## What it does
    /// Finds programs of the control plane and the nodes that are given a flag twice, with different values, where only
    /// the last counts.
    ///
    /// ## Why is this bad?
    /// Who reads the first believes it: an auditor that the port is off, a colleague that the log is written. What holds
    /// is decided by the order of lines that somebody may sort.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --anonymous-auth=false
    /// - --anonymous-auth=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --anonymous-auth=false
    /// ```
    ///
    /// ## Exceptions
    /// Flags that hold lists or maps add up (`--enable-admission-plugins`, `--feature-gates`) and are not reported.
    ///
    /// ## References
    /// - <https://pkg.go.dev/github.com/spf13/pflag>
    pub static OVERRIDDEN_FLAG = {
        code: "NODE078",
        name: "overridden-flag",
        severity: Low,
        since: "0.1.0",
        summary: "flag is given twice, and the first has no effect",
        run: Component(&Program::ALL, overridden_flag),
        frameworks: [],
        aliases: [kubescape("C-0128")],
    }
}

/// Flags with one value, of which the last counts, as far as a check asks for them.
const SINGLE: [&str; 52] = [
    "address",
    "allow-privileged",
    "anonymous-auth",
    "audit-log-maxage",
    "audit-log-maxbackup",
    "audit-log-maxsize",
    "audit-log-path",
    "audit-policy-file",
    "authentication-token-webhook",
    "auto-tls",
    "basic-auth-file",
    "bind-address",
    "cert-file",
    "client-ca-file",
    "client-cert-auth",
    "data-dir",
    "enable-debugging-handlers",
    "encryption-provider-config",
    "etcd-cafile",
    "etcd-certfile",
    "etcd-keyfile",
    "event-qps",
    "hostname-override",
    "insecure-bind-address",
    "insecure-port",
    "key-file",
    "kubeconfig",
    "kubelet-certificate-authority",
    "kubelet-client-certificate",
    "kubelet-client-key",
    "make-iptables-util-chains",
    "peer-auto-tls",
    "peer-cert-file",
    "peer-client-cert-auth",
    "peer-key-file",
    "peer-trusted-ca-file",
    "profiling",
    "protect-kernel-defaults",
    "read-only-port",
    "request-timeout",
    "root-ca-file",
    "rotate-certificates",
    "secure-port",
    "service-account-lookup",
    "service-account-private-key-file",
    "streaming-connection-idle-timeout",
    "terminated-pod-gc-threshold",
    "tls-cert-file",
    "tls-private-key-file",
    "token-auth-file",
    "trusted-ca-file",
    "use-service-account-credentials",
];

fn overridden_flag(cx: &mut ComponentCx<'_>) {
    for flag in cx.component.flags.clone() {
        if !SINGLE.contains(&flag.name.as_ref()) {
            continue;
        }
        let Some(last) = cx.flag(&flag.name).filter(|last| last.value != flag.value) else {
            continue;
        };
        let message = format!(
            "{} has no effect: {} follows, and the last counts",
            cx.setting(&flag.name, &flag.value),
            cx.setting(&last.name, &last.value),
        );
        let fix = cx.fix_away(&flag);
        let report = cx
            .report_flag(&OVERRIDDEN_FLAG, &flag, message)
            .help("leave one of the two out")
            .aliases(called(&flag.name, &flag.value));
        fix.apply(report).safe_fix();
    }
}

/// What other tools, which take the first of the two, say of it.
fn called(name: &str, value: &str) -> Vec<Alias> {
    match (name, value) {
        ("secure-port", "0") => vec![kubescape("C-0128")],
        _ => Vec::new(),
    }
}
