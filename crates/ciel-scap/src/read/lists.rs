//! Lists before the events, entry for entry: a list may be longer than what is held at once.

use std::io::Read;

use super::{
    Cursor, Flaw, ReadError,
    block::{HEAD, List, TAIL},
    reader::{Item, Reader},
};
use crate::{
    limits::{ENTRIES, ENTRY_BYTES, LIST_BYTES},
    section::{descriptors, interfaces, processes, users},
};

/// A list whose entries are being read.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) list: List,
    /// Whose descriptors they are.
    tid: i64,
    /// Bytes of entries that are left.
    left: usize,
    /// What the tail must say.
    total: u32,
}

impl<R: Read> Reader<R> {
    /// Begins a list.
    pub(super) fn open(&mut self, list: List, total: u32) -> Result<(), ReadError> {
        let mut left = total as usize - HEAD - TAIL;
        let mut head = HEAD;
        let mut tid = 0;
        if let List::Descriptors { .. } = list {
            if !self.window.fill(HEAD + 8)? {
                return Err(self.truncated(list.entry()));
            }
            let after = self.window.held().get(HEAD..).unwrap_or_default();
            tid = Cursor::new(after).i64().unwrap_or_default();
            left = left
                .checked_sub(8)
                .ok_or_else(|| self.damaged("a list of descriptors without a thread"))?;
            head += 8;
        }
        self.consume(head);
        self.list = Some(Open {
            list,
            tid,
            left,
            total,
        });
        Ok(())
    }

    /// The next entry of a list; `None` when it has no more, and is closed.
    pub(super) fn entry(&mut self, open: Open) -> Result<Option<Item<'static>>, ReadError> {
        // What is shorter than a number pads the block.
        if open.left < 4 {
            if !self.window.fill(open.left + TAIL)? {
                return Err(self.truncated(open.list.entry()));
            }
            self.check_tail(open.left, open.total)?;
            self.consume(open.left + TAIL);
            self.list = None;
            return Ok(None);
        }
        if self.listed.0 >= ENTRIES || self.listed.1 >= LIST_BYTES {
            return Err(self.damaged("lists that are longer than any machine's"));
        }
        let most = open.left.min(ENTRY_BYTES);
        let mut whole = self.window.held().len() >= most;
        loop {
            let held = self.window.held();
            let mut cursor = Cursor::new(held.get(..most.min(held.len())).unwrap_or_default());
            let before = cursor.len();
            match parse_entry(&mut cursor, open) {
                Ok(item) => {
                    let used = before - cursor.len();
                    self.listed.0 += 1;
                    self.listed.1 += used;
                    self.consume(used);
                    self.list = Some(Open {
                        left: open.left - used,
                        ..open
                    });
                    return Ok(Some(item));
                }
                Err(Flaw::Short) if !whole => {
                    if !self.window.fill(most)? && self.window.held().len() == before {
                        return Err(self.truncated(open.list.entry()));
                    }
                    whole = self.window.held().len() >= most;
                }
                Err(Flaw::Short) => {
                    return Err(
                        self.damaged(&format!("an entry of {} goes past it", open.list.entry()))
                    );
                }
                Err(Flaw::Bad(what)) => {
                    return Err(self.damaged(&format!("{}: {what}", open.list.entry())));
                }
            }
        }
    }
}

fn parse_entry(cursor: &mut Cursor<'_>, open: Open) -> Result<Item<'static>, Flaw> {
    Ok(match open.list {
        List::Interfaces { sized } => Item::Interface(interfaces::parse(cursor, sized)?),
        List::Users { sized } => match users::parse(cursor, sized)? {
            users::Entry::User(user) => Item::User(user),
            users::Entry::Group(group) => Item::Group(group),
        },
        List::Processes(version) => Item::Thread(Box::new(processes::parse(cursor, version)?)),
        List::Descriptors { sized } => {
            let (number, fd) = descriptors::parse(cursor, sized)?;
            Item::Fd {
                tid: open.tid,
                number,
                fd: Box::new(fd),
            }
        }
    })
}
