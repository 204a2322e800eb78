use ciel_core::Severity;
use ciel_yaml::Node;

use super::host_path::HOST_PATH;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds volumes of other types than the `restricted` Pod Security Standard allows: configMap, csi, downwardAPI,
    /// emptyDir, ephemeral, persistentVolumeClaim, projected, secret. Volumes of an image are let pass. `hostPath` is
    /// left to `host-path` and its kin, if they are on.
    ///
    /// ## Why is this bad?
    /// The other types name a server, a disk or a cloud's resource in the pod itself, so that whoever writes pods
    /// chooses what storage they reach. Most of their drivers are gone or going. `gitRepo` clones as root on the
    /// node, which has run attackers' commands there (CVE-2024-10220).
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: data
    ///   nfs:
    ///     server: files.example.com
    ///     path: /data
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumes:
    /// - name: data
    ///   persistentVolumeClaim:
    ///     claimName: data
    /// ```
    ///
    /// ## Exceptions
    /// Small clusters that mount NFS by hand. It runs with `--profile all` only.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/>
    pub static UNRESTRICTED_VOLUME_TYPE = {
        code: "POD040",
        name: "unrestricted-volume-type",
        severity: Low,
        since: "0.1.0",
        summary: "volume of a type that the restricted standard does not allow",
        profile: All,
        run: Pod(unrestricted_volume_type),
        frameworks: [pss(Restricted)],
        aliases: [trivy("KSV-0028")],
    }
}

/// The volume types of the API that `restricted` leaves out.
const TYPES: [&str; 21] = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "hostPath",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

fn unrestricted_volume_type(cx: &mut PodCx<'_>) {
    let is_host_path_spoken_for = cx.options().gives_way_to(&HOST_PATH.check);
    for volume in cx.spec().volumes() {
        let typed = volume.entries().find(|(key, value)| {
            let key = key.scalar_text();
            TYPES.contains(&key)
                && !value.is_null()
                && !(key == "hostPath" && is_host_path_spoken_for)
        });
        if let Some((key, value)) = typed {
            report(cx, volume, key.scalar_text(), value);
        }
    }
}

fn report<'s>(cx: &mut PodCx<'s>, volume: Node<'s>, kind: &str, value: Node<'s>) {
    let name = volume.str_at(&["name"]).unwrap_or_default();
    let message = format!("volume `{name}` is of type `{kind}`");
    let severity = if kind == "gitRepo" {
        Severity::High
    } else {
        Severity::Low
    };
    cx.report(&UNRESTRICTED_VOLUME_TYPE, value, message)
        .severity(severity)
        .help("use a persistentVolumeClaim, and let a storage class say where the data is");
}
