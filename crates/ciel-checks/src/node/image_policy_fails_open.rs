use super::ConfigurationCx;
use super::admission_configuration::{ADMISSION_KINDS, plugin};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds configurations of the ImagePolicyWebhook admission plugin with `defaultAllow: true`.
    ///
    /// ## Why is this bad?
    /// Who keeps the webhook from answering, or waits until it does not, runs any image.
    ///
    /// ## Example
    /// ```yaml
    /// imagePolicy:
    ///   defaultAllow: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// imagePolicy:
    ///   defaultAllow: false
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#imagepolicywebhook>
    pub static IMAGE_POLICY_FAILS_OPEN = {
        code: "NODE098",
        name: "image-policy-fails-open",
        severity: Medium,
        since: "0.1.0",
        summary: "ImagePolicyWebhook admits images when it cannot ask",
        run: Configuration(ADMISSION_KINDS, image_policy_fails_open),
        frameworks: [owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn image_policy_fails_open(cx: &mut ConfigurationCx<'_>) {
    let root = cx.root;
    let policy = plugin(root, "ImagePolicyWebhook").and_then(|own| own.get("imagePolicy"));
    let policy = policy.or_else(|| root.get("imagePolicy"));
    let Some(allows) = policy.and_then(|policy| policy.get("defaultAllow")) else {
        return;
    };
    if allows.as_bool() == Some(true) {
        cx.report(
            &IMAGE_POLICY_FAILS_OPEN,
            allows,
            "images are admitted when the webhook does not answer",
        )
        .help("set `defaultAllow` to false")
        .fix_replace(
            "refuse images when the webhook does not answer",
            allows,
            false,
        );
    }
}
