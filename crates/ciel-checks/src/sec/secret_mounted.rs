use super::mounts::mounted;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists the containers that mount a Secret.
    ///
    /// ## Why is this bad?
    /// Whoever takes over the pod has the secret. The list says which pods that is true of.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: data
    ///   secret: {secretName: shop-db}
    /// ```
    ///
    /// ## Use instead
    /// Mounts of the keys that the pod needs, in the containers that need them.
    ///
    /// ## Exceptions
    /// Nothing is wrong with it by itself: it is `info`, and not in the security profile. On complete input, volumes of
    /// objects that are not there are left out.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets>
    pub static SECRET_MOUNTED = {
        code: "SEC012",
        name: "secret-mounted",
        severity: Info,
        severity_reason: "kubescape says up to high; it is a list, and most of it is as it should be",
        since: "0.1.0",
        summary: "container mounts a Secret",
        profile: All,
        run: Pod(secret_mounted),
        frameworks: [],
        aliases: [kubescape("C-0255")],
    }
}

fn secret_mounted(cx: &mut PodCx<'_>) {
    for mount in mounted(cx, "Secret") {
        let message = format!(
            "{} mounts the Secret `{}`",
            mount.container.display(),
            mount.name
        );
        cx.report(&SECRET_MOUNTED, mount.node, message);
    }
}
