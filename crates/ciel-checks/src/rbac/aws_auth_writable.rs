use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that name the ConfigMap `aws-auth` and allow to write it. One finding a rule; `related` names the
    /// bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// On EKS that ConfigMap of kube-system says which role of AWS is which user and group of the cluster: one line in it
    /// is `system:masters`.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Role
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   resourceNames: [aws-auth]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Use instead
    /// Use EKS access entries, and take the right away.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   resourceNames: [web-state]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html>
    pub static AWS_AUTH_WRITABLE = {
        code: "RBAC024",
        name: "aws-auth-writable",
        severity: High,
        severity_reason: "tools say critical; a credential that holds the role is needed first. In a namespace other than kube-system it means nothing and is told with `--profile all` only",
        since: "0.1.0",
        summary: "role writes the mapping of AWS identities to users",
        run: Object(ROLES, aws_auth_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"),
        ],
        aliases: [
            trivy("KSV-0115"), rbac_police("eks_modify_aws_auth"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &AWS_AUTH_WRITABLE,
    power: Power::WriteAwsAuth,
    does: "change who in AWS is who in the cluster",
    cluster: Severity::High,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "use EKS access entries, and take the right away",
};

fn aws_auth_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
