//! What signs add up to.
use crate::signal::{Signal, SignalKind, Strength};

/// What the signs of one text, container or object say together. Ordered: `Clean < Suspicious < Mining`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing that an innocent program would not have.
    Clean,
    /// Unusual outside of mining; somebody should look.
    Suspicious,
    /// It mines, or is set up to.
    Mining,
}

impl Verdict {
    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Suspicious => "suspicious",
            Self::Mining => "mining",
        }
    }
}

/// Weighs signs of mining. Signs of download-and-run, persistence and the like answer another question and only
/// help to decide here.
///
/// - One strong sign of mining is enough: a miner run by name, a stratum address, a pool's host with port where
///   something connects to, a miner's configuration, `-o POOL -u WALLET`.
/// - A moderate sign is suspicious; two of different kinds are mining (a pool and a wallet).
/// - Weak signs count only beside others: three different kinds, of which one is no wallet and no mere mention, are
///   suspicious.
/// - Wallets and mentions alone are clean, whatever their number, and so is a list of indicators.
#[must_use]
pub fn assess<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Verdict {
    let mut best: Vec<(SignalKind, Strength)> = Vec::new();
    let mut listed = false;
    for signal in signals {
        listed |= signal.kind == SignalKind::IndicatorList;
        match best.iter_mut().find(|(kind, _)| *kind == signal.kind) {
            Some((_, strength)) => *strength = (*strength).max(signal.strength),
            None => best.push((signal.kind, signal.strength)),
        }
    }
    let mining: Vec<_> = best.iter().filter(|(kind, _)| kind.is_mining()).collect();
    let tells = |kind: SignalKind| !matches!(kind, SignalKind::Wallet | SignalKind::Mention);
    if !mining.iter().any(|(kind, _)| tells(*kind)) {
        return Verdict::Clean;
    }
    // Ending miners and tuning hosts is what defenders and databases do too: alone they say nothing.
    let alone = |kind: SignalKind| matches!(kind, SignalKind::RivalKiller | SignalKind::HostTuning);
    let of = |strength: Strength| mining.iter().filter(move |(_, found)| *found == strength);
    if of(Strength::Strong).any(|(kind, _)| tells(*kind)) {
        return Verdict::Mining;
    }
    let moderate = of(Strength::Moderate).count();
    let telling = of(Strength::Moderate)
        .filter(|(kind, _)| tells(*kind) && !alone(*kind))
        .count();
    if telling >= 1 && moderate >= 2 {
        return Verdict::Mining;
    }
    let dropper = best.iter().any(|(kind, strength)| {
        *strength >= Strength::Moderate
            && matches!(
                kind,
                SignalKind::DownloadAndRun
                    | SignalKind::HiddenExecution
                    | SignalKind::Persistence
                    | SignalKind::DefenceEvasion
            )
    });
    if telling >= 1 {
        return if dropper {
            Verdict::Mining
        } else {
            Verdict::Suspicious
        };
    }
    let weak_telling = mining.iter().any(|(kind, _)| tells(*kind) && !alone(*kind));
    let ends_rivals = moderate >= 1 && dropper;
    if !listed && (ends_rivals || weak_telling && mining.len() >= 3) {
        return Verdict::Suspicious;
    }
    Verdict::Clean
}
