//! Sockets, by events built by hand.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    machine::{FdKind, Interface, L4, Listed, Machine, testing::*},
    schema::codes::*,
};

const UNIX: u32 = 1;
const INET: u32 = 2;
const INET6: u32 = 10;
const STREAM: u32 = 1;
const DATAGRAM: u32 = 2;
const EINPROGRESS: i64 = -115;

fn socket(domain: u32, kind: u32) -> Machine {
    let mut machine = machine();
    let params = [i64(3), u32(domain), u32(kind), u32(0), u32(0)];
    tell(&mut machine, SOCKET_SOCKET_X, &params);
    machine
}

/// `sendto` and `recvfrom` of three bytes.
fn send(machine: &mut Machine, tuple: Param) -> crate::Seen {
    tell(
        machine,
        SOCKET_SENDTO_X,
        &[i64(3), none(), i64(3), u32(3), tuple],
    )
}

fn receive(machine: &mut Machine, tuple: Param) -> crate::Seen {
    tell(
        machine,
        SOCKET_RECVFROM_X,
        &[i64(3), none(), tuple, i64(3), u32(3)],
    )
}

fn connect(machine: &mut Machine, result: i64, tuple: Param) -> crate::Seen {
    tell(
        machine,
        SOCKET_CONNECT_X,
        &[i64(result), tuple, i64(3), none()],
    )
}

#[test]
fn protocols_of_sockets() {
    for (domain, kind, protocol, l4) in [
        (INET, STREAM, 0, L4::Tcp),
        (INET, DATAGRAM, 0, L4::Udp),
        (INET, DATAGRAM | 0o2_000_000, 0, L4::Udp),
        (INET6, STREAM, 6, L4::Tcp),
        (INET6, DATAGRAM, 17, L4::Udp),
        (INET, 3, 1, L4::Raw),
        (INET, DATAGRAM, 1, L4::Icmp),
        (INET, 3, 255, L4::Raw),
        (INET, 3, 0, L4::Unknown),
        (INET, STREAM, 132, L4::Unknown),
    ] {
        let mut machine = machine();
        let params = [i64(3), u32(domain), u32(kind), u32(protocol), u32(0)];
        tell(&mut machine, SOCKET_SOCKET_X, &params);
        assert_eq!(fd(&machine, 3).raw_l4(), l4, "{domain} {kind} {protocol}");
    }
}

#[test]
fn a_connection_is_named_by_both_ends() {
    for (domain, from, to, kind, name) in [
        (
            INET,
            "10.0.0.1:40000",
            "192.0.2.1:443",
            FdKind::Ipv4,
            "10.0.0.1:40000->192.0.2.1:443",
        ),
        (
            INET6,
            "[::1]:40000",
            "[2001:db8::1]:80",
            FdKind::Ipv6,
            "::1:40000->2001:db8::1:80",
        ),
        // The protocol of an IPv6 socket is not where that of an IPv4 one is looked for.
        (
            INET6,
            "[::ffff:10.0.0.1]:1",
            "[::ffff:10.0.0.2]:2",
            FdKind::Ipv4,
            "<unknown>",
        ),
    ] {
        let mut machine = socket(domain, STREAM);
        let seen = connect(&mut machine, 0, tuple(from, to));
        assert_eq!(super::super::testing::name(&machine, 3), name);
        let fd = fd(&machine, 3);
        assert_eq!(fd.kind, kind);
        assert!(fd.marks.client && fd.marks.connected && seen.fd_name_changed);
    }
}

#[test]
fn only_connections_that_may_come_to_be_have_ends() {
    for (result, name) in [
        (0, "10.0.0.1:1->10.0.0.2:2"),
        (EINPROGRESS, "10.0.0.1:1->10.0.0.2:2"),
        (-111, ""),
    ] {
        let mut machine = socket(INET, STREAM);
        connect(&mut machine, result, tuple("10.0.0.1:1", "10.0.0.2:2"));
        assert_eq!(super::super::testing::name(&machine, 3), name);
        assert_eq!(fd(&machine, 3).marks.connected, !name.is_empty());
    }
}

#[test]
fn where_the_call_was_to_go_is_believed() {
    let mut machine = socket(INET, STREAM);
    tell(
        &mut machine,
        SOCKET_CONNECT_E,
        &[i64(3), sockaddr("198.51.100.7:3333")],
    );
    let params = [
        i64(0),
        tuple("10.0.0.1:1", "192.0.2.1:443"),
        i64(3),
        sockaddr("192.0.2.1:443"),
    ];
    tell(&mut machine, SOCKET_CONNECT_X, &params);
    assert_eq!(name(&machine, 3), "10.0.0.1:1->198.51.100.7:3333");
}

#[test]
fn what_the_kernel_tells_otherwise_than_the_call_is_believed() {
    let mut machine = socket(INET, STREAM);
    tell(
        &mut machine,
        SOCKET_CONNECT_E,
        &[i64(3), sockaddr("198.51.100.7:3333")],
    );
    let params = [
        i64(0),
        tuple("10.0.0.1:1", "192.0.2.1:443"),
        i64(3),
        sockaddr("198.51.100.7:3333"),
    ];
    tell(&mut machine, SOCKET_CONNECT_X, &params);
    assert_eq!(name(&machine, 3), "10.0.0.1:1->192.0.2.1:443");
}

#[test]
fn servers_listen_and_accept() {
    let mut machine = socket(INET, STREAM);
    let seen = tell(
        &mut machine,
        SOCKET_BIND_X,
        &[i64(0), sockaddr("0.0.0.0:8080"), i64(3)],
    );
    assert!(seen.fd_name_changed);
    assert_eq!(name(&machine, 3), "0.0.0.0:8080");
    assert_eq!(fd(&machine, 3).kind, FdKind::Ipv4Server);
    assert_eq!(fd(&machine, 3).l4(), L4::Tcp);
    let address = (IpAddr::from(Ipv4Addr::UNSPECIFIED), 8080);
    assert_eq!(fd(&machine, 3).listening(), Some(address));
    let params = [
        i64(4),
        tuple("10.0.0.9:5000", "10.0.0.1:8080"),
        u8(0),
        u32(0),
        u32(5),
    ];
    let seen = tell(&mut machine, SOCKET_ACCEPT_5_X, &params);
    assert_eq!(seen.fd, Some((TID, 4)));
    assert_eq!(name(&machine, 4), "10.0.0.9:5000->10.0.0.1:8080");
    assert!(fd(&machine, 4).marks.server && fd(&machine, 4).l4() == L4::Tcp);
}

#[test]
fn a_server_of_both_families_is_one_of_ipv4() {
    let mut machine = socket(INET6, STREAM);
    tell(
        &mut machine,
        SOCKET_BIND_X,
        &[i64(0), sockaddr("[::]:80"), i64(3)],
    );
    assert_eq!(
        (fd(&machine, 3).kind, name(&machine, 3)),
        (FdKind::Ipv4Server, ":::80".into())
    );
    assert_eq!(fd(&machine, 3).l4(), L4::Tcp);
}

#[test]
fn datagrams_name_the_socket_and_say_who_is_the_server() {
    let mut machine = socket(INET, DATAGRAM);
    send(&mut machine, tuple("10.0.0.1:5000", "10.0.0.2:53"));
    assert_eq!(name(&machine, 3), "10.0.0.1:5000->10.0.0.2:53");
    assert!(fd(&machine, 3).marks.client);
    // The answer comes from the other end.
    let seen = receive(&mut machine, tuple("10.0.0.2:53", "10.0.0.1:5000"));
    assert!(!seen.fd_name_changed);
    let seen = send(&mut machine, tuple("10.0.0.1:5000", "10.0.0.3:53"));
    assert!(seen.fd_name_changed);
    assert_eq!(name(&machine, 3), "10.0.0.1:5000->10.0.0.3:53");
}

#[test]
fn who_receives_first_is_the_server() {
    let mut machine = socket(INET, DATAGRAM);
    tell(
        &mut machine,
        SOCKET_BIND_X,
        &[i64(0), sockaddr("10.0.0.1:53"), i64(3)],
    );
    receive(&mut machine, tuple("10.0.0.9:5000", "10.0.0.1:53"));
    assert_eq!(name(&machine, 3), "10.0.0.9:5000->10.0.0.1:53");
    assert_eq!(fd(&machine, 3).l4(), L4::Udp);
    send(&mut machine, tuple("10.0.0.1:53", "10.0.0.9:5000"));
    assert_eq!(name(&machine, 3), "10.0.0.9:5000->10.0.0.1:53");
}

#[test]
fn an_end_that_is_not_told_is_an_interfaces() {
    let mut machine = socket(INET, DATAGRAM);
    machine.interfaces.push(Interface {
        name: b"eth0".to_vec(),
        address: Ipv4Addr::new(10, 0, 2, 15).into(),
        netmask: Ipv4Addr::new(255, 255, 255, 0).into(),
        broadcast: Ipv4Addr::new(10, 0, 2, 255).into(),
        speed: 0,
    });
    send(&mut machine, tuple("0.0.0.0:1", "128.32.41.1:0"));
    assert_eq!(name(&machine, 3), "10.0.2.15:1->128.32.41.1:0");
}

#[test]
fn a_socket_of_before_is_taken_for_udp() {
    let mut machine = machine();
    send(&mut machine, tuple("10.0.0.1:5000", "10.0.0.2:53"));
    assert_eq!(name(&machine, 3), "10.0.0.1:5000->10.0.0.2:53");
    assert_eq!(fd(&machine, 3).l4(), L4::Udp);
}

#[test]
fn unix_sockets_are_named_by_addresses_and_path() {
    let mut machine = socket(UNIX, STREAM);
    connect(
        &mut machine,
        0,
        unix(0xffff_8801, 0xffff_8802, "/run/x.sock"),
    );
    assert_eq!(name(&machine, 3), "ffff8801->ffff8802 /run/x.sock");
    assert_eq!(
        fd(&machine, 3).unix_ends(),
        Some((0xffff_8801, 0xffff_8802))
    );
    let seen = send(&mut machine, unix(0xffff_8801, 0xffff_8802, "/run/x.sock"));
    assert!(!seen.fd_name_changed);
    let seen = send(&mut machine, unix(0xffff_8801, 0xffff_8803, "/run/y.sock"));
    assert!(seen.fd_name_changed);
    assert_eq!(name(&machine, 3), "ffff8801->ffff8803 /run/y.sock");
}

#[test]
fn both_ends_of_a_pair_are_the_process() {
    let mut machine = machine();
    let params = [i64(0), i64(3), i64(4), u64(1), u64(2)];
    let seen = tell(&mut machine, SOCKET_SOCKETPAIR_X, &params);
    assert_eq!(seen.fd, Some((TID, 3)));
    assert_eq!(
        machine.threads.get(TID).map(|thread| thread.last_fd),
        Some(4)
    );
    assert_eq!(open(&machine), [3, 4]);
}

#[test]
fn listed_connections_to_a_port_that_is_listened_on_are_the_servers() {
    let mut machine = machine();
    let end = |last: u8, port: u16| (IpAddr::from(Ipv4Addr::new(10, 0, 0, last)), port);
    let l4 = L4::Tcp;
    let listed = [
        (
            3,
            Listed::Server {
                address: end(1, 80),
                l4,
            },
        ),
        (
            4,
            Listed::Tuple {
                source: end(1, 80),
                destination: end(9, 5000),
                l4,
            },
        ),
        (
            5,
            Listed::Tuple {
                source: end(1, 6000),
                destination: end(9, 80),
                l4,
            },
        ),
    ];
    for (number, entry) in listed {
        machine.list_fd(TID, number, crate::Fd::listed(0, entry));
    }
    machine.finish_listed_sockets();
    assert_eq!(name(&machine, 4), "10.0.0.9:5000->10.0.0.1:80");
    assert!(fd(&machine, 4).marks.server);
    assert_eq!(name(&machine, 5), "10.0.0.1:6000->10.0.0.9:80");
    assert!(fd(&machine, 5).marks.client);
}
