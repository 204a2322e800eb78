use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ObjectCx, Report, declare_check};

declare_check! {
    /// ## What it does
    /// Finds volumes of AWS (EBS, EFS) whose StorageClass does not ask for encryption: `encrypted: "true"` is missing.
    ///
    /// ## Why is this bad?
    /// Snapshots and copies of the volume can be read by whoever gets hold of them in the cloud's account, and shared
    /// with another by mistake.
    ///
    /// ## Example
    /// ```yaml
    /// kind: StorageClass
    /// provisioner: ebs.csi.aws.com
    /// parameters:
    ///   type: gp3
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: StorageClass
    /// provisioner: ebs.csi.aws.com
    /// parameters:
    ///   type: gp3
    ///   encrypted: "true"
    /// ```
    ///
    /// ## Exceptions
    /// Google Cloud and Azure encrypt every disk; AWS does if the account says so, which no manifest shows. So it is in
    /// the profile of everything. It stands at the PersistentVolume, and at the StorageClass where none of its volumes is
    /// in the input.
    ///
    /// ## References
    /// - <https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md>
    /// - <https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html>
    pub static UNENCRYPTED_VOLUME = {
        code: "SEC015",
        name: "unencrypted-volume",
        severity: Medium,
        since: "0.1.0",
        summary: "volume's StorageClass does not ask for encryption",
        profile: All,
        run: Object(&[("", "PersistentVolume"), ("storage.k8s.io", "StorageClass")], unencrypted_volume),
        frameworks: [owasp2022("K08"), owasp2025("K03")],
        aliases: [kubescape("C-0264")],
    }
}

fn unencrypted_volume(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.kind() == "StorageClass" {
        let is_used = || {
            let volumes = object.snapshot().of_kind("", "PersistentVolume");
            volumes.into_iter().any(|volume| {
                class_of(volume).is_some_and(|node| node.as_str() == Some(object.name()))
            })
        };
        if let Some((node, message)) = fault(object).filter(|_| !is_used()) {
            report(cx, node, message).fix_set(
                "ask for encryption",
                object.root(),
                &["parameters", "encrypted"],
                "true",
            );
        }
        return;
    }
    let Some(node) = class_of(object) else {
        return;
    };
    let name = node.scalar_text();
    let class = object
        .snapshot()
        .find("storage.k8s.io", "StorageClass", "", name);
    if class.is_some_and(|class| fault(class).is_some()) {
        let message = format!("StorageClass `{name}` of the volume does not ask for encryption");
        report(cx, node, message);
    }
}

fn report<'f, 's>(cx: &'f mut ObjectCx<'s>, node: Node<'s>, message: String) -> Report<'f, 's> {
    cx.report(&UNENCRYPTED_VOLUME, node, message).help(
        "set `encrypted: \"true\"` in the parameters of a StorageClass, and make the volume anew",
    )
}

fn class_of(volume: Object<'_>) -> Option<Node<'_>> {
    volume.root().at(&["spec", "storageClassName"])
}

/// What a StorageClass does not ask for, and where.
fn fault(class: Object<'_>) -> Option<(Node<'_>, String)> {
    const PROVISIONERS: [&str; 3] = [
        "ebs.csi.aws.com",
        "kubernetes.io/aws-ebs",
        "ebs.csi.eks.amazonaws.com",
    ];
    let root = class.root();
    let provisioner = root.get("provisioner")?;
    if !PROVISIONERS.contains(&provisioner.as_str()?) {
        return None;
    }
    let encrypted = root.at(&["parameters", "encrypted"]);
    let is_encrypted =
        encrypted.is_some_and(|node| node.scalar_text().eq_ignore_ascii_case("true"));
    let node = encrypted
        .or_else(|| root.get("parameters"))
        .unwrap_or(provisioner);
    (!is_encrypted).then(|| (node, "StorageClass does not ask for encryption".to_owned()))
}
