use ciel_secrets::{Judgement, Named, Reach, find, find_promised, judge, names_secret};

use super::{
    credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    texts::{Text, config_map_entries, config_map_files, secrets, with_article},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds entries of ConfigMaps that hold a secret: by their key (`password`, `api_key`), or by what stands in them.
    /// Files are read line by line, whatever their format: settings (`spring.datasource.password=…`, `"pass": "…"`,
    /// `<password>…`, `requirepass …`), connection strings, addresses with a password, bearer tokens, logins of
    /// registries, `.netrc` and `.pgpass`, hashes of passwords (`low`). Texts in `binaryData` are read with the base64 taken
    /// away. Credentials of a known format are left to
    /// `credential-in-plain-text`, if that check is on.
    ///
    /// ## Why is this bad?
    /// ConfigMaps are for everybody: the role `view` reads them, they are not encrypted at rest, and tools show and
    /// back them up as they are.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ConfigMap
    /// data:
    ///   db_password: hunter2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Secret
    /// stringData:
    ///   db_password: hunter2
    /// ```
    /// and keep the Secret's manifest out of the repository, or sealed.
    ///
    /// ## Exceptions
    /// The same as for `secret-literal-in-environment`; in files, also `changeme` and its like, comments, expressions of
    /// programs (`os.environ["DB_PASSWORD"]`), and documentation and translations as a whole.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/configmap/>
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    pub static SECRET_IN_CONFIG_MAP = {
        code: "SEC003",
        name: "secret-in-config-map",
        severity: High,
        severity_reason: "tools say medium to high; whoever may look at the namespace has the secret",
        since: "0.1.0",
        summary: "config map holds a secret",
        run: Object(&[("", "ConfigMap")], secret_in_config_map),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552"), ms("MS-TA9027")],
        aliases: [
            kubescape("C-0012"), trivy("KSV-0109"), trivy("KSV-01010"), polaris("sensitiveConfigmapContent"),
        ],
    }
}

fn secret_in_config_map(cx: &mut ObjectCx<'_>) {
    judge_files(cx);
    let texts: Vec<Text<'_>> = config_map_entries(cx.object).collect();
    for secret in secrets(cx, cx.object, &texts) {
        let key = secret.text.name;
        let message = format!(
            "key `{key}` of the ConfigMap holds {}",
            secret.description()
        );
        cx.report(&SECRET_IN_CONFIG_MAP, secret.text.node, message)
            .severity(secret.severity)
            .at_secret(secret.text.node, secret.range())
            .help("move the entry into a Secret")
            .evidence("key", key);
    }
}

/// Files in base64: where in them the secret stands cannot be shown.
fn judge_files(cx: &mut ObjectCx<'_>) {
    let is_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    for (file, text) in config_map_files(cx.object) {
        let credentials = find(&[Named {
            name: file.name,
            text: &text,
        }]);
        let credential = credentials.iter().max_by_key(|credential| credential.reach);
        let what = match credential {
            Some(_) if is_spoken_for => continue,
            Some(credential) if credential.reach > Reach::Half => with_article(credential.what),
            _ if holds_secret(file.name, &text) => "a secret".to_owned(),
            _ => continue,
        };
        let message = format!(
            "key `{}` of the ConfigMap holds {what} in base64",
            file.name
        );
        cx.report(&SECRET_IN_CONFIG_MAP, file.node, message)
            .hide(file.node)
            .help("move the entry into a Secret")
            .evidence("key", file.name);
    }
}

fn holds_secret(name: &str, text: &str) -> bool {
    let line = text.trim();
    if line.contains('\n') || line.starts_with(['{', '[', '<']) {
        let mut found = find_promised(name, text).into_iter();
        return found.any(|promised| !promised.is_hash && promised.judgement == Judgement::Literal);
    }
    names_secret(name).is_some() && judge(line) == Judgement::Literal && !line.contains(' ')
        || !find_promised("", line).is_empty()
}
