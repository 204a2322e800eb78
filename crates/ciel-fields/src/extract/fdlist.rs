//! The descriptors that `poll` and `ppoll` wait for: `fdlist.*`.

use std::net::{IpAddr, Ipv4Addr};

use ciel_event::{
    Context, Fd,
    machine::FdKind,
    schema::codes::{SYSCALL_POLL_E, SYSCALL_POLL_X, SYSCALL_PPOLL_E, SYSCALL_PPOLL_X},
};

use super::fd;
use crate::{Field, FieldId as Id, Value, spare, value};

/// Bytes of one entry: the number, and what is waited for.
const ENTRY: usize = 10;

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let index = match context.event.code {
        SYSCALL_POLL_E | SYSCALL_PPOLL_E => 0,
        SYSCALL_POLL_X | SYSCALL_PPOLL_X => 1,
        _ => return None,
    };
    let thread = context.thread?;
    let (count, entries) = context.event.bytes(index)?.split_first_chunk::<2>()?;
    let mut text = spare::buffer();
    for entry in entries
        .chunks_exact(ENTRY)
        .take(u16::from_le_bytes(*count).into())
    {
        let number = i64::from_le_bytes(*entry.first_chunk()?);
        let fd = fd::get(context.machine, thread, number);
        if append(field.id, number, fd, &mut text) {
            text.push(b',');
        }
    }
    if text.last() == Some(&b',') {
        text.pop();
    }
    (!text.is_empty()).then(|| Value::owned(text))
}

/// Appends what the list has for a descriptor; whether it has anything.
fn append(id: Id, number: i64, fd: Option<&Fd>, text: &mut Vec<u8>) -> bool {
    match id {
        Id::FdlistNums => value::print(text, format_args!("{number}")),
        Id::FdlistNames => {
            let name = fd.map(fd::name).filter(|name| !name.is_empty());
            text.extend_from_slice(name.as_deref().unwrap_or(b"<NA>"));
        }
        _ => return fd.is_some_and(|fd| append_end(id, fd, text)),
    }
    true
}

fn append_end(id: Id, fd: &Fd, text: &mut Vec<u8>) -> bool {
    let is_connection = matches!(fd.kind, FdKind::Ipv4 | FdKind::Ipv6);
    let end = match id {
        Id::FdlistCips | Id::FdlistCports => fd.source(),
        _ => fd.destination().or_else(|| fd.listening()),
    };
    match (id, end) {
        (Id::FdlistCips | Id::FdlistSips, Some((address, _))) if is_connection => {
            value::write_ip(address, text);
        }
        (Id::FdlistSips, Some((address, _)))
            if matches!(fd.kind, FdKind::Ipv4Server | FdKind::Ipv6Server) =>
        {
            value::write_ip(as_ipv4(address), text);
        }
        (Id::FdlistCports | Id::FdlistSports, Some((_, port))) if is_connection => {
            value::print(text, format_args!("{port}"));
        }
        _ => return false,
    }
    true
}

/// Falco shows addresses that a socket listens on as IPv4: of IPv6 the first four bytes.
fn as_ipv4(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
    }
}
