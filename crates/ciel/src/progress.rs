//! Progress on standard error, for a person who has waited half a second.

use std::{
    io::{IsTerminal as _, stderr},
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use ciel_load::{Phase, Progress};
use indicatif::{ProgressBar, ProgressStyle};

const PATIENCE: Duration = Duration::from_millis(500);
const REFRESH: Duration = Duration::from_millis(100);

/// Shows progress until it is dropped.
pub(crate) struct ProgressLine(Option<(Sender<()>, JoinHandle<()>)>);

impl ProgressLine {
    /// Shows nothing.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Shows what loading is at.
    pub(crate) fn watch(progress: &Arc<Progress>) -> Self {
        let progress = Arc::clone(progress);
        Self::show(move || describe(&progress))
    }

    /// Shows what `describe` says, if a person is there to see it.
    pub(crate) fn show(describe: impl Fn() -> String + Send + 'static) -> Self {
        if !stderr().is_terminal() {
            return Self(None);
        }
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            while stopped.recv_timeout(REFRESH) == Err(RecvTimeoutError::Timeout) {
                bar.set_message(describe());
                bar.tick();
            }
            bar.finish_and_clear();
        });
        Self(Some((stop, thread)))
    }
}

fn describe(progress: &Progress) -> String {
    let (found, read, megabytes) = (
        progress.files_found(),
        progress.files_read(),
        progress.bytes() >> 20,
    );
    match progress.phase() {
        Phase::Finding => format!("looking for files: {found} found"),
        Phase::Reading => format!("reading: {read} of {found} files, {megabytes} MiB"),
        Phase::Rendering => format!("rendering charts and kustomizations ({read} files read)"),
        Phase::Done => format!("judging {read} files, {megabytes} MiB"),
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.0.take() {
            drop(stop);
            // A failed progress line is no reason to fail.
            let _ = thread.join();
        }
    }
}
