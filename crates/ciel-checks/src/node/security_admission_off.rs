use super::admission::want_not_disabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that switch off one of the plugins that are on by default and that the safety of the cluster
    /// rests on: those that call webhooks and policies, and those that check who may approve, sign and name what in
    /// certificate signing requests.
    ///
    /// ## Why is this bad?
    /// Without `ValidatingAdmissionWebhook` and `ValidatingAdmissionPolicy` every policy of the cluster is void, and
    /// nobody is told. Without `CertificateSubjectRestriction` a certificate for `system:masters` can be asked for;
    /// without `CertificateApproval` and `CertificateSigning` the right to update the request is enough to approve and
    /// sign it.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --disable-admission-plugins=ValidatingAdmissionWebhook
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SECURITY_ADMISSION_OFF = {
        code: "NODE016",
        name: "security-admission-off",
        severity: Medium,
        since: "0.1.0",
        summary: "an admission plugin that others rely on is switched off",
        run: Component(&[Program::ApiServer], security_admission_off),
        frameworks: [owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn security_admission_off(cx: &mut ComponentCx<'_>) {
    const POLICY: &str = "policies have no effect";
    const CERTIFICATES: &str = "certificates are given to whom they are not meant for";
    const PLUGINS: [(&str, &str); 7] = [
        ("MutatingAdmissionWebhook", POLICY),
        ("ValidatingAdmissionWebhook", POLICY),
        ("MutatingAdmissionPolicy", POLICY),
        ("ValidatingAdmissionPolicy", POLICY),
        ("CertificateApproval", CERTIFICATES),
        ("CertificateSigning", CERTIFICATES),
        ("CertificateSubjectRestriction", CERTIFICATES),
    ];
    for (plugin, why) in PLUGINS {
        want_not_disabled(cx, &SECURITY_ADMISSION_OFF, plugin, why);
    }
}
