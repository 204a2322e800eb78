use ciel_k8s::EffectiveField;

use super::{
    profiles::{self, Profile},
    shared,
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose seccomp profile is `Unconfined`, by their own word or their pod's.
    ///
    /// ## Why is this bad?
    /// They may make every system call, even where the kubelet gives all others the runtime's profile. That profile
    /// takes away some fifty calls that programs do not use and exploits of the kernel do.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   seccompProfile:
    ///     type: Unconfined
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   seccompProfile:
    ///     type: RuntimeDefault
    /// ```
    ///
    /// ## Exceptions
    /// Programs that build containers or trace others use calls that the runtime's profile forbids: write a profile for
    /// them (`Localhost`), or suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tutorials/security/seccomp/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static SECCOMP_UNCONFINED = {
        code: "POD017",
        name: "seccomp-unconfined",
        severity: Medium,
        severity_reason: "tools say medium to high; on most clusters it is what a pod without a profile gets too",
        since: "0.1.0",
        summary: "container runs without seccomp, by its own word",
        run: Container(seccomp_unconfined),
        frameworks: [
            pss(Baseline), cis("5.6.2"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            trivy("KSV-0104"), kubeaudit("SeccompDisabledPod"), kubeaudit("SeccompDisabledContainer"),
            kubesec("SeccompUnconfined"), kubescape("C-0055"), kubescape("C-0210"), kubescape("C-0211"), trivy("KSV-0030"),
            checkov("CKV_K8S_31"), checkov("CKV_K8S_32"), kube_score("container-seccomp-profile"),
            kubesec("SeccompAny"), kube_bench("5.6.2"),
        ],
    }
}

fn seccomp_unconfined(cx: &mut ContainerCx<'_>) {
    if !shared::is_linux(cx) {
        return;
    }
    match profiles::seccomp(cx) {
        Profile::Unconfined(field) => report_field(cx, field),
        Profile::Unset(Some(annotation)) if annotation.as_str() == Some("unconfined") => {
            let message = format!(
                "an annotation turns seccomp off for {} before Kubernetes 1.27",
                cx.container.display()
            );
            cx.report(&SECCOMP_UNCONFINED, annotation, message)
                .help("remove the annotation and set `seccompProfile.type: RuntimeDefault`");
        }
        Profile::Unset(_) | Profile::Confined => {}
    }
}

fn report_field<'s>(cx: &mut ContainerCx<'s>, field: EffectiveField<'s>) {
    let is_repeated = matches!(field, EffectiveField::Pod(_))
        && !shared::is_first_to_inherit(cx, "seccompProfile");
    let Some(value) = field.node().filter(|_| !is_repeated) else {
        return;
    };
    let speaker = shared::speaker(cx, field);
    let message = match value.scalar_text() {
        "Unconfined" => format!("{speaker} turns seccomp off"),
        other => format!("{speaker} names `{other}` as seccomp profile, which confines nothing"),
    };
    cx.report(&SECCOMP_UNCONFINED, value, message)
        .help("set `seccompProfile.type: RuntimeDefault`")
        .fix_replace("use the runtime's seccomp profile", value, "RuntimeDefault");
}
