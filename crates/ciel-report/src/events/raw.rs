//! What a capture holds of an event, before any state is looked up.

use std::io::Write as _;

use ciel_event::{Event, schema::ParamType};

/// Nanoseconds since 1970, CPU, thread, the event's constant, then its parameters: numbers as numbers, everything else as
/// text in which bytes that are no printable ASCII are escaped. Parameters of a newer schema are called by their place.
pub(super) fn line(event: &Event<'_>, line: &mut Vec<u8>) {
    let info = event.info();
    // A Vec takes all that is written.
    let _ = write!(
        line,
        "{} {} {} {}",
        event.time, event.cpu, event.tid, info.constant
    );
    for (index, bytes) in event.params.iter().enumerate() {
        let param = info.params.get(index);
        let _ = match param {
            Some(param) => write!(line, " {}=", param.name),
            None => write!(line, " [{index}]="),
        };
        match number(param.map(|param| param.kind), bytes) {
            Some(number) => {
                let _ = write!(line, "{number}");
            }
            None => {
                let _ = write!(line, "\"{}\"", bytes.escape_ascii());
            }
        }
    }
}

/// The number that a parameter holds, if it is of a type that holds one.
fn number(kind: Option<ParamType>, bytes: &[u8]) -> Option<i128> {
    use ParamType as T;
    let signed = match kind? {
        T::Charbuf
        | T::Bytebuf
        | T::CharbufArray
        | T::CharbufPairs
        | T::Sockaddr
        | T::Socktuple
        | T::FdList
        | T::FsPath
        | T::FsRelPath
        | T::Ipv4Addr
        | T::Ipv6Addr
        | T::IpAddr
        | T::IpNet
        | T::Ipv4Net
        | T::Ipv6Net
        | T::Dyn
        | T::Double => return None,
        T::Int8
        | T::Int16
        | T::Int32
        | T::Int64
        | T::Errno
        | T::Fd
        | T::Fd32
        | T::Pid
        | T::Pid32 => true,
        _ => false,
    };
    if bytes.is_empty() || bytes.len() > 8 {
        return None;
    }
    let mut wide = [0_u8; 8];
    wide.get_mut(..bytes.len())?.copy_from_slice(bytes);
    let value = u64::from_le_bytes(wide);
    let unused = 64 - 8 * u32::try_from(bytes.len()).ok()?;
    Some(if signed {
        i128::from((value << unused).cast_signed() >> unused)
    } else {
        i128::from(value)
    })
}
