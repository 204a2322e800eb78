//! Descriptors that were open when the capture began.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ciel_event::{
    Fd,
    machine::{FdKind, Socket},
};

use super::{put_sized, put_text, text};
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
    let mut fd = Fd {
        ino,
        ..Fd::default()
    };
    match KINDS.get(usize::from(code)) {
        Some(kind) => {
            fd.kind = *kind;
            details(cursor, code, sized, &mut fd)?;
        }
        // A newer writer's; its entry tells where it ends.
        None if sized => {
            fd.kind = FdKind::Unsupported;
            fd.name = text(format!("unknown-type:[{code}]").as_bytes());
        }
        None => return Err(Flaw::Bad("a descriptor of an unknown kind")),
    }
    Ok((number, fd))
}

fn details(cursor: &mut Cursor<'_>, code: u8, sized: bool, fd: &mut Fd) -> Result<(), Flaw> {
    match fd.kind {
        FdKind::Unknown => {}
        FdKind::Ipv4 => fd.socket = pair(cursor, ipv4)?,
        FdKind::Ipv6 => fd.socket = pair(cursor, ipv6)?,
        FdKind::Ipv4Server => fd.socket = server(cursor, ipv4)?,
        FdKind::Ipv6Server => fd.socket = server(cursor, ipv6)?,
        FdKind::Unix => {
            fd.socket.unix = Some((cursor.u64()?, cursor.u64()?));
            fd.name = text(cursor.text()?);
        }
        FdKind::File if code == FILE_WITH_FLAGS => {
            fd.open_flags = cursor.u32()?;
            fd.name = text(cursor.text()?);
            if sized && let Ok(dev) = cursor.u32() {
                fd.dev = dev;
            }
        }
        _ => fd.name = text(cursor.text()?),
    }
    Ok(())
}

type ReadIp = fn(&mut Cursor<'_>) -> Result<IpAddr, Flaw>;

fn pair(cursor: &mut Cursor<'_>, address: ReadIp) -> Result<Socket, Flaw> {
    let (source, destination) = (address(cursor)?, address(cursor)?);
    Ok(Socket {
        source: Some((source, cursor.u16()?)),
        destination: Some((destination, cursor.u16()?)),
        protocol: cursor.u8()?,
        unix: None,
    })
}

fn server(cursor: &mut Cursor<'_>, address: ReadIp) -> Result<Socket, Flaw> {
    let address = address(cursor)?;
    Ok(Socket {
        source: None,
        destination: Some((address, cursor.u16()?)),
        protocol: cursor.u8()?,
        unix: None,
    })
}

fn ipv4(cursor: &mut Cursor<'_>) -> Result<IpAddr, Flaw> {
    cursor
        .array::<4>()
        .map(|bytes| IpAddr::V4(Ipv4Addr::from(bytes)))
}

fn ipv6(cursor: &mut Cursor<'_>) -> Result<IpAddr, Flaw> {
    cursor
        .array::<16>()
        .map(|bytes| IpAddr::V6(Ipv6Addr::from(bytes)))
}

/// Writes an entry with its length before it.
pub(crate) fn write(out: &mut Vec<u8>, number: i64, fd: &Fd) {
    put_sized(out, |out| {
        out.extend_from_slice(&number.to_le_bytes());
        out.extend_from_slice(&fd.ino.to_le_bytes());
        out.push(code(fd.kind));
        match fd.kind {
            FdKind::Unknown => {}
            FdKind::Ipv4 => put_pair(out, &fd.socket, put_ipv4),
            FdKind::Ipv6 => put_pair(out, &fd.socket, put_ipv6),
            FdKind::Ipv4Server => put_server(out, &fd.socket, put_ipv4),
            FdKind::Ipv6Server => put_server(out, &fd.socket, put_ipv6),
            FdKind::Unix => {
                let (source, destination) = fd.socket.unix.unwrap_or_default();
                out.extend_from_slice(&source.to_le_bytes());
                out.extend_from_slice(&destination.to_le_bytes());
                put_text(out, &fd.name);
            }
            FdKind::File => {
                out.extend_from_slice(&fd.open_flags.to_le_bytes());
                put_text(out, &fd.name);
                out.extend_from_slice(&fd.dev.to_le_bytes());
            }
            _ => put_text(out, &fd.name),
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

fn put_pair(out: &mut Vec<u8>, socket: &Socket, put: PutIp) {
    let (source, source_port) = end(socket.source);
    let (destination, destination_port) = end(socket.destination);
    put(out, source);
    put(out, destination);
    out.extend_from_slice(&source_port.to_le_bytes());
    out.extend_from_slice(&destination_port.to_le_bytes());
    out.push(socket.protocol);
}

fn put_server(out: &mut Vec<u8>, socket: &Socket, put: PutIp) {
    let (address, port) = end(socket.destination);
    put(out, address);
    out.extend_from_slice(&port.to_le_bytes());
    out.push(socket.protocol);
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
