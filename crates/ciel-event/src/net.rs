//! Addresses as parameters hold them: `sockaddr` and `socktuple`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The families of sockets that parameters tell apart (`PPM_AF_*`, equal to Linux' `AF_*`).
pub mod family {
    /// A path in the file system, or an abstract name.
    pub const UNIX: u8 = 1;
    /// IPv4.
    pub const INET: u8 = 2;
    /// IPv6.
    pub const INET6: u8 = 10;
}

/// One address (`PT_SOCKADDR`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SockAddr<'a> {
    /// An IP address and port.
    Inet(IpAddr, u16),
    /// The path of a socket.
    Unix(&'a [u8]),
    /// Another family.
    Other(u8),
}

/// The two ends of a connection (`PT_SOCKTUPLE`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SockTuple<'a> {
    /// Source and destination, each an IP address and port.
    Inet {
        /// Where packets that the thread sends come from.
        source: (IpAddr, u16),
        /// Where they go.
        destination: (IpAddr, u16),
    },
    /// Kernel addresses of both ends, and the path.
    Unix {
        /// Address of the socket of this end.
        source: u64,
        /// Address of its peer.
        destination: u64,
        /// The path of the socket, empty where it has none.
        path: &'a [u8],
    },
    /// Another family.
    Other(u8),
}

impl<'a> SockAddr<'a> {
    /// Reads a parameter of type `sockaddr`: the family, then what the family has.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (family, rest) = bytes.split_first()?;
        Some(match *family {
            family::INET => {
                let (address, rest) = ipv4(rest)?;
                Self::Inet(address, port(rest)?.0)
            }
            family::INET6 => {
                let (address, rest) = ipv6(rest)?;
                Self::Inet(address, port(rest)?.0)
            }
            family::UNIX => Self::Unix(crate::event::until_nul(rest)),
            other => Self::Other(other),
        })
    }
}

impl<'a> SockTuple<'a> {
    /// Reads a parameter of type `socktuple`: the family, then both ends.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (family, rest) = bytes.split_first()?;
        let ends = |read: ReadIp| {
            let (source, rest) = read(rest)?;
            let (source_port, rest) = port(rest)?;
            let (destination, rest) = read(rest)?;
            let (destination_port, _) = port(rest)?;
            Some(Self::Inet {
                source: (source, source_port),
                destination: (destination, destination_port),
            })
        };
        match *family {
            family::INET => ends(ipv4),
            family::INET6 => ends(ipv6),
            family::UNIX => {
                let (source, rest) = rest.split_first_chunk()?;
                let (destination, path) = rest.split_first_chunk()?;
                Some(Self::Unix {
                    source: u64::from_le_bytes(*source),
                    destination: u64::from_le_bytes(*destination),
                    path: crate::event::until_nul(path),
                })
            }
            other => Some(Self::Other(other)),
        }
    }
}

/// Reads an address and gives what follows it.
type ReadIp = fn(&[u8]) -> Option<(IpAddr, &[u8])>;

/// Addresses stand in the order of the network.
fn ipv4(bytes: &[u8]) -> Option<(IpAddr, &[u8])> {
    let (address, rest) = bytes.split_first_chunk::<4>()?;
    Some((IpAddr::V4(Ipv4Addr::from(*address)), rest))
}

fn ipv6(bytes: &[u8]) -> Option<(IpAddr, &[u8])> {
    let (address, rest) = bytes.split_first_chunk::<16>()?;
    Some((IpAddr::V6(Ipv6Addr::from(*address)), rest))
}

/// Ports stand in the order of the machine.
fn port(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let (port, rest) = bytes.split_first_chunk()?;
    Some((u16::from_le_bytes(*port), rest))
}

/// `::`, or an IPv4 address written as one of IPv6, as IPv4; what Falco takes for one.
#[must_use]
pub(crate) fn mapped_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if address.is_unspecified() {
        return Some(Ipv4Addr::UNSPECIFIED);
    }
    address.to_ipv4_mapped()
}

/// An address as IPv4 where it is one, or is one written as IPv6.
pub(crate) fn as_v4(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(address) => mapped_v4(address),
    }
}

/// An address as IPv6, an IPv4 address written as one.
pub(crate) fn as_v6(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    }
}

/// `10.0.0.1:80->10.0.0.2:443`, `::1:80->::1:443`.
pub(crate) fn tuple_name(source: (IpAddr, u16), destination: (IpAddr, u16)) -> Vec<u8> {
    format!(
        "{}:{}->{}:{}",
        Shown(source.0),
        source.1,
        Shown(destination.0),
        destination.1
    )
    .into_bytes()
}

/// `10.0.0.1->10.0.0.2`.
pub(crate) fn hosts_name(source: IpAddr, destination: IpAddr) -> Vec<u8> {
    format!("{}->{}", Shown(source), Shown(destination)).into_bytes()
}

/// `10.0.0.1:80`, `::1:80`.
pub(crate) fn address_name((address, port): (IpAddr, u16)) -> Vec<u8> {
    format!("{}:{port}", Shown(address)).into_bytes()
}

/// An address as the C library writes it.
#[derive(Clone, Copy, Debug)]
pub struct Shown(pub IpAddr);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            IpAddr::V4(address) => address.fmt(f),
            // glibc writes ::1.2.3.4 where only the last two groups are set.
            IpAddr::V6(address) => match address.segments() {
                [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
                    write!(
                        f,
                        "::{}",
                        Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))
                    )
                }
                _ => address.fmt(f),
            },
        }
    }
}

/// `ffff8801->ffff8802 /run/x.sock`.
pub(crate) fn unix_name(source: u64, destination: u64, path: &[u8]) -> Vec<u8> {
    let mut name = format!("{source:x}->{destination:x} ").into_bytes();
    name.extend_from_slice(&crate::text::sanitize(path));
    name
}

/// Whether a name is what [`unix_name`] makes of these, of a socket with these ends.
pub(crate) fn is_unix_name(name: &[u8], source: u64, destination: u64, path: &[u8]) -> bool {
    let digits = |number: u64| (16 - number.leading_zeros() as usize / 4).max(1);
    let ends = digits(source) + digits(destination) + "-> ".len();
    let path = crate::text::sanitize(path);
    name.len() == ends + path.len() && name.ends_with(&path)
}

impl SockAddr<'_> {
    /// The name of a socket with this address.
    #[must_use]
    pub fn name(&self) -> Vec<u8> {
        match self {
            Self::Inet(ip, port) => address_name((*ip, *port)),
            Self::Unix(path) => crate::text::sanitize(path).into_owned(),
            Self::Other(family) => format!("family {family}").into_bytes(),
        }
    }
}

impl SockTuple<'_> {
    /// The name of a socket with these ends.
    #[must_use]
    pub fn name(&self) -> Vec<u8> {
        match *self {
            Self::Inet {
                source,
                destination,
            } => match (as_v4(source.0), as_v4(destination.0)) {
                (Some(from), Some(to)) => {
                    tuple_name((from.into(), source.1), (to.into(), destination.1))
                }
                _ => tuple_name(source, destination),
            },
            Self::Unix {
                source,
                destination,
                path,
            } => unix_name(source, destination, path),
            Self::Other(family) => format!("family {family}").into_bytes(),
        }
    }
}
