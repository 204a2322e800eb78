use std::net::IpAddr;

use ciel_yaml::Node;

use super::webhooks::{KINDS, has_wildcard, name, rules, webhooks};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission webhooks that are asked about Secrets and stand outside of the cluster: their `clientConfig` has a
    /// `url` with a name, or an address, of the internet.
    ///
    /// ## Why is this bad?
    /// A webhook gets the whole object, before and after a change. Every password and key that anybody writes goes to a
    /// server that the cluster's own rules do not hold for, whoever runs it, and whoever takes over its name.
    ///
    /// ## Example
    /// ```yaml
    /// webhooks:
    /// - name: audit.example.com
    ///   clientConfig: {url: "https://hooks.example.com/admit"}
    ///   rules:
    ///   - {apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"]}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// webhooks:
    /// - name: audit.example.com
    ///   clientConfig: {url: "https://hooks.example.com/admit"}
    ///   rules:
    ///   - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
    /// ```
    ///
    /// ## Exceptions
    /// Webhooks at private or local addresses, as managed clusters have beside the API server. Where a label of the
    /// objects or a condition that names Secrets chooses what is sent, nothing is found.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#url>
    pub static SECRETS_SENT_OUTSIDE = {
        code: "GOV054",
        name: "secrets-sent-outside",
        severity: Medium,
        since: "0.1.0",
        summary: "admission webhook outside of the cluster is sent Secrets",
        run: Object(KINDS, secrets_sent_outside),
        frameworks: [],
        aliases: [],
    }
}

fn secrets_sent_outside(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    for webhook in webhooks(object) {
        let Some(url) = webhook.at(&["clientConfig", "url"]) else {
            continue;
        };
        if !is_outside(url.scalar_text()) || !is_sent_secrets(webhook) || is_narrowed(webhook) {
            continue;
        }
        let message = format!(
            "webhook `{}` sends Secrets out of the cluster",
            name(webhook)
        );
        cx.report(&SECRETS_SENT_OUTSIDE, url, message)
            .help("name the resources that it has to see, or run it in the cluster");
    }
}

/// Whether a URL is of the internet: names of the cluster or of a machine alone, and private addresses, are not.
fn is_outside(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => authority.split(':').next().unwrap_or(authority),
    };
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, ..] = ip.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || is_shared)
        }
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local())
        }
        Err(_) => {
            const LOCAL: [&str; 6] = [
                ".svc",
                ".local",
                ".internal",
                ".lan",
                ".localhost",
                ".intra",
            ];
            host.contains('.')
                && !host.contains("{{")
                && !LOCAL
                    .iter()
                    .any(|end| host.trim_end_matches('.').ends_with(end))
        }
    }
}

fn is_sent_secrets(webhook: Node<'_>) -> bool {
    rules(webhook).any(|rule| {
        let has = |key: &str, wanted: &str| {
            let mut items = rule.get(key).into_iter().flat_map(Node::items);
            has_wildcard(rule, key) || items.any(|item| item.scalar_text() == wanted)
        };
        rule.str_at(&["scope"]) != Some("Cluster")
            && has("apiGroups", "")
            && has("resources", "secrets")
    })
}

/// Whether objects are chosen by a label that they have to have, or by a condition about Secrets.
fn is_narrowed(webhook: Node<'_>) -> bool {
    let by_label = webhook
        .at(&["objectSelector", "matchLabels"])
        .is_some_and(|labels| !labels.is_empty());
    let conditions = webhook.get("matchConditions").into_iter();
    let mut expressions = conditions
        .flat_map(Node::items)
        .filter_map(|condition| condition.str_at(&["expression"]));
    by_label || expressions.any(|text| text.to_ascii_lowercase().contains("secret"))
}
