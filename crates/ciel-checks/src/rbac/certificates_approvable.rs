use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `update` or `patch` on `certificatesigningrequests/approval`, or `approve` or `sign` on
    /// signers whose certificates the API server takes for identities. One finding a rule; `related` names the bindings and
    /// the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Whoever approves requests makes a client certificate for a name and a group of their choice. It cannot be revoked,
    /// and no role has to be bound for it. Approving takes both halves, the approval and the signer; another role may have
    /// the other half.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [certificates.k8s.io]
    ///   resources: [certificatesigningrequests/approval]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Use instead
    /// Name the signer that is meant.
    /// ```yaml
    /// rules:
    /// - apiGroups: [certificates.k8s.io]
    ///   resources: [signers]
    ///   resourceNames: [example.com/serving]
    ///   verbs: [approve]
    /// ```
    ///
    /// ## Exceptions
    /// Signers of others (`example.com/x`), and `kubernetes.io/kubelet-serving`, whose certificates authenticate no client.
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/>
    pub static CERTIFICATES_APPROVABLE = {
        code: "RBAC020",
        name: "certificates-approvable",
        severity: High,
        severity_reason: "tools say medium to critical; medium where the role has one of the two halves only; low where only RoleBindings give it, which cannot: requests are in no namespace",
        since: "0.1.0",
        summary: "role approves or signs certificates",
        run: Object(ROLES, certificates_approvable),
        frameworks: [
            cis("5.1.11"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1098.001"),
        ],
        aliases: [
            kubescape("C-0280"), kube_linter("approve-signers-without-resource-names"),
            checkov("CKV_K8S_156"), kube_bench("5.1.11"), rbac_police("approve_csrs"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &CERTIFICATES_APPROVABLE,
    power: Power::ApproveCertificates,
    does: "approve or sign certificates",
    cluster: Severity::High,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "leave approval to the controllers of Kubernetes, or name a signer of your own",
};

fn certificates_approvable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
