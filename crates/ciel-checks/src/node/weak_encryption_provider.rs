use super::ConfigurationCx;
use super::encryption::{ENCRYPTION_KINDS, entry_for_secrets, first_provider};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds EncryptionConfigurations that write Secrets with `aescbc`, `aesgcm` or `kms` of version 1.
    ///
    /// ## Why is this bad?
    /// `aescbc` does not notice changes to what it encrypted and can be broken by trying (padding oracle). `aesgcm`
    /// must have a new key before 200,000 writes, which nobody does by hand. `kms` v1 is deprecated since Kubernetes
    /// 1.28 and off since 1.29.
    ///
    /// ## Example
    /// ```yaml
    /// providers:
    /// - aescbc:
    ///     keys: []
    /// ```
    ///
    /// ## Use instead
    /// Or `secretbox`, where there is no key service.
    /// ```yaml
    /// providers:
    /// - kms:
    ///     apiVersion: v2
    ///     name: vault
    ///     endpoint: unix:///run/kms.sock
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#providers>
    pub static WEAK_ENCRYPTION_PROVIDER = {
        code: "NODE091",
        name: "weak-encryption-provider",
        severity: Low,
        severity_reason: "it still needs etcd's data, and mostly more",
        since: "0.1.0",
        summary: "Secrets are encrypted by a provider that has better ones beside it",
        profile: All,
        run: Configuration(ENCRYPTION_KINDS, weak_encryption_provider),
        frameworks: [owasp2022("K08"), owasp2025("K03")],
        aliases: [],
    }
}

fn weak_encryption_provider(cx: &mut ConfigurationCx<'_>) {
    let first = entry_for_secrets(cx.root).and_then(first_provider);
    let Some((name, provider)) = first else {
        return;
    };
    let why = match name {
        "aescbc" => "does not notice changes, and can be broken by trying",
        "aesgcm" => "is broken after too many writes with one key",
        // Without a version it is the first.
        "kms" if provider.str_at(&["apiVersion"]) != Some("v2") => {
            "is version 1, which is off since 1.29"
        }
        _ => return,
    };
    cx.report(
        &WEAK_ENCRYPTION_PROVIDER,
        provider,
        format!("Secrets are encrypted by `{name}`, which {why}"),
    )
    .help("use `kms` with `apiVersion: v2`, or `secretbox`");
}
