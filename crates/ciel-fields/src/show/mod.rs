//! A parameter of an event as Falco shows it in `evt.args`: a number or text as it stands in the event, and for many what
//! it means: the name of a descriptor, a process, a user, an error, the names of bits, a path from the root.
//!
//! Facts of `get_param_as_str` in falcosecurity/libs.

pub(crate) mod bits;
mod net;
pub(crate) mod number;
pub(crate) mod path;
pub(crate) mod words;

use ciel_event::{
    Context, Fd,
    machine::L4,
    read_signed, read_unsigned,
    schema::{ParamInfo, ParamType as T, Refers},
    text::sanitize,
};

use crate::{
    extract::container::users_of,
    spare,
    value::{print, write_printable},
};

/// The descriptor of this number of the thread of the event.
pub(crate) fn descriptor<'a>(context: &Context<'a>, number: i64) -> Option<&'a Fd> {
    context.machine.fd(context.thread?, number)
}

/// How a parameter is shown.
#[derive(Default)]
pub(crate) struct Shown {
    /// As it stands in the event.
    pub(crate) plain: Vec<u8>,
    /// What it means; empty where there is no more to say.
    pub(crate) meaning: Vec<u8>,
}

impl Shown {
    /// What it means, or else as it stands in the event.
    pub(crate) fn best(self) -> Vec<u8> {
        let (best, other) = if self.meaning.is_empty() {
            (self.plain, self.meaning)
        } else {
            (self.meaning, self.plain)
        };
        spare::give_back(other);
        best
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        print(&mut self.plain, format_args!("{number}"));
    }

    fn means(&mut self, text: &str) {
        self.meaning.extend_from_slice(text.as_bytes());
    }
}

/// Shows the parameter at `index`; `None` if the event has none there.
pub(crate) fn parameter(context: &Context<'_>, index: usize) -> Option<Shown> {
    let mut out = Shown {
        plain: spare::buffer(),
        meaning: spare::buffer(),
    };
    replace(context, index, &mut out)?;
    Some(out)
}

/// As [`parameter`], in the room of one that was shown before.
pub(crate) fn replace(context: &Context<'_>, index: usize, out: &mut Shown) -> Option<()> {
    let bytes = context.event.params.get(index)?;
    let info = context.event.info().params.get(index)?;
    out.plain.clear();
    out.meaning.clear();
    if let Some(text) = missing(info.kind, bytes) {
        out.plain.extend_from_slice(text.as_bytes());
        return Some(());
    }
    let (kind, bytes) = variant(info, bytes);
    show(context, index, info, kind, bytes, out);
    Some(())
}

/// What stands for a parameter without value.
fn missing(kind: T, bytes: &[u8]) -> Option<&'static str> {
    let is_null = bytes.is_empty()
        // Captures of old drivers.
        || (bytes == b"(NULL)\0" && matches!(kind, T::Charbuf | T::FsPath | T::FsRelPath));
    is_null.then_some(match kind {
        T::Bytebuf | T::Socktuple | T::FdList | T::CharbufArray | T::CharbufPairs | T::Dyn => {
            "NULL"
        }
        _ => "<NA>",
    })
}

/// The text of a parameter of text; `<NA>` where it has none. Borrowed where it is UTF-8 or may be anything.
pub(crate) fn text(bytes: &[u8]) -> &[u8] {
    if bytes == b"(NULL)\0" || bytes.is_empty() {
        return b"<NA>";
    }
    until_nul(bytes)
}

/// Types that a parameter may have by its first byte (`dynamic_params_table.c`).
fn variant<'a>(info: &ParamInfo, bytes: &'a [u8]) -> (T, &'a [u8]) {
    let Refers::Variants(name) = info.refers else {
        return (info.kind, bytes);
    };
    let kinds: &[T] = match name {
        "sockopt" => &[T::Bytebuf, T::Errno, T::Uint32, T::Uint64, T::RelTime],
        "ptrace" => &[T::Uint64, T::SigType],
        "bpf" => &[T::Fd, T::Errno],
        "keyctl" => &[T::Int64, T::Charbuf],
        _ => &[],
    };
    match bytes.split_first() {
        Some((which, rest)) => match kinds.get(usize::from(*which)) {
            Some(kind) => (*kind, rest),
            None => (T::Dyn, bytes),
        },
        None => (T::Dyn, bytes),
    }
}

fn show(
    context: &Context<'_>,
    index: usize,
    info: &ParamInfo,
    kind: T,
    bytes: &[u8],
    out: &mut Shown,
) {
    match kind {
        T::Int8 | T::Int16 | T::Int32 | T::Int64 => number::signed(kind, info.format, bytes, out),
        T::Uint8 | T::Uint16 | T::Uint32 | T::Uint64 => {
            number::unsigned(info.format, bytes, out);
        }
        T::Errno => number::errno(bytes, out),
        T::SigType => number::signal(bytes, out),
        T::SigSet => number::signals(bytes, out),
        T::SyscallId => number::syscall(bytes, out),
        T::RelTime => number::relative_time(bytes, out),
        T::AbsTime => number::absolute_time(bytes, out),
        T::Fd | T::Fd32 => fd(context, bytes, out),
        T::Pid | T::Pid32 => pid(context, bytes, out),
        T::Uid => user(context, bytes, out),
        T::Gid => group(context, bytes, out),
        T::Flags8 | T::Flags16 | T::Flags32 => bits::flags(info, bytes, out),
        T::EnumFlags8 | T::EnumFlags16 | T::EnumFlags32 => bits::enumeration(info, bytes, out),
        T::Mode => bits::mode(info, bytes, out),
        T::Charbuf => out.plain.extend_from_slice(until_nul(bytes)),
        T::FsPath | T::FsRelPath => path::show(context, index, info, bytes, out),
        T::Bytebuf => write_printable(bytes, &mut out.plain),
        T::Sockaddr => net::address(bytes, out),
        T::Socktuple => net::tuple(bytes, out),
        T::FdList => fd_list(context, bytes, out),
        T::CharbufArray | T::CharbufPairs => write_printable(bytes, &mut out.plain),
        T::Dyn => out.plain.extend_from_slice(b"INVALID DYNAMIC PARAMETER"),
        T::Bool
        | T::Double
        | T::Port
        | T::Ipv4Addr
        | T::Ipv6Addr
        | T::IpAddr
        | T::IpNet
        | T::Ipv4Net
        | T::Ipv6Net
        | T::L4Proto
        | T::SockFamily => out.plain.extend_from_slice(b"(n.a.)"),
    }
}

pub(crate) use ciel_event::{machine::path::AT_FDCWD, until_nul};

/// `3(<f>/etc/passwd)`.
fn fd(context: &Context<'_>, bytes: &[u8], out: &mut Shown) {
    let Some(number) = read_signed(bytes) else {
        return;
    };
    out.number(number);
    if context.thread.is_none() {
        return;
    }
    if number >= 0 {
        if let Some(fd) = descriptor(context, number) {
            out.means("<");
            out.means(fd.kind.letter());
            if let Some(letter) = protocol_char(fd) {
                out.means(letter.encode_utf8(&mut [0; 4]));
            }
            out.means(">");
            out.meaning.extend_from_slice(&sanitize(&fd.name()));
        }
    } else if number == AT_FDCWD {
        out.means("AT_FDCWD");
    } else {
        out.means(words::errno(number).unwrap_or_default());
    }
}

/// The letter that stands for the protocol of a socket of IPv4 or IPv6.
fn protocol_char(fd: &Fd) -> Option<char> {
    match fd.l4() {
        L4::Icmp => Some('i'),
        L4::Tcp => Some('t'),
        L4::Udp => Some('u'),
        L4::Raw => Some('r'),
        L4::Unknown | L4::NotAvailable => None,
    }
}

/// `17(bash)`.
fn pid(context: &Context<'_>, bytes: &[u8], out: &mut Shown) {
    let Some(number) = read_signed(bytes) else {
        return;
    };
    out.number(number);
    if let Some(thread) = context.machine.threads.get(number) {
        out.meaning.extend_from_slice(&thread.comm);
    }
}

/// `0(root)`.
fn user(context: &Context<'_>, bytes: &[u8], out: &mut Shown) {
    let users = &context.machine.users;
    identity(context, bytes, out, |number| {
        let listed = users.user_in(users_of(context), number);
        Some(listed.or_else(|| users.user(number))?.name.as_slice())
    });
}

/// `0(root)`.
fn group(context: &Context<'_>, bytes: &[u8], out: &mut Shown) {
    let users = &context.machine.users;
    identity(context, bytes, out, |number| {
        let listed = users.group_in(users_of(context), number);
        Some(listed.or_else(|| users.group(number))?.name.as_slice())
    });
}

/// A user or group and its name; root's is known also where the capture lists none.
fn identity<'a>(
    context: &Context<'_>,
    bytes: &[u8],
    out: &mut Shown,
    name: impl FnOnce(u32) -> Option<&'a [u8]>,
) {
    let Some(number) = read_unsigned(bytes).and_then(|n| u32::try_from(n).ok()) else {
        return;
    };
    // Falco shows these numbers with a sign.
    out.number(number.cast_signed());
    if number == u32::MAX {
        out.means("<NONE>");
        return;
    }
    let name = context.thread.and_then(|_| {
        let root = (number == 0).then_some(b"root".as_slice());
        name(number).or(root)
    });
    match name.filter(|name| !name.is_empty()) {
        Some(name) => out.meaning.extend_from_slice(&sanitize(name)),
        None => out.means("<NA>"),
    }
}

/// `4:64 7:p1`: number, letter of the kind, and `POLL*` bits of each descriptor.
fn fd_list(context: &Context<'_>, bytes: &[u8], out: &mut Shown) {
    /// What the room that Falco has for it holds.
    const ROOM: usize = 1023;
    if context.thread.is_none() {
        return;
    }
    for (position, (number, bits)) in descriptors(bytes).enumerate() {
        let mut one = Vec::with_capacity(24);
        if position > 0 {
            one.push(b' ');
        }
        let letter = descriptor(context, number).map_or("?", |fd| fd.kind.letter());
        print(
            &mut one,
            format_args!(
                "{}:{}{:x}",
                number.cast_unsigned(),
                letter,
                i32::from(bits).cast_unsigned()
            ),
        );
        let left = ROOM.saturating_sub(out.plain.len());
        if left == 0 {
            break;
        }
        out.plain.extend_from_slice(one.get(..left).unwrap_or(&one));
    }
}

/// The descriptors of a list (`PT_FDLIST`): the number of each, and bits.
pub(crate) fn descriptors(bytes: &[u8]) -> impl Iterator<Item = (i64, i16)> + '_ {
    let (count, rest) = bytes.split_first_chunk().unwrap_or((&[0, 0], &[]));
    rest.chunks_exact(10)
        .take(usize::from(u16::from_le_bytes(*count)))
        .filter_map(|entry| {
            let (number, bits) = entry.split_first_chunk()?;
            Some((
                i64::from_le_bytes(*number),
                i16::from_le_bytes(bits.try_into().ok()?),
            ))
        })
}

#[cfg(test)]
mod tests;
