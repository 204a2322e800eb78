use ciel_yaml::Node;

use super::references::{Target, references};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that take secrets from Secrets of Kubernetes, where nothing says that these come from an external
    /// store: no volume of the Secrets Store CSI driver in the pod, and no ExternalSecret or its like that makes the
    /// Secret.
    ///
    /// ## Why is this bad?
    /// A store of its own (of the cloud, Vault) decides who gets which secret, writes down who did, and changes secrets
    /// on time. Secrets of Kubernetes do none of it.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: db
    ///   secret: {secretName: shop-db}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumes:
    /// - name: db
    ///   csi:
    ///     driver: secrets-store.csi.k8s.io
    ///     readOnly: true
    ///     volumeAttributes: {secretProviderClass: shop-db}
    /// ```
    ///
    /// ## Exceptions
    /// It is a list for those who decided for a store (`info`, not in the security profile). Pods that use no secret are
    /// none, nor are Secrets that an operator in the input makes. Judged on complete input only, since the ExternalSecret
    /// may stand in another file.
    ///
    /// ## References
    /// - <https://secrets-store-csi-driver.sigs.k8s.io/>
    /// - <https://external-secrets.io/>
    pub static NO_EXTERNAL_SECRET_STORE = {
        code: "SEC010",
        name: "no-external-secret-store",
        severity: Info,
        since: "0.1.0",
        summary: "pod takes secrets that come from no external store",
        profile: All,
        run: Pod(no_external_secret_store),
        frameworks: [cis("5.4.2"), owasp2022("K08"), owasp2025("K03")],
        aliases: [kubescape("C-0234"), kube_bench("5.4.2")],
    }
}

fn no_external_secret_store(cx: &mut PodCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let spec = cx.spec();
    let is_external = |volume: Node<'_>| {
        volume
            .at(&["csi", "volumeAttributes", "secretProviderClass"])
            .is_some()
    };
    if spec.volumes().any(is_external) {
        return;
    }
    let made = cx.analyses().made_secrets();
    let own = references(spec)
        .into_iter()
        .find(|reference| reference.target == Target::Secret && !made.has(reference.name));
    const HELP: &str =
        "mount it by the Secrets Store CSI driver, or let an ExternalSecret make the Secret";
    if let Some(reference) = own {
        let message = format!("Secret `{}` comes from no external store", reference.name);
        cx.report(&NO_EXTERNAL_SECRET_STORE, reference.node, message)
            .help(HELP);
        return;
    }
    // A volume that is called so and has no source is where a store was meant to be.
    let meant = spec.volumes().find(|volume| {
        let name = volume.str_at(&["name"]).unwrap_or_default();
        name.contains("secrets-store") && volume.len() == 1
    });
    if let Some(volume) = meant {
        let name = volume.str_at(&["name"]).unwrap_or_default();
        let message = format!("volume `{name}` names no external store");
        let missing = ".csi.volumeAttributes.secretProviderClass";
        cx.report_missing(&NO_EXTERNAL_SECRET_STORE, volume, missing, message)
            .help(HELP);
    }
}
