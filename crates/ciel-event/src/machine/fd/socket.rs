//! The ends of a socket.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::L4;

/// The ends of a socket, in the layout of Falco's union of an IPv4 and an IPv6 connection, the address of an IPv4 and an IPv6
/// server, and the two ends of a Unix socket.
///
/// A socket that becomes of another kind keeps its bytes, and what they then mean decides what later events change and how
/// it is named; only the same layout gives the same names. Addresses are in the order of the network, ports and kernel
/// addresses in that of the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::machine) struct SockInfo([u8; 40]);

impl Default for SockInfo {
    fn default() -> Self {
        Self([0; 40])
    }
}

macro_rules! parts {
    ($($(#[$meta:meta])* $get:ident, $set:ident: $type:ty = $at:literal as $bytes:ty, $read:expr, $write:expr;)*) => {
        impl SockInfo {
            $(
                $(#[$meta])*
                pub(in crate::machine) fn $get(&self) -> $type {
                    $read(self.part::<{ size_of::<$bytes>() }>($at))
                }

                #[doc = concat!("Sets [`Self::", stringify!($get), "`].")]
                pub(in crate::machine) fn $set(&mut self, value: $type) {
                    let bytes: $bytes = $write(value);
                    self.set_part($at, bytes);
                }
            )*
        }
    };
}

parts! {
    /// The client of an IPv4 connection; the address of an IPv4 server.
    source_v4, set_source_v4: Ipv4Addr = 0 as [u8; 4], Ipv4Addr::from, |ip: Ipv4Addr| ip.octets();
    /// The server of an IPv4 connection.
    destination_v4, set_destination_v4: Ipv4Addr = 4 as [u8; 4], Ipv4Addr::from, |ip: Ipv4Addr| ip.octets();
    /// The client's port of an IPv4 connection.
    source_port_v4, set_source_port_v4: u16 = 8 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The server's port of an IPv4 connection.
    destination_port_v4, set_destination_port_v4: u16 = 10 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The protocol of an IPv4 connection.
    l4_v4, set_l4_v4: L4 = 12 as [u8; 1], |[byte]: [u8; 1]| L4::from_number(byte), |l4: L4| [l4.number()];
    /// The port of an IPv4 server.
    server_port_v4, set_server_port_v4: u16 = 4 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The protocol of an IPv4 server.
    server_l4_v4, set_server_l4_v4: L4 = 6 as [u8; 1], |[byte]: [u8; 1]| L4::from_number(byte), |l4: L4| [l4.number()];
    /// The client of an IPv6 connection; the address of an IPv6 server.
    source_v6, set_source_v6: Ipv6Addr = 0 as [u8; 16], Ipv6Addr::from, |ip: Ipv6Addr| ip.octets();
    /// The server of an IPv6 connection.
    destination_v6, set_destination_v6: Ipv6Addr = 16 as [u8; 16], Ipv6Addr::from, |ip: Ipv6Addr| ip.octets();
    /// The client's port of an IPv6 connection.
    source_port_v6, set_source_port_v6: u16 = 32 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The server's port of an IPv6 connection.
    destination_port_v6, set_destination_port_v6: u16 = 34 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The protocol of an IPv6 connection.
    l4_v6, set_l4_v6: L4 = 36 as [u8; 1], |[byte]: [u8; 1]| L4::from_number(byte), |l4: L4| [l4.number()];
    /// The port of an IPv6 server.
    server_port_v6, set_server_port_v6: u16 = 16 as [u8; 2], u16::from_le_bytes, u16::to_le_bytes;
    /// The protocol of an IPv6 server.
    server_l4_v6, set_server_l4_v6: L4 = 18 as [u8; 1], |[byte]: [u8; 1]| L4::from_number(byte), |l4: L4| [l4.number()];
    /// The kernel's address of a Unix socket.
    unix_source, set_unix_source: u64 = 0 as [u8; 8], u64::from_le_bytes, u64::to_le_bytes;
    /// The kernel's address of the peer of a Unix socket.
    unix_peer, set_unix_peer: u64 = 8 as [u8; 8], u64::from_le_bytes, u64::to_le_bytes;
}

impl SockInfo {
    /// Both ends of a Unix socket.
    pub(super) fn unix_ends(&self) -> (u64, u64) {
        (self.unix_source(), self.unix_peer())
    }

    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0
            .get(at..)
            .and_then(<[u8]>::first_chunk)
            .copied()
            .unwrap_or([0; N])
    }

    fn set_part<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        if let Some(part) = self.0.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *part = bytes;
        }
    }
}
