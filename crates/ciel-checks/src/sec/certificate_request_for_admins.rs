use ciel_certs::{decode_base64, read_request};
use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds certificate signing requests, of Kubernetes and of cert-manager, that ask for the group `system:masters` or
    /// for the name of a component of the control plane.
    ///
    /// ## Why is this bad?
    /// The certificate opens everything, past RBAC, and cannot be taken back before it ends.
    ///
    /// ## Example
    /// ```yaml
    /// kind: CertificateSigningRequest
    /// spec:
    ///   request: … # O=system:masters
    ///   signerName: kubernetes.io/kube-apiserver-client
    /// ```
    ///
    /// ## Use instead
    /// A group of your own, bound to a role.
    ///
    /// ## Exceptions
    /// The API server's own signer refuses `system:masters` by an admission plugin that can be switched off; other
    /// signers do not.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/>
    /// - TOB-K8S-028 of the audit of 2019: <https://github.com/kubernetes/kubernetes/issues/18982>
    pub static CERTIFICATE_REQUEST_FOR_ADMINS = {
        code: "SEC050",
        name: "certificate-request-for-admins",
        severity: High,
        severity_reason: "critical where it has been approved",
        since: "0.1.0",
        summary: "certificate is asked for that opens everything",
        run: Object(KINDS, certificate_request_for_admins),
        frameworks: [owasp2022("K06"), owasp2025("K09"), mitre("T1078")],
        aliases: [],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("certificates.k8s.io", "CertificateSigningRequest"),
    ("cert-manager.io", "CertificateRequest"),
];

/// Users with the rights of the control plane.
const COMPONENTS: [&str; 3] = [
    "system:kube-controller-manager",
    "system:kube-scheduler",
    "system:apiserver",
];

fn certificate_request_for_admins(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let Some(node) = root.at(&["spec", "request"]) else {
        return;
    };
    let request = decode_base64(node.scalar_text()).and_then(|text| read_request(&text));
    let Some(subject) = request.map(|request| request.subject) else {
        return;
    };
    let mut groups = subject.organizations.iter();
    let asked = if groups.any(|group| group == "system:masters") {
        "group `system:masters`".to_owned()
    } else if COMPONENTS.contains(&subject.common_name.as_str()) {
        format!("user `{}`", subject.common_name)
    } else {
        return;
    };
    let conditions = root.at(&["status", "conditions"]);
    let is_approved = conditions
        .into_iter()
        .flat_map(Node::items)
        .any(|condition| {
            condition.str_at(&["type"]) == Some("Approved")
                && condition.str_at(&["status"]) != Some("False")
        });
    let (severity, state) = if is_approved {
        (Severity::Critical, "was given a certificate")
    } else {
        (Severity::High, "asks for a certificate")
    };
    let message = format!("`{}` {state} for {asked}", subject.common_name);
    cx.report(&CERTIFICATE_REQUEST_FOR_ADMINS, node, message)
        .severity(severity)
        .help("deny it, and bind a group of your own to the rights that are needed");
}
