use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create` or `get` on `pods/portforward`, without `resourceNames`. One finding a rule;
    /// `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// The API server and the kubelet carry the connection, so no NetworkPolicy is asked: databases and consoles that only
    /// listen inside stand open to whoever holds the right, those on `localhost` too.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/portforward]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Give it to people, in the namespaces that they look after.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static PORT_FORWARD_ALLOWED = {
        code: "RBAC013",
        name: "port-forward-allowed",
        severity: Medium,
        severity_reason: "tools say medium; in one namespace it is part of a developer's work and told with `--profile all` only",
        since: "0.1.0",
        summary: "role reaches any port of any pod",
        run: Object(ROLES, port_forward_allowed),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1021"),
        ],
        aliases: [
            kubescape("C-0063"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &PORT_FORWARD_ALLOWED,
    power: Power::ForwardPorts,
    does: "forward ports of any pod",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[Power::ExecInPods],
    help: "give it to people, in the namespaces that they look after",
};

fn port_forward_allowed(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
