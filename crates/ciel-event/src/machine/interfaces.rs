//! Addresses of the machine's interfaces, and what they tell of sockets whose own address is not told.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Fd, FdKind, Interface};

/// Fills in the address of an end of which only the other is known: that of the interface which packets to it leave by.
pub(super) fn complete(interfaces: &[Interface], fd: &mut Fd) {
    let socket = &mut fd.socket;
    match fd.kind {
        FdKind::Ipv4 => {
            let (source, destination) = (socket.source_v4(), socket.destination_v4());
            let same_port = socket.source_port_v4() == socket.destination_port_v4();
            if source.is_unspecified() {
                let own = own_v4(interfaces, destination);
                if own != destination || !same_port {
                    socket.set_source_v4(own);
                }
            } else if destination.is_unspecified() {
                let own = own_v4(interfaces, source);
                if own != source || !same_port {
                    socket.set_destination_v4(own);
                }
            }
        }
        FdKind::Ipv6 => {
            let (source, destination) = (socket.source_v6(), socket.destination_v6());
            let same_port = socket.source_port_v6() == socket.destination_port_v6();
            if source.is_unspecified() {
                let own = own_v6(interfaces, destination);
                if own != destination || !same_port {
                    socket.set_source_v6(own);
                }
            } else if destination.is_unspecified() {
                let own = own_v6(interfaces, source);
                if own != source || !same_port {
                    socket.set_destination_v6(own);
                }
            }
        }
        _ => {}
    }
}

/// The address of this machine that packets to `other` come from: itself, or that of an interface in its network, or the first
/// that is not the loopback's; unspecified where there is none.
fn own_v4(interfaces: &[Interface], other: Ipv4Addr) -> Ipv4Addr {
    let all = || {
        interfaces
            .iter()
            .filter_map(|interface| match (interface.address, interface.netmask) {
                (IpAddr::V4(address), IpAddr::V4(mask)) => Some((address, mask)),
                (IpAddr::V4(address), IpAddr::V6(_)) => Some((address, Ipv4Addr::BROADCAST)),
                (IpAddr::V6(_), _) => None,
            })
    };
    all()
        .find(|(address, _)| *address == other)
        .or_else(|| all().find(|(address, mask)| *address & *mask == other & *mask))
        .or_else(|| all().find(|(address, _)| *address != Ipv4Addr::LOCALHOST))
        .map_or(Ipv4Addr::UNSPECIFIED, |(address, _)| address)
}

/// [`own_v4`] for IPv6, where a network is the first half of an address.
fn own_v6(interfaces: &[Interface], other: Ipv6Addr) -> Ipv6Addr {
    let all = || {
        interfaces
            .iter()
            .filter_map(|interface| match interface.address {
                IpAddr::V6(address) => Some(address),
                IpAddr::V4(_) => None,
            })
    };
    let network = |address: Ipv6Addr| address.to_bits() >> 64;
    all()
        .find(|address| *address == other)
        .or_else(|| all().find(|address| network(*address) == network(other)))
        .or_else(|| all().find(|address| *address != Ipv6Addr::LOCALHOST))
        .unwrap_or(Ipv6Addr::UNSPECIFIED)
}
