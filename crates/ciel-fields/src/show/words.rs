//! Names of errors and signals, by the kernel's numbers.

/// The name of the error that a system call returned as a negative number: `ENOENT` of -2.
pub(crate) fn errno(result: i64) -> Option<&'static str> {
    // Falco looks at 32 bits.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "errors are small; of other numbers nothing is known"
    )]
    let number = (result as i32).checked_neg()?;
    let number = usize::try_from(number).ok()?;
    match number.checked_sub(FIRST_OF_KERNEL) {
        Some(index) => KERNEL.get(index),
        None => ERRORS.get(number.checked_sub(1)?),
    }
    .copied()
    .filter(|name| !name.is_empty())
}

/// The name of a signal: `SIGTERM` of 15.
pub(crate) fn signal(number: u8) -> Option<&'static str> {
    SIGNALS.get(usize::from(number).checked_sub(1)?).copied()
}

/// Errors from 1 on; empty where there is none, or Falco names none.
#[rustfmt::skip]
const ERRORS: &[&str] = &[
    "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF", "ECHILD", "EAGAIN", "ENOMEM",
    "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE",
    "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE",
    "EDEADLK", "ENAMETOOLONG", "ENOLCK", "ENOSYS", "ENOTEMPTY", "ELOOP", "", "ENOMSG", "EIDRM", "ECHRNG", "EL2NSYNC",
    "EL3HLT", "EL3RST", "ELNRNG", "EUNATCH", "ENOCSI", "EL2HLT", "EBADE", "EBADR", "EXFULL", "ENOANO", "EBADRQC",
    "EBADSLT", "", "EBFONT", "ENOSTR", "ENODATA", "ETIME", "ENOSR", "ENONET", "ENOPKG", "EREMOTE", "ENOLINK", "EADV",
    "ESRMNT", "ECOMM", "EPROTO", "EMULTIHOP", "EDOTDOT", "EBADMSG", "EOVERFLOW", "ENOTUNIQ", "EBADFD", "EREMCHG",
    "ELIBACC", "ELIBBAD", "ELIBSCN", "ELIBMAX", "ELIBEXEC", "EILSEQ", "ERESTART", "ESTRPIPE", "EUSERS", "ENOTSOCK",
    "EDESTADDRREQ", "EMSGSIZE", "EPROTOTYPE", "ENOPROTOOPT", "EPROTONOSUPPORT", "ESOCKTNOSUPPORT", "EOPNOTSUPP",
    "EPFNOSUPPORT", "EAFNOSUPPORT", "EADDRINUSE", "EADDRNOTAVAIL", "ENETDOWN", "ENETUNREACH", "ENETRESET",
    "ECONNABORTED", "ECONNRESET", "ENOBUFS", "EISCONN", "ENOTCONN", "ESHUTDOWN", "ETOOMANYREFS", "ETIMEDOUT",
    "ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH", "EALREADY", "EINPROGRESS", "ESTALE", "EUCLEAN", "ENOTNAM", "ENAVAIL",
    "EISNAM", "EREMOTEIO", "EDQUOT", "ENOMEDIUM", "EMEDIUMTYPE", "ECANCELED",
];

/// The first of the errors that stay in the kernel.
const FIRST_OF_KERNEL: usize = 512;

/// Errors that stay in the kernel, from 512 on; empty where there is none.
#[rustfmt::skip]
const KERNEL: &[&str] = &[
    "ERESTARTSYS", "ERESTARTNOINTR", "ERESTARTNOHAND", "ENOIOCTLCMD", "ERESTART_RESTARTBLOCK", "", "", "", "",
    "EBADHANDLE", "ENOTSYNC", "EBADCOOKIE", "ENOTSUPP", "ETOOSMALL", "ESERVERFAULT", "EBADTYPE", "EJUKEBOX",
    "EIOCBQUEUED", "EIOCBRETRY",
];

/// Signals from 1 on.
#[rustfmt::skip]
const SIGNALS: &[&str] = &[
    "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
    "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP",
    "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR",
    "SIGSYS",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_kernels_numbers() {
        for (number, name) in [
            (-1, Some("EPERM")),
            (-2, Some("ENOENT")),
            (-40, Some("ELOOP")),
            (-41, None),
            (-42, Some("ENOMSG")),
            (-59, Some("EBFONT")),
            (-71, Some("EPROTO")),
            (-88, Some("ENOTSOCK")),
            (-110, Some("ETIMEDOUT")),
            (-111, Some("ECONNREFUSED")),
            (-115, Some("EINPROGRESS")),
            (-125, Some("ECANCELED")),
            (-126, None),
            (-512, Some("ERESTARTSYS")),
            (-516, Some("ERESTART_RESTARTBLOCK")),
            (-530, Some("EIOCBRETRY")),
            (-531, None),
            (0, None),
            (2, None),
            (i64::MIN, None),
        ] {
            assert_eq!(errno(number), name, "{number}");
        }
    }

    #[test]
    fn signals_have_the_kernels_numbers() {
        for (number, name) in [
            (0, None),
            (9, Some("SIGKILL")),
            (15, Some("SIGTERM")),
            (31, Some("SIGSYS")),
            (32, None),
        ] {
            assert_eq!(signal(number), name, "{number}");
        }
    }
}
