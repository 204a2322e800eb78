use std::{borrow::Cow, ops::Range};

use crate::{cases::Case, text};

/// What a sign is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalKind {
    /// An image that is known to mine, or is named after a miner.
    MinerImage,
    /// An image whose registry or publisher looks like a well-known one, and is not.
    LookalikeImage,
    /// A miner is run.
    MinerBinary,
    /// A miner is fetched, installed or unpacked.
    MinerDownload,
    /// Options that only miners have, or that together only make sense for one.
    MinerFlags,
    /// A miner's configuration file.
    MinerConfig,
    /// A stratum address, or another address that only miners use.
    Stratum,
    /// The host of a mining pool.
    Pool,
    /// A payment address. Never enough by itself.
    Wallet,
    /// An environment variable that miners read.
    MiningEnvironment,
    /// A message of a mining protocol.
    Protocol,
    /// A miner that runs in web pages.
    BrowserMiner,
    /// A miner's name stands where nothing is run: in text, in a list, in an argument of something else.
    Mention,
    /// The text lists miners or pools to find or block them; its other signs were lowered to weak.
    IndicatorList,
    /// A miner is given another name.
    Disguise,
    /// Other people's miners are ended or removed.
    RivalKiller,
    /// The machine is tuned for RandomX: huge pages, model-specific registers.
    HostTuning,
    /// A program is fetched and run in one go.
    DownloadAndRun,
    /// A program is run from a folder where nothing is installed (`/tmp`, `/dev/shm`, a hidden folder).
    HiddenExecution,
    /// A program takes care to be started again: crontab, `ld.so.preload`, `rc.local`, an SSH key.
    Persistence,
    /// Protections of the machine are turned off.
    DefenceEvasion,
    /// A name that looks like a part of Kubernetes' control plane.
    Imitation,
}

impl SignalKind {
    /// The kind in a few words, for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MinerImage => "miner image",
            Self::LookalikeImage => "look-alike image",
            Self::MinerBinary => "miner",
            Self::MinerDownload => "download of a miner",
            Self::MinerFlags => "miner options",
            Self::MinerConfig => "miner configuration",
            Self::Stratum => "stratum address",
            Self::Pool => "mining pool",
            Self::Wallet => "wallet",
            Self::MiningEnvironment => "mining environment",
            Self::Protocol => "mining protocol",
            Self::BrowserMiner => "browser miner",
            Self::Mention => "name of a miner",
            Self::IndicatorList => "list of indicators",
            Self::Disguise => "renamed miner",
            Self::RivalKiller => "rival miners ended",
            Self::HostTuning => "tuning for mining",
            Self::DownloadAndRun => "download and run",
            Self::HiddenExecution => "hidden program",
            Self::Persistence => "persistence",
            Self::DefenceEvasion => "protections off",
            Self::Imitation => "imitated name",
        }
    }

    /// Whether it is about mining itself, not about what miners' droppers do besides.
    #[must_use]
    pub const fn is_mining(self) -> bool {
        matches!(
            self,
            Self::MinerImage
                | Self::MinerBinary
                | Self::MinerDownload
                | Self::MinerFlags
                | Self::MinerConfig
                | Self::Stratum
                | Self::Pool
                | Self::Wallet
                | Self::MiningEnvironment
                | Self::Protocol
                | Self::BrowserMiner
                | Self::Mention
                | Self::Disguise
                | Self::RivalKiller
                | Self::HostTuning
        )
    }
}

/// How much a sign says by itself. Ordered: `Weak < Moderate < Strong`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Innocent programs have it too; counts only with others.
    Weak,
    /// Unusual outside of mining; two of different kinds are enough.
    Moderate,
    /// Nothing but mining, or an attack, looks like this.
    Strong,
}

impl Strength {
    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        }
    }
}

/// One sign of mining in a text or in a list of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// What it is about.
    pub kind: SignalKind,
    /// How much it says by itself.
    pub strength: Strength,
    /// Which word of a list of arguments it stands in, from 0; 0 for a single text.
    pub word: usize,
    /// Where it stands in that text or word, in bytes; always on character boundaries.
    pub span: Range<usize>,
    /// The text at that place, shortened, with wallets and passwords masked.
    pub excerpt: String,
    /// What was recognised: the miner's, pool's, coin's or publisher's name.
    pub name: Cow<'static, str>,
    /// What the text or command does, as a clause without its subject: ``runs the miner XMRig``.
    pub description: String,
    /// A published case that the sign rests on.
    pub case: &'static Case,
}

impl Signal {
    pub(crate) fn new(
        kind: SignalKind,
        strength: Strength,
        text: &str,
        span: Range<usize>,
        name: impl Into<Cow<'static, str>>,
        description: impl Into<String>,
        case: &'static Case,
    ) -> Self {
        let span = text::on_boundaries(text, span);
        let slice = text.get(span.clone()).unwrap_or_default();
        let excerpt = if kind == SignalKind::Wallet {
            text::mask(slice)
        } else {
            text::excerpt(slice)
        };
        Self {
            kind,
            strength,
            word: 0,
            span,
            excerpt,
            name: name.into(),
            description: description.into(),
            case,
        }
    }
}

/// Signs kept of one kind and strength: enough to show, few enough that a hostile text cannot fill memory.
const KEPT: usize = 16;

/// Collects signs without letting one kind crowd out the others.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    list: Vec<Signal>,
}

impl Signals {
    pub(crate) fn push(&mut self, signal: Signal) {
        let mut same = 0;
        for kept in &self.list {
            if kept.kind == signal.kind && kept.strength == signal.strength {
                if kept.word == signal.word && kept.span == signal.span && kept.name == signal.name
                {
                    return;
                }
                same += 1;
            }
        }
        if same < KEPT {
            self.list.push(signal);
        }
    }

    pub(crate) fn extend(&mut self, signals: impl IntoIterator<Item = Signal>) {
        for signal in signals {
            self.push(signal);
        }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Signal> {
        self.list.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Signal> {
        self.list.iter_mut()
    }

    pub(crate) fn has(&self, kind: SignalKind) -> bool {
        self.list.iter().any(|signal| signal.kind == kind)
    }

    /// In order of place, strongest first where several stand at one.
    pub(crate) fn into_vec(mut self) -> Vec<Signal> {
        self.list.sort_by(|a, b| {
            (a.word, a.span.start)
                .cmp(&(b.word, b.span.start))
                .then(b.strength.cmp(&a.strength))
                .then(a.kind.cmp(&b.kind))
                .then(b.span.end.cmp(&a.span.end))
        });
        self.list
    }
}
