use ciel_core::Severity;

use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--requestheader-client-ca-file` is the same file as `--client-ca-file`, or that have no
    /// `--requestheader-allowed-names` with it.
    ///
    /// ## Why is this bad?
    /// Who shows a certificate of that CA may say in a header (`X-Remote-User`) which user it is. If the CA is the one
    /// that signs clients' certificates and no names are asked for, each client can be anybody, `system:masters` too.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --client-ca-file=/etc/kubernetes/pki/ca.crt
    /// - --requestheader-client-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --client-ca-file=/etc/kubernetes/pki/ca.crt
    /// - --requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt
    /// - --requestheader-allowed-names=front-proxy-client
    /// ```
    ///
    /// ## Exceptions
    /// It is `medium` where the CA is shared and names are asked for (a certificate for the name is then enough), `low`
    /// where only the names are missing.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/#ca-reusage-and-conflicts>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static REQUEST_HEADER_CA_SHARED = {
        code: "NODE036",
        name: "request-header-ca-shared",
        severity: High,
        since: "0.1.0",
        summary: "the CA of clients may also name users for the aggregation layer",
        run: Component(&[Program::ApiServer], request_header_ca_shared),
        frameworks: [nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [],
    }
}

fn request_header_ca_shared(cx: &mut ComponentCx<'_>) {
    let component = &cx.component;
    let Some(flag) = cx
        .flag("requestheader-client-ca-file")
        .filter(|flag| !flag.value.is_empty())
    else {
        return;
    };
    if component.is_unknown("requestheader-client-ca-file") {
        return;
    }
    let is_shared = component.value("client-ca-file") == Some(&*flag.value);
    let has_names = component.has("requestheader-allowed-names");
    let (severity, what) = match (is_shared, has_names) {
        (true, false) => (Severity::High, "each of its clients may pass for any user"),
        (true, true) => (
            Severity::Medium,
            "whoever gets it to sign an allowed name may pass for any user",
        ),
        (false, false) => (
            Severity::Low,
            "any certificate of it may name users, for want of `--requestheader-allowed-names`",
        ),
        (false, true) => return,
    };
    let whose = if is_shared {
        "trusts the CA of clients"
    } else {
        "trusts a CA"
    };
    let message = format!("{} {whose} for request headers: {what}", cx.program());
    cx.report_flag(&REQUEST_HEADER_CA_SHARED, &flag, message)
        .severity(severity)
        .help("use a CA of its own for the aggregation layer, and name its clients in `--requestheader-allowed-names`");
}
