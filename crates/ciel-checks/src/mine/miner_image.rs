use ciel_mining::{SignalKind, Strength, Verdict};

use super::evidence::explain;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images that published cases name (`kannix/monero-miner`, `pauseyyf/pause`,
    /// `kuberntesio/kube-controller`, the false `kong/kubernetes-ingress-controller:3.4.0` …) and images that are named
    /// after mining programs (`xmrig`, `lolminer`, `ethminer`) or after mining itself (`xmr-gpu-rig`).
    ///
    /// ## Why is this bad?
    /// Whoever runs such an image mines on your machines, mostly an intruder on your bill. Thirty images of ten Docker
    /// Hub accounts were pulled twenty million times (Unit 42, 2021); open Argo Workflows servers were told to run
    /// `kannix/monero-miner` (Intezer, 2021).
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: worker
    ///   image: kannix/monero-miner:latest
    /// ```
    ///
    /// ## Use instead
    /// Remove the workload, and find out who made it: audit log, dashboards, service accounts.
    /// ```yaml
    /// containers:
    /// - name: worker
    ///   image: registry.example.com/shop/worker:1.4.2
    /// ```
    ///
    /// ## Exceptions
    /// Images whose names say that they watch or fight miners (`xmrig-exporter`, `miner-detector`) are left alone. If
    /// you mine on purpose, suppress the finding.
    ///
    /// ## References
    /// - <https://unit42.paloaltonetworks.com/malicious-cryptojacking-images/>
    /// - <https://intezer.com/blog/new-attacks-on-kubernetes-via-misconfigured-argo-workflows/>
    /// - <https://www.crowdstrike.com/en-us/blog/crowdstrike-discovers-first-ever-dero-cryptojacking-campaign-targeting-kubernetes/>
    pub static MINER_IMAGE = {
        code: "MINE001",
        name: "miner-image",
        severity: Critical,
        since: "0.1.0",
        summary: "image is known to mine, or named after a miner",
        run: Container(miner_image),
        frameworks: [mitre("T1496"), mitre("T1204"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn miner_image(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let (Some(image), Some(node)) = (container.image(), container.node.get("image")) else {
        return;
    };
    let signals = cx.analyses().image_signals(image);
    let Some(signal) = signals
        .iter()
        .find(|signal| signal.kind == SignalKind::MinerImage && signal.strength > Strength::Weak)
    else {
        return;
    };
    let verdict = if signal.strength == Strength::Strong {
        Verdict::Mining
    } else {
        Verdict::Suspicious
    };
    let message = format!("image of {} {}", container.display(), signal.description);
    let report = cx
        .report(&MINER_IMAGE, node, message)
        .severity(super::evidence::severity(verdict))
        .help("remove the workload, and find out from the audit log who made it");
    explain(report, verdict, &[signal]);
}
