//! Exit codes: a contract with whoever calls Ciel.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; nothing at or above `--fail-on`.
    Clean,
    /// Done; findings at or above `--fail-on`.
    Findings,
    /// Wrong use, or an internal error: nothing can be concluded.
    Wrong,
    /// Done, but something could not be read or judged.
    Incomplete,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Wrong => 2,
            Exit::Incomplete => 3,
        })
    }
}

/// Whether an error is a reader that went away (`ciel checks | head`), which is nobody's fault.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}
