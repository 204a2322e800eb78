use ciel_yaml::Node;

use crate::{PodCx, declare_check, pod::sensitive_host_path::SENSITIVE_HOST_PATH};

declare_check! {
    /// ## What it does
    /// Finds mounts of files of the node that hold a cloud's credentials: `/etc/kubernetes/azure.json`, `/root/.aws`,
    /// `/.config/gcloud`, `/etc/kubernetes/cloud.conf`, keys of service accounts, and their like on Windows.
    ///
    /// ## Why is this bad?
    /// These are the node's credentials, made for the whole node or cluster: with the service principal in `azure.json`
    /// one commands the virtual machines. A pod that is broken into hands them over.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: azure
    ///   hostPath:
    ///     path: /etc/kubernetes/azure.json
    /// ```
    ///
    /// ## Use instead
    /// An identity of the pod's own: workload identity (Azure, Google Cloud), IAM roles for service accounts (AWS).
    ///
    /// ## Exceptions
    /// Where `sensitive-host-path` speaks of the same volume, this check does not.
    /// Cloud controllers and storage drivers of the cloud itself may need it: suppress the finding there, with the
    /// reason.
    ///
    /// ## References
    /// - <https://learn.microsoft.com/azure/aks/workload-identity-overview>
    /// - Microsoft's threat matrix for Kubernetes, "Mount service principal"
    pub static CLOUD_CREDENTIALS_MOUNTED = {
        code: "SEC011",
        name: "cloud-credentials-mounted",
        severity: High,
        severity_reason: "kubescape says medium; the credentials are those of the node, often of the cluster",
        since: "0.1.0",
        summary: "file of the node with a cloud's credentials is mounted",
        run: Pod(cloud_credentials_mounted),
        frameworks: [owasp2022("K08"), owasp2025("K08"), mitre("T1552"), ms("MS-TA9028")],
        aliases: [kubescape("C-0020"), kube_hunter("KHV004")],
    }
}

/// Files with credentials, and folders that hold them: path, cloud.
const PATHS: [(&str, &str); 24] = [
    ("/etc/kubernetes/azure.json", "Azure"),
    ("/etc/kubernetes/akscustom.json", "Azure"),
    ("/root/.azure", "Azure"),
    ("/.azure", "Azure"),
    ("/root/.aws", "AWS"),
    ("/.aws", "AWS"),
    ("/home/ec2-user/.aws", "AWS"),
    ("/home/ubuntu/.aws", "AWS"),
    ("/root/.aws/config", "AWS"),
    ("/root/.aws/credentials", "AWS"),
    ("/.aws/config", "AWS"),
    ("/.aws/credentials", "AWS"),
    ("/home/ec2-user/.aws/config", "AWS"),
    ("/home/ec2-user/.aws/credentials", "AWS"),
    ("/home/ubuntu/.aws/config", "AWS"),
    ("/home/ubuntu/.aws/credentials", "AWS"),
    (
        "/root/.config/gcloud/application_default_credentials.json",
        "Google Cloud",
    ),
    ("/root/.config/gcloud", "Google Cloud"),
    ("/.config/gcloud", "Google Cloud"),
    ("/root/.config/google", "Google Cloud"),
    ("/etc/google/auth", "Google Cloud"),
    ("/root/.oci", "Oracle Cloud"),
    ("/etc/kubernetes/cloud.conf", "the cloud's provider"),
    ("/etc/kubernetes/cloud-config", "the cloud's provider"),
];

fn cloud_credentials_mounted(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let volumes = spec.volumes().filter_map(|volume| {
        let path = volume.at(&["hostPath", "path"])?;
        Some((volume, path, cloud(path.as_str()?)?))
    });
    let found: Vec<_> = volumes.collect();
    for (volume, path, cloud) in found {
        let written = path.scalar_text();
        if cx.options().gives_way_to(&SENSITIVE_HOST_PATH.check) && is_sensitive_anyway(written) {
            continue;
        }
        let name = volume.str_at(&["name"]).unwrap_or_default();
        let message =
            format!("volume `{name}` mounts credentials of {cloud} from the node: `{written}`");
        // Where it is used, if it is.
        let is_mount = |mount: &Node<'_>| mount.str_at(&["name"]) == Some(name);
        let mut mounts = spec.containers().into_iter().flat_map(|container| {
            container
                .node
                .get("volumeMounts")
                .into_iter()
                .flat_map(Node::items)
        });
        let is_used = mounts.any(|mount| is_mount(&mount));
        cx.report(&CLOUD_CREDENTIALS_MOUNTED, path, message)
            .help("give the workload an identity of its own")
            .evidence("hostPath", written)
            .evidence("mounted", is_used);
    }
}

/// Whether the path is one of which the check for sensitive paths speaks by itself.
fn is_sensitive_anyway(path: &str) -> bool {
    ["/etc", "/root", "/home"]
        .iter()
        .any(|folder| path.starts_with(folder))
        || path == "/"
}

fn cloud(path: &str) -> Option<&'static str> {
    let path = path.trim_end_matches('/').to_ascii_lowercase();
    let found = PATHS.iter().find(|(known, _)| *known == path);
    let in_windows = ["\\.aws", "\\.azure", "\\azure.json", "\\gcloud"]
        .iter()
        .any(|part| path.contains(part));
    found
        .map(|(_, cloud)| *cloud)
        .or(in_windows.then_some("the cloud's provider"))
        .or(path.ends_with("/azure.json").then_some("Azure"))
}
