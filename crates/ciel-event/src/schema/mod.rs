//! What each of the events is: its name, category, flags and parameters. Facts of `driver/event_table.c` and
//! `driver/flags_table.c` of falcosecurity/libs, written by `cargo xtask schema`.

pub mod codes;
mod events;
pub mod names;
mod native;
mod syscalls;
mod types;

pub use native::native_syscall_name;
pub use types::{
    Category, EventCode, EventFlags, EventInfo, EventSource, Format, NamedValue, ParamInfo,
    ParamType, Refers,
};

/// Events that the table knows; a larger code comes from a newer writer.
pub const EVENTS: usize = events::EVENTS.len();

/// Parameters that an event has at most.
pub const MAX_PARAMS: usize = 32;

impl EventCode {
    /// The declaration of this event; of a code that the table does not know, that of an unused one.
    #[must_use]
    pub fn info(self) -> &'static EventInfo {
        events::EVENTS
            .get(usize::from(self.0))
            .unwrap_or(&events::UNKNOWN)
    }

    /// Whether it is the beginning of a system call that is recorded only so that the end can be compared with it, since a
    /// program may change a path between the kernel's two readings of it. Rules never see such.
    #[must_use]
    pub const fn is_entry_of_race(self) -> bool {
        matches!(
            self,
            codes::SYSCALL_OPEN_E
                | codes::SYSCALL_OPENAT_2_E
                | codes::SYSCALL_OPENAT2_E
                | codes::SYSCALL_CREAT_E
                | codes::SOCKET_CONNECT_E
                | codes::SYSCALL_EXECVE_19_E
                | codes::SYSCALL_EXECVEAT_E
        )
    }

    /// All codes of the table, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(EventCode).take(EVENTS)
    }
}

/// The name of a system call by its `PPM_SC` code, which is not the kernel's number.
#[must_use]
pub fn syscall_name(code: u16) -> Option<&'static str> {
    syscalls::SYSCALLS.get(usize::from(code)).copied()
}

/// All names of system calls and tracepoints, in the order of their `PPM_SC` codes.
#[must_use]
pub fn syscall_names() -> &'static [&'static str] {
    syscalls::SYSCALLS
}
