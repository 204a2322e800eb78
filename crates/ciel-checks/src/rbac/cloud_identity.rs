use ciel_snapshot::Workload;

use super::RELATED;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists service accounts that are tied to an identity of a cloud: by annotation, with IAM roles for service accounts
    /// (AWS), Workload Identity (Google) or Workload ID (Azure).
    ///
    /// ## Why is this bad?
    /// It is how a workload should reach its cloud. But whoever takes over a pod of the account, or may create pods in its
    /// namespace, reaches the cloud as well, and what the identity may do there is not in the manifests.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ServiceAccount
    /// metadata:
    ///   annotations:
    ///     eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/everything
    /// ```
    ///
    /// ## Use instead
    /// One account and one identity for each workload, with what it needs in the cloud and no more.
    ///
    /// ## Exceptions
    /// EKS pod identities are associated in the cloud and not in the cluster: they are not seen.
    ///
    /// ## References
    /// - <https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html>
    /// - <https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity>
    pub static CLOUD_IDENTITY = {
        code: "RBAC037",
        name: "cloud-identity",
        severity: Info,
        since: "0.1.0",
        summary: "service account is tied to an identity of a cloud",
        profile: All,
        run: Object(&[("", "ServiceAccount")], cloud_identity),
        frameworks: [owasp2025("K08"), mitre("T1078.004"), ms("MS-TA9020")],
        aliases: [rbac_police("providerIAM")],
    }
}

const ANNOTATIONS: [(&str, &str); 5] = [
    ("eks.amazonaws.com/role-arn", "AWS"),
    ("iam.gke.io/gcp-service-account", "Google Cloud"),
    ("azure.workload.identity/client-id", "Azure"),
    ("iam.amazonaws.com/role", "AWS"),
    ("pod-identity.alibabacloud.com/role-name", "Alibaba Cloud"),
];

fn cloud_identity(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(annotations) = object.root().at(&["metadata", "annotations"]) else {
        return;
    };
    for (key, cloud) in ANNOTATIONS {
        let Some(node) = annotations
            .get(key)
            .filter(|node| !node.scalar_text().is_empty())
        else {
            continue;
        };
        let message = format!(
            "service account `{}` is `{}` in {cloud}",
            object.name(),
            node.scalar_text()
        );
        let workloads = cx
            .analyses()
            .rbac()
            .workloads_of(object.namespace_or_default(), object.name());
        let mut report = cx
            .report(&CLOUD_IDENTITY, node, message)
            .help("let no more run as it than what needs the cloud")
            .evidence("workloads", workloads.len());
        for workload in workloads.iter().take(RELATED) {
            report = report.related(workload.object, place_of(workload), "runs as it");
        }
    }
}

fn place_of(workload: Workload<'_>) -> ciel_yaml::Node<'_> {
    let spec = workload.spec();
    spec.service_account().unwrap_or(spec.node)
}
