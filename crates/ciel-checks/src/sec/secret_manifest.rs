use ciel_core::{Severity, SourceKind};
use ciel_secrets::{
    Judgement, Named, Reach, decode, find, find_promised, judge, looks_drawn, names_secret,
};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::texts::with_article;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds manifests of Secrets with real contents: passwords, tokens and keys in `data` or `stringData`, where base64
    /// hides nothing. It does not look at what was read from a cluster (objects with a `uid`), at what a chart renders
    /// (what is committed there are templates), at placeholders, and at what is encrypted.
    ///
    /// ## Why is this bad?
    /// A manifest lives in a repository: whoever may read it, now or later, has the secret, and so has every copy of it.
    /// What was committed once stays in the history.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// data:
    ///   password: aHVudGVyMmh1bnRlcjI=
    /// ```
    ///
    /// ## Use instead
    /// What may be committed: a SealedSecret, a file encrypted by SOPS, or an ExternalSecret that says where the secret
    /// is.
    /// ```yaml
    /// kind: ExternalSecret
    /// spec:
    ///   data:
    ///   - secretKey: password
    ///     remoteRef: {key: shop/db, property: password}
    /// ```
    /// Replace what has been committed.
    ///
    /// ## Exceptions
    /// It is `high` if a key holds a credential of a known format (a private key, a token), else `medium`. Placeholders
    /// (`changeme`, `<password>`) are none. For manifests that never leave the machine, ignore the finding. Secrets of
    /// the types `kubernetes.io/service-account-token` and `bootstrap.kubernetes.io/token` have checks of their own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    /// - <https://github.com/bitnami-labs/sealed-secrets>
    pub static SECRET_MANIFEST = {
        code: "SEC006",
        name: "secret-manifest",
        severity: Medium,
        since: "0.1.0",
        summary: "manifest of a Secret holds the secret itself",
        run: Object(&[("", "Secret")], secret_manifest),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552"), ms("MS-TA9027")],
        aliases: [],
    }
}

fn secret_manifest(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if !is_written_by_people(object) {
        return;
    }
    let mut found: Vec<Entry<'_>> = Vec::new();
    for (field, is_encoded) in [("stringData", false), ("data", true)] {
        let entries = object.root().get(field).into_iter().flat_map(Node::entries);
        for (key, node) in entries {
            found.extend(entry(key.scalar_text(), node, is_encoded));
        }
    }
    let Some(worst) = found.iter().max_by_key(|entry| entry.severity) else {
        return;
    };
    let (node, severity, what) = (worst.node, worst.severity, worst.what);
    let keys: Vec<String> = found
        .iter()
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    let message = format!(
        "manifest of the Secret holds {} in {}",
        with_article(what),
        list(&keys)
    );
    let mut report = cx
        .report(&SECRET_MANIFEST, node, message)
        .severity(severity)
        .help("replace it, and commit a SealedSecret, a file encrypted by SOPS, or an ExternalSecret instead");
    for entry in &found {
        report = report.hide(entry.node);
    }
}

/// Names in a row, the first five of them.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether a manifest is as somebody wrote it: no object of a cluster, nothing rendered, nothing encrypted.
fn is_written_by_people(object: Object<'_>) -> bool {
    const OTHERS: [&str; 3] = [
        "kubernetes.io/service-account-token",
        "bootstrap.kubernetes.io/token",
        "helm.sh/release.v1",
    ];
    let root = object.root();
    let of_cluster = ["uid", "resourceVersion", "managedFields"]
        .iter()
        .any(|field| root.at(&["metadata", field]).is_some());
    let kind = root.str_at(&["type"]).unwrap_or_default();
    let source = object.snapshot().source(object.source());
    let is_rendered = source.is_none_or(|source| source.kind == SourceKind::Helm);
    !of_cluster && !is_rendered && !OTHERS.contains(&kind) && root.get("sops").is_none()
}

struct Entry<'s> {
    key: &'s str,
    node: Node<'s>,
    what: &'static str,
    severity: Severity,
}

/// What an entry holds, if that is a secret.
fn entry<'s>(key: &'s str, node: Node<'s>, is_encoded: bool) -> Option<Entry<'s>> {
    let written = node.as_str()?;
    let decoded = if is_encoded {
        Some(decode(written)?)
    } else {
        None
    };
    let value = decoded.as_deref().unwrap_or(written);
    let found = |what, severity| {
        Some(Entry {
            key,
            node,
            what,
            severity,
        })
    };
    let credentials = find(&[Named {
        name: key,
        text: value,
    }]);
    if let Some(credential) = credentials.iter().max_by_key(|credential| credential.reach) {
        return match credential.reach {
            Reach::Half => None,
            Reach::Service | Reach::Cloud => found(credential.what, Severity::High),
        };
    }
    let line = value.trim();
    if line.contains('\n') || line.starts_with(['{', '[']) {
        let is_secret = find_promised(key, value)
            .iter()
            .any(|promised| promised.judgement == Judgement::Literal);
        return is_secret.then(|| found("secret", Severity::Medium))?;
    }
    let is_promised =
        names_secret(key).is_some() && judge(line) == Judgement::Literal && !line.contains(' ');
    let is_address = !find_promised("", line).is_empty();
    (is_promised || is_address || looks_drawn(line)).then(|| found("secret", Severity::Medium))?
}
