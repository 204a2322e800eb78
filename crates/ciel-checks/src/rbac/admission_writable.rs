use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create`, `update`, `patch` or `delete` on configurations of admission webhooks, on
    /// ValidatingAdmissionPolicies, MutatingAdmissionPolicies and their bindings, without `resourceNames`. One finding a
    /// rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// A webhook sees every object that is written, Secrets among them, and a mutating one changes it: a sidecar in every
    /// pod is one line. Who deletes or changes a validating one turns the cluster's policies off.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [admissionregistration.k8s.io]
    ///   resources: [mutatingwebhookconfigurations]
    ///   verbs: [create, patch]
    /// ```
    ///
    /// ## Use instead
    /// Name the configuration that is the operator's own.
    /// ```yaml
    /// rules:
    /// - apiGroups: [admissionregistration.k8s.io]
    ///   resources: [mutatingwebhookconfigurations]
    ///   resourceNames: [web-operator]
    ///   verbs: [get, patch]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`; `create` cannot have them, so let who deploys create the configuration. The roles that
    /// the API server makes for itself, and roles named `system:…` that only bindings of that kind hold. Rules with `*`
    /// among their verbs or resources are told by wildcard-role, with the names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static ADMISSION_WRITABLE = {
        code: "RBAC021",
        name: "admission-writable",
        severity: High,
        severity_reason: "tools say medium to critical; medium for what validates only; low where only RoleBindings give it, which cannot",
        since: "0.1.0",
        summary: "role writes admission webhooks or policies",
        run: Object(ROLES, admission_writable),
        frameworks: [
            cis("5.1.12"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1556"), ms("MS-TA9015"),
        ],
        aliases: [
            kubescape("C-0281"), trivy("KSV-0114"), checkov("CKV_K8S_155"), kube_bench("5.1.12"),
            rbac_police("control_webhooks"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &ADMISSION_WRITABLE,
    power: Power::WriteAdmission,
    does: "write admission webhooks or policies",
    cluster: Severity::High,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[
        "validatingwebhookconfigurations",
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
    ],
    is_verb: false,
    told_by: &[],
    help: "name the operator's own configuration with `resourceNames`",
};

fn admission_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
