use ciel_yaml::Node;

use super::ConfigurationCx;
use super::encryption::{ENCRYPTION_KINDS, entry_for_secrets, first_provider};
use crate::{Report, declare_check};

declare_check! {
    /// ## What it does
    /// Finds EncryptionConfigurations that do not encrypt Secrets: no entry covers them, or the first provider of the
    /// first entry that does is `identity`.
    ///
    /// ## Why is this bad?
    /// Only the first provider writes; the others are for reading. With `identity` first each Secret that is written
    /// stands in etcd, and in its backups, in plain text, and the configuration looks as if it did not.
    ///
    /// ## Example
    /// ```yaml
    /// resources:
    /// - resources: [secrets]
    ///   providers:
    ///   - identity: {}
    ///   - secretbox:
    ///       keys: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// resources:
    /// - resources: [secrets]
    ///   providers:
    ///   - kms:
    ///       apiVersion: v2
    ///       name: vault
    ///       endpoint: unix:///run/kms.sock
    ///   - identity: {}
    /// ```
    ///
    /// ## Exceptions
    /// To decrypt everything for good `identity` is put first for a while.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/>
    pub static SECRETS_STORED_IN_PLAIN_TEXT = {
        code: "NODE090",
        name: "secrets-stored-in-plain-text",
        severity: High,
        since: "0.1.0",
        summary: "EncryptionConfiguration leaves Secrets unencrypted",
        run: Configuration(ENCRYPTION_KINDS, secrets_stored_in_plain_text),
        frameworks: [cis("1.2.28"), owasp2022("K08"), owasp2025("K03")],
        aliases: [kubescape("C-0142"), checkov("CKV_K8S_104"), kube_bench("1.2.28")],
    }
}

fn secrets_stored_in_plain_text(cx: &mut ConfigurationCx<'_>) {
    const HELP: &str = "put `kms` (v2) or `secretbox` first in an entry for `secrets`";
    let root = cx.root;
    let Some(entry) = entry_for_secrets(root) else {
        let message = "no entry covers Secrets: they are written in plain text";
        match root.get("resources") {
            Some(resources) => cx.report(&SECRETS_STORED_IN_PLAIN_TEXT, resources, message),
            None => cx.report_missing(&SECRETS_STORED_IN_PLAIN_TEXT, root, ".resources", message),
        }
        .help(HELP);
        return;
    };
    match first_provider(entry) {
        Some(("identity", provider)) => {
            let message = "Secrets are written in plain text: `identity` stands first";
            let report = cx.report(&SECRETS_STORED_IN_PLAIN_TEXT, provider, message);
            put_last(report.help(HELP), entry);
        }
        Some(_) => {}
        None => {
            let message = "Secrets are written in plain text: no provider is given";
            cx.report_missing(
                &SECRETS_STORED_IN_PLAIN_TEXT,
                entry,
                ".providers[0]",
                message,
            )
            .help(HELP);
        }
    }
}

/// The provider that stands first goes to the end, where it reads what was written in plain text: the next one writes.
fn put_last<'s>(report: Report<'_, 's>, entry: Node<'s>) {
    let Some(providers) = entry.get("providers") else {
        return;
    };
    if let (Some(first), 2..) = (providers.item(0), providers.len()) {
        report
            .fix_remove(
                "let the next provider write, and read plain text last",
                first,
            )
            .fix_also_append(providers, first.to_json());
    }
}
