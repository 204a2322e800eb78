//! Values on the right side of comparisons, read as the type of the field on the left.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ciel_event::ParamType as T;

use super::pattern::Pattern;
use super::{admits, services};
use crate::condition::Operator;

/// A value that fields are compared with.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Constant {
    /// A number, for types with a sign.
    Signed(i64),
    /// A number, for types without a sign.
    Unsigned(u64),
    /// True or false.
    Bool(bool),
    /// Text; for `glob`, `iglob` and `pmatch` a pattern or path.
    Text(String),
    /// Bytes, for `bcontains` and `bstartswith`, and for fields of bytes.
    Bytes(Vec<u8>),
    /// An address.
    Address(IpAddr),
    /// A network.
    Network(Network),
    /// A regular expression.
    Pattern(Pattern),
}

/// A network: the addresses that agree with one in their first bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Network {
    /// An address of it.
    pub address: IpAddr,
    /// Number of bits.
    pub prefix: u8,
}

impl Network {
    /// Whether an address is of this network; one of the other family is not.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let prefix = u32::from(self.prefix);
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differs = u32::from(own) ^ u32::from(other);
                prefix == 0 || differs.checked_shr(32_u32.saturating_sub(prefix)) == Some(0)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differs = u128::from(own) ^ u128::from(other);
                prefix == 0 || differs.checked_shr(128_u32.saturating_sub(prefix)) == Some(0)
            }
            _ => false,
        }
    }
}

/// Bytes of one value: what is longer Falco refuses.
const MAX_VALUE: usize = 1 << 16;

/// Reads one value.
///
/// # Errors
/// Falco's message.
pub(crate) fn read(text: &str, operator: Operator, kind: T) -> Result<Constant, String> {
    if matches!(
        operator,
        Operator::ContainsBytes | Operator::StartsWithBytes
    ) {
        let bytes = hexadecimal(text)
            .ok_or("filter error: bcontains and bstartswith operator support hex strings only")?;
        return Ok(Constant::Bytes(bytes));
    }
    if operator == Operator::Regex {
        return Pattern::new(text).map(Constant::Pattern);
    }
    match kind {
        T::Int8 => signed(text).map(|n| Constant::Signed(i64::from(n as i8))),
        T::Int16 => signed(text).map(|n| Constant::Signed(i64::from(n as i16))),
        T::Int32 | T::Fd32 | T::Pid32 => {
            signed(text).map(|n| Constant::Signed(i64::from(n as i32)))
        }
        T::Int64 | T::Fd | T::Pid | T::Errno => signed(text).map(Constant::Signed),
        T::L4Proto | T::Flags8 | T::Uint8 | T::EnumFlags8 => {
            unsigned(text).map(|n| Constant::Unsigned(u64::from(n as u8)))
        }
        T::Flags16 | T::Uint16 | T::EnumFlags16 => {
            unsigned(text).map(|n| Constant::Unsigned(u64::from(n as u16)))
        }
        T::Flags32 | T::Uint32 | T::EnumFlags32 | T::Mode | T::Uid | T::Gid => {
            unsigned(text).map(|n| Constant::Unsigned(u64::from(n as u32)))
        }
        T::Uint64 | T::RelTime | T::AbsTime => unsigned(text).map(Constant::Unsigned),
        T::Port => port(text).map(|port| Constant::Unsigned(u64::from(port))),
        T::Charbuf | T::FsPath | T::FsRelPath | T::Sockaddr | T::SockFamily => {
            short(text, &format!("filter parameter too long:{text}"))
        }
        T::Bytebuf => match short(text, "filter parameter too long (byte buf)")? {
            Constant::Text(text) => Ok(Constant::Bytes(text.into_bytes())),
            other => Ok(other),
        },
        T::Bool => match text {
            "true" => Ok(Constant::Bool(true)),
            "false" => Ok(Constant::Bool(false)),
            _ => Err(format!("filter error: unrecognized boolean value {text}")),
        },
        T::IpAddr | T::Ipv4Addr | T::Ipv6Addr => address(text).map(Constant::Address),
        T::IpNet | T::Ipv4Net | T::Ipv6Net => network(text).map(Constant::Network),
        other => Err(format!("wrong parameter type {}", admits::name(other))),
    }
}

fn short(text: &str, message: &str) -> Result<Constant, String> {
    if text.len() >= MAX_VALUE {
        return Err(message.to_owned());
    }
    // Falco's strings end at the first NUL.
    let text = text.split('\0').next().unwrap_or_default();
    Ok(Constant::Text(text.to_owned()))
}

/// A decimal number as `sscanf` reads it: blanks and a sign before it, the nearest there is where it does not fit.
fn decimal(text: &str) -> Option<(bool, u128)> {
    let number = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let (negative, digits) = match number.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((negative, digits.parse().unwrap_or(u128::MAX)))
}

fn no_number(text: &str) -> String {
    format!("{text} is not a valid number")
}

fn signed(text: &str) -> Result<i64, String> {
    let (negative, number) = decimal(text).ok_or_else(|| no_number(text))?;
    let number = i64::try_from(number);
    Ok(match negative {
        true => number.map_or(i64::MIN, |number| -number),
        false => number.unwrap_or(i64::MAX),
    })
}

fn unsigned(text: &str) -> Result<u64, String> {
    let (negative, number) = decimal(text).ok_or_else(|| no_number(text))?;
    Ok(match u64::try_from(number) {
        Ok(number) if negative => number.wrapping_neg(),
        Ok(number) => number,
        Err(_) => u64::MAX,
    })
}

fn port(text: &str) -> Result<u16, String> {
    if text.is_empty() {
        return Ok(0);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i32 = text.parse().map_err(|_| "stoi".to_owned())?;
        return Ok(number as u16);
    }
    services::port(text).ok_or_else(|| format!("unrecognized protocol {text}"))
}

fn address(text: &str) -> Result<IpAddr, String> {
    if text.contains('.') {
        let address: Ipv4Addr = text
            .parse()
            .map_err(|_| format!("unrecognized IPv4 address {text}"))?;
        return Ok(address.into());
    }
    let address: Ipv6Addr = text
        .parse()
        .map_err(|_| format!("unrecognized IPv6 address {text}"))?;
    Ok(address.into())
}

fn network(text: &str) -> Result<Network, String> {
    let is_v4 = text.contains('.');
    let family = if is_v4 { "IP" } else { "IPv6" };
    let (ip, mask) = text
        .split_once('/')
        .ok_or_else(|| format!("unrecognized {family} network {text}"))?;
    let address = address(ip).map_err(|_| format!("unrecognized {family} address {text}"))?;
    let bits = unsigned(mask)? as u8;
    if bits > if is_v4 { 32 } else { 128 } {
        return Err(format!("invalid netmask {mask}"));
    }
    Ok(Network {
        address,
        prefix: bits,
    })
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(value(*high)? << 4 | value(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: T, expected: Result<Constant, &str>) {
        let read = read(text, Operator::Equal, kind);
        assert_eq!(
            read.as_ref().map_err(String::as_str),
            expected.as_ref().map_err(|it| *it),
            "{text}"
        );
    }

    #[test]
    fn numbers_are_decimal() {
        check("12", T::Int64, Ok(Constant::Signed(12)));
        check("-1", T::Int64, Ok(Constant::Signed(-1)));
        check("-1", T::Uint32, Ok(Constant::Unsigned(u64::from(u32::MAX))));
        check("0x1f", T::Uint64, Err("0x1f is not a valid number"));
        check("1.5", T::Uint64, Err("1.5 is not a valid number"));
        check(
            "99999999999999999999",
            T::Uint64,
            Ok(Constant::Unsigned(u64::MAX)),
        );
        check("true", T::Bool, Ok(Constant::Bool(true)));
        check(
            "1",
            T::Bool,
            Err("filter error: unrecognized boolean value 1"),
        );
    }

    #[test]
    fn ports_have_names() {
        check("443", T::Port, Ok(Constant::Unsigned(443)));
        check("https", T::Port, Ok(Constant::Unsigned(443)));
        check("foo", T::Port, Err("unrecognized protocol foo"));
    }

    #[test]
    fn addresses_and_networks_are_told_apart_by_dots() {
        check(
            "300.1.1.1",
            T::IpAddr,
            Err("unrecognized IPv4 address 300.1.1.1"),
        );
        check("foo", T::IpAddr, Err("unrecognized IPv6 address foo"));
        check(
            "10.0.0.1",
            T::IpNet,
            Err("unrecognized IP network 10.0.0.1"),
        );
        check("10.0.0.0/33", T::IpNet, Err("invalid netmask 33"));
        let network = network("10.1.0.0/16").expect("a network");
        assert!(network.contains("10.1.2.3".parse().expect("an address")));
        assert!(!network.contains("10.2.2.3".parse().expect("an address")));
        let all = super::network("::/0").expect("a network");
        assert!(all.contains("fe80::1".parse().expect("an address")));
        assert!(!all.contains("10.0.0.1".parse().expect("an address")));
    }

    #[test]
    fn bytes_are_hexadecimal() {
        let bytes = |text: &str| read(text, Operator::ContainsBytes, T::Bytebuf);
        assert_eq!(bytes("cafe"), Ok(Constant::Bytes(vec![0xca, 0xfe])));
        assert!(bytes("xyz").is_err() && bytes("abc").is_err());
    }
}
