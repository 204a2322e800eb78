//! How threads belong together: threads to processes, children to parents; and what the end of one does to the others.

use std::collections::hash_map::Entry;

use super::{Thread, Threads, list::ThreadList};

/// What is known of a process beside its threads.
#[derive(Debug, Default)]
pub(super) struct Process {
    /// Threads of it that live.
    pub(super) alive: u32,
    /// Whether it takes the children of those below it that end (`PR_SET_CHILD_SUBREAPER`, or the first of a PID namespace).
    pub(super) reaper: bool,
    /// Its threads, the main one first where it is known. Some may have ended.
    threads: ThreadList,
}

/// How far up a parent that takes children is looked for.
const DEPTH: usize = 256;

/// How often a child is given to another parent and still followed: what many threads that end one after the other give to
/// each other would be moved again and again.
const MOVES: u8 = 64;

impl Threads {
    /// Relates a thread to its process and parent, once. A thread of which nothing is known has neither.
    pub(super) fn link(&mut self, tid: i64) {
        let Some(thread) = self
            .get(tid)
            .filter(|thread| !thread.is_invalid() && thread.group.is_none())
        else {
            return;
        };
        let (pid, ptid, main) = (thread.pid, thread.ptid, thread.is_main());
        let reaper = pid == 1 || thread.vpid == 1;
        match self.processes.entry(pid) {
            Entry::Occupied(mut process) => {
                let process = process.get_mut();
                process.alive += 1;
                process.threads.add(tid, main);
            }
            Entry::Vacant(place) => {
                let process = place.insert(Process {
                    alive: 1,
                    reaper,
                    ..Process::default()
                });
                process.threads.add(tid, main);
            }
        }
        if let Some(thread) = self.get_mut(tid) {
            thread.group = Some(pid);
        }
        if pid != 1 {
            self.adopt(tid, ptid);
        }
    }

    /// Makes a thread the child of another, or of none where that is not known.
    fn adopt(&mut self, tid: i64, parent: i64) {
        let known = self.get(parent).is_some_and(|parent| !parent.is_invalid());
        let Some(thread) = self.get_mut(tid) else {
            return;
        };
        thread.ptid = if known { parent } else { 0 };
        let followed = thread.moves < MOVES;
        thread.moves = thread.moves.saturating_add(1);
        if let Some(parent) = self.get_mut(parent).filter(|_| known && followed) {
            parent.children.add(tid, false);
        }
    }

    /// Marks a thread as ended. It stays until it is removed.
    pub(super) fn end(&mut self, tid: i64) {
        let Some(thread) = self.get_mut(tid).filter(|thread| !thread.flags.dead) else {
            return;
        };
        thread.flags.dead = true;
        if let Some(process) = thread.group.and_then(|pid| self.processes.get_mut(&pid)) {
            process.alive = process.alive.saturating_sub(1);
        }
    }

    /// Takes back that a thread ended: it lives under the number of a main thread that did.
    pub(super) fn resurrect(&mut self, tid: i64) {
        let Some(thread) = self.get_mut(tid).filter(|thread| thread.flags.dead) else {
            return;
        };
        thread.flags.dead = false;
        if let Some(process) = thread.group.and_then(|pid| self.processes.get_mut(&pid)) {
            process.alive += 1;
        }
    }

    /// Removes a thread that ended, or of which the end was lost. Its children get the parent that the kernel would give
    /// them; a main thread stays for as long as its process has others.
    pub fn remove(&mut self, tid: i64) {
        self.end(tid);
        let Some(thread) = self.get(tid) else {
            return;
        };
        let (pid, ptid, main) = (thread.pid, thread.ptid, thread.is_main());
        let Some(group) = thread.group.filter(|_| !thread.is_invalid()) else {
            self.take(tid);
            self.disown(tid, ptid);
            return;
        };
        if !thread.children.is_empty() {
            self.reparent_children(tid);
        }
        let last = self
            .processes
            .get(&group)
            .is_none_or(|process| process.alive == 0);
        if last {
            self.processes.remove(&group);
            self.take(pid);
            self.disown(pid, ptid);
        }
        if !main {
            if let Some(process) = self.processes.get_mut(&group) {
                process.threads.remove(tid);
            }
            self.take(tid);
            self.disown(tid, ptid);
        }
    }

    /// The other threads of a process end when one of them becomes another program.
    pub(super) fn remove_others(&mut self, tid: i64) {
        let group = self.get(tid).and_then(|thread| thread.group);
        let Some(process) = group.and_then(|pid| self.processes.get(&pid)) else {
            return;
        };
        if process.alive <= 1 {
            return;
        }
        for other in process.threads.to_vec() {
            if other != tid
                && self
                    .get(other)
                    .is_some_and(|other| !other.is_main() && other.group == group)
            {
                self.remove(other);
            }
        }
    }

    /// Whether the process of a thread takes the children of those below it that end.
    pub(super) fn set_reaper(&mut self, tid: i64, reaper: bool) {
        let group = self.get(tid).and_then(|thread| thread.group);
        if let Some(process) = group.and_then(|pid| self.processes.get_mut(&pid)) {
            process.reaper = reaper;
        }
    }

    /// How many threads of the process of this thread live; 0 where nothing is known of it.
    #[must_use]
    pub fn live_threads(&self, thread: &Thread) -> u32 {
        thread
            .group
            .and_then(|pid| self.processes.get(&pid))
            .map_or(0, |process| process.alive)
    }

    fn disown(&mut self, tid: i64, parent: i64) {
        if let Some(parent) = self.get_mut(parent) {
            parent.children.remove(tid);
        }
    }

    fn reparent_children(&mut self, tid: i64) {
        let Some(thread) = self.get_mut(tid) else {
            return;
        };
        let children = std::mem::take(&mut thread.children);
        let (pid, told) = (thread.pid, thread.reaper);
        let reaper = Some(told)
            .filter(|told| *told > 0 && *told != tid)
            .and_then(|told| self.get(told))
            .filter(|reaper| !reaper.is_invalid())
            .map(|reaper| reaper.tid)
            .or_else(|| self.find_reaper(tid));
        if let Some(reaper) = reaper {
            if let Some(thread) = self.get_mut(tid) {
                thread.reaper = reaper;
            }
            if self.get(reaper).is_some_and(|reaper| reaper.pid != pid) {
                self.set_reaper(reaper, true);
            }
        }
        for child in children.to_vec() {
            // The list may have numbers of children that ended, and that others have now.
            if self.get(child).is_some_and(|child| child.ptid == tid) {
                self.adopt(child, reaper.unwrap_or(0));
            }
        }
    }

    /// Who gets the children of a thread that ends: another thread of its process, or the next process above it that takes
    /// such, in the same kind of PID namespace.
    fn find_reaper(&self, tid: i64) -> Option<i64> {
        let thread = self.get(tid)?;
        if let Some(other) = self.live_thread(thread, tid) {
            return Some(other);
        }
        let namespaced = thread.in_pid_namespace();
        let mut above = thread.ptid;
        for _ in 0..DEPTH {
            let parent = self.get(above).filter(|parent| parent.tid != tid)?;
            if parent.in_pid_namespace() != namespaced {
                return None;
            }
            let reaps = parent
                .group
                .and_then(|pid| self.processes.get(&pid))
                .is_some_and(|process| process.reaper);
            if let Some(reaper) = Some(parent)
                .filter(|_| reaps)
                .and_then(|parent| self.live_thread(parent, tid))
            {
                return Some(reaper);
            }
            above = parent.ptid;
        }
        None
    }

    /// The first thread of a process that lives and is not this one.
    fn live_thread(&self, of: &Thread, but: i64) -> Option<i64> {
        let process = of.group.and_then(|pid| self.processes.get(&pid))?;
        if process.alive == 0 {
            return None;
        }
        process.threads.iter().find(|tid| {
            *tid != but
                && self
                    .get(*tid)
                    .is_some_and(|thread| !thread.flags.dead && thread.group == of.group)
        })
    }
}
