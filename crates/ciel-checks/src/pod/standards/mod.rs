//! The Pod Security Standards as checks of their own, one a control, for `--profile pss-LEVEL@VERSION`.
//!
//! They are one table instead of one file each: all of them are answered by one evaluation
//! ([`ciel_podsecurity::evaluate`]), and only what they say of themselves differs.

mod baseline;
mod fix;
mod restricted;

use ciel_core::PssLevel;
use ciel_podsecurity::{Control, Evaluation, evaluate};
use serde_json::{Value, json};

use crate::{PodCx, ProfileChoice, Rule};

/// A control as a check, and what to do about its findings.
pub(super) struct Standard {
    rule: &'static Rule,
    help: &'static str,
}

/// Declares a check for one control of the standards.
macro_rules! standard {
    (
        $ident:ident = {
            code: $code:literal,
            name: $name:literal,
            level: $level:ident,
            summary: $summary:literal,
            help: $help:literal,
            finds: $finds:literal,
            harm: $harm:literal,
            example: $example:literal,
            instead: $instead:literal,
            exceptions: $exceptions:literal $(,)?
        }
    ) => {
        pub(super) static $ident: $crate::pod::standards::Standard = {
            static RULE: $crate::Rule = $crate::Rule {
                check: ::ciel_core::Check {
                    code: $code,
                    name: $name,
                    severity: ::ciel_core::Severity::High,
                    severity_reason: "whatever the control, a cluster that enforces the level refuses the pod",
                    since: "0.1.0",
                    summary: $summary,
                    // As in doc comments, each line begins with a space.
                    docs: concat!(
                        " ## What it does\n ", $finds,
                        "\n\n A control of the Pod Security Standards, judged exactly as the admission of the version ",
                        "that `--profile pss-LEVEL@VERSION` names judges it; it runs with such a profile only. ",
                        "`evidence.podSecurity.message` is admission's own text.",
                        "\n\n ## Why is this bad?\n ", $harm,
                        "\n\n ## Example\n ```yaml\n ", $example,
                        "\n ```\n\n ## Use instead\n ```yaml\n ", $instead,
                        "\n ```\n\n ## Exceptions\n ", $exceptions,
                        "\n\n ## References\n - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>\n",
                    ),
                    topic: $crate::topic_of($code),
                    profile: ::ciel_core::Profile::PodSecurity,
                    frameworks: &[$crate::shorthand::pss(::ciel_core::PssLevel::$level)],
                    aliases: &[],
                },
                run: $crate::Run::PodSecurity,
            };
            $crate::pod::standards::Standard { rule: &RULE, help: $help }
        };
    };
}
use standard;

pub(crate) static RULES: &[&Rule] = &[
    baseline::APP_ARMOR_UNCONFINED.rule,
    baseline::CAPABILITIES_ADDED.rule,
    baseline::HOST_NAMESPACES.rule,
    baseline::HOST_PATH_VOLUME.rule,
    baseline::HOST_PORT.rule,
    baseline::PROBE_HOST.rule,
    baseline::PRIVILEGED_CONTAINER.rule,
    baseline::UNMASKED_PROC_MOUNT.rule,
    baseline::SELINUX_OPTIONS.rule,
    baseline::SECCOMP_UNCONFINED.rule,
    baseline::UNSAFE_SYSCTL.rule,
    baseline::WINDOWS_HOST_PROCESS.rule,
    restricted::PRIVILEGE_ESCALATION_ALLOWED.rule,
    restricted::CAPABILITIES_NOT_DROPPED.rule,
    restricted::VOLUME_TYPE.rule,
    restricted::NON_ROOT_NOT_REQUIRED.rule,
    restricted::ROOT_USER.rule,
    restricted::NO_SECCOMP_PROFILE.rule,
];

fn standard_of(control: Control) -> &'static Standard {
    match control {
        Control::AppArmorProfile => &baseline::APP_ARMOR_UNCONFINED,
        Control::CapabilitiesBaseline => &baseline::CAPABILITIES_ADDED,
        Control::HostNamespaces => &baseline::HOST_NAMESPACES,
        Control::HostPathVolumes => &baseline::HOST_PATH_VOLUME,
        Control::HostPorts => &baseline::HOST_PORT,
        Control::HostProbesAndHostLifecycle => &baseline::PROBE_HOST,
        Control::Privileged => &baseline::PRIVILEGED_CONTAINER,
        Control::ProcMount | Control::ProcMountRestricted => &baseline::UNMASKED_PROC_MOUNT,
        Control::SeLinuxOptions => &baseline::SELINUX_OPTIONS,
        Control::SeccompProfileBaseline => &baseline::SECCOMP_UNCONFINED,
        Control::Sysctls => &baseline::UNSAFE_SYSCTL,
        Control::WindowsHostProcess => &baseline::WINDOWS_HOST_PROCESS,
        Control::AllowPrivilegeEscalation => &restricted::PRIVILEGE_ESCALATION_ALLOWED,
        Control::CapabilitiesRestricted => &restricted::CAPABILITIES_NOT_DROPPED,
        Control::RestrictedVolumes => &restricted::VOLUME_TYPE,
        Control::RunAsNonRoot => &restricted::NON_ROOT_NOT_REQUIRED,
        Control::RunAsUser => &restricted::ROOT_USER,
        Control::SeccompProfileRestricted => &restricted::NO_SECCOMP_PROFILE,
    }
}

/// Reports every place of a pod that breaks the level of the profile; without such a profile (a check was selected by
/// name) the level is restricted of the latest version.
pub(crate) fn judge(cx: &mut PodCx<'_>) {
    let (level, minor) = match cx.options().profile {
        ProfileChoice::PodSecurity { level, minor } => (level, minor),
        _ => (PssLevel::Restricted, None),
    };
    let evaluation = evaluate(&cx.workload.template, level, minor);
    if evaluation.is_allowed() {
        return;
    }
    let evidence = evidence(level, minor, &evaluation);
    let against = format!("against {}@{}", level.as_str(), version(minor));
    for violation in evaluation.violations {
        let standard = standard_of(violation.control);
        if !cx.options().enables(&standard.rule.check) {
            continue;
        }
        for place in violation.places {
            let message = format!("{}, {against}", place.message);
            let report = if place.missing.is_empty() {
                cx.report(standard.rule, place.node, message)
            } else {
                cx.report_missing(standard.rule, place.node, &place.missing, message)
            };
            let report = report
                .help(standard.help)
                .evidence("podSecurity", evidence.clone());
            fix::add(report, violation.control, &place);
        }
    }
}

/// `evidence.podSecurity` of a finding: what was asked and admission's whole text about the pod.
pub(super) fn evidence(level: PssLevel, minor: Option<u32>, evaluation: &Evaluation<'_>) -> Value {
    json!({
        "level": level.as_str(),
        "version": version(minor),
        "message": evaluation.detail(),
    })
}

/// `1.29` or `latest`.
pub(super) fn version(minor: Option<u32>) -> String {
    minor.map_or_else(|| "latest".to_owned(), |minor| format!("1.{minor}"))
}
