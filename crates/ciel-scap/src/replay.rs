//! A capture as rules see it: events of the current schema, and the machine's state after each.

use std::io::Read;

use ciel_event::{Context, Event, EventCode, Machine, Seen, machine::MachineLimits, schema::codes};

use crate::{
    convert::{Converted, Converter},
    read::{Found, Item, RawEvent, ReadError, Reader, Skipped},
};

/// Replays a capture.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut replay = ciel_scap::Replay::new(std::fs::File::open("attack.scap")?);
/// while let Some(step) = replay.next()? {
///     if !step.seen().hidden {
///         let _context = step.context();
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Replay<R: Read> {
    reader: Reader<R>,
    converter: Converter,
    machine: Machine,
    counts: Counts,
    /// Until the first event that is none of those that tell of the state at the beginning.
    beginning: bool,
}

/// Events that were replayed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Events that the capture has.
    pub read: u64,
    /// Those that were given; the last has this number.
    pub given: u64,
    /// Those that another was made of, of the current schema.
    pub converted: u64,
    /// Those that were kept for another event, or tell nothing that the current schema has.
    pub dropped: u64,
}

/// One event, and the machine's state after it.
pub struct Step<'a> {
    event: Event<'a>,
    seen: Seen,
    machine: &'a Machine,
    raw: RawEvent<'a>,
    sections: &'a [u8],
    enter: Option<&'a [u8]>,
}

impl<R: Read> Replay<R> {
    /// Replays from here, with the usual limits.
    pub fn new(input: R) -> Self {
        Self::with_limits(input, MachineLimits::default())
    }

    /// Replays from here.
    pub fn with_limits(input: R, limits: MachineLimits) -> Self {
        Self {
            reader: Reader::new(input),
            converter: Converter::new(),
            machine: Machine::new(limits),
            counts: Counts::default(),
            beginning: true,
        }
    }

    /// From now on, every process counts as the host's, whatever its cgroups say.
    pub fn ignore_containers(&mut self) {
        self.machine.no_containers = true;
    }

    /// The next event; `None` at the end. After an error there is nothing more.
    ///
    /// # Errors
    ///
    /// As those of [`Reader::next`].
    #[expect(
        clippy::should_implement_trait,
        reason = "a step borrows from the replay"
    )]
    pub fn next(&mut self) -> Result<Option<Step<'_>>, ReadError> {
        let Some(converted) = self.find()? else {
            return Ok(None);
        };
        let Some(raw) = self.reader.event() else {
            return Ok(None);
        };
        self.counts.given += 1;
        let event = if converted == Converted::Anew {
            self.converter.event(&raw)
        } else {
            raw.event()
        };
        self.beginning = self.beginning && tells_of_beginning(event.code);
        let mut seen = self.machine.observe(&event);
        // The state is forgotten between the parts of a merged file, the count goes on.
        seen.number = self.counts.given;
        seen.hidden |= self.beginning || raw.is_state_only();
        Ok(Some(Step {
            event,
            seen,
            machine: &self.machine,
            raw,
            sections: self.reader.sections(),
            enter: match converted {
                Converted::Anew => self.converter.enter_block(),
                Converted::AsIs | Converted::Dropped => None,
            },
        }))
    }

    /// The machine as it is after the last event.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// What was counted so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What was passed over so far because this version of Ciel does not know it.
    pub fn skipped(&self) -> Skipped {
        self.reader.skipped()
    }

    /// From now on, keeps the bytes of all blocks that are no events, for [`Step::sections`]: a filtered capture has them
    /// as they were.
    pub fn keep_sections(&mut self) {
        self.reader.keep_sections();
    }

    /// The bytes of blocks that are no events and stood after the last event.
    pub fn sections(&self) -> &[u8] {
        self.reader.sections()
    }

    /// Goes on to the next event that is given, and tells what became of it.
    fn find(&mut self) -> Result<Option<Converted>, ReadError> {
        self.reader.forget_sections();
        loop {
            match self.reader.advance()? {
                None => return Ok(None),
                Some(Found::Item(item)) => self.apply(item),
                Some(Found::Event) => {
                    let Some(raw) = self.reader.event() else {
                        return Ok(None);
                    };
                    self.counts.read += 1;
                    match self.converter.convert(&raw) {
                        Converted::Dropped => self.counts.dropped += 1,
                        Converted::Anew => {
                            self.counts.converted += 1;
                            return Ok(Some(Converted::Anew));
                        }
                        Converted::AsIs => return Ok(Some(Converted::AsIs)),
                    }
                }
            }
        }
    }

    /// Takes over what the capture tells of the machine before its events.
    fn apply(&mut self, item: Item<'static>) {
        let machine = &mut self.machine;
        match item {
            Item::Section(_) => {
                machine.reset();
                self.converter.clear();
                self.beginning = true;
            }
            Item::Machine(info) => machine.info = info,
            Item::Interface(interface) => machine.interfaces.push(interface),
            Item::User(user) => machine.users.insert_user(user),
            Item::Group(group) => machine.users.insert_group(group),
            Item::Thread(thread) => machine.threads.insert(*thread),
            Item::Fd { tid, number, fd } => machine.list_fd(tid, number, *fd),
            Item::Event(_) => {}
        }
    }
}

impl<'a> Step<'a> {
    /// The event, of the current schema.
    pub fn event(&self) -> &Event<'a> {
        &self.event
    }

    /// What it was found to be about.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The event together with what it is about: what fields are taken from.
    pub fn context(&self) -> Context<'_> {
        self.machine.context(&self.event, &self.seen)
    }

    /// The event as it was written.
    pub fn raw(&self) -> &RawEvent<'a> {
        &self.raw
    }

    /// The bytes of blocks that are no events and stood between the last event and this one, where the replay [keeps
    /// them](Replay::keep_sections).
    pub fn sections(&self) -> &'a [u8] {
        self.sections
    }

    /// All of the block of the enter event that this one was completed from.
    pub fn enter_block(&self) -> Option<&'a [u8]> {
        self.enter
    }
}

/// Events that writers put before all others to tell of containers, users and groups that were there.
fn tells_of_beginning(code: EventCode) -> bool {
    matches!(
        code,
        codes::CONTAINER_E
            | codes::CONTAINER_JSON_E
            | codes::CONTAINER_JSON_2_E
            | codes::USER_ADDED_E
            | codes::USER_DELETED_E
            | codes::GROUP_ADDED_E
            | codes::GROUP_DELETED_E
    )
}
