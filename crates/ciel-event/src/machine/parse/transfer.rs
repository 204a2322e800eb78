//! Reading and writing, sending and receiving: what they tell of the ends of a socket.

use super::{
    connect,
    fds::{add, result, subject, subject_mut},
    socket::new_socket,
};
use crate::{
    Event,
    machine::{Fd, FdKind, Interface, L4, Machine, Seen, interfaces},
    net::{self, SockTuple, family},
};

/// Which way data went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    /// To the program.
    In,
    /// From the program.
    Out,
}

/// Notes what a transfer tells of a socket; `tuple` is the parameter that tells both ends.
pub(super) fn apply(
    machine: &mut Machine,
    event: &Event<'_>,
    seen: &mut Seen,
    direction: Direction,
    tuple: Option<usize>,
) {
    let Some(fd) = subject(machine, seen) else {
        return;
    };
    // Old captures tell nothing of `recvmmsg` and `sendmmsg`.
    if result(event) < 0 || event.bytes(0).is_none() {
        return;
    }
    let told = tuple
        .filter(|_| fd.is_nameless() || !fd.is_tcp_v4())
        .and_then(|index| event.bytes(index))
        .and_then(SockTuple::parse)
        .filter(|tuple| !is_known(fd, *tuple));
    if fd.is_inet()
        && !fd.marks.connected
        && let Some(fd) = subject_mut(machine, seen)
    {
        fd.marks.connected = true;
    }
    if let Some(tuple) = told {
        learn(machine, seen, direction, tuple);
    }
}

/// A socket that is sent from and not known was made before the capture: it is taken for one of UDP.
pub(super) fn find_socket(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    const DATAGRAM: u32 = 2;
    const UDP: u32 = 17;
    if subject(machine, seen).is_some() || result(event) < 0 {
        return;
    }
    let (Some(number), Some([domain, ..])) = (event.signed(2), event.bytes(4)) else {
        return;
    };
    if matches!(*domain, family::INET | family::INET6) {
        let fd = new_socket(u32::from(*domain), DATAGRAM, UDP);
        add(machine, seen, number, fd);
    }
}

/// Whether a descriptor has these ends already, and nothing of it would change.
fn is_known(fd: &Fd, tuple: SockTuple<'_>) -> bool {
    match tuple {
        SockTuple::Inet {
            source,
            destination,
        } => {
            let ends = (fd.source(), fd.destination());
            let same_family = match fd.kind {
                FdKind::Ipv4 => source.0.is_ipv4() && destination.0.is_ipv4(),
                _ => net::as_v4(source.0).is_none() || net::as_v4(destination.0).is_none(),
            };
            same_family
                && (ends == (Some(source), Some(destination))
                    || ends == (Some(destination), Some(source)))
        }
        SockTuple::Unix {
            source,
            destination,
            path,
        } => {
            fd.unix_ends() == Some((source, destination))
                && net::is_unix_name(&fd.name(), source, destination, path)
        }
        SockTuple::Other(_) => false,
    }
}

/// Takes the ends over, finds out which is this one, and names the socket anew.
fn learn(machine: &mut Machine, seen: &mut Seen, direction: Direction, tuple: SockTuple<'_>) {
    let Some(mut fd) = subject(machine, seen).cloned() else {
        return;
    };
    let before = fd.name().into_owned();
    fd.freeze_name();
    if update(&mut fd, tuple, &machine.interfaces) {
        if fd.is_inet() {
            if !fd.has_role() {
                let server = is_server(machine, seen, &fd, direction);
                fd.marks.server = server;
                fd.marks.client = !server;
            }
            let turned = match direction {
                Direction::In => fd.marks.client,
                Direction::Out => fd.marks.server,
            };
            if turned {
                fd.swap_ends();
            }
            fd.name_by_numbers();
        } else {
            fd.set_name(tuple.name().into());
        }
    }
    seen.fd_name_changed = *fd.name() != *before;
    if let Some(known) = subject_mut(machine, seen) {
        *known = fd;
    }
}

/// Takes the ends over; whether anything changed that a name is made of.
fn update(fd: &mut Fd, tuple: SockTuple<'_>, interfaces: &[Interface]) -> bool {
    match tuple {
        SockTuple::Inet {
            source,
            destination,
        } => {
            let changed = match (net::as_v4(source.0), net::as_v4(destination.0)) {
                (Some(from), Some(to)) => {
                    if source.0.is_ipv4() && fd.kind == FdKind::Ipv4Server {
                        fd.socket.set_l4_v4(fd.socket.server_l4_v4());
                    }
                    fd.kind = FdKind::Ipv4;
                    connect::set_v4(fd, (from, source.1), (to, destination.1))
                }
                _ => {
                    let (from, to) = (net::as_v6(source.0), net::as_v6(destination.0));
                    connect::set_v6(fd, (from, source.1), (to, destination.1))
                }
            };
            if !changed {
                return false;
            }
        }
        SockTuple::Unix {
            source,
            destination,
            ..
        } => {
            fd.kind = FdKind::Unix;
            fd.socket.set_unix_source(source);
            fd.socket.set_unix_peer(destination);
            return true;
        }
        SockTuple::Other(_) => {}
    }
    // TCP does not change its ends.
    match fd.kind {
        FdKind::Ipv4 if fd.socket.l4_v4() == L4::Unknown => fd.socket.set_l4_v4(L4::Udp),
        FdKind::Ipv6 if fd.socket.l4_v6() == L4::Unknown => fd.socket.set_l4_v6(L4::Udp),
        _ => {}
    }
    interfaces::complete(interfaces, fd);
    true
}

/// Whether this end is the server's: the process has a socket of the destination's port. Where it has one of the source's port
/// too, who receives first is the server.
fn is_server(machine: &Machine, seen: &Seen, fd: &Fd, direction: Direction) -> bool {
    let first_receives = direction == Direction::In;
    // An IPv4 socket has both ports itself.
    if fd.kind == FdKind::Ipv4 {
        return first_receives;
    }
    let Some(table) = seen
        .fd
        .and_then(|(owner, _)| machine.threads.get(owner))
        .map(|thread| &thread.fds)
    else {
        return false;
    };
    // Falco asks for the ports of IPv4, whatever the socket is.
    let (to, from) = (fd.socket.destination_port_v4(), fd.socket.source_port_v4());
    let (mut bound, mut used) = (false, false);
    for (_, other) in table.entries() {
        match other.kind {
            FdKind::Ipv4 => {
                bound |= other.socket.destination_port_v4() == to;
                used |= other.socket.source_port_v4() == from;
            }
            FdKind::Ipv4Server => bound |= other.socket.server_port_v4() == to,
            _ => {}
        }
    }
    bound && (!used || first_receives)
}
