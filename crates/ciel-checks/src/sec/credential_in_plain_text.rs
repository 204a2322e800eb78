use ciel_core::Severity;
use ciel_k8s::Container;
use ciel_secrets::{Credential, Named, Reach, find, mask};
use ciel_yaml::Node;

use super::free_texts::free_texts;
use super::texts::{
    Text, command_line, config_map_entries, config_map_files, credentials, environment, place_in,
    with_article,
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds credentials by their format in every text of every object: the environment and command lines of containers,
    /// the files in ConfigMaps (base64 taken away), annotations, headers of probes, attributes of volumes, fields of custom resources such as
    /// the values of a HelmRelease. It knows keys of AWS, Azure, Google Cloud, Alibaba Cloud and other clouds, tokens of
    /// GitHub, GitLab, Slack, npm, Vault and more than a hundred of their like, private keys, webhooks, tokens of
    /// Kubernetes, and JSON Web Tokens. Where a format has a checksum or a structure, it must be right. Reports show four
    /// letters at most. Secrets have a check of their own.
    ///
    /// ## Why is this bad?
    /// Whoever may read pods, deployments or ConfigMaps, or the repository that they come from, has the credential;
    /// and so has every dashboard and backup. At Tesla, in 2018, keys of AWS in a pod's environment led from an open
    /// dashboard to the company's storage.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: AWS_ACCESS_KEY_ID
    ///   value: AKIA…
    /// - name: AWS_SECRET_ACCESS_KEY
    ///   value: U6uG…
    /// ```
    ///
    /// ## Use instead
    /// An identity of the workload's own, which needs no key: IAM roles for service accounts, workload identity. Or a
    /// Secret:
    /// ```yaml
    /// env:
    /// - name: AWS_SECRET_ACCESS_KEY
    ///   valueFrom:
    ///     secretKeyRef:
    ///       name: exporter
    ///       key: secret-access-key
    /// ```
    /// A credential that has been in a manifest is known: replace it.
    ///
    /// ## Exceptions
    /// It is `critical` for accounts of clouds and clusters, `high` for a single service, `low` for half of a
    /// credential (a key's id, an encrypted key). What documentation uses as an example is not reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    /// - Tesla 2018: RedLock, "Lessons from the Cryptojacking Attack at Tesla"
    pub static CREDENTIAL_IN_PLAIN_TEXT = {
        code: "SEC001",
        name: "credential-in-plain-text",
        severity: Critical,
        since: "0.1.0",
        summary: "credential stands in plain text",
        run: AnyObject(credential_in_plain_text),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552"), ms("MS-TA9027")],
        aliases: [
            kubescape("C-0012"), kubescape("C-0259"), trivy("KSV-0109"), polaris("sensitiveConfigmapContent"),
            polaris("sensitiveContainerEnvVar"),
        ],
    }
}

fn credential_in_plain_text(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let entries: Vec<Text<'_>> = config_map_entries(object).collect();
    for credential in credentials(&entries) {
        if let Some(entry) = entries.get(credential.index) {
            let place = format!("key `{}` of the ConfigMap", entry.name);
            report(cx, *entry, &credential, &place);
        }
    }
    for (file, text) in config_map_files(object) {
        report_file(cx, file, &text);
    }
    // What another object here has made is judged where it is made.
    if object.owner().is_some() {
        return;
    }
    let mut seen = Vec::new();
    for workload in object.workloads() {
        for container in workload.spec().containers() {
            in_container(cx, container, &mut seen);
        }
    }
    elsewhere(cx, &seen);
    last_applied(cx);
}

fn in_container<'s>(cx: &mut ObjectCx<'s>, container: Container<'s>, seen: &mut Vec<Node<'s>>) {
    let texts: Vec<Text<'_>> = environment(container)
        .chain(command_line(container))
        .collect();
    for credential in credentials(&texts) {
        let Some(text) = texts.get(credential.index) else {
            continue;
        };
        seen.push(text.node);
        let place = match text.name {
            "" => format!("command line of {}", container.display()),
            name => format!("environment variable `{name}` of {}", container.display()),
        };
        report(cx, *text, &credential, &place);
    }
}

/// What the copy of an object that `kubectl apply` keeps in an annotation still holds, when the object does not. Who may
/// read a Secret reads its copy as well.
fn last_applied(cx: &mut ObjectCx<'_>) {
    const COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";
    let object = cx.object;
    let copy = object.root().at(&["metadata", "annotations", COPY]);
    let Some(node) = copy.filter(|_| !object.is("", "Secret")) else {
        return;
    };
    let copy = Text { name: COPY, node };
    for credential in credentials(&[copy]) {
        let value = copy
            .value()
            .get(credential.span.clone())
            .unwrap_or_default();
        let is_shown = object
            .root()
            .entries()
            .any(|(key, child)| match key.scalar_text() {
                "metadata" => child.entries().any(|(key, part)| match key.scalar_text() {
                    "annotations" => part
                        .entries()
                        .any(|(_, text)| text != node && text.scalar_text().contains(value)),
                    _ => holds(part, value),
                }),
                _ => holds(child, value),
            });
        if credential.reach > Reach::Half && !is_shown {
            report(
                cx,
                copy,
                &credential,
                "annotation `last-applied-configuration`",
            );
        }
    }
}

/// Whether a text stands at or below a node. Recursion ends where the parser's does.
fn holds(node: Node<'_>, text: &str) -> bool {
    node.scalar_text().contains(text)
        || node.entries().any(|(_, child)| holds(child, text))
        || node.items().any(|child| holds(child, text))
}

/// Annotations, probes, volumes, fields of custom resources.
fn elsewhere<'s>(cx: &mut ObjectCx<'s>, seen: &[Node<'s>]) {
    let free = free_texts(cx.object);
    let texts: Vec<Text<'_>> = free.iter().map(|free| free.text).collect();
    for credential in credentials(&texts) {
        let Some(free) = free.get(credential.index) else {
            continue;
        };
        // A key's id alone may well be meant to be seen: a user's, a policy's.
        let is_named = credential.reach > Reach::Half;
        if seen.contains(&free.text.node) || !is_named {
            continue;
        }
        let kind = if free.is_annotation {
            "annotation"
        } else {
            "field"
        };
        let place = format!("{kind} `{}`", free.text.name);
        report(cx, free.text, &credential, &place);
    }
}

/// The worst credential of a file in base64: where it stands there cannot be shown.
fn report_file<'s>(cx: &mut ObjectCx<'s>, file: Text<'s>, text: &str) {
    let credentials = find(&[Named {
        name: file.name,
        text,
    }]);
    let worst = credentials.iter().max_by_key(|credential| credential.reach);
    let Some(credential) = worst else {
        return;
    };
    let found = text.get(credential.span.clone()).unwrap_or_default();
    let message = format!(
        "key `{}` of the ConfigMap holds {} in base64{}: `{}`",
        file.name,
        with_article(credential.what),
        place_in(text, credential.span.start, ""),
        mask(found)
    );
    cx.report(&CREDENTIAL_IN_PLAIN_TEXT, file.node, message)
        .severity(severity(credential))
        .hide(file.node)
        .help("replace the credential, and give the workload an identity of its own or a Secret")
        .evidence("credential", credential.what);
}

const fn severity(credential: &Credential) -> Severity {
    match credential.reach {
        Reach::Cloud => Severity::Critical,
        Reach::Service => Severity::High,
        Reach::Half => Severity::Low,
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, text: Text<'s>, credential: &Credential, place: &str) {
    let shown = mask(
        text.value()
            .get(credential.span.clone())
            .unwrap_or_default(),
    );
    let message = format!(
        "{place} holds {} in plain text{}: `{shown}`",
        with_article(credential.what),
        place_in(text.value(), credential.span.start, "")
    );
    cx.report(&CREDENTIAL_IN_PLAIN_TEXT, text.node, message)
        .severity(severity(credential))
        .at_secret(text.node, credential.span.clone())
        .help("replace the credential, and give the workload an identity of its own or a Secret")
        .evidence("credential", credential.what);
}
