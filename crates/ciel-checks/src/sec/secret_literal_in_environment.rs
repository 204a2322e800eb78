use super::texts::{Text, environment, secrets};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds environment variables that hold a secret in plain text: by their name (`DB_PASSWORD`, `API_KEY`,
    /// `clientSecret`), or by a value that carries one (an address with a password in it, a bearer token, a private
    /// key). Credentials of a known format are left to `credential-in-plain-text`, if that check is on.
    ///
    /// ## Why is this bad?
    /// Whoever may read the pod, its deployment, or the repository that it comes from, has the secret. RBAC guards
    /// Secrets apart, encrypts them at rest and keeps them out of `kubectl describe`; it does none of that for
    /// variables.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: DB_PASSWORD
    ///   value: hunter2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// env:
    /// - name: DB_PASSWORD
    ///   valueFrom:
    ///     secretKeyRef:
    ///       name: shop-db
    ///       key: password
    /// ```
    ///
    /// ## Exceptions
    /// Variables that say where a secret is (`PASSWORD_FILE`, `SECRET_NAME`) or something about it (`TOKEN_TTL`), and
    /// values that are references, templates, paths or switches, are none. Well-known passwords (`changeme`) are
    /// `medium`: they protect nothing, wherever they stand. A masked value (`xxxxx`) is reported, as `low`, only in a
    /// variable from which a cloud's tools read a credential.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    pub static SECRET_LITERAL_IN_ENVIRONMENT = {
        code: "SEC002",
        name: "secret-literal-in-environment",
        severity: High,
        since: "0.1.0",
        summary: "environment variable holds a secret in plain text",
        run: Container(secret_literal_in_environment),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552"), ms("MS-TA9027")],
        aliases: [kubescape("C-0012"), kube_linter("env-var-secret"), polaris("sensitiveContainerEnvVar")],
    }
}

fn secret_literal_in_environment(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let texts: Vec<Text<'_>> = environment(container).collect();
    for secret in secrets(cx, cx.object(), &texts) {
        let message = format!(
            "environment variable `{}` of {} holds {}",
            secret.text.name,
            container.display(),
            secret.description()
        );
        cx.report(&SECRET_LITERAL_IN_ENVIRONMENT, secret.text.node, message)
            .severity(secret.severity)
            .at_secret(secret.text.node, secret.range())
            .help("put the value into a Secret, and name it with `valueFrom.secretKeyRef`");
    }
}
