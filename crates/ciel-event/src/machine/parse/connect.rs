//! `connect`, and what else tells both ends of a connection.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::fds::{result, subject, subject_mut};
use crate::{
    Event,
    machine::{Fd, FdKind, Machine, Seen, StoredEvent},
    net::{self, SockAddr, SockTuple},
};

/// Bytes of a Unix socket's path that the kernel looks at.
const UNIX_PATH_MAX: usize = 108;

/// Notes where a socket was connected to.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    const EINPROGRESS: i64 = 115;
    let result = result(event);
    if (result < 0 && result != -EINPROGRESS) || subject(machine, seen).is_none() {
        return;
    }
    let begun = seen
        .thread
        .and_then(|tid| machine.threads.get(tid)?.enter_event(event.code))
        .map(StoredEvent::event);
    let asked = begun
        .and_then(|begun| begun.bytes(1))
        .and_then(SockAddr::parse);
    // The path lies with the thread, which is about to change.
    let path = match asked {
        Some(SockAddr::Unix(path)) => path.to_vec(),
        _ => Vec::new(),
    };
    let asked = match asked {
        Some(SockAddr::Unix(_)) => Some(SockAddr::Unix(&path)),
        Some(SockAddr::Inet(ip, port)) => Some(SockAddr::Inet(ip, port)),
        Some(SockAddr::Other(family)) => Some(SockAddr::Other(family)),
        None => None,
    };
    let Some(fd) = subject_mut(machine, seen) else {
        return;
    };
    fd.marks.connected = true;
    let Some(bytes) = event.bytes(1) else {
        if let Some(asked) = asked {
            fill_from_address(fd, asked, seen);
        }
        return;
    };
    let told = event.bytes(3).and_then(SockAddr::parse);
    if let Some(tuple) = SockTuple::parse(bytes) {
        fill(fd, tuple, told, asked, seen);
    }
}

/// TCP fast open tells no ends at the time of the call.
fn fill_from_address(fd: &mut Fd, asked: SockAddr<'_>, seen: &mut Seen) {
    let SockAddr::Inet(ip, port) = asked else {
        // Falco shows the ends that the event does not tell.
        let name: &[u8] = b"NULL";
        seen.fd_name_changed = *fd.name() != *name;
        fd.set_name(name.into());
        return;
    };
    fd.freeze_name();
    match net::as_v4(ip) {
        Some(ip) => {
            fd.kind = FdKind::Ipv4;
            fd.socket.set_destination_v4(ip);
            fd.socket.set_destination_port_v4(port);
        }
        None => {
            fd.kind = FdKind::Ipv6;
            fd.socket.set_destination_v6(net::as_v6(ip));
            fd.socket.set_destination_port_v6(port);
        }
    }
}

/// Sets ends and name by what the probe told.
fn fill(
    fd: &mut Fd,
    tuple: SockTuple<'_>,
    told: Option<SockAddr<'_>>,
    asked: Option<SockAddr<'_>>,
    seen: &mut Seen,
) {
    match tuple {
        SockTuple::Inet {
            source,
            destination,
        } => {
            // Where the kernel's own address is what the call told, the program may have changed it since the beginning.
            let destination = match (told, asked) {
                (Some(SockAddr::Inet(ip, port)), Some(SockAddr::Inet(asked_ip, asked_port)))
                    if (ip, port) == destination && asked_ip.is_ipv4() == ip.is_ipv4() =>
                {
                    (asked_ip, asked_port)
                }
                _ => destination,
            };
            let nameless = fd.is_nameless();
            let before = if nameless {
                Vec::new()
            } else {
                fd.name().into_owned()
            };
            let changed = set_ends(fd, source, destination);
            if changed && fd.marks.server && fd.is_udp_v4() {
                fd.swap_ends();
            }
            fd.name_by_numbers();
            seen.fd_name_changed = nameless || *fd.name() != *before;
        }
        SockTuple::Unix {
            source,
            destination,
            path,
        } => {
            if fd.kind != FdKind::Unix {
                return;
            }
            let shortened = |path: &[u8]| path.get(..UNIX_PATH_MAX).unwrap_or(path).to_vec();
            let path = match (told, asked) {
                (Some(SockAddr::Unix(told)), Some(SockAddr::Unix(asked)))
                    if shortened(told) == shortened(path) =>
                {
                    asked
                }
                _ => path,
            };
            fd.socket.set_unix_source(source);
            fd.socket.set_unix_peer(destination);
            let name = net::unix_name(source, destination, path);
            seen.fd_name_changed = *fd.name() != *name;
            fd.set_name(name.into());
        }
        SockTuple::Other(_) => return,
    }
    if !fd.has_role() {
        fd.marks.client = true;
    }
}

/// Sets both ends, those of IPv4 written as IPv6 as IPv4; whether either is another than before.
pub(super) fn set_ends(fd: &mut Fd, source: (IpAddr, u16), destination: (IpAddr, u16)) -> bool {
    match (net::as_v4(source.0), net::as_v4(destination.0)) {
        (Some(from), Some(to)) => {
            fd.kind = FdKind::Ipv4;
            set_v4(fd, (from, source.1), (to, destination.1))
        }
        _ => {
            fd.kind = FdKind::Ipv6;
            let (from, to) = (net::as_v6(source.0), net::as_v6(destination.0));
            set_v6(fd, (from, source.1), (to, destination.1))
        }
    }
}

/// Sets both ends of a connection of IPv4; whether either is another than before, or was not known.
pub(super) fn set_v4(fd: &mut Fd, source: (Ipv4Addr, u16), destination: (Ipv4Addr, u16)) -> bool {
    let socket = &mut fd.socket;
    let from = (socket.source_v4(), socket.source_port_v4());
    let to = (socket.destination_v4(), socket.destination_port_v4());
    let known = [(source, destination), (destination, source)].contains(&(from, to));
    if fd.kind == FdKind::Ipv4 && known {
        return false;
    }
    socket.set_source_v4(source.0);
    socket.set_source_port_v4(source.1);
    socket.set_destination_v4(destination.0);
    socket.set_destination_port_v4(destination.1);
    (from, to) != (source, destination) || to.0.is_unspecified() || to.1 == 0
}

/// [`set_v4`] of IPv6.
pub(super) fn set_v6(fd: &mut Fd, source: (Ipv6Addr, u16), destination: (Ipv6Addr, u16)) -> bool {
    let socket = &mut fd.socket;
    let from = (socket.source_v6(), socket.source_port_v6());
    let to = (socket.destination_v6(), socket.destination_port_v6());
    let known = [(source, destination), (destination, source)].contains(&(from, to));
    if fd.kind == FdKind::Ipv6 && known {
        return false;
    }
    socket.set_source_v6(source.0);
    socket.set_source_port_v6(source.1);
    socket.set_destination_v6(destination.0);
    socket.set_destination_port_v6(destination.1);
    (from, to) != (source, destination) || to.0.is_unspecified() || to.1 == 0
}
