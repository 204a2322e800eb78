//! Consoles and dashboards that can be reached from outside.

mod exposed_console;
mod exposed_dashboard;

use ciel_exposure::{Exposure, Reach};

use crate::{Report, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &exposed_dashboard::EXPOSED_DASHBOARD,
    &exposed_console::EXPOSED_CONSOLE,
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
                (true, _) => "selects its pods".to_owned(),
                (false, _) => format!("leads to it {}", from_where(way.reach)),
            };
            report = report.related(step.object, step.node, message);
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
