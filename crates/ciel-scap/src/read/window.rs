//! The part of a capture that is held: what was read and is not used up yet.

use std::io::{self, Read};

use super::{ReadError, input::Input};
use crate::limits::READ_BYTES;

/// The part of a capture that is held.
pub(super) struct Window<R: Read> {
    input: State<R>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes of the capture before `start`.
    offset: u64,
}

/// Whether there is more to come.
enum State<R: Read> {
    /// Nothing was read yet.
    New(R),
    Open(Input<R>),
    Ended,
}

impl<R: Read> Window<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: State::New(input),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: 0,
        }
    }

    /// Bytes of the capture that are used up.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// What is held.
    #[inline]
    pub(super) fn held(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Uses up bytes that are held.
    #[inline]
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads on until at least `want` bytes are held, or the capture ends; says whether they are.
    #[inline]
    pub(super) fn fill(&mut self, want: usize) -> Result<bool, ReadError> {
        Ok(self.end - self.start >= want || self.refill(want)?)
    }

    #[cold]
    fn refill(&mut self, want: usize) -> Result<bool, ReadError> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        // Room for a whole read beside what is wanted, so that small remainders do not make small reads.
        let room = want.max(READ_BYTES) + READ_BYTES;
        if self.buffer.len() < room {
            self.buffer.resize(room, 0);
        }
        while self.end < want {
            match self.read() {
                Ok(0) => {
                    self.input = State::Ended;
                    return Ok(false);
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.input = State::Ended;
                    return self.failed(error);
                }
            }
        }
        Ok(true)
    }

    fn read(&mut self) -> io::Result<usize> {
        if let State::New(_) = self.input
            && let State::New(input) = std::mem::replace(&mut self.input, State::Ended)
        {
            self.input = State::Open(Input::open(input)?);
        }
        match &mut self.input {
            State::Open(input) => {
                let free = self.buffer.get_mut(self.end..).unwrap_or_default();
                Ok(input.read(free)?.min(free.len()))
            }
            State::New(_) | State::Ended => Ok(0),
        }
    }

    /// A gzip stream that ends too early is a capture that is cut off; what is whole of it is used.
    fn failed(&self, error: io::Error) -> Result<bool, ReadError> {
        let offset = self.offset + self.end as u64;
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Ok(false),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Err(ReadError::Damaged {
                offset,
                what: format!("gzip: {error}"),
            }),
            _ => Err(ReadError::Io {
                offset,
                source: error,
            }),
        }
    }
}
