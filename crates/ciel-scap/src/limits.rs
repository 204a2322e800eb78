//! How much of a capture is held at once.

/// Bytes that are asked of the input at once, at least.
pub const READ_BYTES: usize = 512 << 10;
/// Bytes of one event block. The kernel's buffer holds 64 KiB of one event; container metadata may be larger.
pub const EVENT_BYTES: usize = 16 << 20;
/// Bytes of one entry of a list of processes, descriptors, users or interfaces. An entry has at most eight strings of
/// 64 KiB.
pub const ENTRY_BYTES: usize = 1 << 20;
/// Entries of all lists of a section: processes, descriptors, users, interfaces. A node with 1,000 pods has some 100,000.
pub const ENTRIES: usize = 2_000_000;
/// Bytes of all lists of a section, and of what is kept of blocks that are no events.
pub const LIST_BYTES: usize = 1 << 30;
/// Conversions of one event, one after the other; the longest chain of the table has fewer than ten.
pub const CONVERSIONS: usize = 32;
/// Enter events that wait for their exit event.
pub const WAITING_EVENTS: usize = 262_144;
/// Bytes of enter events that wait for their exit event.
pub const WAITING_BYTES: usize = 32 << 20;
