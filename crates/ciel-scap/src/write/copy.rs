//! A capture of some of another's events.

use std::io::{self, Write};

use ciel_event::{EventCode, schema::EventFlags};

use super::{Compression, Writer};
use crate::{
    read::block::{self, Kind},
    replay::Step,
};

/// Writes a filtered capture from a replay that [keeps sections](crate::Replay::keep_sections).
///
/// Blocks are written as they were, so that what reads the old capture reads the new one too. The machine's description,
/// its processes and their descriptors are all there; of the events that do not pass, those that change the state are
/// there too, marked as ones that are not shown: paths and names of what passes are still known.
pub struct Copier<W: Write> {
    writer: Writer<W>,
    /// A block that is being changed.
    block: Vec<u8>,
}

impl<W: Write> Copier<W> {
    /// Writes to here; buffers by itself.
    pub fn new(out: W, compression: Compression) -> Self {
        Self {
            writer: Writer::new(out, compression),
            block: Vec::new(),
        }
    }

    /// Takes the next event of the replay; `passes` where it is to be shown.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn step(&mut self, step: &Step<'_>, passes: bool) -> io::Result<()> {
        self.writer.blocks(step.sections())?;
        let changes_state = step
            .event()
            .info()
            .flags
            .contains(EventFlags::MODIFIES_STATE);
        if !passes && !changes_state {
            return Ok(());
        }
        if let Some(enter) = step.enter_block() {
            // One that was given by itself is written already.
            let given = crate::read::code_of(enter).is_some_and(EventCode::is_entry_of_race);
            if !given {
                self.event(enter, passes)?;
            }
        }
        self.event(step.raw().block, passes)
    }

    /// Takes what the replay kept after its last event. Another replay may follow: that is a merged file.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn sections(&mut self, sections: &[u8]) -> io::Result<()> {
        self.writer.blocks(sections)
    }

    /// Writes what is still held, and gives back where it went.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn finish(self) -> io::Result<W> {
        self.writer.finish()
    }

    fn event(&mut self, bytes: &[u8], passes: bool) -> io::Result<()> {
        if passes {
            return self.writer.blocks(bytes);
        }
        self.block.clear();
        state_only(bytes, &mut self.block);
        self.writer.blocks(&self.block)
    }
}

/// An event block that is marked as one that is not shown.
fn state_only(bytes: &[u8], out: &mut Vec<u8>) {
    /// Head, and the number of the CPU.
    const BEFORE_FLAGS: usize = block::HEAD + 2;
    let (Some((head, rest)), Some(kind)) = (
        bytes.split_at_checked(BEFORE_FLAGS),
        bytes.first_chunk().map(|kind| u32::from_le_bytes(*kind)),
    ) else {
        return;
    };
    let Kind::Event(form) = Kind::of(kind) else {
        return;
    };
    out.extend_from_slice(head);
    if form.flags {
        let Some((flags, rest)) = rest.split_first_chunk() else {
            return;
        };
        let flags = u32::from_le_bytes(*flags) | block::STATE_ONLY;
        out.extend_from_slice(&flags.to_le_bytes());
        out.extend_from_slice(rest);
        return;
    }
    let marked = match (form.counted, form.large) {
        (false, _) => block::EVENT_FLAGS_UNCOUNTED,
        (true, false) => block::EVENT_FLAGS,
        (true, true) => block::EVENT_FLAGS_LARGE,
    };
    out.extend_from_slice(&block::STATE_ONLY.to_le_bytes());
    out.extend_from_slice(rest);
    let total = u32::try_from(out.len()).unwrap_or(u32::MAX).to_le_bytes();
    put(out, 0, marked.to_le_bytes());
    put(out, 4, total);
    put(out, bytes.len(), total);
}

fn put(out: &mut [u8], at: usize, bytes: [u8; 4]) {
    if let Some(slot) = out.get_mut(at..at + 4) {
        slot.copy_from_slice(&bytes);
    }
}
