//! Block for block.

use std::io::{self, Write};

use ciel_event::{
    Event, Fd, Thread,
    machine::{Group, Interface, MachineInfo, User},
    schema::EventFlags,
};

use super::sink::{Compression, Sink};
use crate::{
    read::block::{self, HEAD, TAIL},
    section::{descriptors, interfaces, machine, processes, users},
};

/// Bytes of a list of threads after which another block is begun: readers hold a block or an entry at once.
const LIST_BYTES: usize = 1 << 20;
/// Bytes of an event block from which on it must be a large one.
const LARGE_BYTES: usize = 64 << 10;

/// Writes a capture that Falco, Sysdig and Ciel read: first [`Writer::section`], then what is known of the machine, then
/// events. Blocks are of the newest forms.
pub struct Writer<W: Write> {
    out: Sink<W>,
    /// The block that is being made.
    block: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Writes to here; buffers by itself.
    pub fn new(out: W, compression: Compression) -> Self {
        Self {
            out: Sink::new(out, compression),
            block: Vec::new(),
        }
    }

    /// Begins a capture.
    ///
    /// # Errors
    ///
    /// When writing fails; so those of all other functions.
    pub fn section(&mut self) -> io::Result<()> {
        self.begin(block::SECTION);
        self.block.extend_from_slice(&block::MAGIC.to_le_bytes());
        self.block
            .extend_from_slice(&block::VERSION.0.to_le_bytes());
        self.block
            .extend_from_slice(&block::VERSION.1.to_le_bytes());
        // The length is not known.
        self.block.extend_from_slice(&u64::MAX.to_le_bytes());
        self.end()
    }

    /// Tells of the machine.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn machine(&mut self, info: &MachineInfo) -> io::Result<()> {
        self.begin(block::MACHINE);
        machine::write(&mut self.block, info);
        self.end()
    }

    /// Tells of its interfaces, all at once: a second list replaces the first.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn interfaces<'a>(
        &mut self,
        list: impl IntoIterator<Item = &'a Interface>,
    ) -> io::Result<()> {
        self.begin(block::INTERFACES);
        for interface in list {
            interfaces::write(&mut self.block, interface);
        }
        self.end()
    }

    /// Tells of its users and groups, all at once: a second list replaces the first.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn users<'a>(
        &mut self,
        users: impl IntoIterator<Item = &'a User>,
        groups: impl IntoIterator<Item = &'a Group>,
    ) -> io::Result<()> {
        self.begin(block::USERS);
        for user in users {
            users::write_user(&mut self.block, user);
        }
        for group in groups {
            users::write_group(&mut self.block, group);
        }
        self.end()
    }

    /// Tells of threads.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn threads<'a>(&mut self, list: impl IntoIterator<Item = &'a Thread>) -> io::Result<()> {
        self.begin(block::PROCESSES);
        for thread in list {
            if self.block.len() > LIST_BYTES {
                self.end()?;
                self.begin(block::PROCESSES);
            }
            processes::write(&mut self.block, thread);
        }
        self.end()
    }

    /// Tells of the descriptors of a thread that [`Writer::threads`] told of.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn descriptors<'a>(
        &mut self,
        tid: i64,
        list: impl IntoIterator<Item = (i64, &'a Fd)>,
    ) -> io::Result<()> {
        self.begin(block::DESCRIPTORS);
        self.block.extend_from_slice(&tid.to_le_bytes());
        for (number, fd) in list {
            if self.block.len() > LIST_BYTES {
                self.end()?;
                self.begin(block::DESCRIPTORS);
                self.block.extend_from_slice(&tid.to_le_bytes());
            }
            descriptors::write(&mut self.block, number, fd);
        }
        self.end()
    }

    /// Writes an event. `state_only`: readers let it change the state, and do not show it.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn event(&mut self, event: &Event<'_>, state_only: bool) -> io::Result<()> {
        let wide = event.info().flags.contains(EventFlags::LARGE_PAYLOAD);
        self.begin(if state_only {
            block::EVENT_FLAGS
        } else {
            block::EVENT
        });
        self.block.extend_from_slice(&event.cpu.to_le_bytes());
        if state_only {
            self.block
                .extend_from_slice(&block::STATE_ONLY.to_le_bytes());
        }
        let header = self.block.len();
        self.block.extend_from_slice(&event.time.to_le_bytes());
        self.block.extend_from_slice(&event.tid.to_le_bytes());
        let length_at = self.block.len();
        self.block.extend_from_slice(&[0; 4]);
        self.block.extend_from_slice(&event.code.0.to_le_bytes());
        let count = u32::try_from(event.params.len()).unwrap_or(u32::MAX);
        self.block.extend_from_slice(&count.to_le_bytes());
        for bytes in event.params.iter() {
            if wide {
                let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                self.block.extend_from_slice(&length.to_le_bytes());
            } else {
                self.block.extend_from_slice(&short(bytes).0.to_le_bytes());
            }
        }
        for bytes in event.params.iter() {
            self.block
                .extend_from_slice(if wide { bytes } else { short(bytes).1 });
        }
        let length = u32::try_from(self.block.len() - header).unwrap_or(u32::MAX);
        self.put(length_at, length);
        if self.block.len() + TAIL > LARGE_BYTES {
            self.put(
                0,
                if state_only {
                    block::EVENT_FLAGS_LARGE
                } else {
                    block::EVENT_LARGE
                },
            );
        }
        self.end()
    }

    /// Writes whole blocks as they are.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn blocks(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes what is still held, and gives back where it went.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn finish(self) -> io::Result<W> {
        self.out.finish()
    }

    fn begin(&mut self, kind: u32) {
        self.block.clear();
        self.block.extend_from_slice(&kind.to_le_bytes());
        self.block.extend_from_slice(&[0; HEAD - 4]);
    }

    /// Pads the block, and writes it with its length.
    fn end(&mut self) -> io::Result<()> {
        self.block.resize(self.block.len().next_multiple_of(4), 0);
        let total = u32::try_from(self.block.len() + TAIL).map_err(io::Error::other)?;
        self.put(4, total);
        self.block.extend_from_slice(&total.to_le_bytes());
        self.out.write_all(&self.block)
    }

    fn put(&mut self, at: usize, number: u32) {
        if let Some(slot) = self.block.get_mut(at..at + 4) {
            slot.copy_from_slice(&number.to_le_bytes());
        }
    }
}

/// The length of a parameter, of 16 bits, and as much of it.
fn short(bytes: &[u8]) -> (u16, &[u8]) {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    (length, bytes.get(..usize::from(length)).unwrap_or_default())
}
