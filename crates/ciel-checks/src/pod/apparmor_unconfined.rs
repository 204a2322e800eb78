use ciel_yaml::Node;

use super::{profiles, shared};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods and containers whose AppArmor profile is `Unconfined`, or nothing that Kubernetes knows, and
    /// annotations for a container that the pod does not have.
    ///
    /// ## Why is this bad?
    /// The runtime's profile forbids mounting, writing to most of `/proc` and `/sys`, and tracing processes of others:
    /// the steps of most ways out of a container. `Unconfined` takes that away. An annotation with a wrong name or
    /// value confines nothing, or keeps the pod from being made.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   appArmorProfile:
    ///     type: Unconfined
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   appArmorProfile:
    ///     type: RuntimeDefault
    /// ```
    ///
    /// ## Exceptions
    /// Network plugins and agents that mount need a profile of their own (`Localhost`), or none; suppress the finding
    /// there, with the reason. Windows has no AppArmor.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tutorials/security/apparmor/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static APPARMOR_UNCONFINED = {
        code: "POD019",
        name: "apparmor-unconfined",
        severity: Medium,
        since: "0.1.0",
        summary: "AppArmor is turned off, or its profile is nonsense",
        run: Pod(apparmor_unconfined),
        frameworks: [pss(Baseline), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [
            kubeaudit("AppArmorDisabled"), kubeaudit("AppArmorBadValue"), kubeaudit("AppArmorInvalidAnnotation"),
            kubesec("ApparmorUnconfined"),
        ],
    }
}

fn apparmor_unconfined(cx: &mut PodCx<'_>) {
    if cx.spec().is_windows() {
        return;
    }
    for context in shared::security_contexts(cx) {
        let Some(value) = context.node.at(&["appArmorProfile", "type"]) else {
            continue;
        };
        let message = match value.scalar_text() {
            known if profiles::is_confining_type(known) => continue,
            "Unconfined" => format!("{} turns AppArmor off", context.speaker()),
            other => format!(
                "{} names `{other}` as AppArmor profile, which is none",
                context.speaker()
            ),
        };
        cx.report(&APPARMOR_UNCONFINED, value, message)
            .help("set `appArmorProfile.type: RuntimeDefault`")
            .fix_replace(
                "use the runtime's AppArmor profile",
                value,
                "RuntimeDefault",
            );
    }
    report_annotations(cx);
}

fn report_annotations(cx: &mut PodCx<'_>) {
    let metadata = cx.workload.template.metadata;
    let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
    for (key, value) in annotations.into_iter().flat_map(Node::entries) {
        let Some(name) = key
            .scalar_text()
            .strip_prefix(profiles::APPARMOR_ANNOTATION)
        else {
            continue;
        };
        let profile = value.scalar_text();
        let mut containers = cx.spec().containers().into_iter();
        let is_known = containers.any(|container| container.name() == name);
        let message = match profile {
            _ if !is_known => {
                format!("AppArmor's annotation names no container of the pod: `{name}`")
            }
            "unconfined" => format!("an annotation turns AppArmor off for container `{name}`"),
            "" => continue,
            _ if profiles::is_apparmor_profile(profile) => continue,
            _ => format!("`{profile}` is no AppArmor profile"),
        };
        cx.report(&APPARMOR_UNCONFINED, value, message)
            .help("set the field `appArmorProfile.type: RuntimeDefault` instead of the annotation");
    }
}
