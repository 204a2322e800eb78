use std::borrow::Cow;

use ciel_certs::decode_base64;
use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bootstrap tokens (Secrets of type `bootstrap.kubernetes.io/token`, `bootstrapTokens` of kubeadm) that can be used to log in and never
    /// end, or that log in as groups beyond the one for new nodes.
    ///
    /// ## Why is this bad?
    /// With a bootstrap token, anybody becomes a node: he gets a certificate for a name of his choice, and with it the
    /// Secrets of the pods that are placed there. A token that does not end is found again after years, in scripts and
    /// images.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: bootstrap.kubernetes.io/token
    /// stringData:
    ///   usage-bootstrap-authentication: "true"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// stringData:
    ///   usage-bootstrap-authentication: "true"
    ///   expiration: 2026-11-24T12:00:00Z
    /// ```
    /// or `kubeadm token create`, which lets it end after a day.
    ///
    /// ## Exceptions
    /// Tokens that only sign the cluster's information (`usage-bootstrap-signing`) do not let anybody in.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/>
    /// - WHE and TTV of the audit of 2022: <https://github.com/kubernetes/sig-security/tree/main/sig-security-external-audit>
    pub static OPEN_BOOTSTRAP_TOKEN = {
        code: "SEC052",
        name: "open-bootstrap-token",
        severity: High,
        severity_reason: "medium for groups beyond the one for new nodes",
        since: "0.1.0",
        summary: "bootstrap token never ends, or logs in as more than a new node",
        run: Object(&[("", "Secret"), ("kubeadm.k8s.io", "InitConfiguration")], open_bootstrap_token),
        frameworks: [cis("3.1.3"), owasp2022("K06"), owasp2025("K09"), mitre("T1078")],
        aliases: [],
    }
}

/// The group that kubeadm gives the rights of new nodes to.
const NEW_NODES: &str = "system:bootstrappers:kubeadm:default-node-token";

fn open_bootstrap_token(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    if cx.object.kind() == "InitConfiguration" {
        of_kubeadm(cx, root);
        return;
    }
    if root.str_at(&["type"]) != Some("bootstrap.kubernetes.io/token") {
        return;
    }
    let logs_in = value(root, "usage-bootstrap-authentication");
    let Some((usage, _)) = logs_in.filter(|(_, value)| value == "true") else {
        return;
    };
    match value(root, "expiration") {
        Some((_, text)) if !text.trim().is_empty() => {}
        _ => {
            cx.report(
                &OPEN_BOOTSTRAP_TOKEN,
                usage,
                "bootstrap token logs in as a new node, and never ends",
            )
            .help("set `expiration`, or delete the token when the nodes are in");
        }
    }
    let Some((node, groups)) = value(root, "auth-extra-groups") else {
        return;
    };
    let extra: Vec<&str> = groups
        .split(',')
        .map(str::trim)
        .filter(|group| !group.is_empty() && *group != NEW_NODES)
        .collect();
    if let Some(group) = extra.first() {
        let message = format!("bootstrap token logs in as group `{group}`, too");
        let is_plain = node.scalar_text() == groups;
        let report = cx
            .report(&OPEN_BOOTSTRAP_TOKEN, node, message)
            .severity(Severity::Medium)
            .help("leave only the group for new nodes");
        if is_plain {
            report.fix_replace("leave only the group for new nodes", node, NEW_NODES);
        }
    }
}

/// The tokens that kubeadm makes when the cluster starts: they last a day unless `ttl` says otherwise.
fn of_kubeadm<'s>(cx: &mut ObjectCx<'s>, root: Node<'s>) {
    let tokens = root
        .get("bootstrapTokens")
        .into_iter()
        .flat_map(Node::items);
    for token in tokens {
        let usages = token.get("usages").filter(|usages| !usages.is_empty());
        let logs_in = usages.is_none_or(|usages| {
            let mut usages = usages.items();
            usages.any(|usage| usage.scalar_text() == "authentication")
        });
        let ttl = token.get("ttl").filter(|ttl| {
            let digits = ttl.scalar_text().trim_end_matches(['s', 'm', 'h']);
            !digits.is_empty() && digits.bytes().all(|byte| !(b'1'..=b'9').contains(&byte))
        });
        if let Some(node) = ttl.filter(|_| logs_in && token.get("expires").is_none()) {
            cx.report(
                &OPEN_BOOTSTRAP_TOKEN,
                node,
                "bootstrap token logs in as a new node, and never ends",
            )
            .help("let it end after some hours, and make another one for the next node")
            .fix_replace("let it end after a day, as by default", node, "24h0m0s");
        }
    }
}

/// An entry of a Secret with its value; what `stringData` says wins.
fn value<'s>(root: Node<'s>, key: &str) -> Option<(Node<'s>, Cow<'s, str>)> {
    if let Some(node) = root.at(&["stringData", key]) {
        return Some((node, Cow::Borrowed(node.scalar_text())));
    }
    let node = root.at(&["data", key])?;
    let value = String::from_utf8(decode_base64(node.scalar_text())?).ok()?;
    Some((node, Cow::Owned(value)))
}
