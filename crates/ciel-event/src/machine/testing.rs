//! Events built by hand, and a machine to tell them to.

use std::net::IpAddr;

use super::{Fd, Machine, MachineLimits, Seen, Thread};
use crate::{Event, Params, schema::EventCode};

/// The thread that events happen in unless they say otherwise.
pub(super) const TID: i64 = 10;

/// Bytes of one parameter.
pub(super) type Param = Vec<u8>;

pub(super) fn i64(number: i64) -> Param {
    number.to_le_bytes().to_vec()
}

pub(super) fn u32(number: u32) -> Param {
    number.to_le_bytes().to_vec()
}

pub(super) fn u64(number: u64) -> Param {
    number.to_le_bytes().to_vec()
}

pub(super) fn u8(number: u8) -> Param {
    vec![number]
}

/// Text, ended by NUL.
pub(super) fn text(text: &str) -> Param {
    [text.as_bytes(), b"\0"].concat()
}

pub(super) fn none() -> Param {
    Vec::new()
}

fn address(ip: IpAddr, port: u16) -> Vec<u8> {
    let mut bytes = match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    bytes.extend(port.to_le_bytes());
    bytes
}

fn family(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 2 } else { 10 }
}

/// A `sockaddr` of `192.0.2.1:80` or `[2001:db8::1]:80`.
pub(super) fn sockaddr(text: &str) -> Param {
    let end: std::net::SocketAddr = text.parse().expect("address and port");
    let mut bytes = vec![family(end.ip())];
    bytes.extend(address(end.ip(), end.port()));
    bytes
}

/// A `socktuple` of two ends.
pub(super) fn tuple(source: &str, destination: &str) -> Param {
    let mut bytes = sockaddr(source);
    bytes.extend(sockaddr(destination).split_off(1));
    bytes
}

/// A `socktuple` of a Unix socket.
pub(super) fn unix(source: u64, destination: u64, path: &str) -> Param {
    let mut bytes = vec![1];
    bytes.extend(source.to_le_bytes());
    bytes.extend(destination.to_le_bytes());
    bytes.extend(text(path));
    bytes
}

/// A machine with one process, which works in `/home`.
pub(super) fn machine() -> Machine {
    let mut machine = Machine::new(MachineLimits::default());
    machine.threads.insert(process(TID));
    machine
}

/// A process that works in `/home`.
pub(super) fn process(tid: i64) -> Thread {
    let mut thread = Thread::new(tid);
    (thread.pid, thread.vpid, thread.vtid, thread.ptid) = (tid, tid, tid, 1);
    thread.cwd = b"/home/".as_slice().into();
    thread
}

/// Tells a machine of an event.
#[track_caller]
pub(super) fn tell(machine: &mut Machine, code: EventCode, params: &[Param]) -> Seen {
    let data = params.concat();
    let lengths = params.iter().map(|param| param.len() as u32);
    let event = Event {
        time: 1,
        tid: TID,
        cpu: 0,
        code,
        params: Params::new(&data, lengths),
    };
    machine.observe(&event)
}

/// A descriptor of the process.
#[track_caller]
pub(super) fn fd(machine: &Machine, number: i64) -> &Fd {
    let thread = machine.threads.get(TID).expect("the process is there");
    thread.fds.get(number).expect("the descriptor is open")
}

/// The name of a descriptor of the process.
#[track_caller]
pub(super) fn name(machine: &Machine, number: i64) -> String {
    String::from_utf8(fd(machine, number).name().into_owned()).expect("a name in UTF-8")
}

/// Numbers of the open descriptors of the process.
pub(super) fn open(machine: &Machine) -> Vec<i64> {
    let thread = machine.threads.get(TID).expect("the process is there");
    let mut numbers: Vec<i64> = thread.fds.iter().map(|(number, _)| number).collect();
    numbers.sort_unstable();
    numbers
}
