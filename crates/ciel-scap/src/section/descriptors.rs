//! Descriptors that were open when the capture began.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ciel_event::{
    Fd,
    machine::{FdKind, L4, Listed},
};

use super::{put_sized, put_text};
use crate::read::{Cursor, Flaw};

/// `SCAP_FD_*`, in the order of their numbers. Two numbers are files: those that came with their flags, and those before.
const KINDS: [FdKind; 22] = [
    FdKind::Unknown,
    FdKind::File,
    FdKind::Directory,
    FdKind::Ipv4,
    FdKind::Ipv6,
    FdKind::Ipv4Server,
    FdKind::Ipv6Server,
    FdKind::Fifo,
    FdKind::Unix,
    FdKind::Event,
    FdKind::Unsupported,
    FdKind::Signal,
    FdKind::EventPoll,
    FdKind::Inotify,
    FdKind::Timer,
    FdKind::Netlink,
    FdKind::File,
    FdKind::Bpf,
    FdKind::UserFault,
    FdKind::IoUring,
    FdKind::Memfd,
    FdKind::Pidfd,
];

/// A file with the flags that it was opened with, and its device.
const FILE_WITH_FLAGS: u8 = 16;

/// Reads one entry: the number of a descriptor and what it is.
pub(crate) fn parse(cursor: &mut Cursor<'_>, sized: bool) -> Result<(i64, Fd), Flaw> {
    if sized {
        let mut entry = cursor.sized(true)?;
        return one(&mut entry, true);
    }
    one(cursor, false)
}

fn one(cursor: &mut Cursor<'_>, sized: bool) -> Result<(i64, Fd), Flaw> {
    let number = cursor.i64()?;
    let ino = cursor.u64()?;
    let code = cursor.u8()?;
    let fd = match KINDS.get(usize::from(code)) {
        Some(kind) => Fd::listed(ino, details(cursor, code, sized, *kind)?),
        // A newer writer's; its entry tells where it ends.
        None if sized => {
            let name = format!("unknown-type:[{code}]");
            let (kind, name) = (FdKind::Unsupported, name.as_bytes());
            Fd::listed(ino, Listed::Named { kind, name })
        }
        None => return Err(Flaw::Bad("a descriptor of an unknown kind")),
    };
    Ok((number, fd))
}

fn details<'a>(
    cursor: &mut Cursor<'a>,
    code: u8,
    sized: bool,
    kind: FdKind,
) -> Result<Listed<'a>, Flaw> {
    Ok(match kind {
        FdKind::Unknown => Listed::Named { kind, name: b"" },
        FdKind::Ipv4 => pair(cursor, Cursor::ipv4)?,
        FdKind::Ipv6 => pair(cursor, Cursor::ipv6)?,
        FdKind::Ipv4Server => server(cursor, Cursor::ipv4)?,
        FdKind::Ipv6Server => server(cursor, Cursor::ipv6)?,
        FdKind::Unix => Listed::Unix {
            source: cursor.u64()?,
            destination: cursor.u64()?,
            path: cursor.text()?,
        },
        FdKind::File if code == FILE_WITH_FLAGS => Listed::File {
            flags: cursor.u32()?,
            path: cursor.text()?,
            dev: if sized { cursor.u32().unwrap_or(0) } else { 0 },
            mount: 0,
        },
        _ => Listed::Named {
            kind,
            name: cursor.text()?,
        },
    })
}

type ReadIp<'a> = fn(&mut Cursor<'a>) -> Result<IpAddr, Flaw>;

fn pair<'a>(cursor: &mut Cursor<'a>, address: ReadIp<'a>) -> Result<Listed<'a>, Flaw> {
    let (source, destination) = (address(cursor)?, address(cursor)?);
    Ok(Listed::Tuple {
        source: (source, cursor.u16()?),
        destination: (destination, cursor.u16()?),
        l4: L4::from_number(cursor.u8()?),
    })
}

fn server<'a>(cursor: &mut Cursor<'a>, address: ReadIp<'a>) -> Result<Listed<'a>, Flaw> {
    let address = address(cursor)?;
    Ok(Listed::Server {
        address: (address, cursor.u16()?),
        l4: L4::from_number(cursor.u8()?),
    })
}

/// Writes an entry with its length before it.
pub(crate) fn write(out: &mut Vec<u8>, number: i64, fd: &Fd) {
    put_sized(out, |out| {
        out.extend_from_slice(&number.to_le_bytes());
        out.extend_from_slice(&fd.ino.to_le_bytes());
        out.push(code(fd.kind));
        match fd.kind {
            FdKind::Unknown => {}
            FdKind::Ipv4 => put_pair(out, fd, put_ipv4),
            FdKind::Ipv6 => put_pair(out, fd, put_ipv6),
            FdKind::Ipv4Server => put_server(out, fd, put_ipv4),
            FdKind::Ipv6Server => put_server(out, fd, put_ipv6),
            FdKind::Unix => {
                let (source, destination) = fd.unix_ends().unwrap_or_default();
                out.extend_from_slice(&source.to_le_bytes());
                out.extend_from_slice(&destination.to_le_bytes());
                put_text(out, &fd.name());
            }
            FdKind::File => {
                out.extend_from_slice(&fd.open_flags.to_le_bytes());
                put_text(out, &fd.name());
                out.extend_from_slice(&fd.dev.to_le_bytes());
            }
            _ => put_text(out, &fd.name()),
        }
    });
}

fn code(kind: FdKind) -> u8 {
    if kind == FdKind::File {
        return FILE_WITH_FLAGS;
    }
    KINDS
        .iter()
        .position(|known| *known == kind)
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or_default()
}

type PutIp = fn(&mut Vec<u8>, IpAddr);

/// An end that is not known is written as 0.
fn end(end: Option<(IpAddr, u16)>) -> (IpAddr, u16) {
    end.unwrap_or((IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0))
}

fn put_pair(out: &mut Vec<u8>, fd: &Fd, put: PutIp) {
    let (source, source_port) = end(fd.source());
    let (destination, destination_port) = end(fd.destination());
    put(out, source);
    put(out, destination);
    out.extend_from_slice(&source_port.to_le_bytes());
    out.extend_from_slice(&destination_port.to_le_bytes());
    out.push(fd.raw_l4().number());
}

fn put_server(out: &mut Vec<u8>, fd: &Fd, put: PutIp) {
    let (address, port) = end(fd.listening());
    put(out, address);
    out.extend_from_slice(&port.to_le_bytes());
    out.push(fd.raw_l4().number());
}

fn put_ipv4(out: &mut Vec<u8>, address: IpAddr) {
    let address = match address {
        IpAddr::V4(address) => address,
        IpAddr::V6(address) => address.to_ipv4_mapped().unwrap_or(Ipv4Addr::UNSPECIFIED),
    };
    out.extend_from_slice(&address.octets());
}

fn put_ipv6(out: &mut Vec<u8>, address: IpAddr) {
    let address = match address {
        IpAddr::V4(address) if address.is_unspecified() => Ipv6Addr::UNSPECIFIED,
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    out.extend_from_slice(&address.octets());
}
