use ciel_snapshot::Snapshot;

/// Analyses that several checks share, each made at the first question.
#[derive(Debug)]
pub struct Analyses<'s> {
    snapshot: &'s Snapshot,
}

impl<'s> Analyses<'s> {
    /// Nothing is computed yet.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot }
    }

    /// The snapshot that they are about.
    #[must_use]
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }
}
