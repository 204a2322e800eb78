use ciel_yaml::Node;

use super::verification;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds policies that verify images and let them run all the same: Kyverno's that only audit (which is the default),
    /// that do not require a signature, or that are passed over when Kyverno does not answer; Sigstore's that warn or pass
    /// everything; an ImagePolicyWebhook with `defaultAllow: true`.
    ///
    /// ## Why is this bad?
    /// The policy reads as if unsigned images could not run. They run, and only a report says so; with `defaultAllow`, it
    /// takes no more than keeping the webhook from answering.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterImagePolicy
    /// spec:
    ///   mode: warn
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ClusterImagePolicy
    /// spec:
    ///   mode: enforce
    /// ```
    ///
    /// ## Exceptions
    /// While a policy is being introduced, auditing is the right thing to do.
    ///
    /// ## References
    /// - <https://kyverno.io/docs/policy-types/cluster-policy/verify-images/>
    /// - <https://docs.sigstore.dev/policy-controller/overview/>
    pub static IMAGE_VERIFICATION_NOT_ENFORCED = {
        code: "IMG016",
        name: "image-verification-not-enforced",
        severity: Medium,
        since: "0.1.0",
        summary: "images that fail the verification run all the same",
        run: Object(KINDS, image_verification_not_enforced),
        frameworks: [owasp2022("K04"), owasp2025("K04"), mitre("T1525")],
        aliases: [],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("kyverno.io", "ClusterPolicy"),
    ("kyverno.io", "Policy"),
    ("policies.kyverno.io", "ImageValidatingPolicy"),
    ("policies.kyverno.io", "NamespacedImageValidatingPolicy"),
    ("policy.sigstore.dev", "ClusterImagePolicy"),
    ("apiserver.config.k8s.io", "AdmissionConfiguration"),
];

fn image_verification_not_enforced(cx: &mut ObjectCx<'_>) {
    match cx.object.kind() {
        "ClusterPolicy" | "Policy" => kyverno(cx),
        "ClusterImagePolicy" => sigstore(cx),
        "AdmissionConfiguration" => webhook(cx),
        _ => validating_policy(cx),
    }
}

fn kyverno(cx: &mut ObjectCx<'_>) {
    let spec = cx.object.root().get("spec");
    let of_policy = spec.and_then(|spec| spec.get("validationFailureAction"));
    for entry in verification::kyverno_rules(cx.object) {
        if let Some(required) = entry
            .get("required")
            .filter(|required| required.as_bool() == Some(false))
        {
            report(
                cx,
                required,
                "images without a signature pass, as none is required",
                true,
            );
        }
        let action = entry.get("failureAction").or(of_policy);
        match action {
            Some(action) if !action.scalar_text().eq_ignore_ascii_case("enforce") => {
                report(
                    cx,
                    action,
                    "images that fail the verification are only reported",
                    "Enforce",
                );
            }
            Some(_) => {}
            None => {
                let message =
                    "images that fail the verification are only reported, which is the default";
                cx.report_missing(
                    &IMAGE_VERIFICATION_NOT_ENFORCED,
                    entry,
                    ".failureAction",
                    message,
                )
                .help("set `failureAction` to `Enforce`")
                .fix_set("refuse them", entry, &["failureAction"], "Enforce");
            }
        }
    }
    let ignores = |policy: &Node<'_>| policy.as_str() == Some("Ignore");
    let fails_open = spec
        .and_then(|spec| {
            spec.get("failurePolicy")
                .or_else(|| spec.at(&["webhookConfiguration", "failurePolicy"]))
        })
        .filter(ignores);
    if let Some(node) =
        fails_open.filter(|_| verification::kyverno_rules(cx.object).next().is_some())
    {
        report(cx, node, "images pass when Kyverno does not answer", "Fail");
    }
}

fn validating_policy(cx: &mut ObjectCx<'_>) {
    let Some(actions) = cx.object.root().at(&["spec", "validationActions"]) else {
        return;
    };
    if !actions
        .items()
        .any(|action| action.as_str() == Some("Deny"))
    {
        report(
            cx,
            actions,
            "images that fail the verification are only reported",
            with_deny(actions),
        );
    }
}

fn sigstore(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    if let Some(mode) = spec
        .get("mode")
        .filter(|mode| mode.as_str() == Some("warn"))
    {
        report(
            cx,
            mode,
            "images that fail the verification only cause a warning",
            "enforce",
        );
    }
    let authorities = spec.get("authorities").into_iter().flat_map(Node::items);
    for authority in authorities {
        let action = authority.at(&["static", "action"]);
        if let Some(action) = action.filter(|action| action.as_str() == Some("pass")) {
            report(cx, action, "images pass without being verified", "fail");
        }
    }
}

fn webhook(cx: &mut ObjectCx<'_>) {
    let Some(plugin) = verification::image_policy_webhook(cx.object) else {
        return;
    };
    let default = plugin.at(&["configuration", "imagePolicy", "defaultAllow"]);
    if let Some(default) = default.filter(|allow| allow.as_bool() == Some(true)) {
        report(
            cx,
            default,
            "images pass when the webhook does not answer",
            false,
        );
    }
}

fn with_deny(actions: Node<'_>) -> Vec<&str> {
    let given = actions.items().map(Node::scalar_text);
    let others = given.filter(|action| *action != "Warn");
    ["Deny"].into_iter().chain(others).collect()
}

fn report<'s>(
    cx: &mut ObjectCx<'s>,
    node: Node<'s>,
    message: &'static str,
    good: impl Into<serde_json::Value>,
) {
    cx.report(&IMAGE_VERIFICATION_NOT_ENFORCED, node, message)
        .help("refuse images that cannot be verified, once your own are signed")
        .fix_replace("refuse them", node, good);
}
