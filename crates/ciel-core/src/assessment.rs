//! What a scan says of the controls of a framework.

use crate::Framework;

/// How a control came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlStatus {
    /// A check that answers it found something.
    Failed,
    /// Checks that answer it had something to look at, and found nothing.
    Passed,
    /// Nothing in the input is what it is about.
    NotApplicable,
    /// A person has to look: nothing that Ciel reads answers it, or what was found is only worth a look.
    Manual,
}

impl ControlStatus {
    /// All, in the order of reports.
    pub const ALL: [Self; 4] = [
        Self::Failed,
        Self::Passed,
        Self::NotApplicable,
        Self::Manual,
    ];

    /// The words for people.
    #[must_use]
    pub const fn as_words(self) -> &'static str {
        match self {
            Self::NotApplicable => "not applicable",
            other => other.as_str(),
        }
    }

    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Passed => "passed",
            Self::NotApplicable => "not-applicable",
            Self::Manual => "manual",
        }
    }
}

/// What became of one control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlResult {
    /// The id as the framework writes it.
    pub id: &'static str,
    /// The framework's own title.
    pub title: &'static str,
    /// How it came out.
    pub status: ControlStatus,
    /// Why, in a line.
    pub reason: String,
    /// Codes of the checks that answer it.
    pub checks: Vec<&'static str>,
    /// Findings that count against it.
    pub findings: usize,
    /// Findings that somebody has decided to live with.
    pub suppressed: usize,
}

/// All controls of a framework, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Which framework.
    pub framework: Framework,
    /// The profile that was asked for: `cis-1.12`, `pss-baseline@1.29`.
    pub profile: String,
    /// Its name and version, as people say it.
    pub title: String,
    /// Its controls.
    pub controls: Vec<ControlResult>,
}

impl Assessment {
    /// Number of controls that came out so.
    #[must_use]
    pub fn count(&self, status: ControlStatus) -> usize {
        let controls = self.controls.iter();
        controls.filter(|control| control.status == status).count()
    }

    /// How many of a hundred controls that could be judged have passed, rounded down, so that 100 means all; `None`
    /// where none could be judged.
    #[must_use]
    pub fn percent(&self) -> Option<usize> {
        let passed = self.count(ControlStatus::Passed);
        let judged = passed + self.count(ControlStatus::Failed);
        (passed * 100).checked_div(judged)
    }
}
