use super::mounts::mounted;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists the containers that mount a PersistentVolumeClaim.
    ///
    /// ## Why is this bad?
    /// What is written to a volume outlives the pod: whoever takes over the pod has the data, and can leave something behind
    /// for the next. The list says which pods that is true of.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: data
    ///   persistentVolumeClaim: {claimName: shop-data}
    /// ```
    ///
    /// ## Use instead
    /// `readOnly: true` where the pod only reads, and a file system of its own for what need not stay (`emptyDir`).
    ///
    /// ## Exceptions
    /// Nothing is wrong with it by itself: it is `info`, and not in the security profile. On complete input, volumes of
    /// objects that are not there are left out.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/persistent-volumes/>
    pub static VOLUME_CLAIM_MOUNTED = {
        code: "SEC014",
        name: "volume-claim-mounted",
        severity: Info,
        severity_reason: "kubescape says up to high; it is a list, and most of it is as it should be",
        since: "0.1.0",
        summary: "container mounts a PersistentVolumeClaim",
        profile: All,
        run: Pod(volume_claim_mounted),
        frameworks: [],
        aliases: [kubescape("C-0257")],
    }
}

fn volume_claim_mounted(cx: &mut PodCx<'_>) {
    for mount in mounted(cx, "PersistentVolumeClaim") {
        let message = format!(
            "{} mounts the PersistentVolumeClaim `{}`",
            mount.container.display(),
            mount.name
        );
        cx.report(&VOLUME_CLAIM_MOUNTED, mount.node, message);
    }
}
