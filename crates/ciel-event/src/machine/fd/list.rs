//! Descriptors that were open before the first event: those that a capture lists, or the kernel when it is asked.

use std::net::{IpAddr, Ipv4Addr};

use super::{Fd, FdKind, L4, SockInfo};
use crate::{
    Text,
    machine::{Interface, Machine, interfaces},
    net,
};

/// What a list says of a descriptor.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'a> {
    /// A connection of IP.
    Tuple {
        /// Address and port of this end.
        source: (IpAddr, u16),
        /// Address and port of the other end.
        destination: (IpAddr, u16),
        /// The protocol above IP.
        l4: L4,
    },
    /// A socket of IP that is bound to an address and port.
    Server {
        /// Address and port.
        address: (IpAddr, u16),
        /// The protocol above IP.
        l4: L4,
    },
    /// A Unix socket.
    Unix {
        /// The kernel's address of this end.
        source: u64,
        /// The kernel's address of the other end.
        destination: u64,
        /// The path, without NUL.
        path: &'a [u8],
    },
    /// A file.
    File {
        /// `O_*` bits (`file_flags`).
        flags: u32,
        /// The path, without NUL.
        path: &'a [u8],
        /// The device.
        dev: u32,
        /// The mount.
        mount: u32,
    },
    /// Another kind.
    Named {
        /// What it is.
        kind: FdKind,
        /// Its name, without NUL.
        name: &'a [u8],
    },
}

impl Fd {
    /// A descriptor as a list tells of it, not yet named: [`Machine::list_fd`] does that.
    #[must_use]
    pub fn listed(ino: u64, listed: Listed<'_>) -> Self {
        let mut fd = listed_fd(listed);
        fd.ino = ino;
        fd
    }
}

impl Machine {
    /// Adds a descriptor that a list tells of to the table of its thread; nothing where the thread is not known. The
    /// [interfaces](Machine::interfaces) must be known before.
    pub fn list_fd(&mut self, tid: i64, number: i64, mut fd: Fd) {
        let limit = self.descriptor_limit();
        let Some(thread) = self.threads.get_mut(tid) else {
            return;
        };
        if thread.fds.len() >= limit && thread.fds.get(number).is_none() {
            return;
        }
        settle(&mut fd, &self.interfaces);
        thread.fds.insert(number, fd);
    }

    /// Finds out which end of listed connections is the server, once all descriptors are listed: the one whose port some
    /// process of this machine listens on.
    pub fn finish_listed_sockets(&mut self) {
        let ports: rustc_hash::FxHashSet<u16> = self
            .threads
            .iter()
            .flat_map(|thread| thread.fds.entries())
            .filter(|(_, fd)| fd.kind == FdKind::Ipv4Server)
            .filter_map(|(_, fd)| Some(fd.listening()?.1))
            .collect();
        let connections: Vec<(i64, i64)> = self
            .threads
            .iter()
            .flat_map(|thread| {
                thread
                    .fds
                    .iter()
                    .map(move |(number, fd)| (thread.tid, number, fd))
            })
            .filter(|(_, _, fd)| fd.kind == FdKind::Ipv4)
            .map(|(tid, number, _)| (tid, number))
            .collect();
        for (tid, number) in connections {
            let table = self.threads.get_mut(tid).map(|thread| &mut thread.fds);
            let Some(fd) = table.and_then(|table| table.get_mut(number)) else {
                continue;
            };
            if ports.contains(&fd.socket.source_port_v4()) {
                fd.swap_ends();
                name(fd);
                fd.marks.server = true;
            } else {
                fd.marks.client = true;
            }
        }
    }
}

/// The descriptor without inode and name.
fn listed_fd(listed: Listed<'_>) -> Fd {
    match listed {
        Listed::Tuple {
            source,
            destination,
            l4,
        } => tuple(source, destination, l4),
        Listed::Server { address, l4 } => server(address, l4),
        Listed::Unix {
            source,
            destination,
            path,
        } => {
            let mut fd = named(FdKind::Unix, path);
            fd.socket.set_unix_source(source);
            fd.socket.set_unix_peer(destination);
            fd
        }
        Listed::File {
            flags,
            path,
            dev,
            mount,
        } => Fd {
            open_flags: flags,
            dev,
            mount,
            ..named(FdKind::File, path)
        },
        Listed::Named { kind, name } => named(kind, name),
    }
}

fn named(kind: FdKind, name: &[u8]) -> Fd {
    Fd {
        kind,
        name: Some(Text::from(name)),
        ..Fd::default()
    }
}

fn tuple(source: (IpAddr, u16), destination: (IpAddr, u16), l4: L4) -> Fd {
    let mut fd = Fd::default();
    if let (IpAddr::V4(from), IpAddr::V4(to)) = (source.0, destination.0) {
        set_v4(&mut fd, (from, source.1), (to, destination.1), l4);
    } else {
        fd.kind = FdKind::Ipv6;
        fd.socket.set_source_v6(net::as_v6(source.0));
        fd.socket.set_destination_v6(net::as_v6(destination.0));
        fd.socket.set_source_port_v6(source.1);
        fd.socket.set_destination_port_v6(destination.1);
        fd.socket.set_l4_v6(l4);
    }
    fd
}

fn set_v4(fd: &mut Fd, source: (Ipv4Addr, u16), destination: (Ipv4Addr, u16), l4: L4) {
    fd.kind = FdKind::Ipv4;
    fd.socket = SockInfo::default();
    fd.socket.set_source_v4(source.0);
    fd.socket.set_destination_v4(destination.0);
    fd.socket.set_source_port_v4(source.1);
    fd.socket.set_destination_port_v4(destination.1);
    fd.socket.set_l4_v4(l4);
}

fn server((address, port): (IpAddr, u16), l4: L4) -> Fd {
    let mut fd = Fd::default();
    match address {
        IpAddr::V4(address) => {
            fd.kind = FdKind::Ipv4Server;
            fd.socket.set_source_v4(address);
            fd.socket.set_server_port_v4(port);
            fd.socket.set_server_l4_v4(l4);
        }
        IpAddr::V6(address) => {
            fd.kind = FdKind::Ipv6Server;
            fd.socket.set_source_v6(address);
            fd.socket.set_server_port_v6(port);
            fd.socket.set_server_l4_v6(l4);
        }
    }
    fd
}

/// What follows from what is listed: role, names, addresses of interfaces, IPv4 written as IPv6.
fn settle(fd: &mut Fd, interfaces: &[Interface]) {
    let l4 = fd.raw_l4();
    match fd.kind {
        FdKind::Ipv6 => {
            let ends = (fd.socket.source_v6(), fd.socket.destination_v6());
            let ports = (fd.socket.source_port_v6(), fd.socket.destination_port_v6());
            if let (Some(from), Some(to)) = (net::mapped_v4(ends.0), net::mapped_v4(ends.1)) {
                set_v4(fd, (from, ports.0), (to, ports.1), l4);
                interfaces::complete(interfaces, fd);
            }
            fd.marks.connected = l4 == L4::Tcp;
            name(fd);
        }
        FdKind::Ipv4 => {
            interfaces::complete(interfaces, fd);
            fd.marks.connected = l4 == L4::Tcp;
            name(fd);
        }
        FdKind::Ipv4Server | FdKind::Ipv6Server => {
            let address = fd.listening().map(net::address_name);
            fd.set_name(address.unwrap_or_default().into());
        }
        FdKind::Unix => {
            fd.marks.client = fd.is_nameless();
            fd.marks.server = !fd.is_nameless();
        }
        _ => {}
    }
}

/// Names a connection of a list: whatever its protocol, with ports.
fn name(fd: &mut Fd) {
    let (Some(source), Some(destination)) = (fd.source(), fd.destination()) else {
        return;
    };
    if matches!(fd.raw_l4(), L4::Tcp | L4::Udp) {
        fd.name_by_numbers();
    } else {
        fd.set_name(net::tuple_name(source, destination).into());
    }
}
