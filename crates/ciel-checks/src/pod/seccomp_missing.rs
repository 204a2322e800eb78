use ciel_k8s::EffectiveField;

use super::{
    capabilities,
    profiles::{self, Profile},
    shared,
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a seccomp profile: neither they nor their pod name `RuntimeDefault` or `Localhost`. A
    /// profile in the annotations of old counts for nothing from Kubernetes 1.27 on. `Unconfined` is
    /// `seccomp-unconfined`.
    ///
    /// ## Why is this bad?
    /// Unless the kubelet was told otherwise (`seccompDefault`), such a container may make every system call. The
    /// runtime's profile takes away some fifty that programs do not use and exploits of the kernel do: `keyctl`,
    /// `unshare`, `bpf`, `userfaultfd` (CVE-2022-0185 needs one of them).
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   seccompProfile:
    ///     type: RuntimeDefault
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Exceptions
    /// Privileged containers run without a profile whatever they say, and Windows has none; nothing is reported there.
    /// Where every kubelet runs with `seccompDefault: true`, ignore the check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tutorials/security/seccomp/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static SECCOMP_MISSING = {
        code: "POD016",
        name: "seccomp-missing",
        severity: Medium,
        severity_reason: "tools say low to medium; one line takes away most of what kernel exploits begin with",
        since: "0.1.0",
        summary: "container has no seccomp profile",
        run: Container(seccomp_missing),
        frameworks: [
            pss(Restricted), cis("5.6.2"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0055"), kubescape("C-0210"), kubescape("C-0211"), trivy("KSV-0030"), checkov("CKV_K8S_31"),
            checkov("CKV_K8S_32"), kube_score("container-seccomp-profile"), kubeaudit("SeccompProfileMissing"),
            kubeaudit("SeccompDeprecatedAnnotations"), kubesec("SeccompAny"), kube_bench("5.6.2"),
            kics("f377b83e-bd07-4f48-a591-60c82b14a78b"),
        ],
    }
}

fn seccomp_missing(cx: &mut ContainerCx<'_>) {
    let Profile::Unset(annotation) = profiles::seccomp(cx) else {
        return report_unnamed(cx);
    };
    // An annotation that says `unconfined` is reported where it stands.
    let is_annotated_away = annotation.is_some_and(|value| value.as_str() == Some("unconfined"));
    if is_annotated_away || shared::is_privileged(cx) || !shared::is_linux(cx) {
        return;
    }
    let container = cx.container;
    let message = match annotation {
        Some(_) => format!(
            "{} has its seccomp profile in an annotation, which Kubernetes ignores since 1.27",
            container.display()
        ),
        None => format!("{} has no seccomp profile", container.display()),
    };
    // Who adds capabilities may call what the profile forbids.
    let is_safe = capabilities::added(cx).is_empty();
    let report = profiles::report_missing(cx, &SECCOMP_MISSING, "seccompProfile", message);
    if is_safe {
        report.safe_fix();
    }
}

/// A profile of the node's own without the name of its file is refused by the API server.
fn report_unnamed(cx: &mut ContainerCx<'_>) {
    let profile = cx.spec().effective(cx.container, "seccompProfile");
    let is_of_pod = matches!(profile, EffectiveField::Pod(_));
    let Some(profile_type) = profile.node().and_then(profiles::unnamed_file) else {
        return;
    };
    if !shared::is_linux(cx) || is_of_pod && !shared::is_first_to_inherit(cx, "seccompProfile") {
        return;
    }
    let message = format!(
        "{} asks for a seccomp profile on the node and names no file",
        shared::speaker(cx, profile)
    );
    cx.report(&SECCOMP_MISSING, profile_type, message)
        .help("name the file in `localhostProfile`, or set `type: RuntimeDefault`")
        .fix_replace("use the runtime's profile", profile_type, "RuntimeDefault");
}
