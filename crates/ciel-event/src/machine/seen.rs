//! What was seen of one event, and the event in its surroundings.

use std::cell::Cell;

use super::{Fd, Machine, Thread};
use crate::{Event, schema::EventSource};

/// What [`Machine::observe`] found an event to be about.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The number of the event, from 1: `evt.num`.
    pub number: u64,
    /// Whether rules do not see it (it only tells of state).
    pub hidden: bool,
    /// The thread that it happened in, where one is known.
    pub thread: Option<i64>,
    /// The descriptor that it is about: the thread whose table has it, and its number.
    pub fd: Option<(i64, i64)>,
    /// The descriptor that a field has turned the event to: [`Context::turn_to`].
    turned_to: Cell<Option<(i64, i64)>>,
    /// Of the timer's events of the (former) kernel module: ticks of the CPU that the thread used since the last one, in user
    /// mode and in the kernel.
    pub cpu: (u64, u64),
    /// Of a switch to another thread: nanoseconds since the one before on the same CPU, 0 for the first.
    pub since_switch: u64,
    /// Whether the event gave the descriptor another name.
    pub fd_name_changed: bool,
    /// Nanoseconds since 1970 of the first event that was no message of the capture itself: what `evt.reltime` counts from.
    pub first_time: u64,
    /// Nanoseconds since 1970 of the event before, among those that rules see; of the first one, its own.
    pub previous_time: u64,
}

impl Seen {
    pub(super) fn new(number: u64) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }
}

/// An event in its surroundings: what fields are taken from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The machine after the event.
    pub machine: &'a Machine,
    /// What the event is about.
    pub seen: &'a Seen,
    /// The thread that it happened in.
    pub thread: Option<&'a Thread>,
    fd: Option<&'a Fd>,
}

impl<'a> Context<'a> {
    pub(super) fn new(machine: &'a Machine, event: &'a Event<'a>, seen: &'a Seen) -> Self {
        let thread = seen.thread.and_then(|tid| machine.threads.get(tid));
        let fd = seen
            .fd
            .and_then(|(tid, number)| machine.threads.get(tid)?.fds.get(number));
        Self {
            event,
            machine,
            seen,
            thread,
            fd,
        }
    }

    /// The descriptor that the event is about.
    #[must_use]
    #[inline]
    pub fn fd(&self) -> Option<&'a Fd> {
        match self.seen.turned_to.get() {
            Some((owner, number)) => self.machine.threads.get(owner)?.fds.get(number),
            None => self.fd,
        }
    }

    /// Makes another descriptor of the thread what the event is about, for all that is taken from it afterwards.
    ///
    /// In Falco, taking `evt.abspath` of a call that works relative to a directory's descriptor has that effect: `fd.name` then
    /// is the directory's. Rules and outputs that have both are held to Falco's answers, so it is the same here.
    pub fn turn_to(&self, number: i64) {
        let owner = self.thread.map(Thread::fd_owner);
        self.seen.turned_to.set(owner.map(|owner| (owner, number)));
    }
}

/// When events were that others count from.
#[derive(Debug, Default)]
pub(super) struct Times {
    first: Option<u64>,
    previous: Option<u64>,
}

impl Times {
    /// Tells the event what it counts from, and remembers it for those that follow.
    pub(super) fn pass(&mut self, event: &Event<'_>, seen: &mut Seen) {
        if self.first.is_none() && event.info().source != EventSource::Metaevent {
            self.first = Some(event.time);
        }
        seen.first_time = self.first.unwrap_or(event.time);
        seen.previous_time = self.previous.unwrap_or(event.time);
        if !seen.hidden {
            self.previous = Some(event.time);
        }
    }
}

/// What an event ended, which is removed before the next one is looked at.
#[derive(Debug, Default)]
pub(super) struct Ended {
    /// A thread that exited.
    pub(super) thread: Option<i64>,
    /// Descriptors that were closed: the thread whose table has them, and their numbers.
    pub(super) fds: Vec<(i64, i64)>,
}

impl Machine {
    /// Removes what the last event ended.
    pub(super) fn remove_ended(&mut self, now: u64) {
        if let Some(tid) = self.ended.thread.take() {
            if let Some(thread) = self.threads.get(tid) {
                let parent = thread.ptid;
                self.threads.exits.note(tid, parent, now);
            }
            self.threads.remove(tid);
        }
        while let Some((tid, number)) = self.ended.fds.pop() {
            if let Some(thread) = self.threads.get_mut(tid) {
                thread.fds.remove(number);
            }
        }
    }
}
