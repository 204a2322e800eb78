use std::collections::HashSet;

use ciel_core::{ImageName, Severity};
use ciel_secrets::decode;
use ciel_snapshot::Object;
use ciel_yaml::{Node, parse};

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds `imagePullSecrets` of pods and service accounts that name a Secret without logins to registries: one of
    /// another type than `kubernetes.io/dockerconfigjson` or `kubernetes.io/dockercfg`, or one whose file is none or lists
    /// no registry. Says as info where a Secret of a pod has logins, but to no registry that the pod's images come from. Of
    /// service accounts, Secrets that are not there are found, too, where the input is complete; of pods that is
    /// `missing-configuration-reference`.
    ///
    /// ## Why is this bad?
    /// The kubelet passes over such a Secret and pulls as nobody: the images do not come, or come from what a registry
    /// gives to everybody. A login that no image needs is one more credential to lose.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// metadata: {name: registry}
    /// type: Opaque
    /// data:
    ///   .dockerconfigjson: eyJhdXRocyI6e319
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Secret
    /// metadata: {name: registry}
    /// type: kubernetes.io/dockerconfigjson
    /// ```
    ///
    /// ## Exceptions
    /// Secrets without data are filled in by somebody else. Nodes that pull from a mirror may use the login of a registry
    /// that no image names.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/>
    pub static UNUSABLE_PULL_SECRET = {
        code: "REL070",
        name: "unusable-pull-secret",
        severity: Low,
        since: "0.1.0",
        summary: "imagePullSecrets names a Secret that is of no use for pulling",
        profile: All,
        run: AnyObject(unusable_pull_secret),
        frameworks: [],
        aliases: [],
    }
}

fn unusable_pull_secret(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.is("", "ServiceAccount") {
        for name in names(object.root()) {
            judge_account(cx, name);
        }
        return;
    }
    if object.owner().is_some() {
        return;
    }
    for workload in object.workloads() {
        let spec = workload.spec();
        let mut secrets = names(spec.node).peekable();
        if secrets.peek().is_none() {
            continue;
        }
        let containers = spec.containers();
        let images: Vec<&str> = containers
            .iter()
            .filter_map(|container| container.image())
            .collect();
        for name in secrets {
            judge(cx, name, &images);
        }
    }
}

/// The names in `imagePullSecrets`.
fn names(holder: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let list = holder.get("imagePullSecrets").into_iter();
    list.flat_map(Node::items)
        .filter_map(|item| item.get("name"))
        .filter(|name| name.as_str().is_some_and(|name| !name.is_empty()))
}

fn judge_account<'s>(cx: &mut ObjectCx<'s>, name: Node<'s>) {
    let object = cx.object;
    let text = name.scalar_text();
    let is_there = cx
        .snapshot()
        .find("", "Secret", object.namespace(), text)
        .is_some();
    if is_there {
        judge(cx, name, &[]);
    } else if cx.is_complete() && !cx.analyses().made_secrets().has(text) && has_secrets(cx) {
        let message =
            format!("there is no Secret `{text}` in the namespace: images are pulled without it");
        cx.report(&UNUSABLE_PULL_SECRET, name, message)
            .help("add the Secret, or take it from the list");
    }
}

/// Whether the input holds Secrets at all: repositories leave them out.
fn has_secrets(cx: &ObjectCx<'_>) -> bool {
    cx.snapshot().of_kind("", "Secret").next().is_some()
}

fn judge<'s>(cx: &mut ObjectCx<'s>, name: Node<'s>, images: &[&str]) {
    let namespace = cx.object.namespace();
    let text = name.scalar_text();
    let Some(secret) = cx.snapshot().find("", "Secret", namespace, text) else {
        return;
    };
    let root = secret.root();
    let kind = root.get("type");
    let (message, severity, node) = match kind.map(Node::scalar_text) {
        Some("kubernetes.io/dockerconfigjson" | "kubernetes.io/dockercfg") => {
            match registries(secret) {
                Content::Unknown => return,
                Content::Useless(why) => (
                    format!("Secret `{text}` has no login to a registry: {why}"),
                    Severity::Low,
                    kind.unwrap_or(root),
                ),
                Content::Registries(hosts) => {
                    let known: Vec<&str> =
                        images.iter().filter_map(|image| registry(image)).collect();
                    let is_used = known.len() < images.len()
                        || known.is_empty()
                        || known.iter().any(|host| hosts.contains(*host));
                    if is_used {
                        return;
                    }
                    (
                        format!(
                            "Secret `{text}` has logins, but to no registry of the pod's images"
                        ),
                        Severity::Info,
                        kind.unwrap_or(root),
                    )
                }
            }
        }
        other => {
            let other = other.filter(|kind| !kind.is_empty()).unwrap_or("Opaque");
            (
                format!(
                    "Secret `{text}` is of type `{other}`: the kubelet pulls images without it"
                ),
                Severity::Low,
                kind.unwrap_or(root),
            )
        }
    };
    cx.report(&UNUSABLE_PULL_SECRET, name, message)
        .severity(severity)
        .help("name a Secret of type `kubernetes.io/dockerconfigjson` with a login to the images' registry")
        .related(secret, node, "is the Secret");
}

/// What a Secret for pulling holds.
enum Content {
    /// Nothing that can be judged: filled in elsewhere, encrypted.
    Unknown,
    Useless(&'static str),
    Registries(HashSet<String>),
}

fn registries(secret: Object<'_>) -> Content {
    const KEYS: [&str; 2] = [".dockerconfigjson", ".dockercfg"];
    let root = secret.root();
    let given = KEYS.iter().find_map(|key| {
        let plain = root.get("stringData").and_then(|data| data.get_raw(key));
        let encoded = root.get("data").and_then(|data| data.get_raw(key));
        let plain = plain.and_then(Node::as_str).map(str::to_owned);
        plain.or_else(|| decode(encoded?.as_str()?))
    });
    let Some(text) = given.filter(|text| !text.trim().is_empty()) else {
        return Content::Unknown;
    };
    // Templates that were not filled in, and what was encrypted.
    if text.contains("{{") || text.contains("${") || root.get("sops").is_some() {
        return Content::Unknown;
    }
    let documents = parse(&text.as_str().into()).documents;
    let Some(document) = documents
        .first()
        .filter(|document| document.root().is_mapping())
    else {
        return Content::Useless("it is no JSON");
    };
    let root = document.root();
    let is_old = root.get("auths").is_none() && root.get("credHelpers").is_none();
    let logins = if is_old {
        Some(root)
    } else {
        root.get("auths")
    };
    let entries = logins.into_iter().flat_map(Node::entries);
    let hosts: HashSet<String> = entries
        .map(|(host, _)| host_of(host.scalar_text()))
        .collect();
    if hosts.is_empty() {
        return Content::Useless("it lists none");
    }
    // Placeholders of examples, and patterns of hosts.
    if hosts.iter().any(|host| host.contains(['<', '*', '$', '%'])) {
        return Content::Unknown;
    }
    Content::Registries(hosts)
}

/// The host of a registry as logins write it: `https://index.docker.io/v1/`.
fn host_of(text: &str) -> String {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split('/').next().unwrap_or(text).to_ascii_lowercase();
    match host.as_str() {
        "index.docker.io" | "registry-1.docker.io" | "registry.hub.docker.com" => {
            "docker.io".to_owned()
        }
        _ => host,
    }
}

/// The registry of an image; `None` where that is filled in later.
fn registry(image: &str) -> Option<&str> {
    let is_known = !image.contains(['$', '{', '<']) && !image.is_empty();
    let host = ImageName::parse(image).registry;
    is_known.then_some(match host {
        "index.docker.io" | "registry-1.docker.io" => "docker.io",
        host => host,
    })
}
