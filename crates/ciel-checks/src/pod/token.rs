//! Whether a pod gets the token of its service account, as the API server's admission would decide it.

use ciel_core::limits;
use ciel_k8s::PodShape;
use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{PodCx, Report, Rule};

/// Where tokens are mounted; a container that has a mount of its own there gets none.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Whether a token is mounted, and who says so.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'s> {
    /// The pod says `automountServiceAccountToken: true`, at this node, or is running with the token at this mount.
    ByPod(Node<'s>),
    /// The pod says nothing, and its account does not forbid it.
    ByDefault,
    /// It is not mounted.
    Off,
    /// The pod says nothing, and its account is not in the input.
    Unknown,
}

/// Whether the token of the account that a pod runs as is mounted in it.
pub(super) fn token_of<'s>(workload: Workload<'s>) -> Token<'s> {
    let spec = workload.spec();
    let object = workload.object;
    // What an operator, Tekton or Argo makes of it is theirs to say; mirror pods of static pods get no token.
    let is_mirror = object
        .view()
        .annotation("kubernetes.io/config.mirror")
        .is_some();
    if spec.partial || spec.shape != PodShape::Pod {
        return Token::Unknown;
    }
    if is_mirror || (!spec.containers().is_empty() && all_mount_their_own(workload)) {
        return Token::Off;
    }
    if object.is("", "Pod") && object.root().at(&["metadata", "uid"]).is_some() {
        return mounted_token(workload).map_or(Token::Off, Token::ByPod);
    }
    if let Some(node) = spec.node.get("automountServiceAccountToken") {
        return match node.as_bool() {
            Some(false) => Token::Off,
            _ => Token::ByPod(node),
        };
    }
    // The controller of SandboxTemplates turns it off where it is not asked for.
    if object.types().group() == "extensions.agents.x-k8s.io" {
        return Token::Off;
    }
    match account_of(workload) {
        Some(account) => match account.root().bool_at(&["automountServiceAccountToken"]) {
            Some(false) => Token::Off,
            _ => Token::ByDefault,
        },
        // Every namespace has an account `default`, which says nothing unless somebody changed it.
        None if object.snapshot().is_complete() && spec.service_account_name() == "default" => {
            Token::ByDefault
        }
        None => Token::Unknown,
    }
}

/// Whether the token of the account that a pod runs as is mounted in it, as far as the input says.
pub(crate) fn has_token(workload: Workload<'_>) -> bool {
    !matches!(token_of(workload), Token::Off)
}

/// A finding about a token that is mounted, with the change that keeps it away; none where it is not mounted.
pub(super) fn report_token<'f, 's>(
    cx: &'f mut PodCx<'s>,
    rule: &'static Rule,
    token: Token<'s>,
    message: String,
) -> Option<Report<'f, 's>> {
    const FIELD: &str = "automountServiceAccountToken";
    let spec = cx.spec().node;
    let report = match token {
        Token::ByPod(node) => cx.report(rule, node, message),
        Token::ByDefault => cx.report_missing(rule, spec, ".automountServiceAccountToken", message),
        Token::Off | Token::Unknown => return None,
    };
    Some(report.fix_set(
        "set automountServiceAccountToken to false",
        spec,
        &[FIELD],
        false,
    ))
}

/// The service account that a pod runs as, if it is in the input.
pub(super) fn account_of(workload: Workload<'_>) -> Option<Object<'_>> {
    let snapshot: &Snapshot = workload.object.snapshot();
    let name = workload.spec().service_account_name();
    let found = snapshot.find("", "ServiceAccount", workload.namespace(), name);
    if found.is_some() || !workload.object.namespace().is_empty() || name == "default" {
        return found;
    }
    // A workload without a namespace lands where its account is.
    let mut accounts = snapshot
        .of_kind("", "ServiceAccount")
        .take(limits::DOCUMENTS);
    accounts.find(|account| account.name() == name)
}

fn mounts<'s>(container: Node<'s>) -> impl Iterator<Item = Node<'s>> {
    let mounts = container.get("volumeMounts");
    mounts.into_iter().flat_map(Node::items)
}

fn is_at_token_path(mount: &Node<'_>) -> bool {
    let path = mount.str_at(&["mountPath"]).unwrap_or_default();
    path.trim_end_matches('/') == TOKEN_PATH
}

fn all_mount_their_own(workload: Workload<'_>) -> bool {
    let spec = workload.spec();
    let is_generated = |mount: &Node<'_>| {
        let volume = mount.str_at(&["name"]).unwrap_or_default();
        volume.starts_with("kube-api-access-") || volume.contains("-token-")
    };
    let has_own = |container: Node<'_>| {
        mounts(container).any(|mount| is_at_token_path(&mount) && !is_generated(&mount))
    };
    spec.containers()
        .iter()
        .all(|container| has_own(container.node))
}

/// The first mount of the token in a pod that the API server has admitted.
fn mounted_token(workload: Workload<'_>) -> Option<Node<'_>> {
    let containers = workload.spec().containers();
    let mut mounts = containers
        .iter()
        .flat_map(|container| mounts(container.node));
    mounts.find(is_at_token_path)
}
