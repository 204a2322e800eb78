//! Block for block.

use std::io::Read;

use ciel_event::{
    Fd, Thread,
    machine::{Group, Interface, MachineInfo, User},
    schema::EVENTS,
};

use super::{
    Cursor, Flaw, RawEvent, ReadError,
    block::{self, EventForm, HEAD, Kind, TAIL},
    event::{Header, code_of},
    lists::Open,
    window::Window,
};
use crate::{
    limits::{ENTRY_BYTES, EVENT_BYTES, LIST_BYTES},
    section::machine,
};

/// Bytes of a section header without options.
const SECTION_BYTES: usize = HEAD + 16 + TAIL;
/// Bytes of an event block that is not large.
const SMALL_EVENT_BYTES: usize = (64 << 10) + HEAD;

/// What a capture holds, one after the other.
#[derive(Debug)]
pub enum Item<'a> {
    /// The beginning of a capture, or of the next one in a merged file: what was known before is of another machine.
    Section(Section),
    /// The machine.
    Machine(MachineInfo),
    /// One of its interfaces.
    Interface(Interface),
    /// One of its users.
    User(User),
    /// One of its groups.
    Group(Group),
    /// A thread that lived when the capture began.
    Thread(Box<Thread>),
    /// A descriptor that was open when the capture began.
    Fd {
        /// The thread whose it is.
        tid: i64,
        /// Its number.
        number: i64,
        /// What it is.
        fd: Box<Fd>,
    },
    /// An event.
    Event(RawEvent<'a>),
}

/// The version of the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Section {
    /// Readers of smaller ones must not read it.
    pub major: u16,
    /// Readers of smaller ones may read it.
    pub minor: u16,
}

/// What was passed over because this version of Ciel does not know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Skipped {
    /// Blocks of unknown types.
    pub blocks: u64,
    /// Events of codes that the table does not have.
    pub events: u64,
}

/// Reads a capture from any bytes: a file, a pipe, standard input; packed by gzip or not.
pub struct Reader<R: Read> {
    pub(super) window: Window<R>,
    pub(super) list: Option<Open>,
    /// The event that was given last and is still held, and the bytes of its block.
    event: Option<(usize, Header)>,
    begun: bool,
    ended: bool,
    skipped: Skipped,
    /// Entries of the lists of this section, and their bytes.
    pub(super) listed: (usize, usize),
    /// Bytes of blocks that are no events, where someone wants to copy them.
    kept: Option<Vec<u8>>,
}

/// What was found next; an event stays where it is.
pub(crate) enum Found {
    Item(Item<'static>),
    Event,
}

impl<R: Read> Reader<R> {
    /// Reads from here. Nothing is read before the first call of [`Reader::next`].
    pub fn new(input: R) -> Self {
        Self {
            window: Window::new(input),
            list: None,
            event: None,
            begun: false,
            ended: false,
            skipped: Skipped::default(),
            listed: (0, 0),
            kept: None,
        }
    }

    /// What comes next; `None` at the end. After an error there is nothing more.
    ///
    /// # Errors
    ///
    /// When what follows is no capture, or damaged, or cut off, or cannot be read.
    #[expect(
        clippy::should_implement_trait,
        reason = "an item borrows from the reader"
    )]
    pub fn next(&mut self) -> Result<Option<Item<'_>>, ReadError> {
        Ok(match self.advance()? {
            None => None,
            Some(Found::Item(item)) => Some(item),
            Some(Found::Event) => self.event().map(Item::Event),
        })
    }

    /// What was passed over so far.
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }

    /// Bytes of the capture, unpacked, that were read so far.
    pub fn offset(&self) -> u64 {
        self.window.offset()
    }

    /// From now on, keeps the bytes of all blocks that are no events, for [`Reader::sections`].
    pub fn keep_sections(&mut self) {
        self.kept = Some(Vec::new());
    }

    /// The bytes that were kept.
    pub fn sections(&self) -> &[u8] {
        self.kept.as_deref().unwrap_or_default()
    }

    /// Forgets the bytes that were kept.
    pub fn forget_sections(&mut self) {
        if let Some(kept) = &mut self.kept
            && !kept.is_empty()
        {
            *kept = Vec::new();
        }
    }

    /// Goes on to what comes next.
    pub(crate) fn advance(&mut self) -> Result<Option<Found>, ReadError> {
        if self.ended {
            return Ok(None);
        }
        let found = self.find();
        self.ended = !matches!(found, Ok(Some(_)));
        found
    }

    /// The event that [`Reader::advance`] found.
    #[inline]
    pub(crate) fn event(&self) -> Option<RawEvent<'_>> {
        let (total, header) = self.event?;
        let block = self.window.held().get(..total)?;
        Some(RawEvent { block, header })
    }

    fn find(&mut self) -> Result<Option<Found>, ReadError> {
        if let Some((total, _)) = self.event.take() {
            self.window.consume(total);
        }
        loop {
            if let Some(open) = self.list {
                if let Some(item) = self.entry(open)? {
                    return Ok(Some(Found::Item(item)));
                }
                continue;
            }
            let Some((kind, total)) = self.head()? else {
                return Ok(None);
            };
            let found = match kind {
                Kind::Event(form) => self.find_event(form, total)?.then_some(Found::Event),
                Kind::Section => Some(Found::Item(Item::Section(self.section(total)?))),
                Kind::Machine => Some(Found::Item(self.machine(total)?)),
                Kind::List(list) => {
                    self.open(list, total)?;
                    None
                }
                Kind::Unknown => {
                    self.skipped.blocks += 1;
                    self.pass(total as usize, "a block")?;
                    None
                }
            };
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// The type and length of the next block, which is not used up.
    #[inline]
    fn head(&mut self) -> Result<Option<(Kind, u32)>, ReadError> {
        if !self.window.fill(HEAD)? {
            return match (self.window.held().len(), self.begun) {
                (0, true) => Ok(None),
                (_, true) => Err(self.truncated("a block")),
                (_, false) => Err(ReadError::NotACapture),
            };
        }
        let mut cursor = Cursor::new(self.window.held());
        let (Ok(code), Ok(total)) = (cursor.u32(), cursor.u32()) else {
            return Err(self.truncated("a block"));
        };
        let kind = Kind::of(code);
        if !self.begun && kind != Kind::Section {
            return Err(ReadError::NotACapture);
        }
        if (total as usize) < HEAD + TAIL {
            return Err(self.damaged("a block that is shorter than its own head"));
        }
        Ok(Some((kind, total)))
    }

    /// Whether the block holds an event that the table knows; the event stays held.
    #[inline]
    fn find_event(&mut self, form: EventForm, total: u32) -> Result<bool, ReadError> {
        let total = total as usize;
        let most = if form.large {
            EVENT_BYTES
        } else {
            SMALL_EVENT_BYTES
        };
        if total > most {
            return Err(self.damaged(&format!("an event of {total} bytes; the most is {most}")));
        }
        if !self.window.fill(total)? {
            return Err(self.truncated("an event"));
        }
        let block = self.window.held().get(..total).unwrap_or_default();
        match Header::parse(block, form) {
            Ok(header) if usize::from(header.code.0) < EVENTS => {
                self.event = Some((total, header));
                Ok(true)
            }
            // What an unknown event has cannot be judged, only passed over.
            Ok(_) => self.skip_event(total),
            Err(_) if code_of(block).is_some_and(|code| usize::from(code.0) >= EVENTS) => {
                self.skip_event(total)
            }
            Err(Flaw::Bad(what)) => Err(self.damaged(what)),
            Err(Flaw::Short) => Err(self.damaged("an event that is shorter than its header")),
        }
    }

    fn skip_event(&mut self, total: usize) -> Result<bool, ReadError> {
        self.skipped.events += 1;
        self.window.consume(total);
        Ok(false)
    }

    fn section(&mut self, total: u32) -> Result<Section, ReadError> {
        if !self.window.fill(SECTION_BYTES)? {
            return Err(if self.begun {
                self.truncated("a section header")
            } else {
                ReadError::NotACapture
            });
        }
        let mut cursor = Cursor::new(self.window.held());
        let (Ok(_), Ok(magic), Ok(major), Ok(minor)) =
            (cursor.u64(), cursor.u32(), cursor.u16(), cursor.u16())
        else {
            return Err(ReadError::NotACapture);
        };
        match magic {
            block::MAGIC => {}
            other if other == block::MAGIC.swap_bytes() => return Err(ReadError::ByteOrder),
            _ if self.begun => {
                return Err(self.damaged("a section header without its magic number"));
            }
            _ => return Err(ReadError::NotACapture),
        }
        if major > block::VERSION.0 {
            return Err(ReadError::Version { major, minor });
        }
        if (total as usize) < SECTION_BYTES {
            return Err(self.damaged("a section header that is too short"));
        }
        self.begun = true;
        self.listed = (0, 0);
        self.pass(total as usize, "a section header")?;
        Ok(Section { major, minor })
    }

    fn machine(&mut self, total: u32) -> Result<Item<'static>, ReadError> {
        let bytes = total as usize;
        if bytes > ENTRY_BYTES {
            return Err(self.damaged("a description of the machine that is too long"));
        }
        if !self.window.fill(bytes)? {
            return Err(self.truncated("the description of the machine"));
        }
        self.check_tail(bytes - TAIL, total)?;
        let body = self.window.held().get(HEAD..bytes - TAIL);
        let info = machine::parse(body.unwrap_or_default())
            .map_err(|_| self.damaged("a description of the machine that is too short"))?;
        self.consume(bytes);
        Ok(Item::Machine(info))
    }

    pub(super) fn check_tail(&self, at: usize, total: u32) -> Result<(), ReadError> {
        let tail = self.window.held().get(at..).unwrap_or_default();
        match Cursor::new(tail).u32() {
            Ok(tail) if tail == total => Ok(()),
            _ => Err(self.damaged("a block whose two lengths differ")),
        }
    }

    /// Uses up bytes that may be more than what can be held.
    fn pass(&mut self, mut count: usize, what: &'static str) -> Result<(), ReadError> {
        while count > 0 {
            if !self.window.fill(1)? {
                return Err(self.truncated(what));
            }
            if self.sections().len() > LIST_BYTES {
                return Err(
                    self.damaged("more bytes of blocks that are no events than can be kept")
                );
            }
            let part = count.min(self.window.held().len());
            self.consume(part);
            count -= part;
        }
        Ok(())
    }

    /// Uses up bytes of a block that is no event.
    pub(super) fn consume(&mut self, count: usize) {
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(self.window.held().get(..count).unwrap_or_default());
        }
        self.window.consume(count);
    }

    #[cold]
    pub(super) fn truncated(&self, what: &'static str) -> ReadError {
        ReadError::Truncated {
            offset: self.window.offset() + self.window.held().len() as u64,
            what,
        }
    }

    #[cold]
    pub(super) fn damaged(&self, what: &str) -> ReadError {
        ReadError::Damaged {
            offset: self.window.offset(),
            what: what.to_owned(),
        }
    }
}
