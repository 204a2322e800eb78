use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds SecurityContextConstraints of OpenShift with `allowPrivilegedContainer: true`. Those that OpenShift
    /// itself ships are left out.
    ///
    /// ## Why is this bad?
    /// Everybody who may use the constraints may start a privileged container, which is root on its node.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// allowPrivilegedContainer: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// allowPrivilegedContainer: false
    /// allowedCapabilities: [NET_BIND_SERVICE]
    /// ```
    ///
    /// ## Exceptions
    /// Constraints for one node agent, with its service account as their only user.
    ///
    /// ## References
    /// - <https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies>
    pub static PRIVILEGED_SECURITY_CONTEXT_CONSTRAINTS = {
        code: "POD047",
        name: "privileged-security-context-constraints",
        severity: High,
        since: "0.1.0",
        summary: "security context constraints admit privileged containers",
        run: Object(&[("security.openshift.io", "SecurityContextConstraints"), ("", "SecurityContextConstraints")],
            privileged_constraints),
        frameworks: [nsa("pod-security"), owasp2022("K01"), mitre("T1611"), ms("MS-TA9018")],
        aliases: [kube_linter("scc-deny-privileged-container")],
    }
}

fn privileged_constraints(cx: &mut ObjectCx<'_>) {
    let flag = cx.object.root().get("allowPrivilegedContainer");
    let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
        return;
    };
    let annotations = cx.object.root().at(&["metadata", "annotations"]);
    let mut keys = annotations
        .into_iter()
        .flat_map(Node::entries)
        .map(|(key, _)| key.scalar_text());
    if keys.any(|key| key.starts_with("include.release.openshift.io/")) {
        return;
    }
    let message = format!(
        "constraints `{}` admit privileged containers",
        cx.object.name()
    );
    cx.report(&PRIVILEGED_SECURITY_CONTEXT_CONSTRAINTS, flag, message)
        .help("set `allowPrivilegedContainer: false`, and allow the one capability that is needed")
        .fix_replace("set allowPrivilegedContainer to false", flag, false);
}
