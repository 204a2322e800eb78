//! Threads that lived when the capture began.

use ciel_event::{Thread, machine::Cgroups};

use super::{put_sized, put_text, text};
use crate::read::{Cursor, Flaw};

/// Bytes of what writers before 0.10 put after the root directory: from the login user to the capabilities. Since then,
/// two numbers stand before these.
const TAIL_BEFORE_0_10: usize = 29;

/// Reads one entry of a list of a version, 1 to 9.
pub(crate) fn parse(cursor: &mut Cursor<'_>, version: u8) -> Result<Thread, Flaw> {
    if version < 9 {
        return fixed(cursor, version);
    }
    let mut entry = cursor.sized(true)?;
    let mut thread = fixed(&mut entry, version)?;
    grown(&mut entry, &mut thread);
    Ok(thread)
}

/// What every entry of the version has.
fn fixed(cursor: &mut Cursor<'_>, version: u8) -> Result<Thread, Flaw> {
    let tid = cursor.i64()?;
    let mut thread = Thread::new(tid);
    thread.pid = cursor.i64()?;
    thread.ptid = cursor.i64()?;
    if version >= 6 {
        thread.sid = cursor.i64()?;
    }
    if version >= 8 {
        thread.vpgid = cursor.i64()?;
    }
    thread.comm = text(cursor.text()?);
    thread.exe = text(cursor.text()?);
    if version >= 7 {
        thread.exepath = text(cursor.text()?);
    }
    thread.args = text(cursor.text()?);
    thread.cwd = text(cursor.text()?);
    thread.fd_limit = cursor.i64()?;
    thread.clone_flags = cursor.u32()?;
    thread.uid = cursor.u32()?;
    thread.gid = cursor.u32()?;
    if version >= 2 {
        thread.vm_size = cursor.u32()?;
        thread.vm_rss = cursor.u32()?;
        thread.vm_swap = cursor.u32()?;
        thread.major_faults = cursor.u64()?;
        thread.minor_faults = cursor.u64()?;
    }
    if version >= 3 {
        thread.env = text(cursor.text()?);
    }
    if version >= 4 {
        thread.vtid = cursor.i64()?;
        thread.vpid = cursor.i64()?;
        thread.cgroups = Cgroups::parse(cursor.text()?).unwrap_or_default();
    }
    if version >= 5 {
        thread.root = text(cursor.text()?);
    }
    Ok(thread)
}

/// What writers of the last version added one by one; an entry ends where its writer knew no more.
fn grown(entry: &mut Cursor<'_>, thread: &mut Thread) {
    /// Reads a number if the entry still has it.
    macro_rules! next {
        ($target:expr, $read:ident) => {
            if let Ok(value) = entry.$read() {
                $target = value;
            }
        };
        ($target:expr) => {
            if let Ok(value) = entry.u8() {
                $target = value != 0;
            }
        };
    }
    if entry.len() > TAIL_BEFORE_0_10 {
        next!(thread.pidns_init_start, u64);
        next!(thread.tty, u32);
    }
    next!(thread.loginuid, u32);
    next!(thread.flags.exe_writable);
    next!(thread.cap_inheritable, u64);
    next!(thread.cap_permitted, u64);
    next!(thread.cap_effective, u64);
    next!(thread.flags.exe_upper_layer);
    next!(thread.exe_ino, u64);
    next!(thread.exe_ino_ctime, u64);
    next!(thread.exe_ino_mtime, u64);
    next!(thread.flags.exe_from_memfd);
    next!(thread.flags.exe_lower_layer);
    next!(thread.pgid, i64);
}

/// Writes an entry of the last version.
pub(crate) fn write(out: &mut Vec<u8>, thread: &Thread) {
    put_sized(out, |out| {
        write_fixed(out, thread);
        write_grown(out, thread);
    });
}

fn write_fixed(out: &mut Vec<u8>, thread: &Thread) {
    for number in [
        thread.tid,
        thread.pid,
        thread.ptid,
        thread.sid,
        thread.vpgid,
    ] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    for bytes in [
        &thread.comm,
        &thread.exe,
        &thread.exepath,
        &thread.args,
        &thread.cwd,
    ] {
        put_text(out, bytes);
    }
    out.extend_from_slice(&thread.fd_limit.to_le_bytes());
    for number in [
        thread.clone_flags,
        thread.uid,
        thread.gid,
        thread.vm_size,
        thread.vm_rss,
        thread.vm_swap,
    ] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&thread.major_faults.to_le_bytes());
    out.extend_from_slice(&thread.minor_faults.to_le_bytes());
    put_text(out, &thread.env);
    out.extend_from_slice(&thread.vtid.to_le_bytes());
    out.extend_from_slice(&thread.vpid.to_le_bytes());
    put_text(out, thread.cgroups.as_bytes());
    put_text(out, &thread.root);
}

fn write_grown(out: &mut Vec<u8>, thread: &Thread) {
    out.extend_from_slice(&thread.pidns_init_start.to_le_bytes());
    out.extend_from_slice(&thread.tty.to_le_bytes());
    out.extend_from_slice(&thread.loginuid.to_le_bytes());
    out.push(u8::from(thread.flags.exe_writable));
    for number in [
        thread.cap_inheritable,
        thread.cap_permitted,
        thread.cap_effective,
    ] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.push(u8::from(thread.flags.exe_upper_layer));
    for number in [thread.exe_ino, thread.exe_ino_ctime, thread.exe_ino_mtime] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.push(u8::from(thread.flags.exe_from_memfd));
    out.push(u8::from(thread.flags.exe_lower_layer));
    out.extend_from_slice(&thread.pgid.to_le_bytes());
}
