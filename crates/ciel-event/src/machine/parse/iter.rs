//! Descriptors that the kernel tells of when it is asked for all that are open (`iter/task_file`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::fds::number;
use crate::{
    Event,
    machine::{Fd, FdKind, L4, Listed, Machine},
    schema::codes,
};

/// Whether the event was one of these. Whoever asked calls [`Machine::finish_listed_sockets`] when all were told.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>) -> bool {
    let path = event.text(1).unwrap_or_default();
    let (listed, ino) = match event.code {
        codes::ITER_TASK_FILE_REGULAR_E => (
            Listed::File {
                flags: number(event, 2),
                path,
                dev: 0,
                mount: number(event, 3),
            },
            4,
        ),
        codes::ITER_TASK_FILE_PIPE_E => (named(FdKind::Fifo, path), 2),
        codes::ITER_TASK_FILE_MEMFD_E => (named(FdKind::Memfd, path), 2),
        codes::ITER_TASK_FILE_DIRECTORY_E => (named(FdKind::Directory, path), 2),
        codes::ITER_TASK_FILE_SOCKET_NETLINK_E => (named(FdKind::Netlink, b""), 3),
        codes::ITER_TASK_FILE_SOCKET_UNIX_E => (
            Listed::Unix {
                source: event.unsigned(3).unwrap_or(0),
                destination: 0,
                path: event.text(4).unwrap_or_default(),
            },
            5,
        ),
        codes::ITER_TASK_FILE_SOCKET_INET_E | codes::ITER_TASK_FILE_SOCKET_INET6_E => {
            let Some(listed) = connection(event) else {
                return true;
            };
            (listed, 7)
        }
        codes::ITER_TASK_FILE_ANON_INODE_E => (anonymous(event), 3),
        _ => return false,
    };
    // The process stands in the upper half.
    let tid = event.tid & 0xffff_ffff;
    if let Some(descriptor) = event.signed(0) {
        let ino = event.unsigned(ino).unwrap_or(0);
        machine.list_fd(tid, descriptor, Fd::listed(ino, listed));
    }
    true
}

fn named(kind: FdKind, name: &[u8]) -> Listed<'_> {
    Listed::Named { kind, name }
}

/// A socket of IP that is not connected is one that listens.
fn connection<'a>(event: &Event<'a>) -> Option<Listed<'a>> {
    let address = |index| {
        let bytes = event.bytes(index)?;
        let v4 = || Some(IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(bytes).ok()?)));
        let v6 = || {
            Some(IpAddr::V6(Ipv6Addr::from(
                <[u8; 16]>::try_from(bytes).ok()?,
            )))
        };
        v4().or_else(v6)
    };
    let port = |index| u16::try_from(number(event, index)).ok();
    let (source, destination) = ((address(3)?, port(4)?), (address(5)?, port(6)?));
    let l4 = match (number(event, 1), number(event, 2)) {
        (3, _) => L4::Raw,
        (1, 0 | 6) => L4::Tcp,
        (2, 0 | 17) => L4::Udp,
        (2, 1) => L4::Icmp,
        _ => L4::Unknown,
    };
    Some(if destination.0.is_unspecified() {
        Listed::Server {
            address: source,
            l4,
        }
    } else {
        Listed::Tuple {
            source,
            destination,
            l4,
        }
    })
}

/// Descriptors without a file. Of the kinds that nobody knows, the path tells the name.
fn anonymous<'a>(event: &Event<'a>) -> Listed<'a> {
    let kind = match number(event, 1) {
        0 => return named(FdKind::Unsupported, event.text(2).unwrap_or_default()),
        1 => FdKind::Event,
        2 => FdKind::EventPoll,
        3 => FdKind::Inotify,
        4 => FdKind::Signal,
        5 => FdKind::Timer,
        6 => FdKind::IoUring,
        7 => FdKind::UserFault,
        8 => FdKind::Pidfd,
        9..=12 => FdKind::Bpf,
        _ => FdKind::Unsupported,
    };
    named(kind, b"")
}
