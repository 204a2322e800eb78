//! Which operator can be used on which type: facts of libsinsp's `filter_compare.cpp`.

use ciel_event::ParamType as T;

use crate::condition::Operator as O;

/// Whether values of a type can be compared so.
///
/// # Errors
/// Falco's message.
pub(crate) fn check(operator: O, kind: T, is_list: bool) -> Result<(), String> {
    let admitted = |set: &[O], what: &str| {
        if operator == O::Exists || set.contains(&operator) {
            Ok(())
        } else {
            Err(format!(
                "'{}' operator not supported {what}",
                operator.as_str()
            ))
        }
    };
    if is_list && operator != O::Exists {
        return match kind {
            T::Charbuf | T::Uint64 | T::RelTime | T::AbsTime | T::Bool | T::IpAddr | T::IpNet => {
                admitted(&[O::In, O::Intersects], "list filters")
            }
            _ => Err(format!(
                "list filters are not supported for type '{}'",
                name(kind)
            )),
        };
    }
    match kind {
        T::Int8
        | T::Int16
        | T::Int32
        | T::Int64
        | T::Uint8
        | T::Uint16
        | T::Uint32
        | T::Uint64
        | T::Errno
        | T::Fd
        | T::Fd32
        | T::Pid
        | T::Pid32
        | T::SyscallId
        | T::SigType
        | T::RelTime
        | T::AbsTime
        | T::Port
        | T::Flags8
        | T::Flags16
        | T::Flags32
        | T::EnumFlags8
        | T::EnumFlags16
        | T::EnumFlags32
        | T::Double
        | T::Mode
        | T::Uid
        | T::Gid => admitted(NUMERIC, "for numeric filters"),
        T::Bool => admitted(EQUALITY, "for numeric filters"),
        T::Ipv4Addr | T::Ipv4Net | T::Ipv6Addr | T::Ipv6Net | T::IpAddr | T::IpNet => {
            admitted(EQUALITY, "for ip address and network filters")
        }
        T::Charbuf | T::FsPath | T::FsRelPath => admitted(STRING, "for string filters"),
        T::Bytebuf => admitted(BUFFER, "for buffer filters"),
        other => admitted(&[], &format!("for type '{}'", name(other))),
    }
}

/// The name of a type in Falco's messages.
pub(crate) fn name(kind: T) -> String {
    kind.as_str().to_ascii_uppercase()
}

const EQUALITY: &[O] = &[O::Equal, O::NotEqual, O::In, O::Intersects];
const NUMERIC: &[O] = &[
    O::Equal,
    O::NotEqual,
    O::Less,
    O::LessOrEqual,
    O::Greater,
    O::GreaterOrEqual,
    O::In,
    O::Intersects,
];
const STRING: &[O] = &[
    O::Equal,
    O::NotEqual,
    O::Less,
    O::LessOrEqual,
    O::Greater,
    O::GreaterOrEqual,
    O::Contains,
    O::ContainsIgnoreCase,
    O::In,
    O::StartsWith,
    O::EndsWith,
    O::Glob,
    O::GlobIgnoreCase,
    O::PathMatch,
    O::Intersects,
    O::Regex,
];
const BUFFER: &[O] = &[
    O::Equal,
    O::NotEqual,
    O::Contains,
    O::In,
    O::StartsWith,
    O::EndsWith,
    O::Intersects,
    O::ContainsBytes,
    O::StartsWithBytes,
];
