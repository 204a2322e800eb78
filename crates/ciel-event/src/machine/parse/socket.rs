//! Events that make, bind and accept sockets. Who sends and receives is in `transfer`, who connects in `connect`.

use std::sync::Arc;

use super::{
    connect,
    fds::{add, add_shared, number, result, subject_mut},
    transfer::{self, Direction},
};
use crate::{
    Event,
    machine::{Fd, FdKind, L4, Machine, O_CLOEXEC, Seen},
    net::{self, SockAddr, SockTuple, family},
    schema::codes,
};

/// Whether the event was one of these.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) -> bool {
    use Direction::{In, Out};
    match event.code {
        codes::SYSCALL_READ_X
        | codes::SYSCALL_READV_X
        | codes::SYSCALL_PREAD_X
        | codes::SYSCALL_PREADV_X => transfer::apply(machine, event, seen, In, None),
        codes::SYSCALL_WRITE_X
        | codes::SYSCALL_WRITEV_X
        | codes::SYSCALL_PWRITE_X
        | codes::SYSCALL_PWRITEV_X => transfer::apply(machine, event, seen, Out, None),
        codes::SOCKET_RECVFROM_X => transfer::apply(machine, event, seen, In, Some(2)),
        codes::SOCKET_RECVMSG_X => transfer::apply(machine, event, seen, In, Some(3)),
        codes::SOCKET_RECV_X | codes::SOCKET_RECVMMSG_X => {
            transfer::apply(machine, event, seen, In, Some(4));
        }
        codes::SOCKET_SEND_X | codes::SOCKET_SENDTO_X | codes::SOCKET_SENDMSG_X => {
            transfer::find_socket(machine, event, seen);
            transfer::apply(machine, event, seen, Out, Some(4));
        }
        codes::SOCKET_SENDMMSG_X => transfer::apply(machine, event, seen, Out, Some(4)),
        codes::SOCKET_SOCKET_X => socket(machine, event, seen),
        codes::SOCKET_SOCKETPAIR_X => socketpair(machine, event, seen),
        codes::SOCKET_BIND_X => bind(machine, event, seen),
        codes::SOCKET_CONNECT_X => connect::apply(machine, event, seen),
        codes::SOCKET_ACCEPT_5_X | codes::SOCKET_ACCEPT4_6_X => accept(machine, event, seen),
        _ => return false,
    }
    true
}

fn socket(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let descriptor = result(event);
    if descriptor >= 0 {
        let mut fd = new_socket(number(event, 1), number(event, 2), number(event, 3));
        fd.open_flags = number(event, 4);
        add(machine, seen, descriptor, fd);
    }
}

/// A socket made with these arguments of `socket`.
pub(super) fn new_socket(domain: u32, kind: u32, protocol: u32) -> Fd {
    const NETLINK: u32 = 16;
    const UNIX: u32 = family::UNIX as u32;
    const INET: u32 = family::INET as u32;
    const INET6: u32 = family::INET6 as u32;
    let l4 = L4::of_socket(kind, protocol);
    match domain {
        UNIX => Fd::new(FdKind::Unix),
        NETLINK => Fd::new(FdKind::Netlink),
        INET => {
            let mut fd = Fd::new(FdKind::Ipv4);
            fd.socket.set_l4_v4(l4);
            fd
        }
        INET6 => {
            let mut fd = Fd::new(FdKind::Ipv6);
            fd.socket.set_l4_v6(l4);
            fd
        }
        _ => Fd::new(FdKind::Unknown),
    }
}

fn socketpair(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    if result(event) < 0 {
        return;
    }
    let end = |index| event.signed(index).unwrap_or(0);
    let (first, second) = (end(1), end(2));
    if first == second {
        seen.fd = None;
        return;
    }
    let mut fd = Fd::new(FdKind::Unix);
    fd.socket.set_unix_source(event.unsigned(3).unwrap_or(0));
    fd.socket.set_unix_peer(event.unsigned(4).unwrap_or(0));
    let fd = Arc::new(fd);
    add_shared(machine, seen, first, Arc::clone(&fd));
    let about = seen.fd;
    add_shared(machine, seen, second, fd);
    seen.fd = about;
}

/// A socket that is bound to a port is taken for one that listens.
fn bind(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    if result(event) < 0 {
        return;
    }
    let Some(address) = event.bytes(1).and_then(SockAddr::parse) else {
        return;
    };
    let Some(fd) = subject_mut(machine, seen) else {
        return;
    };
    if let SockAddr::Inet(ip, port) = address
        && port > 0
    {
        // Of the union of both families, each looks where its own address would lie.
        let l4 = if ip.is_ipv4() {
            fd.socket.l4_v4()
        } else {
            fd.socket.l4_v6()
        };
        match net::as_v4(ip) {
            Some(ip) => {
                fd.kind = FdKind::Ipv4Server;
                fd.socket.set_source_v4(ip);
                fd.socket.set_server_port_v4(port);
                fd.socket.set_server_l4_v4(l4);
            }
            None => {
                fd.kind = FdKind::Ipv6Server;
                fd.socket.set_server_port_v6(port);
                fd.socket.set_source_v6(net::as_v6(ip));
                fd.socket.set_server_l4_v6(l4);
            }
        }
        fd.marks.server = true;
    }
    let name = address.name();
    seen.fd_name_changed = *fd.name() != *name;
    fd.set_name(name.into());
}

fn accept(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let descriptor = result(event);
    if descriptor < 0 {
        return;
    }
    if let Some(thread) = seen.thread.and_then(|tid| machine.threads.get_mut(tid)) {
        thread.last_fd = descriptor;
    }
    let Some(tuple) = event.bytes(1).and_then(SockTuple::parse) else {
        return;
    };
    let mut fd = Fd::default();
    match tuple {
        SockTuple::Inet {
            source,
            destination,
        } => {
            connect::set_ends(&mut fd, source, destination);
            if fd.kind == FdKind::Ipv4 {
                fd.socket.set_l4_v4(L4::Tcp);
            } else {
                fd.socket.set_l4_v6(L4::Tcp);
            }
            fd.name_by_numbers();
        }
        SockTuple::Unix {
            source,
            destination,
            ..
        } => {
            fd.kind = FdKind::Unix;
            fd.socket.set_unix_source(source);
            fd.socket.set_unix_peer(destination);
            fd.set_name(tuple.name().into());
        }
        SockTuple::Other(_) => return,
    }
    if event.code == codes::SOCKET_ACCEPT4_6_X {
        let flags = event.signed(5).unwrap_or(0).cast_unsigned();
        fd.set_closes_on_exec(flags & u64::from(O_CLOEXEC) != 0);
    }
    fd.marks.server = true;
    fd.marks.connected = true;
    add(machine, seen, descriptor, fd);
}
