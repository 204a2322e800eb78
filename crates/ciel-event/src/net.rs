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
