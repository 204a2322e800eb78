//! The ends of a connection: addresses, ports and protocols of `fd.*`.

use std::net::IpAddr;

use ciel_event::{Context, Fd, machine::FdKind};

use crate::{FieldId as Id, Value};

/// One end of a connection.
type End = (IpAddr, u16);

pub(super) fn extract<'a>(id: Id, context: &Context<'a>, fd: &'a Fd) -> Option<Value<'a>> {
    let ip = |end: End| Value::Ip(end.0);
    let port = |end: End| Value::Unsigned(end.1.into());
    match id {
        Id::FdCip | Id::FdCnet => client(fd).map(ip),
        Id::FdSip | Id::FdSnet => server(fd).map(ip),
        Id::FdLip | Id::FdLnet => local(context, fd).map(|(local, _)| ip(local)),
        Id::FdRip | Id::FdRnet => local(context, fd).map(|(_, remote)| ip(remote)),
        Id::FdCport => client(fd).map(port),
        Id::FdSport => bound(fd).map(port),
        Id::FdLport => local(context, fd).map(|(local, _)| port(local)),
        Id::FdRport => local(context, fd).map(|(_, remote)| port(remote)),
        Id::FdCproto => fd.has_role().then(|| number(client(fd))),
        // Of a socket that listens there is a port, but no word for it.
        Id::FdSproto => bound(fd).map(|end| number(is_connection(fd).then_some(end))),
        Id::FdLproto => local(context, fd).map(|(local, _)| number(Some(local))),
        Id::FdRproto => local(context, fd).map(|(_, remote)| number(Some(remote))),
        Id::FdL4proto => Some(Value::text(fd.l4().word())),
        Id::FdSockfamily => match fd.kind {
            FdKind::Ipv4 | FdKind::Ipv6 | FdKind::Ipv4Server | FdKind::Ipv6Server => {
                Some(Value::text("ip"))
            }
            FdKind::Unix => Some(Value::text("unix")),
            _ => None,
        },
        Id::FdIsServer => Some(Value::Bool(is_server(context, fd))),
        // `fd.ip`, `fd.port`, `fd.proto` and `fd.net` mean either end: only conditions can tell. Names of addresses are
        // those that conditions ask for; nothing is resolved here.
        _ => None,
    }
}

/// Both ends that a field means which either of them can match: `fd.ip`, `fd.port`, `fd.proto`, `fd.net`. Once for a socket
/// that listens.
pub(crate) fn either<'a>(id: Id, fd: &Fd) -> Option<(Value<'a>, Option<Value<'a>>)> {
    let value = |(ip, port): End| match id {
        Id::FdIp | Id::FdNet => Some(Value::Ip(ip)),
        Id::FdPort | Id::FdProto => Some(Value::Unsigned(port.into())),
        _ => None,
    };
    match fd.kind {
        FdKind::Ipv4 | FdKind::Ipv6 => {
            let (source, destination) = (fd.source()?, fd.destination()?);
            Some((value(source)?, Some(value(destination)?)))
        }
        FdKind::Ipv4Server | FdKind::Ipv6Server => Some((value(fd.listening()?)?, None)),
        _ => None,
    }
}

fn is_connection(fd: &Fd) -> bool {
    matches!(fd.kind, FdKind::Ipv4 | FdKind::Ipv6)
}

fn is_listener(fd: &Fd) -> bool {
    matches!(fd.kind, FdKind::Ipv4Server | FdKind::Ipv6Server)
}

fn client(fd: &Fd) -> Option<End> {
    fd.source().filter(|_| fd.has_role())
}

fn server(fd: &Fd) -> Option<End> {
    let end = fd.destination().or_else(|| fd.listening());
    end.filter(|_| fd.has_role())
}

/// The server's end; of a socket that listens, its own, whether or not a role is known.
fn bound(fd: &Fd) -> Option<End> {
    let end = fd.destination().filter(|_| fd.has_role());
    end.or_else(|| fd.listening())
}

/// This machine's end and the other one. Where both are this machine's, the client is the local one.
fn local(context: &Context<'_>, fd: &Fd) -> Option<(End, End)> {
    let (client, server) = (client(fd)?, server(fd)?);
    Some(if is_local(context, client.0) {
        (client, server)
    } else {
        (server, client)
    })
}

/// Whether an interface of the machine has the address; of IPv6, whether one is in its network.
fn is_local(context: &Context<'_>, address: IpAddr) -> bool {
    let interfaces = &context.machine.interfaces;
    match address {
        IpAddr::V4(_) => interfaces
            .iter()
            .any(|interface| interface.address == address),
        IpAddr::V6(address) => interfaces.iter().any(|interface| match interface.address {
            IpAddr::V6(own) => address.segments().get(..4) == own.segments().get(..4),
            IpAddr::V4(_) => false,
        }),
    }
}

/// A port as text, which services have no names for by default; empty where there is none.
fn number(end: Option<End>) -> Value<'static> {
    Value::owned(end.map_or_else(String::new, |end| end.1.to_string()))
}

fn is_server(context: &Context<'_>, fd: &Fd) -> bool {
    match fd.destination() {
        Some((address, _)) => is_local(context, address),
        None => is_listener(fd),
    }
}
