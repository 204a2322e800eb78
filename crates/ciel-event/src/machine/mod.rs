//! What the events so far tell of the machine: its threads, their descriptors, its users.
//!
//! [`Machine::observe`] takes each event once, in order, and changes the state; [`Machine::context`] then shows the event
//! together with the thread and descriptor that it is about, for as long as nothing else is observed. What an event ends (a
//! thread that exits, a descriptor that is closed) still stands when the event is looked at, and is gone with the next one.

mod container;
mod containers;
mod cpu;
mod exits;
mod family;
mod fd;
mod groups;
mod interfaces;
mod limits;
mod list;
mod parse;
pub mod path;
mod room;
mod seen;
mod stored;
#[cfg(test)]
mod testing;
mod thread;
mod threads;
mod users;

pub use container::{Container, Runtime};
pub use containers::{ContainerFacts, Containers, Mount};
pub use family::Ancestors;
use fd::O_CLOEXEC;
pub use fd::{Fd, FdKind, FdMarks, FdTable, L4, Listed};
pub use limits::MachineLimits;
pub use seen::{Context, Seen};
pub use stored::StoredEvent;
pub use thread::{Cgroups, Thread, ThreadFlags, clone_flag};
pub use threads::Threads;
pub use users::{Group, User, Users};

use crate::Event;

/// What is known of a machine.
#[derive(Debug, Default)]
pub struct Machine {
    /// Facts that do not change.
    pub info: MachineInfo,
    /// Its threads, with their descriptors.
    pub threads: Threads,
    /// Its users and groups.
    pub users: Users,
    /// Addresses of its interfaces.
    pub interfaces: Vec<Interface>,
    /// What runtimes told of containers.
    pub containers: Containers,
    /// Whether all that runs counts as the host's, whatever the cgroups say.
    pub no_containers: bool,
    limits: MachineLimits,
    room: room::Room,
    /// What the last event ended, still to be removed.
    ended: seen::Ended,
    /// When each CPU last went to another thread.
    switches: Vec<u64>,
    /// Events observed.
    count: u64,
    /// When the first event and the last one that rules see were.
    times: seen::Times,
    /// Whether the threads that lists told of are related to one another.
    linked: bool,
}

/// What a capture or the kernel says of the machine itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MachineInfo {
    /// Its CPUs.
    pub cpus: u32,
    /// Bytes of memory.
    pub memory: u64,
    /// The largest PID.
    pub max_pid: u64,
    /// Its name, without NUL.
    pub hostname: Vec<u8>,
    /// Nanoseconds since 1970 of its boot; 0 where it is not known.
    pub boot_time: u64,
    /// Bits that the writer set.
    pub flags: u64,
}

/// A network interface and its address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interface {
    /// Its name.
    pub name: Vec<u8>,
    /// Its address.
    pub address: std::net::IpAddr,
    /// Its network's mask, as an address.
    pub netmask: std::net::IpAddr,
    /// Its broadcast address.
    pub broadcast: std::net::IpAddr,
    /// Bits per second; 0 where it is not known.
    pub speed: u64,
}

impl Machine {
    /// A machine of which nothing is known yet.
    #[must_use]
    pub fn new(limits: MachineLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Forgets all: what follows comes from another machine (a merged capture).
    pub fn reset(&mut self) {
        *self = Self {
            no_containers: self.no_containers,
            ..Self::new(self.limits)
        };
    }

    /// Lets an event of the current schema change the state. Events must come in the order of the capture.
    pub fn observe(&mut self, event: &Event<'_>) -> Seen {
        if !self.linked {
            self.finish_lists();
        }
        self.remove_ended(event.time);
        self.threads.purge(event.time, self.limits.idle);
        self.count += 1;
        let mut seen = Seen::new(self.count);
        parse::apply(self, event, &mut seen);
        self.times.pass(event, &mut seen);
        cpu::apply(self, event, &mut seen);
        containers::apply(self, event, &seen);
        seen
    }

    /// The open descriptor of this number of a thread; of a thread that shares its process's, one of those.
    #[must_use]
    #[inline]
    pub fn fd<'a>(&'a self, thread: &'a Thread, number: i64) -> Option<&'a Fd> {
        if number < 0 {
            return None;
        }
        let owner = thread.fd_owner();
        if owner == thread.tid {
            return thread.fds.get(number);
        }
        self.threads.get(owner)?.fds.get(number)
    }

    /// Relates the threads that were listed before the first event to one another. The first event that is observed does the
    /// same; whoever looks at the lists alone calls this.
    pub fn finish_lists(&mut self) {
        self.linked = true;
        let mut all: Vec<i64> = self.threads.iter().map(|thread| thread.tid).collect();
        all.sort_unstable();
        for tid in &all {
            if let Some(thread) = self.threads.get_mut(*tid) {
                thread.finish_listed();
            }
        }
        for tid in all {
            self.threads.link(tid);
        }
        self.finish_listed_sockets();
    }

    /// The thread of this number, made where it is not known; `None` where there is no room.
    fn find_or_make(&mut self, tid: i64, time: u64) -> Option<&mut Thread> {
        if self.threads.touch(tid).is_none() {
            self.threads.make_room(self.limits.threads);
            self.threads.insert(Thread {
                last_seen: time,
                ..Thread::unknown(tid)
            });
        }
        self.threads.touch(tid)
    }

    /// Adds a thread that an event tells of, in place of one of the same number, and relates it to others.
    fn add_thread(&mut self, thread: Thread) {
        let tid = thread.tid;
        if self.threads.get(tid).is_none() {
            self.threads.make_room(self.limits.threads);
        }
        self.threads.insert(thread);
        self.threads.link(tid);
    }

    /// The event together with what it is about.
    #[must_use]
    pub fn context<'a>(&'a self, event: &'a Event<'a>, seen: &'a Seen) -> Context<'a> {
        Context::new(self, event, seen)
    }
}

#[cfg(test)]
mod tests;
