//! Events of threads and processes.

mod clone;
mod exec;
mod exit;
mod identity;
mod usage;

use crate::{
    Event,
    machine::{Machine, Seen},
    schema::codes as c,
};

/// Whether the event was one of these.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) -> bool {
    match event.code {
        c::SYSCALL_CLONE_20_X
        | c::SYSCALL_CLONE3_X
        | c::SYSCALL_FORK_20_X
        | c::SYSCALL_VFORK_20_X => clone::apply(machine, event, seen),
        c::SYSCALL_EXECVE_19_X | c::SYSCALL_EXECVEAT_X => exec::apply(machine, event, seen),
        c::PROCEXIT_1_E => exit::apply(machine, event, seen),
        c::SYSCALL_CHDIR_X | c::SYSCALL_FCHDIR_X | c::SYSCALL_GETCWD_X => {
            identity::directory(machine, event, seen);
        }
        c::SYSCALL_CHROOT_X => identity::chroot(machine, event, seen),
        c::SYSCALL_SETSID_X => identity::session(machine, event, seen),
        c::SYSCALL_SETRESUID_X | c::SYSCALL_SETREUID_X => {
            identity::user(machine, event, seen, 2);
        }
        c::SYSCALL_SETUID_X => identity::user(machine, event, seen, 1),
        c::SYSCALL_SETRESGID_X | c::SYSCALL_SETREGID_X => {
            identity::group(machine, event, seen, 2);
        }
        c::SYSCALL_SETGID_X => identity::group(machine, event, seen, 1),
        c::SYSCALL_CAPSET_X => identity::capabilities(machine, event, seen),
        c::SYSCALL_UNSHARE_X => identity::namespaces(machine, event, seen, 1),
        c::SYSCALL_SETNS_X => identity::namespaces(machine, event, seen, 2),
        c::SYSCALL_PRCTL_X => identity::prctl(machine, event, seen),
        c::SYSCALL_GETRLIMIT_X | c::SYSCALL_SETRLIMIT_X => usage::limit(machine, event, seen),
        c::SYSCALL_PRLIMIT_X => usage::limit_of(machine, event),
        c::SCHEDSWITCH_6_E => usage::switch(machine, event, seen),
        // The call may be about a descriptor too: others look at it as well.
        c::SYSCALL_BRK_4_X | c::SYSCALL_MMAP_X | c::SYSCALL_MMAP2_X | c::SYSCALL_MUNMAP_X => {
            usage::memory(machine, event, seen);
            return false;
        }
        _ => return false,
    }
    true
}

/// Whether a call succeeded: its result is none of the errors.
fn succeeded(event: &Event<'_>) -> bool {
    event.signed(0).is_some_and(|result| result >= 0)
}
