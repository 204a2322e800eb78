use super::ConfigurationCx;
use super::admission_configuration::{ADMISSION_KINDS, pod_security};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds configurations of the PodSecurity admission plugin whose `defaults.enforce` is `privileged` or missing.
    ///
    /// ## Why is this bad?
    /// A namespace that nobody labelled takes privileged pods. The configuration is the place to change that for all at
    /// once.
    ///
    /// ## Example
    /// ```yaml
    /// defaults:
    ///   enforce: privileged
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// defaults:
    ///   enforce: baseline
    ///   enforce-version: latest
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/>
    pub static POD_SECURITY_DEFAULT_PRIVILEGED = {
        code: "NODE099",
        name: "pod-security-default-privileged",
        severity: Low,
        since: "0.1.0",
        summary: "Pod Security admission asks nothing of namespaces without labels",
        run: Configuration(ADMISSION_KINDS, pod_security_default_privileged),
        frameworks: [nsa("pod-security"), owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn pod_security_default_privileged(cx: &mut ConfigurationCx<'_>) {
    const HELP: &str =
        "set `defaults.enforce` to `baseline`, and label the namespaces that need more";
    const FIX: &str = "enforce the level baseline where nothing else is said";
    let Some(own) = pod_security(cx.root) else {
        return;
    };
    match own.at(&["defaults", "enforce"]) {
        Some(level) if level.as_str() == Some("privileged") => {
            cx.report(
                &POD_SECURITY_DEFAULT_PRIVILEGED,
                level,
                "namespaces without labels take privileged pods",
            )
            .help(HELP)
            .fix_replace(FIX, level, "baseline");
        }
        Some(_) => {}
        None => {
            let message =
                "namespaces without labels take privileged pods: no level is enforced by default";
            cx.report_missing(
                &POD_SECURITY_DEFAULT_PRIVILEGED,
                own,
                ".defaults.enforce",
                message,
            )
            .help(HELP)
            .fix_set(FIX, own, &["defaults", "enforce"], "baseline");
        }
    }
}
