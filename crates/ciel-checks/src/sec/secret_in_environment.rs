use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds environment variables that Kubernetes fills in from a Secret.
    ///
    /// ## Why is this bad?
    /// Programs pass their environment on to every program that they start, write it into crash reports and logs, and
    /// show it on pages for debugging; and it does not change when the Secret does. A file in a volume has permissions
    /// and is renewed.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: DB_PASSWORD
    ///   valueFrom:
    ///     secretKeyRef: {name: shop-db, key: password}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumeMounts:
    /// - name: db
    ///   mountPath: /run/secrets/db
    ///   readOnly: true
    /// ```
    ///
    /// ## Exceptions
    /// Many programs can read secrets from their environment only; it is better than a secret in plain text. So it is
    /// `low`, and not in the security profile.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    pub static SECRET_IN_ENVIRONMENT = {
        code: "SEC007",
        name: "secret-in-environment",
        severity: Low,
        since: "0.1.0",
        summary: "environment variable is filled in from a Secret",
        profile: All,
        run: Container(secret_in_environment),
        frameworks: [cis("5.4.1"), owasp2022("K08"), owasp2025("K03")],
        aliases: [
            kubescape("C-0207"), checkov("CKV_K8S_35"), kube_linter("read-secret-from-env-var"),
            kubesec("SecretsAsEnvironmentVariables"), kube_bench("5.4.1"),
            kics("3d658f8b-d988-41a0-a841-40043121de1e"),
        ],
    }
}

fn secret_in_environment(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    for variable in container.env() {
        let Some(reference) = variable.at(&["valueFrom", "secretKeyRef"]) else {
            continue;
        };
        let name = variable.str_at(&["name"]).unwrap_or_default();
        let secret = reference.str_at(&["name"]).unwrap_or_default();
        let node = variable.get("name").unwrap_or(reference);
        let message = format!(
            "environment variable `{name}` of {} is filled in from the Secret `{secret}`",
            container.display()
        );
        cx.report(&SECRET_IN_ENVIRONMENT, node, message)
            .help("mount the Secret as a volume, and let the program read the file");
    }
}
