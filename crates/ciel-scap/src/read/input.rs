//! Bytes of a capture, unpacked where they were packed.

use std::io::{self, BufReader, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::limits::READ_BYTES;

/// How every gzip file begins (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What was read to tell the kinds apart, and what follows it.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// Bytes of a capture, unpacked where they were packed.
pub(super) enum Input<R: Read> {
    Plain(Whole<R>),
    Gzip(Box<MultiGzDecoder<BufReader<Whole<R>>>>),
}

impl<R: Read> Input<R> {
    /// Looks at the first bytes.
    pub(super) fn open(mut input: R) -> io::Result<Self> {
        let mut first = Vec::with_capacity(GZIP.len());
        input
            .by_ref()
            .take(GZIP.len() as u64)
            .read_to_end(&mut first)?;
        let packed = first == GZIP;
        let whole = Cursor::new(first).chain(input);
        Ok(if packed {
            let buffered = BufReader::with_capacity(READ_BYTES, whole);
            Self::Gzip(Box::new(MultiGzDecoder::new(buffered)))
        } else {
            Self::Plain(whole)
        })
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(whole) => whole.read(buffer),
            Self::Gzip(packed) => packed.read(buffer),
        }
    }
}
