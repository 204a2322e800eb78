//! What makes the Secrets that Ingresses and Gateways name, other than their manifests.

use std::collections::HashMap;

use ciel_snapshot::{Object, Snapshot};

/// Objects that make a Secret, by the Secret's namespace and name.
#[derive(Debug, Default)]
pub(crate) struct SecretMakers<'s> {
    by_secret: HashMap<(&'s str, &'s str), Object<'s>>,
    has_certificates: bool,
}

/// Group, kind, and the path of the Secret's name; where that is not given, the Secret has the maker's own name.
const MAKERS: [(&str, &str, &[&str]); 10] = [
    ("cert-manager.io", "Certificate", &["spec", "secretName"]),
    ("certmanager.k8s.io", "Certificate", &["spec", "secretName"]),
    (
        "external-secrets.io",
        "ExternalSecret",
        &["spec", "target", "name"],
    ),
    (
        "kubernetes-client.io",
        "ExternalSecret",
        &["spec", "target", "name"],
    ),
    (
        "bitnami.com",
        "SealedSecret",
        &["spec", "template", "metadata", "name"],
    ),
    (
        "secrets.hashicorp.com",
        "VaultPKISecret",
        &["spec", "destination", "name"],
    ),
    (
        "secrets.hashicorp.com",
        "VaultStaticSecret",
        &["spec", "destination", "name"],
    ),
    (
        "onepassword.com",
        "OnePasswordItem",
        &["spec", "secretName"],
    ),
    (
        "cert.gardener.cloud",
        "Certificate",
        &["spec", "secretName"],
    ),
    (
        "secrets.infisical.com",
        "InfisicalSecret",
        &["spec", "managedSecretReference", "secretName"],
    ),
];

impl<'s> SecretMakers<'s> {
    /// Reads everything once.
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        let is_certificate =
            |secret: Object<'_>| secret.root().str_at(&["type"]) == Some("kubernetes.io/tls");
        let mut makers = Self {
            has_certificates: snapshot.of_kind("", "Secret").any(is_certificate),
            ..Self::default()
        };
        for (group, kind, field) in MAKERS {
            for maker in snapshot.of_kind(group, kind) {
                let name = maker.root().str_at(field).unwrap_or(maker.name());
                let secret = (maker.namespace_or_default(), name);
                makers.by_secret.entry(secret).or_insert(maker);
            }
        }
        makers
    }

    /// What makes a Secret, if anything here does.
    pub(crate) fn of(&self, namespace: &str, name: &str) -> Option<Object<'s>> {
        self.by_secret.get(&(namespace, name)).copied()
    }

    /// Whether the input holds Secrets with certificates at all.
    pub(crate) fn has_certificates(&self) -> bool {
        self.has_certificates
    }
}
