//! What is kept of a thread's last event: the beginning of a system call, until its end comes.

use crate::{
    Event, Params,
    schema::{EventCode, codes},
};

/// What is kept of the last event of a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct LastEvent {
    /// The last beginning of a system call, and whatever has no end.
    code: Option<EventCode>,
    /// Its parameters, where the end of the call may need them.
    stored: Option<Box<StoredEvent>>,
    /// Whether the event that is looked at now is the end of that call.
    valid: bool,
}

/// An event with bytes of its own.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    time: u64,
    tid: i64,
    cpu: u16,
    code: EventCode,
    data: Box<[u8]>,
    lengths: Box<[u32]>,
}

impl StoredEvent {
    /// The event as it was seen.
    #[must_use]
    pub fn event(&self) -> Event<'_> {
        Event {
            time: self.time,
            tid: self.tid,
            cpu: self.cpu,
            code: self.code,
            params: Params::new(&self.data, self.lengths.iter().copied()),
        }
    }

    fn of(event: &Event<'_>) -> Self {
        let data: Vec<u8> = event.params.iter().flatten().copied().collect();
        Self {
            time: event.time,
            tid: event.tid,
            cpu: event.cpu,
            code: event.code,
            data: data.into(),
            lengths: event
                .params
                .iter()
                .map(|param| u32::try_from(param.len()).unwrap_or(0))
                .collect(),
        }
    }
}

impl LastEvent {
    /// Notes that a call began, or that something happened that has no end.
    #[inline]
    pub(super) fn begin(&mut self, code: EventCode) {
        self.code = Some(code);
    }

    /// Keeps the parameters of the beginning of a call.
    pub(super) fn store(&mut self, event: &Event<'_>) {
        self.stored = Some(Box::new(StoredEvent::of(event)));
    }

    /// Notes the end of a call; whether it is the end of the call that began last.
    #[inline]
    pub(super) fn end(&mut self, code: EventCode) -> bool {
        self.valid = self.code.is_some_and(|begun| {
            begun.0 + 1 == code.0
                || (code == codes::SYSCALL_EXECVE_19_X && begun == codes::SYSCALL_EXECVEAT_E)
        });
        self.valid
    }

    /// The beginning of the call that ends with the event that is looked at now.
    pub(super) fn enter(&self, exit: EventCode) -> Option<&StoredEvent> {
        let stored = self.stored.as_deref().filter(|_| self.valid)?;
        let fits = stored.code.0 + 1 == exit.0
            || (exit == codes::SYSCALL_EXECVE_19_X && stored.code == codes::SYSCALL_EXECVEAT_E);
        fits.then_some(stored)
    }

    /// Forgets the beginning of the call whose end was looked at.
    #[inline]
    pub(super) fn forget(&mut self) {
        if self.stored.is_some() {
            self.stored = None;
            self.valid = false;
        }
    }
}

impl super::Thread {
    /// The beginning of the system call whose end, an event of this code, is looked at now, where it was kept.
    #[must_use]
    pub fn enter_event(&self, exit: EventCode) -> Option<&StoredEvent> {
        self.last.enter(exit)
    }
}
