use super::mounts::mounted;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists the containers that mount a ConfigMap.
    ///
    /// ## Why is this bad?
    /// Whoever may change the ConfigMap changes what the pod does; whoever takes over the pod reads it. The list says which
    /// pods that is true of.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: data
    ///   configMap: {name: shop}
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
    /// - <https://kubernetes.io/docs/concepts/configuration/configmap/>
    pub static CONFIG_MAP_MOUNTED = {
        code: "SEC013",
        name: "config-map-mounted",
        severity: Info,
        severity_reason: "kubescape says up to high; it is a list, and most of it is as it should be",
        since: "0.1.0",
        summary: "container mounts a ConfigMap",
        profile: All,
        run: Pod(config_map_mounted),
        frameworks: [],
        aliases: [kubescape("C-0258")],
    }
}

fn config_map_mounted(cx: &mut PodCx<'_>) {
    for mount in mounted(cx, "ConfigMap") {
        let message = format!(
            "{} mounts the ConfigMap `{}`",
            mount.container.display(),
            mount.name
        );
        cx.report(&CONFIG_MAP_MOUNTED, mount.node, message);
    }
}
