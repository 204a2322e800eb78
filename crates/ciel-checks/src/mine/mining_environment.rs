use ciel_mining::{Strength, Verdict};

use super::evidence::{explain, foremost, in_order, severity, tells};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds mining in the environment of containers: addresses of mining protocols, hosts of pools, miners' options in a
    /// value, a server beside a wallet (`POOL` and `WALLET`), the settings that graphics miners want. It is weighed
    /// together with the commands.
    ///
    /// ## Why is this bad?
    /// Images with a miner inside take pool and wallet from their environment, so that neither name nor command gives them
    /// away. The six `azurenql` images (Unit 42, 2020) earned that way.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: POOL
    ///   value: pool.supportxmr.com:443
    /// ```
    ///
    /// ## Use instead
    /// Remove the workload; then close the door that it came through.
    /// ```yaml
    /// env:
    /// - name: DATABASE
    ///   value: db.shop.svc:5432
    /// ```
    ///
    /// ## Exceptions
    /// A wallet by itself is no mining: shops and web3 applications have one. Web addresses of pools (price tables,
    /// exporters) are not enough either. Values from Secrets and ConfigMaps are judged there.
    ///
    /// ## References
    /// - <https://unit42.paloaltonetworks.com/cryptojacking-docker-images-for-mining-monero/>
    pub static MINING_ENVIRONMENT = {
        code: "MINE004",
        name: "mining-environment",
        severity: Critical,
        since: "0.1.0",
        summary: "container's environment is a miner's",
        run: Container(mining_environment),
        frameworks: [mitre("T1496"), ms("MS-TA9039")],
        aliases: [],
    }
}

fn mining_environment(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let evidence = cx.mining();
    let verdict = evidence.verdict();
    if verdict == Verdict::Clean {
        return;
    }
    let Some(sign) = foremost(&evidence.environment, tells).cloned() else {
        return;
    };
    // Beside a command that mines, a weak word in the environment is no finding of its own.
    if sign.signal.strength == Strength::Weak && foremost(&evidence.commands, tells).is_some() {
        return;
    }
    let signals: Vec<_> = in_order(&sign, &evidence.environment)
        .into_iter()
        .cloned()
        .collect();
    let message = format!(
        "{} {} in its environment",
        container.display(),
        sign.signal.description
    );
    let report = cx
        .report(&MINING_ENVIRONMENT, sign.node, message)
        .severity(severity(verdict))
        .help("remove the workload, find out who made it, and replace the credentials that it could read");
    explain(report, verdict, &signals.iter().collect::<Vec<_>>());
}
