//! Who is related to a thread: its main thread, parents and leaders.

use super::{Thread, Threads};

/// Falco's word for the working directory of a process whose main thread is not known.
const NO_DIRECTORY: &[u8] = b"./";

/// How many generations are looked at. No machine has as many; a capture may say anything.
const DEPTH: u32 = 1024;

impl Threads {
    /// The first thread of the process of this thread, which knows what the process has.
    #[must_use]
    #[inline]
    pub fn main_of<'a>(&'a self, thread: &'a Thread) -> Option<&'a Thread> {
        if thread.is_main() {
            return Some(thread);
        }
        self.get(thread.group?)
            .filter(|main| main.is_main() && main.group == thread.group)
    }

    /// The parent of a thread.
    #[must_use]
    pub fn parent(&self, thread: &Thread) -> Option<&Thread> {
        self.get(thread.ptid)
    }

    /// The process that is `steps` above the process of this thread, by its main thread; itself for 0.
    #[must_use]
    pub fn ancestor<'a>(&'a self, thread: &'a Thread, steps: u32) -> Option<&'a Thread> {
        let mut main = self.main_of(thread).filter(|_| steps <= DEPTH)?;
        for _ in 0..steps {
            main = self.main_of(self.parent(main)?)?;
        }
        Some(main)
    }

    /// The parents of a thread, the nearest first. Ends where parents go round in a circle.
    #[must_use]
    pub fn ancestors<'a>(&'a self, thread: &'a Thread) -> Ancestors<'a> {
        let slow = self.parent(thread);
        Ancestors {
            threads: self,
            left: DEPTH,
            slow,
            fast: slow.and_then(|slow| self.parent(slow)),
        }
    }

    /// The leader that a number of this thread names (its session, its process group): the thread of this number where that is
    /// a number of the root namespace (`of_namespace` is false, or the thread is in none), else the furthest parent up to
    /// which all have the same.
    #[must_use]
    pub fn leader<'a>(
        &'a self,
        thread: &'a Thread,
        number: impl Fn(&Thread) -> i64,
        of_namespace: bool,
    ) -> Option<&'a Thread> {
        let id = number(thread);
        if id == -1 {
            return None;
        }
        if (!of_namespace || !thread.in_pid_namespace())
            && let Some(leader) = self.get(id)
        {
            return Some(leader);
        }
        self.ancestors(thread)
            .take_while(|parent| number(parent) == id)
            .last()
    }

    /// How many threads of the process of this thread live, beside the first.
    #[must_use]
    pub fn other_threads(&self, thread: &Thread) -> u32 {
        let alive = self.live_threads(thread);
        let main = self
            .main_of(thread)
            .is_some_and(|main| main.group.is_some() && !main.flags.dead);
        alive.saturating_sub(u32::from(main))
    }

    /// The working directory of the process of this thread, with a slash at its end.
    #[must_use]
    pub fn cwd<'a>(&'a self, thread: &'a Thread) -> &'a [u8] {
        self.main_of(thread).map_or(NO_DIRECTORY, |main| &main.cwd)
    }

    /// The environment of the process of this thread: each entry.
    pub fn env<'a>(&'a self, thread: &'a Thread) -> impl Iterator<Item = &'a [u8]> {
        super::thread::entries(&self.main_of(thread).unwrap_or(thread).env)
    }
}

/// The parents of a thread.
#[derive(Debug)]
pub struct Ancestors<'a> {
    threads: &'a Threads,
    left: u32,
    slow: Option<&'a Thread>,
    /// Goes two steps for each of the other: where they meet, parents go round in a circle.
    fast: Option<&'a Thread>,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Thread;

    fn next(&mut self) -> Option<&'a Thread> {
        self.left = self.left.checked_sub(1)?;
        let current = self.slow.filter(|slow| slow.tid != -1)?;
        self.slow = self.threads.parent(current);
        for _ in 0..2 {
            self.fast = self.fast.and_then(|fast| self.threads.parent(fast));
            if let Some(slow) = self.slow
                && (self.fast.is_some_and(|fast| fast.tid == slow.tid) || slow.tid == slow.ptid)
            {
                self.slow = None;
            }
        }
        Some(current)
    }
}
