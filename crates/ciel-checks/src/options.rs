use ciel_core::{Check, Framework, Profile, PssLevel, Selector, Severity};

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
}

impl Options {
    /// Whether a check runs.
    #[must_use]
    pub fn enables(&self, check: &Check) -> bool {
        let names = |list: &[Selector]| list.iter().any(|selector| selector.matches(check));
        if names(&self.ignore) {
            return false;
        }
        if !self.select.is_empty() {
            return names(&self.select);
        }
        match &self.profile {
            ProfileChoice::Security => check.profile == Profile::Security,
            ProfileChoice::All => check.profile <= Profile::All,
            ProfileChoice::Framework(framework) => check
                .frameworks
                .iter()
                .any(|control| control.framework == *framework),
            ProfileChoice::PodSecurity { .. } => check.profile == Profile::PodSecurity,
        }
    }
}
