//! The types of blocks (`scap_savefile.h`). Numbers with `0x8000ABCD` are those that early writers used.

/// Bytes before a block's body: its type and its length, which counts all of the block.
pub(crate) const HEAD: usize = 8;
/// Bytes after a block's body: its length again.
pub(crate) const TAIL: usize = 4;

/// Begins a capture, or the next one in a merged file.
pub(crate) const SECTION: u32 = 0x0A0D_0D0A;
/// Tells the byte order.
pub(crate) const MAGIC: u32 = 0x1A2B_3C4D;
/// The version of the format that this crate knows.
pub(crate) const VERSION: (u16, u16) = (1, 2);

pub(crate) const MACHINE: u32 = 0x201;
pub(crate) const INTERFACES: u32 = 0x219;
pub(crate) const USERS: u32 = 0x220;
pub(crate) const PROCESSES: u32 = 0x215;
pub(crate) const DESCRIPTORS: u32 = 0x218;
pub(crate) const EVENT: u32 = 0x216;
pub(crate) const EVENT_LARGE: u32 = 0x221;
pub(crate) const EVENT_FLAGS: u32 = 0x217;
pub(crate) const EVENT_FLAGS_LARGE: u32 = 0x222;
/// The form before headers told the number of parameters.
pub(crate) const EVENT_FLAGS_UNCOUNTED: u32 = 0x208;

/// Of an event: it only tells of state, whoever wrote the capture filtered it out.
pub(crate) const STATE_ONLY: u32 = 1;

/// What a block holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Section,
    Machine,
    List(List),
    Event(EventForm),
    Unknown,
}

/// A block of many entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum List {
    /// Entries tell their length from V2 on.
    Interfaces { sized: bool },
    /// Entries tell their length from V2 on.
    Users { sized: bool },
    /// The version, 1 to 9; entries tell their length from V9 on.
    Processes(u8),
    /// Entries tell their length from V2 on. The thread stands before the entries.
    Descriptors { sized: bool },
}

/// How an event is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EventForm {
    /// Its flags stand before it.
    pub(crate) flags: bool,
    /// Its header tells the number of its parameters.
    pub(crate) counted: bool,
    /// It may be longer than 64 KiB.
    pub(crate) large: bool,
}

impl Kind {
    /// What a block of this type holds.
    pub(crate) fn of(block: u32) -> Self {
        let event = |flags, counted, large| {
            Self::Event(EventForm {
                flags,
                counted,
                large,
            })
        };
        let processes = |version| Self::List(List::Processes(version));
        match block {
            EVENT => event(false, true, false),
            EVENT_FLAGS => event(true, true, false),
            EVENT_LARGE => event(false, true, true),
            EVENT_FLAGS_LARGE => event(true, true, true),
            0x204 | 0x8010_ABCD => event(false, false, false),
            EVENT_FLAGS_UNCOUNTED => event(true, false, false),
            SECTION => Self::Section,
            MACHINE | 0x8002_ABCD => Self::Machine,
            0x205 | 0x8011_ABCD => Self::List(List::Interfaces { sized: false }),
            INTERFACES => Self::List(List::Interfaces { sized: true }),
            0x206 | 0x8012_ABCD => Self::List(List::Users { sized: false }),
            USERS => Self::List(List::Users { sized: true }),
            0x203 | 0x8001_ABCD => Self::List(List::Descriptors { sized: false }),
            DESCRIPTORS => Self::List(List::Descriptors { sized: true }),
            0x202 | 0x8000_ABCD => processes(1),
            0x207 | 0x8013_ABCD => processes(2),
            0x209 | 0x8014_ABCD => processes(3),
            0x210 => processes(4),
            0x211 => processes(5),
            0x212 => processes(6),
            0x213 => processes(7),
            0x214 => processes(8),
            PROCESSES => processes(9),
            _ => Self::Unknown,
        }
    }
}

impl List {
    /// What an entry is, for those who read of its damage.
    pub(crate) fn entry(self) -> &'static str {
        match self {
            Self::Interfaces { .. } => "the list of interfaces",
            Self::Users { .. } => "the list of users",
            Self::Processes(_) => "the list of processes",
            Self::Descriptors { .. } => "a list of descriptors",
        }
    }
}
