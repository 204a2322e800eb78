//! What an event is about: its thread, and the descriptor that it uses.

use std::sync::LazyLock;

use crate::{
    Event,
    machine::{Machine, Seen},
    schema::{EVENTS, EventCode, EventFlags, ParamType, codes},
};

/// Finds the thread of an event, which is made where the event comes from one that nobody told of, and the descriptor that it
/// uses.
pub(super) fn find(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let code = event.code;
    let flags = event.info().flags;
    seen.hidden = code.is_entry_of_race();
    // Events that tell of the machine change no thread, but are shown with the one that they name.
    if flags.contains(EventFlags::SKIP_PARSE_RESET) || is_of_no_thread(code) {
        seen.thread = machine.threads.touch(event.tid).map(|thread| thread.tid);
        return;
    }
    let thread = if may_be_gone(code) {
        machine.threads.touch(event.tid)
    } else {
        machine.find_or_make(event.tid, event.time)
    };
    let Some(thread) = thread else {
        return;
    };
    thread.last_seen = event.time;
    seen.thread = Some(event.tid);
    if code == codes::SCHEDSWITCH_6_E {
        return;
    }
    if code.is_enter() {
        thread.last_fd = -1;
        thread.last.begin(code);
    } else if !thread.last.end(code) {
        thread.last_fd = -1;
    }
    if flags.contains(EventFlags::USES_FD) {
        if thread.last_fd == -1
            && let Some(fd) = fd_param(code).and_then(|index| event.signed(index))
        {
            thread.last_fd = fd;
        }
        if thread.last_fd >= 0 {
            seen.fd = Some((thread.fd_owner(), thread.last_fd));
        }
    }
    if is_kept(event) {
        thread.last.store(event);
    }
}

/// Forgets what was kept for the end of a system call once that was looked at.
#[inline]
pub(super) fn finish(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    if !event.code.is_enter()
        && let Some(thread) = seen.thread.and_then(|tid| machine.threads.get_mut(tid))
    {
        thread.last.forget();
    }
}

/// Whether the parameters of this beginning of a system call are kept for its end.
fn is_kept(event: &Event<'_>) -> bool {
    match event.code {
        codes::SYSCALL_EXECVEAT_E | codes::SOCKET_CONNECT_E => true,
        code => code.is_entry_of_race() && event.bytes(0).is_some(),
    }
}

/// Events that tell of the machine, whatever thread they name.
fn is_of_no_thread(code: EventCode) -> bool {
    matches!(
        code,
        codes::CONTAINER_JSON_2_E
            | codes::USER_ADDED_E
            | codes::USER_DELETED_E
            | codes::GROUP_ADDED_E
            | codes::GROUP_DELETED_E
            | codes::PLUGINEVENT_E
            | codes::ASYNCEVENT_E
    )
}

/// Events of threads that are new, or gone, or the kernel's own: not knowing the thread says nothing.
fn may_be_gone(code: EventCode) -> bool {
    matches!(
        code,
        codes::SYSCALL_CLONE_20_X
            | codes::SYSCALL_CLONE3_X
            | codes::SYSCALL_FORK_20_X
            | codes::SYSCALL_VFORK_20_X
            | codes::SCHEDSWITCH_6_E
            | codes::PROCEXIT_1_E
    )
}

/// The parameter that holds the descriptor which an event uses.
#[inline]
fn fd_param(code: EventCode) -> Option<usize> {
    static PLACES: LazyLock<[Option<u8>; EVENTS]> = LazyLock::new(|| {
        let mut places = [None; EVENTS];
        for (place, code) in places.iter_mut().zip(EventCode::all()) {
            *place = find_fd_param(code);
        }
        places
    });
    PLACES
        .get(usize::from(code.0))
        .copied()
        .flatten()
        .map(usize::from)
}

/// It is the first that holds one and is no result, except where a call has two and means the other.
fn find_fd_param(code: EventCode) -> Option<u8> {
    let info = code.info();
    if !info.flags.contains(EventFlags::USES_FD) {
        return None;
    }
    let name = match code {
        codes::SYSCALL_SPLICE_E | codes::SYSCALL_SPLICE_X => "fd_out",
        codes::SYSCALL_COPY_FILE_RANGE_X => "fdin",
        _ => "",
    };
    let is_fd = |kind| matches!(kind, ParamType::Fd | ParamType::Fd32);
    info.params
        .iter()
        .position(|param| {
            is_fd(param.kind) && param.name != "res" && (name.is_empty() || param.name == name)
        })
        .and_then(|index| u8::try_from(index).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_that_uses_a_descriptor_says_which() {
        for code in EventCode::all() {
            let flags = code.info().flags;
            if flags.contains(EventFlags::USES_FD) && !flags.contains(EventFlags::OLD_VERSION) {
                assert!(find_fd_param(code).is_some(), "{}", code.info().constant);
            }
        }
    }

    #[test]
    fn a_descriptor_is_no_result() {
        for (code, expected) in [
            (codes::SYSCALL_READ_X, 2),
            (codes::SYSCALL_FCNTL_X, 1),
            (codes::SYSCALL_DUP3_X, 1),
            (codes::SYSCALL_SPLICE_X, 2),
            (codes::SYSCALL_SENDFILE_X, 2),
            (codes::SYSCALL_COPY_FILE_RANGE_X, 3),
            (codes::SOCKET_CONNECT_E, 0),
            (codes::SYSCALL_OPEN_X, 255),
        ] {
            let place = fd_param(code).unwrap_or(255);
            assert_eq!(place, expected, "{}", code.info().constant);
        }
    }
}
