//! Addresses of sockets.

use std::net::IpAddr;

use ciel_event::{
    net::{SockAddr, SockTuple, family},
    text::sanitize,
};

use super::Shown;
use crate::value::{print, write_ip};

/// `192.0.2.1:80`, `/run/socket`, `family 16`.
pub(super) fn address(bytes: &[u8], out: &mut Shown) {
    match SockAddr::parse(bytes) {
        Some(SockAddr::Inet(address, port)) => endpoint(address, port, out),
        Some(SockAddr::Unix(path)) => out.plain.extend_from_slice(&sanitize(path)),
        Some(SockAddr::Other(family)) => print(&mut out.plain, format_args!("family {family}")),
        None => invalid(bytes, out),
    }
}

/// `192.0.2.1:4000->192.0.2.2:80`, `ffff8800->ffff8801 /run/socket`, `family 16`.
pub(super) fn tuple(bytes: &[u8], out: &mut Shown) {
    match SockTuple::parse(bytes) {
        Some(SockTuple::Inet {
            source,
            destination,
        }) => {
            // Addresses of IPv4 in IPv6 are shown as IPv4 where both ends are such.
            let ends = match (as_ipv4(source.0), as_ipv4(destination.0)) {
                (Some(from), Some(to)) => [(from, source.1), (to, destination.1)],
                _ => [source, destination],
            };
            let [from, to] = ends;
            endpoint(from.0, from.1, out);
            out.plain.extend_from_slice(b"->");
            endpoint(to.0, to.1, out);
        }
        Some(SockTuple::Unix {
            source,
            destination,
            path,
        }) => {
            print(&mut out.plain, format_args!("{source:x}->{destination:x} "));
            out.plain.extend_from_slice(&sanitize(path));
        }
        Some(SockTuple::Other(family)) => print(&mut out.plain, format_args!("family {family}")),
        None => invalid(bytes, out),
    }
}

/// IPv4 itself, IPv4 in IPv6, or the unspecified address.
fn as_ipv4(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(_) => Some(address),
        IpAddr::V6(address) if address.is_unspecified() => {
            Some(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED))
        }
        IpAddr::V6(address) => address.to_ipv4_mapped().map(IpAddr::V4),
    }
}

fn endpoint(address: IpAddr, port: u16, out: &mut Shown) {
    write_ip(address, &mut out.plain);
    print(&mut out.plain, format_args!(":{port}"));
}

/// A parameter that ends too early.
fn invalid(bytes: &[u8], out: &mut Shown) {
    let text: &[u8] = match bytes.first() {
        Some(&family::INET) => b"INVALID IPv4",
        Some(&family::INET6) => b"INVALID IPv6",
        _ => b"",
    };
    out.plain.extend_from_slice(text);
}
