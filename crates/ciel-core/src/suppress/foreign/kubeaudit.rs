use super::{Ignore, Pick};
use crate::Tool;

const CONTAINER: [&str; 2] = ["container.kubeaudit.io/", "container.audit.kubernetes.io/"];
const POD: [&str; 2] = ["audit.kubernetes.io/pod.", "audit.kubernetes.io/namespace."];
const ANY: &str = "kubeaudit.io/";

/// What an override label stands for: the results that kubeaudit would make of it.
const OVERRIDES: &[(&str, &[&str])] = &[
    (
        "allow-privilege-escalation",
        &[
            "AllowPrivilegeEscalationNil",
            "AllowPrivilegeEscalationTrue",
        ],
    ),
    ("allow-privileged", &["PrivilegedTrue", "PrivilegedNil"]),
    (
        "allow-read-only-root-filesystem-false",
        &["ReadOnlyRootFilesystemFalse", "ReadOnlyRootFilesystemNil"],
    ),
    (
        "allow-run-as-root",
        &[
            "RunAsNonRootCSCFalse",
            "RunAsNonRootPSCFalseCSCNil",
            "RunAsNonRootPSCNilCSCNil",
            "RunAsUserCSCRoot",
            "RunAsUserPSCRoot",
        ],
    ),
    (
        "allow-automount-service-account-token",
        &["AutomountServiceAccountTokenTrueAndDefaultSA"],
    ),
    (
        "allow-disabled-apparmor",
        &["AppArmorDisabled", "AppArmorAnnotationMissing"],
    ),
    (
        "allow-namespace-host-network",
        &["NamespaceHostNetworkTrue"],
    ),
    ("allow-namespace-host-IPC", &["NamespaceHostIPCTrue"]),
    ("allow-namespace-host-PID", &["NamespaceHostPIDTrue"]),
    (
        "allow-non-default-deny-egress-network-policy",
        &[
            "MissingDefaultDenyEgressNetworkPolicy",
            "MissingDefaultDenyIngressAndEgressNetworkPolicy",
            "AllowAllEgressNetworkPolicyExists",
        ],
    ),
    (
        "allow-non-default-deny-ingress-network-policy",
        &[
            "MissingDefaultDenyIngressNetworkPolicy",
            "MissingDefaultDenyIngressAndEgressNetworkPolicy",
            "AllowAllIngressNetworkPolicyExists",
        ],
    ),
];

const CAPABILITY: &str = "allow-capability-";

/// What an override label of kubeaudit waves through. It stands on the pods, or on a namespace.
#[must_use]
pub fn label(key: &str, value: &str) -> Option<Ignore> {
    if !matches!(key.as_bytes().first()?, b'a' | b'c' | b'k') {
        return None;
    }
    let strip = |prefixes: &[&str]| prefixes.iter().find_map(|prefix| key.strip_prefix(prefix));
    let (container, name) = match strip(&CONTAINER) {
        Some(rest) => {
            let (container, name) = rest.split_once('.')?;
            (Some(container.to_owned()), name)
        }
        None => (None, strip(&POD).or_else(|| key.strip_prefix(ANY))?),
    };
    let known = OVERRIDES.iter().find(|(label, _)| *label == name);
    let capability = name.strip_prefix(CAPABILITY);
    let ids: &[&str] = match (known, capability) {
        (Some((_, ids)), _) => ids,
        (None, Some(_)) => &["CapabilityAdded"],
        // Told of as unknown.
        (None, None) => &[name],
    };
    let picks = ids
        .iter()
        .map(|id| Pick::Id(Tool::Kubeaudit, (*id).to_owned()));
    let reason = if value.eq_ignore_ascii_case("true") {
        ""
    } else {
        value
    };
    let mut picks: Vec<_> = picks.collect();
    let implied = picks.split_off(1.min(picks.len()));
    let mut ignore = Ignore::new(picks, reason);
    ignore.implied = implied;
    ignore.container = container;
    ignore.evidence = capability.map(|name| ("capability", name.replace('-', "_")));
    Some(ignore)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, container: Option<&str>, first: Option<&str>) {
        let ignore = label(key, "because");
        let picks = ignore.as_ref().map(|ignore| ignore.picks[0].to_string());
        assert_eq!(picks.as_deref(), first, "{key}");
        let of = ignore.and_then(|ignore| ignore.container);
        assert_eq!(of.as_deref(), container, "{key}");
    }

    #[test]
    fn labels_are_read() {
        let app = Some("app");
        check(
            "container.kubeaudit.io/app.allow-privileged",
            app,
            Some("PrivilegedTrue"),
        );
        check(
            "container.audit.kubernetes.io/app.allow-privileged",
            app,
            Some("PrivilegedTrue"),
        );
        check(
            "kubeaudit.io/allow-privileged",
            None,
            Some("PrivilegedTrue"),
        );
        check(
            "audit.kubernetes.io/pod.allow-privileged",
            None,
            Some("PrivilegedTrue"),
        );
        check(
            "kubeaudit.io/allow-capability-net-admin",
            None,
            Some("CapabilityAdded"),
        );
        check("kubeaudit.io/no-such", None, Some("no-such"));
        check("app.kubernetes.io/name", None, None);
    }

    #[test]
    fn label_of_a_capability_names_it() {
        let ignore = label("kubeaudit.io/allow-capability-net-admin", "true");
        let ignore = ignore.expect("a suppression");
        assert_eq!(
            ignore.evidence,
            Some(("capability", "net_admin".to_owned()))
        );
        assert_eq!(ignore.reason, "");
    }
}
