//! Interfaces of the machine and their addresses.

use std::net::IpAddr;

use ciel_event::machine::Interface;

use crate::read::{Cursor, Flaw};

/// `SCAP_II_*`: what an entry holds.
mod kind {
    pub(super) const IPV4: u16 = 1;
    pub(super) const IPV6: u16 = 2;
    pub(super) const IPV4_WITHOUT_SPEED: u16 = 3;
    pub(super) const IPV6_WITHOUT_SPEED: u16 = 4;
}

/// Reads one entry.
pub(crate) fn parse(cursor: &mut Cursor<'_>, sized: bool) -> Result<Interface, Flaw> {
    if sized {
        let mut entry = cursor.sized(false)?;
        return one(&mut entry);
    }
    one(cursor)
}

fn one<'a>(cursor: &mut Cursor<'a>) -> Result<Interface, Flaw> {
    let kind = cursor.u16()?;
    let name_length = cursor.u16()?;
    let read: fn(&mut Cursor<'a>) -> Result<IpAddr, Flaw> = match kind {
        kind::IPV4 | kind::IPV4_WITHOUT_SPEED => Cursor::ipv4,
        kind::IPV6 | kind::IPV6_WITHOUT_SPEED => Cursor::ipv6,
        _ => return Err(Flaw::Bad("an interface of an unknown kind")),
    };
    let (address, netmask, broadcast) = (read(cursor)?, read(cursor)?, read(cursor)?);
    let speed = match kind {
        kind::IPV4 | kind::IPV6 => cursor.u64()?,
        _ => 0,
    };
    Ok(Interface {
        name: cursor.take(usize::from(name_length))?.to_vec(),
        address,
        netmask,
        broadcast,
        speed,
    })
}

/// Writes an entry with its length before it.
pub(crate) fn write(out: &mut Vec<u8>, interface: &Interface) {
    let mut body = Vec::new();
    let name = interface
        .name
        .get(..usize::from(u16::MAX).min(interface.name.len()))
        .unwrap_or_default();
    let kind = match interface.address {
        IpAddr::V4(_) => kind::IPV4,
        IpAddr::V6(_) => kind::IPV6,
    };
    body.extend_from_slice(&kind.to_le_bytes());
    body.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    for address in [interface.address, interface.netmask, interface.broadcast] {
        put_address(&mut body, address, kind == kind::IPV6);
    }
    body.extend_from_slice(&interface.speed.to_le_bytes());
    body.extend_from_slice(name);
    // The length does not count itself here, other than in the lists that came later.
    out.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(&body);
}

fn put_address(out: &mut Vec<u8>, address: IpAddr, wide: bool) {
    match (address, wide) {
        (IpAddr::V4(address), false) => out.extend_from_slice(&address.octets()),
        (IpAddr::V4(address), true) => out.extend_from_slice(&address.to_ipv6_mapped().octets()),
        (IpAddr::V6(address), true) => out.extend_from_slice(&address.octets()),
        (IpAddr::V6(_), false) => out.extend_from_slice(&[0; 4]),
    }
}
