use ciel_yaml::Node;

use super::ConfigurationCx;
use super::encryption::ENCRYPTION_KINDS;
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds EncryptionConfigurations whose `secret` is a whole key: 16, 24 or 32 bytes in base64.
    ///
    /// ## Why is this bad?
    /// The file belongs on the control plane's disk alone. Where it is kept with manifests, everybody who reads them
    /// reads every Secret in each backup of etcd.
    ///
    /// ## Example
    /// ```yaml
    /// providers:
    /// - secretbox:
    ///     keys:
    ///     - name: key1
    ///       secret: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    /// ```
    ///
    /// ## Use instead
    /// A key service, or a placeholder that is filled in on the machine.
    /// ```yaml
    /// providers:
    /// - kms:
    ///     apiVersion: v2
    ///     name: vault
    ///     endpoint: unix:///run/kms.sock
    /// ```
    ///
    /// ## Exceptions
    /// Placeholders (`${KEY}`, `<BASE64 KEY>`) are not reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/>
    pub static ENCRYPTION_KEY_IN_MANIFEST = {
        code: "NODE092",
        name: "encryption-key-in-manifest",
        severity: High,
        since: "0.1.0",
        summary: "EncryptionConfiguration holds the key itself",
        run: Configuration(ENCRYPTION_KINDS, encryption_key_in_manifest),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552.001")],
        aliases: [],
    }
}

fn encryption_key_in_manifest(cx: &mut ConfigurationCx<'_>) {
    let mut found = Vec::new();
    for entry in cx.root.get("resources").into_iter().flat_map(Node::items) {
        for provider in entry.get("providers").into_iter().flat_map(Node::items) {
            for (_, settings) in provider.entries() {
                let keys = settings.get("keys").into_iter().flat_map(Node::items);
                found.extend(keys.filter_map(|key| key.get("secret")));
            }
        }
    }
    for secret in found
        .into_iter()
        .filter(|secret| is_key(secret.scalar_text()))
    {
        cx.report_secret(
            &ENCRYPTION_KEY_IN_MANIFEST,
            secret,
            "the key that Secrets are encrypted with stands in the manifest",
        )
        .help("replace the key, and use `kms`, or fill it in on the machine");
    }
}

/// Whether a text is 16, 24 or 32 bytes in base64.
fn is_key(text: &str) -> bool {
    let body = text.trim().trim_end_matches('=');
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    matches!(body.len(), 22 | 32 | 43) && body.bytes().all(is_base64)
}
