use ciel_podsecurity::{Control, Place};
use ciel_yaml::Node;
use serde_json::json;

use crate::Report;

/// What stands at a place that breaks a control, or should stand there.
struct Spot<'s, 'p> {
    node: Node<'s>,
    /// Keys of the missing field below the node; empty if the node itself is meant.
    missing: Vec<&'p str>,
}

impl<'s, 'p> Spot<'s, 'p> {
    fn of(place: &'p Place<'s>) -> Self {
        Self {
            node: place.node,
            missing: place.missing.split('.').skip(1).collect(),
        }
    }

    fn stands(&self) -> bool {
        self.missing.is_empty()
    }

    /// What nobody has chosen is safe to set, unless the container adds capabilities: then it is an unusual one.
    fn safe<'f>(&self, report: Report<'f, 's>) -> Report<'f, 's> {
        let adds = ["securityContext", "capabilities", "add"];
        let paths = [adds.as_slice(), adds.get(1..).unwrap_or_default()];
        if paths.iter().any(|path| self.node.at(path).is_some()) {
            report
        } else {
            report.safe_fix()
        }
    }
}

/// Adds the change that removes a finding, where one change does and its author need not decide anything.
pub(super) fn add<'f, 's>(
    report: Report<'f, 's>,
    control: Control,
    place: &Place<'s>,
) -> Report<'f, 's> {
    let spot = Spot::of(place);
    let node = spot.node;
    match control {
        Control::HostNamespaces | Control::Privileged | Control::WindowsHostProcess => {
            report.fix_replace("set it to false", node, false)
        }
        Control::HostPorts | Control::HostProbesAndHostLifecycle | Control::RunAsUser => {
            report.fix_remove("take the field out", node)
        }
        Control::ProcMount | Control::ProcMountRestricted => {
            report.fix_replace("set procMount to Default", node, "Default")
        }
        Control::SeLinuxOptions => report.fix_remove("take the option out", node),
        Control::CapabilitiesBaseline => report.fix_remove("add the capability no more", node),
        Control::CapabilitiesRestricted => capabilities(report, &spot),
        Control::AllowPrivilegeEscalation if spot.stands() => {
            report.fix_replace("set allowPrivilegeEscalation to false", node, false)
        }
        Control::AllowPrivilegeEscalation => {
            let description = "set allowPrivilegeEscalation to false";
            let report = report.fix_set(description, node, &spot.missing, false);
            spot.safe(report)
        }
        Control::RunAsNonRoot if spot.stands() => {
            report.fix_replace("set runAsNonRoot to true", node, true)
        }
        Control::RunAsNonRoot => {
            report.fix_set("set runAsNonRoot to true", node, &spot.missing, true)
        }
        Control::SeccompProfileRestricted if spot.missing.last() == Some(&"seccompProfile") => {
            seccomp(report, &spot)
        }
        // The author decides: which profile, which other volume, whether the sysctl is needed.
        Control::AppArmorProfile
        | Control::HostPathVolumes
        | Control::RestrictedVolumes
        | Control::SeccompProfileBaseline
        | Control::SeccompProfileRestricted
        | Control::Sysctls => report,
    }
}

fn seccomp<'f, 's>(report: Report<'f, 's>, spot: &Spot<'s, '_>) -> Report<'f, 's> {
    let description = "set the runtime's default profile";
    let profile = json!({"type": "RuntimeDefault"});
    spot.safe(report.fix_set(description, spot.node, &spot.missing, profile))
}

/// A capability that is added stands as a scalar; one that is not dropped is the list, or a missing one.
fn capabilities<'f, 's>(report: Report<'f, 's>, spot: &Spot<'s, '_>) -> Report<'f, 's> {
    let description = "drop ALL capabilities";
    if !spot.stands() {
        report.fix_set(description, spot.node, &spot.missing, json!(["ALL"]))
    } else if spot.node.is_sequence() {
        report.fix_replace(description, spot.node, json!(["ALL"]))
    } else {
        report.fix_remove("add the capability no more", spot.node)
    }
}
