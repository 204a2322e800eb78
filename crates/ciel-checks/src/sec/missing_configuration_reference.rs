use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::references::{Place, Reference, Target, references};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that refer to a Secret or ConfigMap that is not there, or to a key that it does not have: in variables,
    /// in volumes, and as secrets for pulling images.
    ///
    /// ## Why is this bad?
    /// The container does not start (`CreateContainerConfigError`), the volume is not mounted, the image is not pulled.
    /// And a name that nobody holds is free: whoever may create Secrets there decides what the pod gets.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: DB_PASSWORD
    ///   valueFrom:
    ///     secretKeyRef: {name: shop-db, key: passwrd}
    /// ```
    ///
    /// ## Use instead
    /// The name and the key that are there, or `optional: true` if the program can do without.
    ///
    /// ## Exceptions
    /// Missing objects are judged on complete input only; it is taken for granted that whatever makes Secrets (a
    /// SealedSecret, an ExternalSecret, a Certificate, an operator's object, a job, a role for a controller) says their
    /// name somewhere: such names are not missed. Missing keys are judged wherever the object is in the input. What every cluster has
    /// (`kube-root-ca.crt`) and what is optional is left alone.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist>
    pub static MISSING_CONFIGURATION_REFERENCE = {
        code: "SEC009",
        name: "missing-configuration-reference",
        severity: Low,
        since: "0.1.0",
        summary: "pod refers to a Secret or ConfigMap that is not there",
        profile: All,
        run: Pod(missing_configuration_reference),
        frameworks: [],
        aliases: [
            kube_linter("env-value-from"), popeye("POP-304"), popeye("POP-305"), popeye("POP-407"),
        ],
    }
}

fn missing_configuration_reference(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let namespace = cx.workload.namespace();
    for reference in references(spec) {
        if reference.is_optional || is_everywhere(reference.name) {
            continue;
        }
        let kind = reference.target.kind();
        match cx.snapshot().find("", kind, namespace, reference.name) {
            Some(object) => missing_keys(cx, &reference, object),
            None => missing_object(cx, &reference),
        }
    }
}

/// What clusters bring themselves.
fn is_everywhere(name: &str) -> bool {
    [
        "kube-root-ca.crt",
        "openshift-service-ca.crt",
        "extension-apiserver-authentication",
        "kubeadm-config",
        "kube-proxy",
        "coredns",
    ]
    .contains(&name)
}

fn missing_keys<'s>(cx: &mut PodCx<'s>, reference: &Reference<'s>, object: Object<'s>) {
    let root = object.root();
    let fields = ["data", "stringData", "binaryData"];
    let is_filled = fields
        .iter()
        .any(|field| root.get(field).is_some_and(|data| !data.is_empty()));
    // An empty one is filled in by somebody else.
    if !is_filled {
        return;
    }
    for key in &reference.keys {
        let name = key.scalar_text();
        let is_there = fields.iter().any(|field| {
            root.get(field)
                .is_some_and(|data| data.get_raw(name).is_some())
        });
        if is_there {
            continue;
        }
        let message = format!(
            "{} `{}` has no key `{name}`",
            reference.target.kind(),
            reference.name
        );
        cx.report(&MISSING_CONFIGURATION_REFERENCE, *key, message)
            .help("name a key that is there, or set `optional: true`")
            .related(
                object,
                root.get("metadata").unwrap_or(root),
                "has other keys",
            );
    }
}

fn missing_object<'s>(cx: &mut PodCx<'s>, reference: &Reference<'s>) {
    if !cx.is_complete() || cx.analyses().made_secrets().has(reference.name) {
        return;
    }
    let used = match reference.place {
        Place::Environment => "the container does not start",
        Place::Volume => "the volume is not mounted",
        Place::Pull => "images are pulled without it",
    };
    let message = format!(
        "there is no {} `{}` in the namespace: {used}",
        reference.target.kind(),
        reference.name
    );
    let help = match reference.target {
        Target::Secret => {
            "create the Secret, or set `optional: true` if the program can do without"
        }
        Target::ConfigMap => {
            "create the ConfigMap, or set `optional: true` if the program can do without"
        }
    };
    let node: Node<'s> = reference.node;
    cx.report(&MISSING_CONFIGURATION_REFERENCE, node, message)
        .help(help);
}
