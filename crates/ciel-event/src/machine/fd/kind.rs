//! What a descriptor is, and what its socket speaks.

/// What a descriptor is (`SCAP_FD_*`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
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

impl FdKind {
    /// The letter that stands for it in outputs.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Unknown => "o",
            Self::File => "f",
            Self::Directory => "d",
            Self::Ipv4 | Self::Ipv4Server => "4",
            Self::Ipv6 | Self::Ipv6Server => "6",
            Self::Fifo => "p",
            Self::Unix | Self::UserFault => "u",
            Self::Event => "e",
            Self::Unsupported => "X",
            Self::Signal => "s",
            Self::EventPoll => "l",
            Self::Inotify => "i",
            Self::Timer => "t",
            Self::Netlink => "n",
            Self::Bpf => "b",
            Self::IoUring => "r",
            Self::Memfd => "m",
            Self::Pidfd => "P",
        }
    }

    /// The word for it: `fd.type`. `<NA>` where there is none.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Directory => "directory",
            Self::Ipv4 | Self::Ipv4Server => "ipv4",
            Self::Ipv6 | Self::Ipv6Server => "ipv6",
            Self::Unix => "unix",
            Self::Fifo => "pipe",
            Self::Event => "event",
            Self::Signal => "signalfd",
            Self::EventPoll => "eventpoll",
            Self::Inotify => "inotify",
            Self::Timer => "timerfd",
            Self::Netlink => "netlink",
            Self::Bpf => "bpf",
            Self::UserFault => "userfaultfd",
            Self::IoUring => "io_uring",
            Self::Memfd => "memfd",
            Self::Pidfd => "pidfd",
            Self::Unknown | Self::Unsupported => "<NA>",
        }
    }
}

/// The protocol above IP (`SCAP_L4_*`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[expect(missing_docs, reason = "each is the protocol's own name")]
pub enum L4 {
    #[default]
    Unknown,
    /// The descriptor is no socket of IP.
    NotAvailable,
    Tcp,
    Udp,
    Icmp,
    Raw,
}

impl L4 {
    /// The protocol of this number in captures.
    #[must_use]
    pub const fn from_number(number: u8) -> Self {
        match number {
            1 => Self::NotAvailable,
            2 => Self::Tcp,
            3 => Self::Udp,
            4 => Self::Icmp,
            5 => Self::Raw,
            _ => Self::Unknown,
        }
    }

    /// Its number in captures.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::NotAvailable => 1,
            Self::Tcp => 2,
            Self::Udp => 3,
            Self::Icmp => 4,
            Self::Raw => 5,
        }
    }

    /// Its name: `fd.l4proto`. `<NA>` where there is none.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Raw => "raw",
            Self::Unknown | Self::NotAvailable => "<NA>",
        }
    }

    /// The protocol of a socket made with these arguments of `socket`.
    #[must_use]
    pub(in crate::machine) const fn of_socket(kind: u32, protocol: u32) -> Self {
        const STREAM: u32 = 1;
        const DATAGRAM: u32 = 2;
        const RAW: u32 = 3;
        // Falco masks the kind's flags only where the protocol is the family's own.
        match (protocol, kind, kind & 0xff) {
            (1 | 6 | 17, RAW, _) | (255, _, _) => Self::Raw,
            (1, _, _) => Self::Icmp,
            (6, _, _) | (0, _, STREAM) => Self::Tcp,
            (17, _, _) | (0, _, DATAGRAM) => Self::Udp,
            _ => Self::Unknown,
        }
    }
}
