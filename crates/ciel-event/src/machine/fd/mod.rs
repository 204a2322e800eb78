//! Descriptors.

mod kind;
mod list;
mod socket;
mod table;

use std::{borrow::Cow, net::IpAddr};

pub use kind::{FdKind, L4};
pub use list::Listed;
pub(in crate::machine) use socket::SockInfo;
pub use table::FdTable;

use crate::{Text, net};

/// One open descriptor.
#[derive(Clone, Debug, Default)]
pub struct Fd {
    /// What it is.
    pub kind: FdKind,
    /// Facts that are true or false.
    pub marks: FdMarks,
    /// The name, where it is not made from a socket's numbers.
    pub(super) name: Option<Text>,
    /// The path as the program gave it; empty where it gave none.
    pub name_raw: Text,
    /// `O_*` bits (`file_flags`).
    pub open_flags: u32,
    /// The device of the file, as the kernel encodes it.
    pub dev: u32,
    /// The inode of the file, socket or pipe.
    pub ino: u64,
    /// The mount of the file, as `/proc/PID/mountinfo` numbers it.
    pub mount: u32,
    /// The process that a `pidfd` stands for.
    pub pid: i64,
    /// The ends of a socket.
    pub(super) socket: SockInfo,
}

/// Programs do not inherit the descriptor.
pub(super) const O_CLOEXEC: u32 = 4096;

/// Facts of a descriptor that are true or false.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FdMarks {
    /// This end is the server.
    pub server: bool,
    /// This end is the client.
    pub client: bool,
    /// The socket is connected.
    pub connected: bool,
    /// The file lies in the upper layer of an overlay.
    pub upper_layer: bool,
    /// The file lies in the lower layer of an overlay.
    pub lower_layer: bool,
}

impl Fd {
    /// A descriptor of which only the kind is known.
    #[must_use]
    pub fn new(kind: FdKind) -> Self {
        Self {
            kind,
            name: Some(Text::default()),
            ..Self::default()
        }
    }

    /// The path, the name of a socket, or what the kind has for a name.
    #[must_use]
    pub fn name(&self) -> Cow<'_, [u8]> {
        match &self.name {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(self.name_of_numbers()),
        }
    }

    /// Whether it has no name.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.name
            .as_ref()
            .map_or(!self.is_inet(), |name| name.is_empty())
    }

    /// Gives it a name.
    pub fn set_name(&mut self, name: Text) {
        self.name = Some(name);
    }

    /// Names it by the numbers that its socket has now, and whatever they will be until it is named anew.
    pub(super) fn name_by_numbers(&mut self) {
        self.name = None;
    }

    /// Keeps its name though its numbers will change.
    pub(super) fn freeze_name(&mut self) {
        if self.name.is_none() {
            self.name = Some(self.name_of_numbers().into());
        }
    }

    /// Where packets of an IP connection come from: address and port of the client, both 0 where nothing is known. `None` for
    /// anything but an IP socket that does not listen.
    #[must_use]
    pub fn source(&self) -> Option<(IpAddr, u16)> {
        match self.kind {
            FdKind::Ipv4 => Some((self.socket.source_v4().into(), self.socket.source_port_v4())),
            FdKind::Ipv6 => Some((self.socket.source_v6().into(), self.socket.source_port_v6())),
            _ => None,
        }
    }

    /// Where packets of an IP connection go: address and port of the server, as [`Fd::source`].
    #[must_use]
    pub fn destination(&self) -> Option<(IpAddr, u16)> {
        match self.kind {
            FdKind::Ipv4 => Some((
                self.socket.destination_v4().into(),
                self.socket.destination_port_v4(),
            )),
            FdKind::Ipv6 => Some((
                self.socket.destination_v6().into(),
                self.socket.destination_port_v6(),
            )),
            _ => None,
        }
    }

    /// The address and port that a socket is bound to.
    #[must_use]
    pub fn listening(&self) -> Option<(IpAddr, u16)> {
        match self.kind {
            FdKind::Ipv4Server => {
                Some((self.socket.source_v4().into(), self.socket.server_port_v4()))
            }
            FdKind::Ipv6Server => {
                Some((self.socket.source_v6().into(), self.socket.server_port_v6()))
            }
            _ => None,
        }
    }

    /// Kernel addresses of both ends of a Unix socket: its own and its peer's, 0 where they are not known.
    #[must_use]
    pub fn unix_ends(&self) -> Option<(u64, u64)> {
        (self.kind == FdKind::Unix).then(|| self.socket.unix_ends())
    }

    /// The protocol above IP; [`L4::NotAvailable`] for anything but an IP socket, and for one whose role is not known.
    #[must_use]
    pub fn l4(&self) -> L4 {
        let l4 = self.raw_l4();
        match self.kind {
            FdKind::Ipv4 | FdKind::Ipv6 if l4 != L4::Raw && !self.has_role() => L4::NotAvailable,
            _ => l4,
        }
    }

    /// The protocol above IP, whatever the role.
    #[must_use]
    pub fn raw_l4(&self) -> L4 {
        match self.kind {
            FdKind::Ipv4 => self.socket.l4_v4(),
            FdKind::Ipv6 => self.socket.l4_v6(),
            FdKind::Ipv4Server => self.socket.server_l4_v4(),
            FdKind::Ipv6Server => self.socket.server_l4_v6(),
            _ => L4::NotAvailable,
        }
    }

    /// Whether it is known to be the server's or the client's end.
    #[must_use]
    pub fn has_role(&self) -> bool {
        self.marks.server || self.marks.client
    }

    /// Whether a program that the process becomes does not inherit it.
    #[must_use]
    pub fn closes_on_exec(&self) -> bool {
        self.open_flags & self.exec_bits() != 0
    }

    /// Has programs inherit it, or not.
    pub(super) fn set_closes_on_exec(&mut self, closes: bool) {
        self.open_flags &= !self.exec_bits();
        if closes {
            self.open_flags |= O_CLOEXEC;
        }
    }

    /// The bits that mean that programs do not inherit it: kinds keep those of their own call.
    fn exec_bits(&self) -> u32 {
        const EPOLL_CLOEXEC: u32 = 1;
        const MFD_CLOEXEC: u32 = 1;
        match self.kind {
            FdKind::EventPoll => O_CLOEXEC | EPOLL_CLOEXEC,
            FdKind::Memfd => O_CLOEXEC | MFD_CLOEXEC,
            _ => O_CLOEXEC,
        }
    }

    /// Whether it is a socket of TCP over IPv4.
    pub(super) fn is_tcp_v4(&self) -> bool {
        self.kind == FdKind::Ipv4 && self.socket.l4_v4() == L4::Tcp
    }

    /// Whether it is a socket of UDP over IPv4.
    pub(super) fn is_udp_v4(&self) -> bool {
        self.kind == FdKind::Ipv4 && self.socket.l4_v4() == L4::Udp
    }

    /// Whether it is an IP socket that does not listen.
    pub(super) fn is_inet(&self) -> bool {
        matches!(self.kind, FdKind::Ipv4 | FdKind::Ipv6)
    }

    /// Makes the source of a connection its destination, and the other way round.
    pub(super) fn swap_ends(&mut self) {
        let socket = &mut self.socket;
        if self.kind == FdKind::Ipv4 {
            let (source, destination) = (socket.source_v4(), socket.destination_v4());
            let (from, to) = (socket.source_port_v4(), socket.destination_port_v4());
            socket.set_source_v4(destination);
            socket.set_destination_v4(source);
            socket.set_source_port_v4(to);
            socket.set_destination_port_v4(from);
        } else {
            let (source, destination) = (socket.source_v6(), socket.destination_v6());
            let (from, to) = (socket.source_port_v6(), socket.destination_port_v6());
            socket.set_source_v6(destination);
            socket.set_destination_v6(source);
            socket.set_source_port_v6(to);
            socket.set_destination_port_v6(from);
        }
    }

    /// The name that Falco makes of a socket's numbers.
    fn name_of_numbers(&self) -> Vec<u8> {
        let (Some(source), Some(destination)) = (self.source(), self.destination()) else {
            return Vec::new();
        };
        match (self.raw_l4(), self.kind) {
            (L4::Tcp | L4::Udp, _) => net::tuple_name(source, destination),
            (L4::Icmp, _) | (L4::Raw, FdKind::Ipv4) => net::hosts_name(source.0, destination.0),
            _ => b"<unknown>".to_vec(),
        }
    }
}
