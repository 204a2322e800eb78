//! Audit logs of API servers, read from end to end.

use std::{
    io::{self, Read},
    path::Path,
};

use ciel_falco::audit::{AuditEvent, AuditLog};

use crate::output;

/// Gives out the events of a log in order; whether all of it could be read. Says what could not.
pub(super) fn read(
    file: &Path,
    input: impl Read,
    mut take: impl FnMut(&AuditEvent) -> io::Result<()>,
) -> io::Result<bool> {
    let mut log = AuditLog::new(input);
    for event in log.by_ref() {
        take(&event)?;
    }
    let diagnostics = log.into_diagnostics();
    for diagnostic in &diagnostics {
        output::note(&format!(
            "warning: {}: {}",
            file.display(),
            diagnostic.message
        ));
    }
    Ok(diagnostics.is_empty())
}
