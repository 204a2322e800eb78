use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that get every key of a Secret as environment variables (`envFrom`).
    ///
    /// ## Why is this bad?
    /// As for `secret-in-environment`; and besides, every key that somebody adds to the Secret later comes along, wanted
    /// or not, and may set variables that mean something to the program or its libraries (`LD_PRELOAD`, `PATH`).
    ///
    /// ## Example
    /// ```yaml
    /// envFrom:
    /// - secretRef: {name: shop}
    /// ```
    ///
    /// ## Use instead
    /// The keys that are needed, as files in a volume:
    /// ```yaml
    /// volumes:
    /// - name: db
    ///   secret:
    ///     secretName: shop
    ///     items:
    ///     - {key: password, path: password}
    /// ```
    ///
    /// ## Exceptions
    /// It is `low`, and not in the security profile, as for `secret-in-environment`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    pub static WHOLE_SECRET_IN_ENVIRONMENT = {
        code: "SEC008",
        name: "whole-secret-in-environment",
        severity: Low,
        since: "0.1.0",
        summary: "every key of a Secret becomes an environment variable",
        profile: All,
        run: Container(whole_secret_in_environment),
        frameworks: [cis("5.4.1"), owasp2022("K08"), owasp2025("K03")],
        aliases: [
            kubescape("C-0207"), kubescape("C-0259"), checkov("CKV_K8S_35"), kube_bench("5.4.1"),
            kics("3d658f8b-d988-41a0-a841-40043121de1e"),
        ],
    }
}

fn whole_secret_in_environment(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let sources = container
        .node
        .get("envFrom")
        .into_iter()
        .flat_map(Node::items);
    for source in sources {
        let Some(reference) = source.get("secretRef") else {
            continue;
        };
        let secret = reference.str_at(&["name"]).unwrap_or_default();
        let message = format!(
            "every key of the Secret `{secret}` becomes an environment variable of {}",
            container.display()
        );
        cx.report(&WHOLE_SECRET_IN_ENVIRONMENT, reference, message)
            .help("mount the keys that are needed as files");
    }
}
