use ciel_yaml::Node;

use super::token::{Token, token_of};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with volumes whose files Kubernetes gives to a group (`emptyDir`, claims, ConfigMaps, Secrets, projected
    /// ones, among them the token of the service account) that name no group (`fsGroup`), or one that no group can be.
    ///
    /// ## Why is this bad?
    /// The files belong to root. A process that is not root cannot write them, which is the usual reason to run it as root
    /// after all; and the token of the service account is readable for every user in every container, since the kubelet
    /// knows nobody to give it to. With a number below 0 the API server refuses the pod.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Pod
    /// spec:
    ///   containers:
    ///   - name: app
    ///     image: app:1
    ///     volumeMounts:
    ///     - {name: data, mountPath: /data}
    ///   volumes:
    ///   - name: data
    ///     emptyDir: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Pod
    /// spec:
    ///   securityContext:
    ///     fsGroup: 2000
    ///   containers:
    ///   - name: app
    ///     image: app:1
    ///     volumeMounts:
    ///     - {name: data, mountPath: /data}
    ///   volumes:
    ///   - name: data
    ///     emptyDir: {}
    /// ```
    ///
    /// ## Exceptions
    /// Where all containers run as one user the kubelet gives the token to that user. Folders of the node and NFS keep
    /// their owners whatever `fsGroup` says; pods that mount nothing else are not reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    /// - <https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/1205-bound-service-account-tokens>
    pub static VOLUMES_WITHOUT_GROUP = {
        code: "POD084",
        name: "volumes-without-group",
        severity: Info,
        severity_reason: "hardening that matters only to pods whose programs are not root and do not share one user",
        since: "0.1.0",
        summary: "files of the pod's volumes are given to no group",
        profile: All,
        run: Pod(volumes_without_group),
        frameworks: [],
        aliases: [kubescape("C-0211")],
    }
}

/// Kinds of volumes whose files get the pod's group.
const GROUPED: [&str; 8] = [
    "emptyDir",
    "persistentVolumeClaim",
    "ephemeral",
    "csi",
    "configMap",
    "secret",
    "projected",
    "downwardAPI",
];

fn volumes_without_group(cx: &mut PodCx<'_>) {
    const HELP: &str = "set `fsGroup` to the id of a group of the pod's own";
    let spec = cx.spec();
    if spec.is_windows() || spec.partial {
        return;
    }
    let context = spec.security_context();
    match context.and_then(|context| context.get("fsGroup")) {
        Some(group) if group.as_i64().is_some_and(|id| id < 0) => {
            let message = format!("`{}` is no id of a group", group.scalar_text());
            cx.report(&VOLUMES_WITHOUT_GROUP, group, message).help(HELP);
        }
        Some(_) => {}
        None => {
            let Some(what) = grouped_volume(cx) else {
                return;
            };
            let (parent, missing) = match context.filter(|context| context.is_mapping()) {
                Some(context) => (context, ".fsGroup"),
                None => (spec.node, ".securityContext.fsGroup"),
            };
            let message = format!("pod names no group for the files of {what}");
            cx.report_missing(&VOLUMES_WITHOUT_GROUP, parent, missing, message)
                .help(HELP);
        }
    }
}

/// What the group would be for, as messages say it.
fn grouped_volume(cx: &PodCx<'_>) -> Option<String> {
    let volumes = cx.spec().node.get("volumes").into_iter();
    let mut volumes = volumes.flat_map(Node::items);
    let is_grouped = |volume: &Node<'_>| GROUPED.iter().any(|kind| volume.get(kind).is_some());
    if let Some(volume) = volumes.find(is_grouped) {
        let name = volume.str_at(&["name"]).unwrap_or_default();
        return Some(format!("volume `{name}`"));
    }
    let has_token = matches!(token_of(cx.workload), Token::ByPod(_) | Token::ByDefault);
    has_token.then(|| "its service account's token".to_owned())
}
