use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds volume claim templates of StatefulSets that ask for no storage or say no access mode; and, as information,
    /// for a mode in which others may write, though each pod has a claim of its own.
    ///
    /// ## Why is this bad?
    /// The API server refuses claims without a size or access mode, and the pods wait for ever.
    ///
    /// ## Example
    /// ```yaml
    /// volumeClaimTemplates:
    /// - metadata: {name: data}
    ///   spec: {accessModes: [ReadWriteMany]}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumeClaimTemplates:
    /// - metadata: {name: data}
    ///   spec:
    ///     accessModes: [ReadWriteOnce]
    ///     resources: {requests: {storage: 10Gi}}
    /// ```
    ///
    /// ## Exceptions
    /// Jobs beside the StatefulSet (backups) may want to mount the same claim.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/>
    /// - <https://kubernetes.io/docs/concepts/storage/persistent-volumes/>
    pub static INVALID_VOLUME_CLAIM_TEMPLATE = {
        code: "REL062",
        name: "invalid-volume-claim-template",
        severity: Low,
        severity_reason: "kubesec gives points for it; the API server refuses the claims",
        since: "0.1.0",
        summary: "volume claim of the StatefulSet is refused, or shared for nothing",
        profile: All,
        run: Object(&[("apps", "StatefulSet")], invalid_volume_claim_template),
        frameworks: [],
        aliases: [
            kubesec("VolumeClaimAccessModeReadWriteOnce"), kubesec("VolumeClaimRequestsStorage"),
            kics("3878dc92-8e5d-47cf-9cdd-7590f71d21b9"),
        ],
    }
}

fn invalid_volume_claim_template(cx: &mut ObjectCx<'_>) {
    let list = cx.object.root().at(&["spec", "volumeClaimTemplates"]);
    for template in list.into_iter().flat_map(Node::items) {
        let Some(spec) = template.get("spec") else {
            continue;
        };
        let name = template.str_at(&["metadata", "name"]).unwrap_or_default();
        if spec.at(&["resources", "requests", "storage"]).is_none() {
            let message = format!("the volume claim `{name}` asks for no storage");
            let path = ".resources.requests.storage";
            cx.report_missing(&INVALID_VOLUME_CLAIM_TEMPLATE, spec, path, message)
                .help("set `resources.requests.storage`");
        }
        let Some(modes) = spec.get("accessModes").filter(|modes| !modes.is_empty()) else {
            let message = format!("the volume claim `{name}` says no access mode");
            cx.report_missing(
                &INVALID_VOLUME_CLAIM_TEMPLATE,
                spec,
                ".accessModes",
                message,
            )
            .help("set `accessModes` to `ReadWriteOnce`")
            .fix_set(
                "let one node write",
                spec,
                &["accessModes"],
                vec!["ReadWriteOnce"],
            )
            .safe_fix();
            continue;
        };
        if let Some(mode) = modes
            .items()
            .find(|mode| mode.as_str() == Some("ReadWriteMany"))
        {
            let message = format!("the volume claim `{name}` of each pod may be written by others");
            cx.report(&INVALID_VOLUME_CLAIM_TEMPLATE, mode, message)
                .severity(Severity::Info)
                .help("use `ReadWriteOnce` or `ReadWriteOncePod`");
        }
    }
}
