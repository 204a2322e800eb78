//! Capture files of Falco, Sysdig and Stratoshark: read, written, old events made new.
//!
//! [`Reader`] gives what a capture holds, block for block: what is known of the machine at its beginning, then its
//! events as they were written. [`Replay`] makes events of the current schema of them and keeps the machine's state beside
//! them: this is what fields and rules look at. [`Writer`] writes captures that Falco and Sysdig read, [`Copier`] such of
//! some of another's events.
//!
//! The format is that of falcosecurity/libs: blocks as in pcapng, in the byte order of the machine that wrote it (only
//! little-endian ones exist), gzip around it or not. Facts of it stand in `read/block.rs` and in the parsers of each list.
//!
//! Architecture invariant: any bytes may be given. Nothing here panics, and memory does not grow with the input: an entry
//! of a list or an event must fit [`limits`], else the capture counts as damaged from there on.

#![forbid(unsafe_code)]

mod convert;
pub mod limits;
mod read;
mod replay;
mod section;
mod write;

pub use convert::Converted;
pub use read::{Header, Item, RawEvent, ReadError, Reader, Section, Skipped};
pub use replay::{Counts, Replay, Step};
pub use write::{Compression, Copier, Writer};
