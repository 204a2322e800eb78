use ciel_core::Severity;
use ciel_k8s::EffectiveField;
use ciel_yaml::Node;

use super::shared::{self, User};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that run as root because `runAsUser: 0` says so, in the container or in its pod.
    ///
    /// ## Why is this bad?
    /// Root in a container is root on the node, held back only by capabilities and namespaces. Most ways out of a
    /// container that were ever published need root inside. Here it is not left to the image: root is asked for.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   securityContext:
    ///     runAsUser: 0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   securityContext:
    ///     runAsNonRoot: true
    ///     runAsUser: 10001
    /// ```
    ///
    /// ## Exceptions
    /// Init containers that hand a volume to another user do not need root: `fsGroup` does it. Node agents that read
    /// root's files do; suppress the finding there, with the reason. With `hostUsers: false` root is nobody on the
    /// node, and the finding is of low severity. With `runAsNonRoot: true` beside it the kubelet refuses to start
    /// the container, which the message says.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static RUN_AS_USER_ZERO = {
        code: "POD004",
        name: "run-as-user-zero",
        severity: Medium,
        severity_reason: "trivy says low here and medium for root by default; it is the same root, and certain",
        since: "0.1.0",
        summary: "container runs as root, by its user id",
        run: Container(run_as_user_zero),
        frameworks: [
            pss(Restricted), cis("5.2.7"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            trivy("KSV-0105"), kubeaudit("RunAsUserCSCRoot"), kubeaudit("RunAsUserPSCRoot"),
            kubescape("C-0013"), kubescape("C-0198"), kubescape("C-0211"),
            trivy("KSV-0012"), kube_linter("run-as-non-root"), polaris("runAsRootAllowed"), checkov("CKV_K8S_23"),
            checkov("CKV_K8S_6"), kubesec("RunAsNonRoot"), popeye("POP-302"), popeye("POP-306"),
            kube_bench("5.2.7"),
            kics("cf34805e-3872-4c08-bf92-6ff7bb0cfadb"),
        ],
    }
}

fn run_as_user_zero(cx: &mut ContainerCx<'_>) {
    let User::Root(said) = shared::user(cx) else {
        return;
    };
    let Some(node) = said.node().filter(|_| shared::is_linux(cx)) else {
        return;
    };
    if matches!(said, EffectiveField::Pod(_)) && !shared::is_first_to_inherit(cx, "runAsUser") {
        return;
    }
    let refused = cx.spec().effective(cx.container, "runAsNonRoot").node();
    let is_refused = refused.and_then(Node::as_bool) == Some(true);
    let speaker = shared::speaker(cx, said);
    let (message, severity) = if is_refused {
        let message =
            format!("{speaker} asks for root beside `runAsNonRoot: true`: it will not start");
        (message, Severity::Low)
    } else {
        let severity = shared::severity_in_namespace(cx, Severity::Medium);
        (format!("{speaker} runs as root"), severity)
    };
    cx.report(&RUN_AS_USER_ZERO, node, message)
        .severity(severity)
        .help("name a user id above 0, and give its files to that user");
}
