//! Descriptors.

use rustc_hash::FxHashMap;

use crate::Text;

/// One open descriptor.
#[derive(Clone, Debug, Default)]
pub struct Fd {
    /// What it is.
    pub kind: FdKind,
    /// The path, the name of a socket, or what the kind has for a name.
    pub name: Text,
    /// The path as the program gave it.
    pub name_raw: Text,
    /// `O_*` bits (`file_flags`).
    pub open_flags: u32,
    /// The device of the file.
    pub dev: u32,
    /// The inode of the file, socket or pipe.
    pub ino: u64,
    /// The process that opened it, in `/proc/PID/mountinfo`'s words the mount of the file.
    pub mount: u32,
    /// What a socket has beside.
    pub socket: Socket,
    /// Facts that are true or false.
    pub marks: FdMarks,
}

/// What a descriptor is (`SCAP_FD_*`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each is the kernel's own word")]
pub enum FdKind {
    #[default]
    Unknown,
    File,
    Directory,
    Ipv4,
    Ipv6,
    /// A socket that listens on IPv4.
    Ipv4Server,
    /// A socket that listens on IPv6.
    Ipv6Server,
    Fifo,
    Unix,
    Event,
    Unsupported,
    Signal,
    EventPoll,
    Inotify,
    Timer,
    Netlink,
    Bpf,
    UserFault,
    IoUring,
    Memfd,
    Pidfd,
}

/// What a socket has beside a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Socket {
    /// Where the connection comes from: the client.
    pub source: Option<(std::net::IpAddr, u16)>,
    /// Where it goes: the server; of a listening socket, its own address.
    pub destination: Option<(std::net::IpAddr, u16)>,
    /// The protocol above IP (`IPPROTO_*`), 0 where it is not known.
    pub protocol: u8,
    /// Kernel addresses of both ends of a Unix socket.
    pub unix: Option<(u64, u64)>,
}

/// Facts of a descriptor that are true or false.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FdMarks {
    /// It was made by the program that has it, not inherited or received: its role is known.
    pub from_events: bool,
    /// This end is the server.
    pub server: bool,
    /// This end is the client.
    pub client: bool,
    /// The socket is connected.
    pub connected: bool,
    /// The connection failed.
    pub failed: bool,
    /// The connection is under way.
    pub pending: bool,
    /// The file lies in the upper layer of an overlay.
    pub upper_layer: bool,
    /// The file lies in the lower layer of an overlay.
    pub lower_layer: bool,
    /// It is a pipe made by `pipe`.
    pub pipe: bool,
}

/// The descriptors of a process by their number.
#[derive(Clone, Debug, Default)]
pub struct FdTable {
    by_number: FxHashMap<i64, Fd>,
}

impl FdTable {
    /// The descriptor of this number.
    #[must_use]
    #[inline]
    pub fn get(&self, number: i64) -> Option<&Fd> {
        self.by_number.get(&number)
    }

    /// The descriptor of this number, to be changed.
    #[inline]
    pub fn get_mut(&mut self, number: i64) -> Option<&mut Fd> {
        self.by_number.get_mut(&number)
    }

    /// Adds a descriptor, in place of one of the same number.
    pub fn insert(&mut self, number: i64, fd: Fd) {
        self.by_number.insert(number, fd);
    }

    /// Removes a descriptor.
    pub fn remove(&mut self, number: i64) -> Option<Fd> {
        self.by_number.remove(&number)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Fd> {
        self.by_number.values()
    }

    /// How many are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_number.len()
    }

    /// Whether none is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_number.is_empty()
    }
}
