use ciel_core::Severity;
use ciel_yaml::Node;

use super::ConfigurationCx;
use super::admission_configuration::{ADMISSION_KINDS, pod_security};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds configurations of the PodSecurity admission plugin that exempt users, runtime classes, or namespaces other
    /// than those of the system (`kube-` and the like).
    ///
    /// ## Why is this bad?
    /// An exempt user makes privileged pods in every namespace. If it is the account of a controller
    /// (`system:serviceaccount:kube-system:replicaset-controller`), so does everybody who may create a Deployment. A
    /// runtime class is exempt for whoever names it in a pod.
    ///
    /// ## Example
    /// ```yaml
    /// exemptions:
    ///   usernames: [system:serviceaccount:kube-system:replicaset-controller]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// exemptions:
    ///   namespaces: [kube-system]
    /// ```
    ///
    /// ## Exceptions
    /// It is `high` for accounts of controllers, `low` for namespaces. For a namespace the label
    /// `pod-security.kubernetes.io/enforce: privileged` does the same and is seen by who looks at the namespace.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/>
    pub static POD_SECURITY_EXEMPTIONS = {
        code: "NODE095",
        name: "pod-security-exemptions",
        severity: Medium,
        since: "0.1.0",
        summary: "Pod Security admission exempts users, runtime classes or namespaces",
        run: Configuration(ADMISSION_KINDS, pod_security_exemptions),
        frameworks: [nsa("pod-security"), owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn pod_security_exemptions(cx: &mut ConfigurationCx<'_>) {
    let Some(exemptions) = pod_security(cx.root).and_then(|own| own.get("exemptions")) else {
        return;
    };
    for (list, judge) in LISTS {
        for item in exemptions.get(list).into_iter().flat_map(Node::items) {
            let name = item.scalar_text();
            if let Some((severity, what)) = judge(name) {
                cx.report(
                    &POD_SECURITY_EXEMPTIONS,
                    item,
                    format!("`{name}` is exempt from Pod Security admission: {what}"),
                )
                .severity(severity)
                .help("take the exemption out, and label the namespaces that need it")
                .fix_remove("take the exemption out", item);
            }
        }
    }
}

/// How bad an exemption is, and why; none where it is as it should be.
type Judged = Option<(Severity, &'static str)>;

/// Looks at the name that is exempt.
type Judge = fn(&str) -> Judged;

const LISTS: [(&str, Judge); 3] = [
    ("usernames", username),
    ("runtimeClasses", |_| {
        Some((Severity::Medium, "whoever names it in a pod is not asked"))
    }),
    ("namespaces", namespace),
];

fn username(name: &str) -> Judged {
    if name.starts_with("system:serviceaccount:kube-system:") {
        return Some((
            Severity::High,
            "what controllers make for others is not asked",
        ));
    }
    Some((Severity::Medium, "it may make privileged pods everywhere"))
}

fn namespace(name: &str) -> Judged {
    const SYSTEM: [&str; 3] = ["kube-", "openshift-", "gke-"];
    let is_system = SYSTEM.iter().any(|prefix| name.starts_with(prefix));
    (!is_system).then_some((Severity::Low, "its labels do not show it"))
}
