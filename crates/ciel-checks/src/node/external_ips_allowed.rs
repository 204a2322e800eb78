use super::admission::want_enabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that do not enable the admission plugin `DenyServiceExternalIPs`.
    ///
    /// ## Why is this bad?
    /// Whoever may create a Service can put any address into `externalIPs`, and gets the traffic that pods of the
    /// cluster send to it (CVE-2020-8554).
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs
    /// ```
    ///
    /// ## Exceptions
    /// Policy engines and ValidatingAdmissionPolicies can do the same; they are not seen here.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static EXTERNAL_IPS_ALLOWED = {
        code: "NODE003",
        name: "external-ips-allowed",
        severity: Low,
        since: "0.1.0",
        summary: "anybody who makes Services may claim external IPs",
        profile: All,
        run: Component(&[Program::ApiServer], external_ips_allowed),
        frameworks: [cis("1.2.3"), owasp2025("K07")],
        aliases: [kubescape("C-0283"), trivy("KCV-0003"), kube_bench("1.2.3")],
    }
}

fn external_ips_allowed(cx: &mut ComponentCx<'_>) {
    want_enabled(
        cx,
        &EXTERNAL_IPS_ALLOWED,
        "DenyServiceExternalIPs",
        "a Service can take over any address (CVE-2020-8554)",
    );
}
