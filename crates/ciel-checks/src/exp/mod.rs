//! Consoles and dashboards that can be reached from outside.

mod debugging_left_on;
mod exposed_console;
mod exposed_dashboard;
mod exposed_database;
mod exposed_powerful_workload;
mod exposed_service;
mod exposed_workload;
mod external_name_leads_inward;
mod login_for_anybody;
mod login_turned_off;
mod login_turned_off_in_file;

use std::cell::LazyCell;

use ciel_exposure::{Exposure, Exposures, Reach, consoles::Console};
use ciel_k8s::Container;
use ciel_yaml::Node;

use crate::{ContainerCx, PodCx, Report, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &exposed_dashboard::EXPOSED_DASHBOARD,
    &exposed_console::EXPOSED_CONSOLE,
    &exposed_service::EXPOSED_SERVICE,
    &exposed_workload::EXPOSED_WORKLOAD,
    &exposed_database::EXPOSED_DATABASE,
    &login_turned_off::LOGIN_TURNED_OFF,
    &exposed_powerful_workload::EXPOSED_POWERFUL_WORKLOAD,
    &login_turned_off_in_file::LOGIN_TURNED_OFF_IN_FILE,
    &debugging_left_on::DEBUGGING_LEFT_ON,
    &login_for_anybody::LOGIN_FOR_ANYBODY,
    &external_name_leads_inward::EXTERNAL_NAME_LEADS_INWARD,
];

/// Ways in that one finding names.
const WAYS: usize = 5;

/// From where something can be reached, for messages.
const fn from_where(reach: Reach) -> &'static str {
    match reach {
        Reach::Internet => "from the internet",
        Reach::Node => "on the nodes' addresses",
        Reach::Internal => "from the network around the cluster",
    }
}

/// Names the ways in, from outside in.
fn relate_ways<'f, 's>(mut report: Report<'f, 's>, ways: &[&Exposure<'_>]) -> Report<'f, 's> {
    let mut seen = Vec::new();
    for way in ways.iter().take(WAYS) {
        for (at, step) in way.steps.iter().enumerate() {
            if seen.contains(&step.object.id()) {
                continue;
            }
            seen.push(step.object.id());
            let message = match (at + 1 == way.steps.len(), at) {
                (true, 0) => format!("opens it {}", from_where(way.reach)),
                (true, _) if !step.object.is("", "Service") => "makes its pods".to_owned(),
                (true, _) => "selects its pods".to_owned(),
                (false, _) => format!("leads to it {}", from_where(way.reach)),
            };
            report = report.related(step.object, step.node, message);
            let selector = step.object.root().at(&["spec", "selector"]);
            if let Some(selector) = selector.filter(|node| *node != step.node)
                && step.object.is("", "Service")
            {
                report = report.related(step.object, selector, "finds its pods by these labels");
            }
        }
    }
    report
}

/// How messages name the way in: ``Ingress `web` ``.
fn through(way: &Exposure<'_>) -> String {
    way.steps.first().map_or_else(String::new, |step| {
        format!(" through {} `{}`", step.object.kind(), step.object.name())
    })
}

/// The ways to the pods under check that ask for nothing and that no NetworkPolicy closes, the farthest first. Those from
/// the network around the cluster are somebody's decision and not among them.
fn open_ways<'s>(cx: &PodCx<'s>) -> Vec<&'s Exposure<'s>> {
    let analyses = cx.analyses();
    let exposures = analyses.exposures();
    let mut ways = exposures.of(cx.workload);
    ways.retain(|way| !way.is_guarded && way.reach > Reach::Internal);
    if ways.is_empty() || exposures.is_guarded_by_mesh(cx.workload) {
        return Vec::new();
    }
    // Asked once for all ways of a kind: the answer looks at every policy that selects the pods.
    let policies = analyses.network_policies();
    let direct = LazyCell::new(|| policies.lets_strangers_in(cx.workload, false));
    let routed = LazyCell::new(|| policies.lets_strangers_in(cx.workload, true));
    ways.retain(|way| if way.is_routed() { *routed } else { *direct });
    ways
}

/// How a product can be reached from outside.
struct Reached<'s> {
    reach: Reach,
    ways: Vec<&'s Exposure<'s>>,
}

impl Reached<'_> {
    /// From where, and through what, for messages.
    fn whence(&self) -> String {
        let route = self
            .ways
            .first()
            .map_or_else(String::new, |way| through(way));
        format!("{}{route}", from_where(self.reach))
    }
}

/// Whether the product that a container runs can be reached from outside, through Services or on the node's own
/// addresses.
fn reached<'s>(cx: &ContainerCx<'s>, console: &Console) -> Option<Reached<'s>> {
    let container = cx.container;
    let mut ways = open_ways(cx);
    ways.retain(|way| {
        !way.leads_only_to(container, console.other_ports)
            && !leads_to_another_container(cx, console, way)
    });
    let on_node = Exposures::on_node(cx.spec(), container, console.ports);
    let reach = ways
        .iter()
        .map(|way| way.reach)
        .chain(on_node.map(|_| Reach::Node))
        .max()?;
    Some(Reached { reach, ways })
}

/// Whether the way ends at a port that another container of the pod declares, and this one does not: a proxy that may
/// ask for a login.
fn leads_to_another_container(cx: &ContainerCx<'_>, console: &Console, way: &Exposure<'_>) -> bool {
    let own = cx.container;
    let declares = |container: Container<'_>| {
        let ports = container
            .node
            .get("ports")
            .into_iter()
            .flat_map(Node::items);
        ports
            .filter_map(|port| port.get("containerPort")?.as_i64())
            .filter_map(|port| u16::try_from(port).ok())
            .any(|port| way.leads_to(container, port))
    };
    let is_own = declares(own) || console.ports.iter().any(|port| way.leads_to(own, *port));
    !is_own
        && cx
            .spec()
            .containers()
            .into_iter()
            .any(|container| container.node != own.node && declares(container))
}
