use ciel_core::Severity;
use ciel_secrets::{Judgement, find_promised, is_strong_secret};
use ciel_snapshot::Object;
use ciel_yaml::{Kind, Node};

use super::{
    credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    texts::{Text, credentials, place_in},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds secrets in the fields of custom resources: the values of a HelmRelease (Flux), of an Application (Argo CD:
    /// `helm.values`, `valuesObject`, `parameters`) or a HelmChart (K3s), and fields of any other kind whose name
    /// promises a secret, and texts of several lines as `secret-in-config-map` reads them. Credentials of a known format
    /// are left to `credential-in-plain-text`, if that check is on.
    ///
    /// ## Why is this bad?
    /// Who may look at such objects is rarely thought of: `view` is often extended to them, they are not encrypted at
    /// rest, and their home is a repository.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HelmRelease
    /// spec:
    ///   values:
    ///     auth:
    ///       postgresPassword: hunter2hunter2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: HelmRelease
    /// spec:
    ///   valuesFrom:
    ///   - kind: Secret
    ///     name: shop-db-values
    /// ```
    /// or the chart's own way to name a Secret (`auth.existingSecret`).
    ///
    /// ## Exceptions
    /// Fields behind `token`, `secret` and `key` must look drawn by chance, since the names of objects and fields stand
    /// there more often. Definitions (CustomResourceDefinition), references (ExternalSecret) and what is encrypted
    /// (SealedSecret, SOPS) are none. Well-known passwords are `medium`.
    ///
    /// ## References
    /// - <https://fluxcd.io/flux/components/helm/helmreleases/#values>
    /// - <https://argo-cd.readthedocs.io/en/stable/user-guide/helm/>
    pub static SECRET_IN_CUSTOM_RESOURCE = {
        code: "SEC005",
        name: "secret-in-custom-resource",
        severity: High,
        since: "0.1.0",
        summary: "custom resource holds a secret in plain text",
        run: AnyObject(secret_in_custom_resource),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552")],
        aliases: [],
    }
}

fn secret_in_custom_resource(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if !is_custom(object) {
        return;
    }
    let mut found = Vec::new();
    for (key, node) in object.root().entries() {
        if !matches!(
            key.scalar_text(),
            "apiVersion" | "kind" | "metadata" | "status" | "sops"
        ) {
            walk(key.scalar_text(), node, &mut found);
        }
    }
    if found.is_empty() {
        return;
    }
    // The environment of pods within has its own check.
    let containers = || {
        object
            .workloads()
            .flat_map(|workload| workload.spec().containers())
    };
    let is_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    for secret in found {
        let text = secret.text;
        let is_known = is_spoken_for
            && credentials(&[text]).iter().any(|credential| {
                credential.span.start < secret.range.end && secret.range.start < credential.span.end
            });
        if is_known || containers().any(|container| container.node.contains(text.node)) {
            continue;
        }
        let place = place_in(text.value(), secret.range.start, secret.name);
        let what = match secret.severity {
            Severity::Medium => "a well-known password",
            _ => "a secret in plain text",
        };
        let message = format!("field `{}` holds {what}{place}", text.name);
        cx.report(&SECRET_IN_CUSTOM_RESOURCE, text.node, message)
            .severity(secret.severity)
            .at_secret(text.node, secret.range)
            .help("put it into a Secret, and name that instead");
    }
}

struct Secret<'s> {
    text: Text<'s>,
    range: std::ops::Range<usize>,
    name: &'s str,
    severity: Severity,
}

/// Whether it is of a group that Kubernetes does not bring, and no kind that describes, encrypts or refers.
fn is_custom(object: Object<'_>) -> bool {
    const ABOUT: [&str; 12] = [
        "SealedSecret",
        "ExternalSecret",
        "ClusterExternalSecret",
        "SecretStore",
        "ClusterSecretStore",
        "SopsSecret",
        "SecretProviderClass",
        "ClusterServiceVersion",
        "PrometheusRule",
        "ClusterPolicy",
        "ConstraintTemplate",
        "GrafanaDashboard",
    ];
    let group = object.types().group();
    let is_own = !group.contains('.') || group.ends_with(".k8s.io");
    !is_own && !ABOUT.contains(&object.kind()) && object.root().at(&["sops", "mac"]).is_none()
}

/// Recursion ends where the parser's does.
fn walk<'s>(name: &'s str, node: Node<'s>, found: &mut Vec<Secret<'s>>) {
    match node.kind() {
        Kind::Mapping => {
            // `parameters: [{name: auth.password, value: …}]`
            if let (Some(name), Some(value)) = (node.str_at(&["name"]), node.get("value")) {
                field(name, value, found);
            }
            for (key, child) in node.entries() {
                walk(key.scalar_text(), child, found);
            }
        }
        Kind::Sequence => node.items().for_each(|child| walk(name, child, found)),
        Kind::String => field(name, node, found),
        _ => {}
    }
}

fn field<'s>(name: &'s str, node: Node<'s>, found: &mut Vec<Secret<'s>>) {
    let value = node.scalar_text();
    let text = Text { name, node };
    if let Some(judgement) = is_strong_secret(name, value) {
        found.push(Secret {
            text,
            range: 0..value.len(),
            name: "",
            severity: severity(judgement),
        });
    } else if value.len() >= 16 && !value.contains("{{") {
        found.extend(
            find_promised("", value)
                .into_iter()
                .filter(|promised| !promised.is_hash)
                .map(|promised| Secret {
                    text,
                    name: value.get(promised.name).unwrap_or_default(),
                    range: promised.span,
                    severity: severity(promised.judgement),
                }),
        );
    }
}

fn severity(judgement: Judgement) -> Severity {
    match judgement {
        Judgement::WellKnown => Severity::Medium,
        _ => Severity::High,
    }
}
