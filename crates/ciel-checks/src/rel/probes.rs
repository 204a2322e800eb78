//! What probes ask, and where.

use ciel_k8s::Container;
use ciel_yaml::Node;

use crate::{ContainerCx, Rule};

use super::shared;

/// The probes of a container, by the name of their field.
pub(super) const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

/// Reports a container that runs on without a probe.
pub(super) fn report_missing_probe(
    cx: &mut ContainerCx<'_>,
    rule: &'static Rule,
    field: &str,
    noun: &str,
    effect: &str,
    help: &'static str,
) {
    let is_wanted = cx.container.stays() && shared::runs_on(cx.workload);
    if !is_wanted || cx.container.node.get(field).is_some_and(has_action) {
        return;
    }
    let message = format!("{} has no {noun} probe: {effect}", cx.container.display());
    let container = cx.container.node;
    cx.report_missing(rule, container, &format!(".{field}"), message)
        .help(help);
}

/// Whether a probe does something. An empty one is refused by the API server.
fn has_action(probe: Node<'_>) -> bool {
    action(probe).is_some()
}

/// What a probe does: the field's name and its value.
pub(super) fn action(probe: Node<'_>) -> Option<(&'static str, Node<'_>)> {
    const ACTIONS: [&str; 4] = ["httpGet", "tcpSocket", "exec", "grpc"];
    ACTIONS
        .into_iter()
        .find_map(|name| Some((name, probe.get(name)?)))
}

/// The port that a probe asks, if it asks the pod's own network.
pub(super) fn port(probe: Node<'_>) -> Option<Node<'_>> {
    let (_, action) = action(probe)?;
    if action
        .str_at(&["host"])
        .is_some_and(|host| !host.is_empty())
    {
        return None;
    }
    action.get("port")
}

/// How a container declares a port that a probe asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// As a TCP port.
    Tcp,
    /// For another protocol only.
    OtherProtocol,
    /// By number, and the container does not list it.
    NoNumber,
    /// By a name that no port of the container has.
    NoName,
}

/// Looks a probe's port up among the ports of the container. Names are those of the container alone; what looks like a
/// number counts as one where no port has that name.
pub(super) fn declared(container: Container<'_>, port: Node<'_>) -> Declared {
    let ports = || {
        container
            .node
            .get("ports")
            .into_iter()
            .flat_map(Node::items)
    };
    let is_tcp = |port: Node<'_>| matches!(port.str_at(&["protocol"]), None | Some("TCP"));
    let text = port.scalar_text();
    let named = || ports().filter(|own| own.str_at(&["name"]) == Some(text));
    let number: Option<i64> = port.as_i64().or_else(|| text.parse().ok());
    let numbered = || {
        ports().filter(|own| {
            let own = own.get("containerPort").and_then(Node::as_i64);
            own.is_some() && own == number
        })
    };
    let is_name = port.as_str().is_some();
    if is_name && named().any(is_tcp) || numbered().any(is_tcp) {
        Declared::Tcp
    } else if is_name && named().next().is_some() || numbered().next().is_some() {
        Declared::OtherProtocol
    } else if number.is_some() {
        Declared::NoNumber
    } else {
        Declared::NoName
    }
}
