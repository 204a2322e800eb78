//! One thread.

use std::sync::{Arc, OnceLock};

use super::{Container, FdTable, list::ThreadList, path, stored::LastEvent};
use crate::Text;

/// What is known of one thread; of a process, it is the main thread that knows it.
///
/// Numbers of threads and processes are those of the root PID namespace unless a name says otherwise; -1 where they are not
/// known. Times are nanoseconds since 1970, 0 where they are not known.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// Its number.
    pub tid: i64,
    /// Its process.
    pub pid: i64,
    /// The process that is its parent.
    pub ptid: i64,
    /// The thread that takes its children when it exits.
    pub reaper: i64,
    /// Its session, as its PID namespace numbers it.
    pub sid: i64,
    /// Its process group, as its PID namespace numbers it.
    pub vpgid: i64,
    /// Its process group, as the root PID namespace numbers it.
    pub pgid: i64,
    /// Its number in its PID namespace.
    pub vtid: i64,
    /// Its process in its PID namespace.
    pub vpid: i64,
    /// Its name: at most 15 bytes.
    pub comm: Text,
    /// The first of its arguments.
    pub exe: Text,
    /// The path of its executable.
    pub exepath: Text,
    /// Its arguments without the first, each ended by NUL.
    pub args: Text,
    /// Its environment, each entry ended by NUL.
    pub env: Text,
    /// Its cgroups.
    pub cgroups: Cgroups,
    /// The working directory, with a slash at its end; of the process.
    pub cwd: Text,
    /// The root directory.
    pub root: Text,
    /// Facts that are true or false.
    pub flags: ThreadFlags,
    /// `CLONE_*` bits that it was made with, and what the state adds to them.
    pub clone_flags: u32,
    /// How many descriptors it may have.
    pub fd_limit: i64,
    /// Its user.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
    /// The user who logged in.
    pub loginuid: u32,
    /// Permitted capabilities.
    pub cap_permitted: u64,
    /// Effective capabilities.
    pub cap_effective: u64,
    /// Inheritable capabilities.
    pub cap_inheritable: u64,
    /// The inode of its executable.
    pub exe_ino: u64,
    /// When the executable's inode changed.
    pub exe_ino_ctime: u64,
    /// When the executable's content changed.
    pub exe_ino_mtime: u64,
    /// Nanoseconds from the change of the executable's inode to when the thread was made, as the last `execve` found them.
    pub exe_ino_ctime_to_clone: u64,
    /// Nanoseconds from the start of the PID namespace to the change of the executable's inode, as the last `execve` found
    /// them; 0 where the inode is older.
    pub pidns_start_to_exe_ino_ctime: u64,
    /// When the first process of its PID namespace started.
    pub pidns_init_start: u64,
    /// When it was made.
    pub clone_time: u64,
    /// When it last became another program.
    pub exec_time: u64,
    /// KiB of virtual memory.
    pub vm_size: u32,
    /// KiB of resident memory.
    pub vm_rss: u32,
    /// KiB in swap.
    pub vm_swap: u32,
    /// Major page faults.
    pub major_faults: u64,
    /// Minor page faults.
    pub minor_faults: u64,
    /// The terminal that controls it.
    pub tty: u32,
    /// Threads that it is the parent of, as far as they are followed; some may have ended.
    pub(super) children: ThreadList,
    /// How often it was given to a parent.
    pub(super) moves: u8,
    /// The process whose list of threads has it; `None` before it is linked.
    pub(super) group: Option<i64>,
    /// Its descriptors; of a main thread.
    pub fds: FdTable,
    /// The descriptor that its last event was about: what `fd.num` shows; -1 where it was about none.
    pub last_fd: i64,
    /// Nanoseconds that it ran on CPUs, as switches between threads tell.
    pub on_cpu: u64,
    /// Ticks of the CPU that it had used when the timer last told, in user mode and in the kernel.
    pub ticks: Option<(u64, u64)>,
    /// When it was last seen.
    pub last_seen: u64,
    /// What is kept of its last event.
    pub(super) last: LastEvent,
}

/// Facts of a thread that are true or false.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ThreadFlags {
    /// Its user may write to its executable.
    pub exe_writable: bool,
    /// Its executable lies in the upper layer of an overlay: it was not in the image.
    pub exe_upper_layer: bool,
    /// Its executable lies in the lower layer of an overlay.
    pub exe_lower_layer: bool,
    /// Its executable is in memory only.
    pub exe_from_memfd: bool,
    /// It exited, or was killed, and is only remembered for others.
    pub dead: bool,
}

/// Bits of [`Thread::clone_flags`] that decide something here (`PPM_CL_*`).
pub mod clone_flag {
    /// It shares its descriptors with the one who made it.
    pub const FILES: u32 = 1;
    /// It is the first of a new PID namespace.
    pub const NEW_PID: u32 = 1 << 6;
    /// Its parent is the parent of the one who made it.
    pub const PARENT: u32 = 1 << 8;
    /// It is a thread of the process that made it.
    pub const THREAD: u32 = 1 << 13;
    /// Its own event came before that of the one who made it.
    pub const INVERTED: u32 = 1 << 16;
    /// It has its own user namespace.
    pub const NEW_USER: u32 = 1 << 20;
    /// Its standard output was replaced: the left side of a shell's pipe.
    pub const PIPE_SRC: u32 = 1 << 21;
    /// Its standard input was replaced: the right side of a shell's pipe.
    pub const PIPE_DST: u32 = 1 << 22;
    /// The one who made it waits until it ends or becomes another program.
    pub const VFORK: u32 = 1 << 27;
    /// It is in a PID namespace that is not the root one.
    pub const CHILD_IN_PIDNS: u32 = 1 << 29;
    /// It is the first thread of its process, whatever its number.
    pub const MAIN_THREAD: u32 = 1 << 30;
}

/// The cgroups of a thread.
#[derive(Clone, Debug, Default)]
pub struct Cgroups {
    /// `subsystem=path`, each ended by NUL, as the event gives them.
    text: Text,
    /// The container that they name, once somebody asked.
    container: OnceLock<Option<Arc<Container>>>,
}

impl Cgroups {
    /// Cgroups as events and captures write them: `subsystem=path`, each ended by NUL. `None` where one has no `=`: then
    /// none of them counts.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let valid = entries(bytes).all(|entry| entry.contains(&b'='));
        valid.then(|| Self {
            text: bytes.into(),
            container: OnceLock::new(),
        })
    }

    /// Whether these are the bytes that they were read from.
    #[must_use]
    pub fn is_from(&self, bytes: &[u8]) -> bool {
        *self.text == *bytes
    }

    /// As they were read.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// Subsystem and path of each. Subsystems have the names that they have in `/proc/PID/cgroup`, not those of the
    /// kernel's sources.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        entries(&self.text).filter_map(|entry| {
            let at = memchr::memchr(b'=', entry)?;
            Some((subsystem(entry.get(..at)?), entry.get(at + 1..)?))
        })
    }

    /// The container that they name; `None` for what runs on the host itself.
    #[must_use]
    pub fn container(&self) -> Option<&Container> {
        self.container
            .get_or_init(|| Container::of(self).map(Arc::new))
            .as_deref()
    }
}

fn subsystem(name: &[u8]) -> &[u8] {
    let name = memchr::memmem::find(name, b"_cgroup")
        .and_then(|at| name.get(..at))
        .unwrap_or(name);
    match name {
        b"perf" => b"perf_event",
        b"mem" => b"memory",
        b"io" => b"blkio",
        _ => name,
    }
}

impl Thread {
    /// A thread of which only the number is known.
    #[must_use]
    pub fn unknown(tid: i64) -> Self {
        Self {
            comm: Text::from(UNKNOWN),
            exe: Text::from(UNKNOWN),
            ..Self::new(tid)
        }
    }

    /// A thread that the other fields are still to be filled of.
    #[must_use]
    pub fn new(tid: i64) -> Self {
        Self {
            tid,
            pid: -1,
            ptid: -1,
            reaper: -1,
            sid: -1,
            vpgid: -1,
            pgid: -1,
            vtid: -1,
            vpid: -1,
            fd_limit: -1,
            uid: u32::MAX,
            gid: u32::MAX,
            loginuid: u32::MAX,
            ..Self::default()
        }
    }

    /// Whether it is the first thread of its process.
    #[must_use]
    #[inline]
    pub fn is_main(&self) -> bool {
        self.tid == self.pid || self.has(clone_flag::MAIN_THREAD)
    }

    /// Whether nothing but its number is known, so that it has no process and no parent.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.tid < 0 || self.pid < 0 || self.ptid < 0
    }

    /// Whether it runs in a PID namespace that is not the root one.
    #[must_use]
    pub fn in_pid_namespace(&self) -> bool {
        self.has(clone_flag::CHILD_IN_PIDNS) || (self.tid != self.vtid && self.vtid >= 0)
    }

    /// The thread whose table has its descriptors: its own, or that of the first thread of its process.
    #[must_use]
    #[inline]
    pub fn fd_owner(&self) -> i64 {
        if self.has(clone_flag::FILES) && !self.has(clone_flag::MAIN_THREAD) {
            self.pid
        } else {
            self.tid
        }
    }

    /// Its arguments without the first.
    pub fn args(&self) -> impl Iterator<Item = &[u8]> {
        entries(&self.args)
    }

    /// The entries of its environment.
    pub fn env(&self) -> impl Iterator<Item = &[u8]> {
        entries(&self.env)
    }

    #[inline]
    pub(super) fn has(&self, bits: u32) -> bool {
        self.clone_flags & bits != 0
    }

    /// Gives it cgroups, unless they are none.
    pub(super) fn set_cgroups(&mut self, bytes: &[u8]) {
        if !self.cgroups.is_from(bytes)
            && let Some(cgroups) = Cgroups::parse(bytes)
        {
            self.cgroups = cgroups;
        }
    }

    /// Puts right what lists tell otherwise than events do: only a main thread knows directory and environment.
    pub(super) fn finish_listed(&mut self) {
        if self.is_main() {
            self.cwd = directory(b"", &self.cwd);
        } else {
            self.cwd = Text::default();
            self.env = Text::default();
        }
        let exepath = self.exepath.clone();
        self.set_exepath(&exepath);
        self.last_fd = 0;
    }

    /// Gives it the path of an executable, which may have been deleted since.
    pub(super) fn set_exepath(&mut self, path: &[u8]) {
        let path = match path.strip_suffix(b" (deleted)") {
            Some(path) if !path.is_empty() => path,
            _ => path,
        };
        share(&mut self.exepath, path);
    }
}

/// The directory that a path leads to from another, with a slash at its end.
pub(super) fn directory(from: &[u8], path: &[u8]) -> Text {
    let mut directory = path::join(from, path);
    if directory.last() != Some(&b'/') {
        directory.push(b'/');
    }
    directory.into()
}

/// Gives a text these bytes, and keeps it as it is where it has them: others may share it.
pub(super) fn share(text: &mut Text, bytes: &[u8]) {
    if **text != *bytes {
        *text = if bytes.is_empty() {
            Text::default()
        } else {
            Text::from(bytes)
        };
    }
}

/// What Falco calls a thread that it knows nothing of.
const UNKNOWN: &[u8] = b"<NA>";

/// Entries that are each ended by NUL; what follows the last NUL is one too.
pub(super) fn entries(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let whole = bytes.strip_suffix(&[0]).unwrap_or(bytes);
    whole
        .split(|byte| *byte == 0)
        .take(if whole.is_empty() { 0 } else { usize::MAX })
}
