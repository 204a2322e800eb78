use ciel_core::{ImageName, Severity};
use ciel_network::POLICY_KINDS;
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds network plugins that are set up so that nobody enforces network policies: Flannel without a policy engine
    /// beside it, kube-router with `--run-firewall=false`, Cilium with `enable-policy: never`, the agent of the AWS VPC
    /// plugin with `--enable-network-policy=false`. That no engine is beside Flannel is judged only where the input is
    /// complete.
    ///
    /// ## Why is this bad?
    /// The API server takes every NetworkPolicy, and nothing happens: each pod reaches each other pod, and reports,
    /// reviews and people say that they are isolated.
    ///
    /// ## Example
    /// ```yaml
    /// kind: DaemonSet
    /// metadata:
    ///   name: kube-flannel-ds
    ///   namespace: kube-flannel
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///       - name: kube-flannel
    ///         image: ghcr.io/flannel-io/flannel:v0.27.0
    /// ```
    ///
    /// ## Use instead
    /// A network plugin that enforces policies (Cilium, Calico, Antrea), or a policy engine beside Flannel:
    /// ```yaml
    /// - name: kube-network-policies
    ///   image: registry.k8s.io/networking/kube-network-policies:v1.0.0
    /// ```
    ///
    /// ## Exceptions
    /// Plugins that are installed on the nodes by other means than manifests cannot be seen; k3s, RKE2 and managed
    /// clusters bring engines of their own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites>
    /// - <https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md>
    pub static UNENFORCED_NETWORK_POLICIES = {
        code: "NET011",
        name: "unenforced-network-policies",
        severity: Medium,
        severity_reason: "high where the input has policies that nobody enforces",
        since: "0.1.0",
        summary: "network plugin does not enforce network policies",
        run: Object(&[("apps", "DaemonSet"), ("", "ConfigMap")], unenforced_network_policies),
        frameworks: [cis("5.3.1"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [kubescape("C-0205"), kube_bench("5.3.1")],
    }
}

fn unenforced_network_policies(cx: &mut ObjectCx<'_>) {
    if cx.object.kind() == "ConfigMap" {
        if cx.object.name() == "cilium-config" {
            judge_cilium(cx);
        }
        return;
    }
    for workload in cx.object.workloads() {
        for container in workload.spec().containers() {
            let Some(image) = container.node.get("image") else {
                continue;
            };
            let name = image.scalar_text();
            let off = |flag: &str| {
                let mut argv = container.argv().into_iter();
                argv.find(|word| word.scalar_text() == flag)
            };
            if name.contains("kube-router") {
                if let Some(flag) = off("--run-firewall=false") {
                    report(cx, flag, "kube-router does not enforce network policies");
                }
            } else if name.contains("network-policy-agent") {
                if let Some(flag) = off("--enable-network-policy=false") {
                    report(
                        cx,
                        flag,
                        "the AWS VPC plugin does not enforce network policies",
                    );
                }
            } else if is_flannel(name) && cx.is_complete() && !has_engine(cx.snapshot()) {
                let message =
                    "Flannel does not enforce network policies, and no policy engine is beside it";
                report(cx, image, message);
                // Its init containers have the same image.
                return;
            }
        }
    }
}

fn judge_cilium(cx: &mut ObjectCx<'_>) {
    let mode = cx.object.root().at(&["data", "enable-policy"]);
    if let Some(mode) = mode.filter(|mode| mode.as_str() == Some("never")) {
        report(cx, mode, "Cilium does not enforce network policies");
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, message: &str) {
    let policy = first_policy(cx.snapshot());
    let severity = match policy {
        Some(_) => Severity::High,
        None => Severity::Medium,
    };
    let report = cx
        .report(&UNENFORCED_NETWORK_POLICIES, node, message)
        .help("use a network plugin that enforces policies, or turn it on")
        .severity(severity);
    if let Some(policy) = policy {
        report.related(policy, policy.root(), "is not enforced");
    }
}

fn first_policy(snapshot: &Snapshot) -> Option<Object<'_>> {
    let mut kinds = POLICY_KINDS.iter();
    kinds.find_map(|(group, kind)| snapshot.of_kind(group, kind).next())
}

fn is_flannel(image: &str) -> bool {
    const NAMES: [&str; 4] = [
        "flannel",
        "mirrored-flannelcni-flannel",
        "mirrored-flannel-io-flannel",
        "hardened-flannel",
    ];
    NAMES.contains(&ImageName::parse(image).base())
}

/// Parts of the names of images that enforce policies.
const ENGINES: [&str; 13] = [
    "calico",
    "tigera",
    "canal",
    "cilium",
    "kube-router",
    "antrea",
    "weave-npc",
    "kube-network-policies",
    "azure-npm",
    "network-policy-agent",
    "kube-ovn",
    "ovn-kubernetes",
    "netpol",
];

fn has_engine(snapshot: &Snapshot) -> bool {
    snapshot.workloads().any(|workload| {
        let containers = workload.spec().containers();
        containers.iter().any(|container| {
            let image = container.image().unwrap_or_default();
            ENGINES.iter().any(|engine| image.contains(engine))
        })
    })
}
