//! Numbers and strings from bytes, one after the other.

use std::net::IpAddr;

/// Why an entry was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Flaw {
    /// The bytes end before it does.
    Short,
    /// It cannot be.
    Bad(&'static str),
}

/// Reads little-endian numbers and strings.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes that are not read yet.
    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Flaw> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Flaw::Short)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(Flaw::Short)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Flaw> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Flaw> {
        self.array().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Flaw> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Flaw> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn i64(&mut self) -> Result<i64, Flaw> {
        self.array().map(i64::from_le_bytes)
    }

    /// An IPv4 address, in the order of the network.
    pub(crate) fn ipv4(&mut self) -> Result<IpAddr, Flaw> {
        self.array::<4>().map(IpAddr::from)
    }

    /// An IPv6 address, in the order of the network.
    pub(crate) fn ipv6(&mut self) -> Result<IpAddr, Flaw> {
        self.array::<16>().map(IpAddr::from)
    }

    /// A string with its length, of 16 bits, before it.
    pub(crate) fn text(&mut self) -> Result<&'a [u8], Flaw> {
        let length = self.u16()?;
        self.take(usize::from(length))
    }

    /// What an entry has that tells its length before it. A length of 0 means that the writer did not know it.
    pub(crate) fn sized(&mut self, with_length: bool) -> Result<Self, Flaw> {
        let length = self.u32()? as usize;
        let inside = if with_length {
            length
                .checked_sub(4)
                .ok_or(Flaw::Bad("an entry is too short"))?
        } else {
            length
        };
        self.take(inside).map(Self::new)
    }
}
