use ciel_core::{Severity, Tool};

use serde_json::json;

use super::{
    ciphers::{RECOMMENDED, Strength, strength},
    fix::SettingFix,
    words::Flag,
};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds control plane components, etcd and kubelets whose TLS cipher suites include one that Go's `crypto/tls`
    /// calls insecure (RC4, 3DES, RSA key exchange, CBC with SHA-256) or does not know, and API servers and kubelets
    /// that name none.
    ///
    /// ## Why is this bad?
    /// RC4 and 3DES can be broken by watching for long, RSA key exchange lets who later gets the key read all that was
    /// recorded. The default is that of the Go release that the program was built with; old ones include weak suites.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-cipher-suites=TLS_RSA_WITH_3DES_EDE_CBC_SHA
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    /// ```
    ///
    /// ## Exceptions
    /// With `VersionTLS13` as the least version the suites are fixed and none is weak.
    ///
    /// ## References
    /// - <https://pkg.go.dev/crypto/tls#InsecureCipherSuites>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static WEAK_TLS_CIPHERS = {
        code: "NODE030",
        name: "weak-tls-ciphers",
        severity: Low,
        severity_reason: "raised to medium where a broken cipher is named; clients of today never choose one",
        since: "0.1.0",
        summary: "TLS cipher suites are weak or left to the default",
        profile: All,
        run: Component(&[Program::ApiServer, Program::ControllerManager, Program::Scheduler, Program::Etcd, Program::Kubelet], weak_tls_ciphers),
        frameworks: [cis("1.2.29"), cis("4.2.12"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0143"), kubescape("C-0277"), kubescape("C-0184"), trivy("KCV-0092"), checkov("CKV_K8S_105"), checkov("CKV_K8S_151"), kube_bench("1.2.29"), kube_bench("4.2.12")],
    }
}

const HELP: &str =
    "name the ECDHE suites with GCM or ChaCha20, or set the least version to TLS 1.3";

fn weak_tls_ciphers(cx: &mut ComponentCx<'_>) {
    let component = &cx.component;
    if matches!(
        component.value("tls-min-version"),
        Some("VersionTLS13" | "TLS1.3")
    ) {
        return;
    }
    let name = if cx.is(Program::Etcd) {
        "cipher-suites"
    } else {
        "tls-cipher-suites"
    };
    if component.flag(name).is_none() {
        if cx.is(Program::ApiServer) || cx.is(Program::Kubelet) {
            let wanted = cx.spelling(name);
            let message = format!(
                "{} runs without `{wanted}`: which are used is left to its release",
                cx.program()
            );
            let fix = cx.fix_of_absent(name, &json!(RECOMMENDED));
            fix.apply(
                cx.report_absent(&WEAK_TLS_CIPHERS, name, message)
                    .help(HELP),
            );
        }
        return;
    }
    judge_suites(cx, name);
}

/// Whether the CIS benchmarks before 1.10, for which Kubescape has a control of its own, call a suite strong: 3DES and
/// keys that are exchanged by RSA.
fn was_strong(suite: &str) -> bool {
    [
        "TLS_RSA_WITH_",
        "TLS_ECDHE_RSA_WITH_",
        "TLS_ECDHE_ECDSA_WITH_",
    ]
    .iter()
    .filter_map(|key_exchange| suite.strip_prefix(key_exchange))
    .any(|rest| {
        matches!(
            rest,
            "3DES_EDE_CBC_SHA"
                | "AES_128_CBC_SHA"
                | "AES_256_CBC_SHA"
                | "AES_128_GCM_SHA256"
                | "AES_256_GCM_SHA384"
        )
    })
}

/// One finding for each word or item that names suites that are not strong.
fn judge_suites(cx: &mut ComponentCx<'_>, name: &str) {
    let flags: Vec<_> = cx
        .component
        .flags
        .iter()
        .filter(|flag| flag.name == name)
        .cloned()
        .collect();
    for flag in flags {
        let suites = flag
            .value
            .split(',')
            .map(str::trim)
            .filter(|suite| !suite.is_empty());
        let weak: Vec<_> = suites
            .map(|suite| (strength(suite), suite))
            .filter(|(strength, _)| *strength != Strength::Strong)
            .collect();
        let Some((strength, suite)) = weak.first() else {
            continue;
        };
        let more = match weak.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (severity, what) = match strength {
            Strength::Unknown => (Severity::Low, "no cipher suite that it knows"),
            _ => (Severity::Medium, "weak"),
        };
        let message = format!(
            "{} uses the cipher suite `{suite}`{more}: {what}",
            cx.program()
        );
        let fix = strong_only(cx, &flag);
        let report = cx.report_flag(&WEAK_TLS_CIPHERS, &flag, message);
        let report = fix.apply(report.severity(severity).help(HELP));
        if weak.iter().all(|(_, suite)| was_strong(suite)) {
            report.not_called(Tool::Kubescape, &["C-0143"]);
        }
    }
}

/// The same suites without those that are not strong; where none is left, those that are recommended.
fn strong_only<'s>(cx: &ComponentCx<'s>, flag: &Flag<'s>) -> SettingFix<'s> {
    let is_strong = |suite: &str| strength(suite) == Strength::Strong;
    let suites = flag.value.split(',').map(str::trim);
    let strong: Vec<&str> = suites.filter(|suite| is_strong(suite)).collect();
    if !cx.component.is_file() {
        let left = if strong.is_empty() {
            &RECOMMENDED[..]
        } else {
            &strong
        };
        return cx.fix_of(flag, &json!(left));
    }
    // There each suite is an item.
    let mut others = cx
        .component
        .flags
        .iter()
        .filter(|own| own.name == flag.name);
    if others.any(|own| is_strong(own.value.trim())) {
        cx.fix_away(flag)
    } else {
        cx.fix_of_absent(&flag.name, &json!(RECOMMENDED))
    }
}
