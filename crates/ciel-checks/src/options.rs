use std::{fmt, str::FromStr};

use ciel_core::{Check, Finding, Framework, Profile, PssLevel, Selector, Severity, Timestamp};
use ciel_k8s::Quantity;

use crate::SuppressOptions;

/// Which set of checks runs when none is selected by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ProfileChoice {
    /// What an attacker could use.
    #[default]
    Security,
    /// Everything.
    All,
    /// What answers a control of a framework.
    Framework(Framework),
    /// Only the Pod Security Standards, as admission judges them.
    PodSecurity {
        /// The level to hold pods to.
        level: PssLevel,
        /// Minor version of Kubernetes 1.x; `None` for the latest that is known.
        minor: Option<u32>,
    },
}

/// A word that names no profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseProfileError(String);

impl fmt::Display for ParseProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no profile: use security, all, ", self.0)?;
        for framework in Framework::ALL
            .into_iter()
            .filter(|framework| *framework != Framework::Pss)
        {
            write!(f, "{}, ", framework.id())?;
        }
        f.write_str("or pss-baseline or pss-restricted with a version, as in pss-baseline@1.29 or pss-restricted@latest")
    }
}

impl std::error::Error for ParseProfileError {}

impl FromStr for ProfileChoice {
    type Err = ParseProfileError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseProfileError(text.to_owned());
        match text {
            "security" => return Ok(Self::Security),
            "all" => return Ok(Self::All),
            _ => {}
        }
        let Some(level) = text.strip_prefix("pss-") else {
            let framework = Framework::ALL
                .into_iter()
                .find(|framework| framework.id() == text);
            return framework.map(Self::Framework).ok_or_else(error);
        };
        let (level, version) = level.split_once('@').unwrap_or((level, "latest"));
        let levels = [
            PssLevel::Privileged,
            PssLevel::Baseline,
            PssLevel::Restricted,
        ];
        let level = levels
            .into_iter()
            .find(|known| known.as_str() == level)
            .ok_or_else(error)?;
        let minor = match version {
            "latest" => None,
            version => {
                let minor = version
                    .strip_prefix('v')
                    .unwrap_or(version)
                    .strip_prefix("1.")
                    .ok_or_else(error)?;
                if !minor.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(error());
                }
                Some(minor.parse().map_err(|_| error())?)
            }
        };
        Ok(Self::PodSecurity { level, minor })
    }
}

impl fmt::Display for ProfileChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Security => f.write_str("security"),
            Self::All => f.write_str("all"),
            Self::Framework(framework) => f.write_str(framework.id()),
            Self::PodSecurity { level, minor: None } => write!(f, "pss-{}@latest", level.as_str()),
            Self::PodSecurity {
                level,
                minor: Some(minor),
            } => write!(f, "pss-{}@1.{minor}", level.as_str()),
        }
    }
}

/// What a project has decided about its images. A place is a registry or a path in one, in whole parts: `quay.io`,
/// `ghcr.io/acme`; an account without a registry is one of Docker Hub; a registry stands for its subdomains, too
/// (`amazonaws.com`).
#[derive(Clone, Debug, Default)]
pub struct ImageOptions {
    /// Places that images may come from; empty for no list.
    pub allowed: Vec<String>,
    /// Places that images must not come from, unless a longer place in `allowed` says otherwise.
    pub denied: Vec<String>,
    /// Tags that move, besides `latest`.
    pub floating_tags: Vec<String>,
    /// Places whose images need no digest.
    pub without_digest: Vec<String>,
}

/// How much one container may ask for, as a project has decided; `None` for no ceiling.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResourceOptions {
    /// Ceiling of `requests.cpu`.
    pub max_cpu_request: Option<Quantity>,
    /// Ceiling of `limits.cpu`.
    pub max_cpu_limit: Option<Quantity>,
    /// Ceiling of `requests.memory`.
    pub max_memory_request: Option<Quantity>,
    /// Ceiling of `limits.memory`.
    pub max_memory_limit: Option<Quantity>,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these checks, whatever their profile; empty for all of the profile.
    pub select: Vec<Selector>,
    /// None of these checks.
    pub ignore: Vec<Selector>,
    /// Drop findings below this.
    pub min_severity: Option<Severity>,
    /// Which set of checks.
    pub profile: ProfileChoice,
    /// Minor version of Kubernetes 1.x that the objects are for; `None` for the latest that is known.
    pub kubernetes: Option<u16>,
    /// What the project has decided about its images.
    pub images: ImageOptions,
    /// How much one container may ask for.
    pub resources: ResourceOptions,
    /// What the project has decided to live with.
    pub suppress: SuppressOptions,
    /// The time at which certificates, versions and expiry dates are judged; `None` leaves out what depends on it.
    pub now: Option<Timestamp>,
}

impl Options {
    /// Whether a check runs.
    #[must_use]
    pub fn enables(&self, check: &Check) -> bool {
        let names = |list: &[Selector]| list.iter().any(|selector| selector.matches(check));
        !names(&self.ignore) && self.selects(check)
    }

    /// Whether a worse check takes the word where both could speak of one cause. In the profile of everything each
    /// speaks for itself, so that whoever looks for one of them, or for another tool's id, finds it.
    #[must_use]
    pub fn gives_way_to(&self, worse: &Check) -> bool {
        let is_everything = self.select.is_empty() && self.profile == ProfileChoice::All;
        !is_everything && self.selects(worse)
    }

    /// Whether a check would run if nothing were ignored. Where several checks could speak of one cause, the worst
    /// that is selected does; one that is ignored keeps its causes, so that ignoring it does not wake the next.
    #[must_use]
    pub fn selects(&self, check: &Check) -> bool {
        let is_standard = check.profile == Profile::PodSecurity;
        let standards_asked = matches!(self.profile, ProfileChoice::PodSecurity { .. });
        if !self.select.is_empty() {
            // The standards' checks repeat what other checks of pods say: `--select POD` does not mean them.
            return self.select.iter().any(|selector| {
                if is_standard && !standards_asked {
                    selector.is_exactly(check)
                } else {
                    selector.matches(check)
                }
            });
        }
        match &self.profile {
            ProfileChoice::Security => check.profile == Profile::Security,
            ProfileChoice::All => check.profile <= Profile::All,
            ProfileChoice::Framework(framework) => {
                !is_standard && crate::frameworks::answers(*framework, check)
            }
            ProfileChoice::PodSecurity { .. } => is_standard,
        }
    }

    /// Whether a finding of a check that runs is asked for. One that other tools call by part of the check's names only
    /// is not, where the check is selected by another of these names.
    pub(crate) fn keeps(&self, finding: &Finding) -> bool {
        finding.own_aliases.is_none()
            || self.select.is_empty()
            || self
                .select
                .iter()
                .any(|selector| selector.matches_finding(finding))
    }

    /// Whether the findings of a check that only hardening is about are asked for: by `--profile all`, or by selecting
    /// the check.
    pub(crate) fn asks_for_hardening(&self, check: &Check) -> bool {
        self.selects(check) && (!self.select.is_empty() || self.profile == ProfileChoice::All)
    }
}
