//! Names of the values and bits of parameters, in the order in which they are shown.
//!
//! Written by `cargo xtask schema`; do not edit.

use super::NamedValue;

const fn v(name: &'static str, value: u32) -> NamedValue {
    NamedValue { name, value }
}

/// `access_flags`.
#[rustfmt::skip]
pub static ACCESS_FLAGS: &[NamedValue] = &[
    v("F_OK", 0),
    v("R_OK", 4),
    v("W_OK", 2),
    v("X_OK", 1),
];

/// `anon_inode_fd_types`.
#[rustfmt::skip]
pub static ANON_INODE_FD_TYPES: &[NamedValue] = &[
    v("ANON_INODE_FD_TYPE_UNKNOWN", 0),
    v("ANON_INODE_FD_TYPE_EVENTFD", 1),
    v("ANON_INODE_FD_TYPE_EVENTPOLL", 2),
    v("ANON_INODE_FD_TYPE_INOTIFY", 3),
    v("ANON_INODE_FD_TYPE_SIGNALFD", 4),
    v("ANON_INODE_FD_TYPE_TIMERFD", 5),
    v("ANON_INODE_FD_TYPE_IO_URING", 6),
    v("ANON_INODE_FD_TYPE_USERFAULTFD", 7),
    v("ANON_INODE_FD_TYPE_PIDFD", 8),
    v("ANON_INODE_FD_TYPE_BPF_MAP", 9),
    v("ANON_INODE_FD_TYPE_BPF_PROG", 10),
    v("ANON_INODE_FD_TYPE_BPF_LINK", 11),
    v("ANON_INODE_FD_TYPE_BPF_ITER", 12),
    v("ANON_INODE_FD_TYPE_PERF_EVENT", 13),
];

/// `bpf_commands`.
#[rustfmt::skip]
pub static BPF_COMMANDS: &[NamedValue] = &[
    v("BPF_MAP_CREATE", 0),
    v("BPF_MAP_LOOKUP_ELEM", 1),
    v("BPF_MAP_UPDATE_ELEM", 2),
    v("BPF_MAP_DELETE_ELEM", 3),
    v("BPF_MAP_GET_NEXT_KEY", 4),
    v("BPF_PROG_LOAD", 5),
    v("BPF_OBJ_PIN", 6),
    v("BPF_OBJ_GET", 7),
    v("BPF_PROG_ATTACH", 8),
    v("BPF_PROG_DETACH", 9),
    v("BPF_PROG_TEST_RUN", 10),
    v("BPF_PROG_RUN", 10),
    v("BPF_PROG_GET_NEXT_ID", 11),
    v("BPF_MAP_GET_NEXT_ID", 12),
    v("BPF_PROG_GET_FD_BY_ID", 13),
    v("BPF_MAP_GET_FD_BY_ID", 14),
    v("BPF_OBJ_GET_INFO_BY_FD", 15),
    v("BPF_PROG_QUERY", 16),
    v("BPF_RAW_TRACEPOINT_OPEN", 17),
    v("BPF_BTF_LOAD", 18),
    v("BPF_BTF_GET_FD_BY_ID", 19),
    v("BPF_TASK_FD_QUERY", 20),
    v("BPF_MAP_LOOKUP_AND_DELETE_ELEM", 21),
    v("BPF_MAP_FREEZE", 22),
    v("BPF_BTF_GET_NEXT_ID", 23),
    v("BPF_MAP_LOOKUP_BATCH", 24),
    v("BPF_MAP_LOOKUP_AND_DELETE_BATCH", 25),
    v("BPF_MAP_UPDATE_BATCH", 26),
    v("BPF_MAP_DELETE_BATCH", 27),
    v("BPF_LINK_CREATE", 28),
    v("BPF_LINK_UPDATE", 29),
    v("BPF_LINK_GET_FD_BY_ID", 30),
    v("BPF_LINK_GET_NEXT_ID", 31),
    v("BPF_ENABLE_STATS", 32),
    v("BPF_ITER_CREATE", 33),
    v("BPF_LINK_DETACH", 34),
    v("BPF_PROG_BIND_MAP", 35),
];

/// `chmod_mode`.
#[rustfmt::skip]
pub static CHMOD_MODE: &[NamedValue] = &[
    v("S_IXOTH", 1),
    v("S_IWOTH", 2),
    v("S_IROTH", 4),
    v("S_IXGRP", 8),
    v("S_IWGRP", 16),
    v("S_IRGRP", 32),
    v("S_IXUSR", 64),
    v("S_IWUSR", 128),
    v("S_IRUSR", 256),
    v("S_ISVTX", 512),
    v("S_ISGID", 1024),
    v("S_ISUID", 2048),
];

/// `clone_flags`.
#[rustfmt::skip]
pub static CLONE_FLAGS: &[NamedValue] = &[
    v("CLONE_FILES", 1),
    v("CLONE_FS", 2),
    v("CLONE_IO", 4),
    v("CLONE_NEWIPC", 8),
    v("CLONE_NEWNET", 16),
    v("CLONE_NEWNS", 32),
    v("CLONE_NEWPID", 64),
    v("CLONE_NEWUTS", 128),
    v("CLONE_PARENT", 256),
    v("CLONE_PARENT_SETTID", 512),
    v("CLONE_PTRACE", 1024),
    v("CLONE_SIGHAND", 2048),
    v("CLONE_SYSVSEM", 4096),
    v("CLONE_THREAD", 8192),
    v("CLONE_UNTRACED", 16384),
    v("CLONE_VM", 32768),
    v("CLONE_INVERTED", 65536),
    v("NAME_CHANGED", 131072),
    v("CLOSED", 262144),
    v("CLONE_NEWUSER", 1048576),
    v("CLONE_CHILD_CLEARTID", 8388608),
    v("CLONE_CHILD_SETTID", 16777216),
    v("CLONE_SETTLS", 33554432),
    v("CLONE_STOPPED", 67108864),
    v("CLONE_VFORK", 134217728),
    v("CLONE_NEWCGROUP", 268435456),
    v("CLONE_CHILD_IN_PIDNS", 536870912),
];

/// `close_range_flags`.
#[rustfmt::skip]
pub static CLOSE_RANGE_FLAGS: &[NamedValue] = &[
    v("CLOSE_RANGE_UNSHARE", 2),
    v("CLOSE_RANGE_CLOEXEC", 4),
];

/// `creat_flags`.
#[rustfmt::skip]
pub static CREAT_FLAGS: &[NamedValue] = &[
    v("FD_UPPER_LAYER_CREAT", 1),
    v("FD_LOWER_LAYER_CREAT", 2),
];

/// `delete_module_flags`.
#[rustfmt::skip]
pub static DELETE_MODULE_FLAGS: &[NamedValue] = &[
    v("O_NONBLOCK", 2),
    v("O_TRUNC", 1),
];

/// `epoll_create1_flags`.
#[rustfmt::skip]
pub static EPOLL_CREATE1_FLAGS: &[NamedValue] = &[
    v("EPOLL_CLOEXEC", 1),
];

/// `execve_flags`.
#[rustfmt::skip]
pub static EXECVE_FLAGS: &[NamedValue] = &[
    v("EXE_WRITABLE", 1),
    v("EXE_UPPER_LAYER", 2),
    v("EXE_FROM_MEMFD", 4),
    v("EXE_LOWER_LAYER", 8),
];

/// `execveat_flags`.
#[rustfmt::skip]
pub static EXECVEAT_FLAGS: &[NamedValue] = &[
    v("AT_EMPTY_PATH", 1),
    v("AT_SYMLINK_NOFOLLOW", 2),
];

/// `fchownat_flags`.
#[rustfmt::skip]
pub static FCHOWNAT_FLAGS: &[NamedValue] = &[
    v("AT_SYMLINK_NOFOLLOW", 1024),
    v("AT_EMPTY_PATH", 4096),
];

/// `fcntl_commands`.
#[rustfmt::skip]
pub static FCNTL_COMMANDS: &[NamedValue] = &[
    v("F_GETPIPE_SZ", 29),
    v("F_SETPIPE_SZ", 28),
    v("F_NOTIFY", 27),
    v("F_DUPFD_CLOEXEC", 26),
    v("F_CANCELLK", 25),
    v("F_GETLEASE", 24),
    v("F_SETLEASE", 23),
    v("F_GETOWN_EX", 22),
    v("F_SETOWN_EX", 21),
    v("F_SETLKW64", 19),
    v("F_SETLK64", 18),
    v("F_GETLK64", 17),
    v("F_GETSIG", 15),
    v("F_SETSIG", 13),
    v("F_GETOWN", 12),
    v("F_SETOWN", 10),
    v("F_SETLKW", 9),
    v("F_SETLK", 8),
    v("F_GETLK", 6),
    v("F_SETFL", 5),
    v("F_GETFL", 4),
    v("F_SETFD", 3),
    v("F_GETFD", 2),
    v("F_DUPFD", 1),
    v("F_OFD_GETLK", 30),
    v("F_OFD_SETLK", 31),
    v("F_OFD_SETLKW", 32),
    v("UNKNOWN", 0),
];

/// `file_flags`.
#[rustfmt::skip]
pub static FILE_FLAGS: &[NamedValue] = &[
    v("O_LARGEFILE", 2048),
    v("O_DIRECTORY", 1024),
    v("O_DIRECT", 512),
    v("O_TRUNC", 256),
    v("O_SYNC", 128),
    v("O_NONBLOCK", 64),
    v("O_EXCL", 32),
    v("O_DSYNC", 16),
    v("O_APPEND", 8),
    v("O_CREAT", 4),
    v("O_RDWR", 3),
    v("O_WRONLY", 2),
    v("O_RDONLY", 1),
    v("O_CLOEXEC", 4096),
    v("O_NONE", 0),
    v("O_TMPFILE", 8192),
    v("O_F_CREATED", 16384),
    v("FD_UPPER_LAYER", 32768),
    v("FD_LOWER_LAYER", 65536),
];

/// `finit_module_flags`.
#[rustfmt::skip]
pub static FINIT_MODULE_FLAGS: &[NamedValue] = &[
    v("MODULE_INIT_IGNORE_MODVERSIONS", 1),
    v("MODULE_INIT_IGNORE_VERMAGIC", 2),
    v("MODULE_INIT_COMPRESSED_FILE", 4),
];

/// `flock_flags`.
#[rustfmt::skip]
pub static FLOCK_FLAGS: &[NamedValue] = &[
    v("LOCK_SH", 1),
    v("LOCK_EX", 2),
    v("LOCK_NB", 4),
    v("LOCK_UN", 8),
    v("LOCK_NONE", 0),
];

/// `fsconfig_cmds`.
#[rustfmt::skip]
pub static FSCONFIG_CMDS: &[NamedValue] = &[
    v("FSCONFIG_SET_FLAG", 0),
    v("FSCONFIG_SET_STRING", 1),
    v("FSCONFIG_SET_BINARY", 2),
    v("FSCONFIG_SET_PATH", 3),
    v("FSCONFIG_SET_PATH_EMPTY", 4),
    v("FSCONFIG_SET_FD", 5),
    v("FSCONFIG_CMD_CREATE", 6),
    v("FSCONFIG_CMD_RECONFIGURE", 7),
];

/// `futex_operations`.
#[rustfmt::skip]
pub static FUTEX_OPERATIONS: &[NamedValue] = &[
    v("FUTEX_CLOCK_REALTIME", 256),
    v("FUTEX_PRIVATE_FLAG", 128),
    v("FUTEX_CMP_REQUEUE_PI", 12),
    v("FUTEX_WAIT_REQUEUE_PI", 11),
    v("FUTEX_WAKE_BITSET", 10),
    v("FUTEX_WAIT_BITSET", 9),
    v("FUTEX_TRYLOCK_PI", 8),
    v("FUTEX_UNLOCK_PI", 7),
    v("FUTEX_LOCK_PI", 6),
    v("FUTEX_WAKE_OP", 5),
    v("FUTEX_CMP_REQUEUE", 4),
    v("FUTEX_REQUEUE", 3),
    v("FUTEX_FD", 2),
    v("FUTEX_WAKE", 1),
    v("FUTEX_WAIT", 0),
];

/// `io_uring_enter_flags`.
#[rustfmt::skip]
pub static IO_URING_ENTER_FLAGS: &[NamedValue] = &[
    v("IORING_ENTER_GETEVENTS", 1),
    v("IORING_ENTER_SQ_WAKEUP", 2),
    v("IORING_ENTER_SQ_WAIT", 4),
    v("IORING_ENTER_EXT_ARG", 8),
];

/// `io_uring_register_opcodes`.
#[rustfmt::skip]
pub static IO_URING_REGISTER_OPCODES: &[NamedValue] = &[
    v("IORING_REGISTER_BUFFERS", 0),
    v("IORING_UNREGISTER_BUFFERS", 1),
    v("IORING_REGISTER_FILES", 2),
    v("IORING_UNREGISTER_FILES", 3),
    v("IORING_REGISTER_EVENTFD", 4),
    v("IORING_UNREGISTER_EVENTFD", 5),
    v("IORING_REGISTER_FILES_UPDATE", 6),
    v("IORING_REGISTER_EVENTFD_ASYNC", 7),
    v("IORING_REGISTER_PROBE", 8),
    v("IORING_REGISTER_PERSONALITY", 9),
    v("IORING_UNREGISTER_PERSONALITY", 10),
    v("IORING_REGISTER_RESTRICTIONS", 11),
    v("IORING_REGISTER_ENABLE_RINGS", 12),
    v("IORING_REGISTER_FILES2", 13),
    v("IORING_REGISTER_FILES_UPDATE2", 14),
    v("IORING_REGISTER_BUFFERS2", 15),
    v("IORING_REGISTER_BUFFERS_UPDATE", 16),
    v("IORING_REGISTER_IOWQ_AFF", 17),
    v("IORING_UNREGISTER_IOWQ_AFF", 18),
    v("IORING_REGISTER_IOWQ_MAX_WORKERS", 19),
    v("IORING_REGISTER_RING_FDS", 20),
    v("IORING_UNREGISTER_RING_FDS", 21),
];

/// `io_uring_setup_feats`.
#[rustfmt::skip]
pub static IO_URING_SETUP_FEATS: &[NamedValue] = &[
    v("IORING_FEAT_SINGLE_MMAP", 1),
    v("IORING_FEAT_NODROP", 2),
    v("IORING_FEAT_SUBMIT_STABLE", 4),
    v("IORING_FEAT_RW_CUR_POS", 8),
    v("IORING_FEAT_CUR_PERSONALITY", 16),
    v("IORING_FEAT_FAST_POLL", 32),
    v("IORING_FEAT_POLL_32BITS", 64),
    v("IORING_FEAT_SQPOLL_NONFIXED", 128),
    v("IORING_FEAT_ENTER_EXT_ARG", 256),
    v("IORING_FEAT_NATIVE_WORKERS", 512),
    v("IORING_FEAT_RSRC_TAGS", 1024),
];

/// `io_uring_setup_flags`.
#[rustfmt::skip]
pub static IO_URING_SETUP_FLAGS: &[NamedValue] = &[
    v("IORING_SETUP_IOPOLL", 1),
    v("IORING_SETUP_SQPOLL", 2),
    v("IORING_SQ_NEED_WAKEUP", 4),
    v("IORING_SETUP_SQ_AFF", 8),
    v("IORING_SETUP_CQSIZE", 16),
    v("IORING_SETUP_CLAMP", 32),
    v("IORING_SETUP_ATTACH_RW", 64),
    v("IORING_SETUP_R_DISABLED", 128),
];

/// `keyctl_operations`.
#[rustfmt::skip]
pub static KEYCTL_OPERATIONS: &[NamedValue] = &[
    v("KEYCTL_GET_KEYRING_ID", 0),
    v("KEYCTL_JOIN_SESSION_KEYRING", 1),
    v("KEYCTL_UPDATE", 2),
    v("KEYCTL_REVOKE", 3),
    v("KEYCTL_CHOWN", 4),
    v("KEYCTL_SETPERM", 5),
    v("KEYCTL_DESCRIBE", 6),
    v("KEYCTL_CLEAR", 7),
    v("KEYCTL_LINK", 8),
    v("KEYCTL_UNLINK", 9),
    v("KEYCTL_SEARCH", 10),
    v("KEYCTL_READ", 11),
    v("KEYCTL_INSTANTIATE", 12),
    v("KEYCTL_NEGATE", 13),
    v("KEYCTL_SET_REQKEY_KEYRING", 14),
    v("KEYCTL_SET_TIMEOUT", 15),
    v("KEYCTL_ASSUME_AUTHORITY", 16),
    v("KEYCTL_GET_SECURITY", 17),
    v("KEYCTL_SESSION_TO_PARENT", 18),
    v("KEYCTL_REJECT", 19),
    v("KEYCTL_INSTANTIATE_IOV", 20),
    v("KEYCTL_INVALIDATE", 21),
    v("KEYCTL_GET_PERSISTENT", 22),
    v("KEYCTL_DH_COMPUTE", 23),
    v("KEYCTL_PKEY_QUERY", 24),
    v("KEYCTL_PKEY_ENCRYPT", 25),
    v("KEYCTL_PKEY_DECRYPT", 26),
    v("KEYCTL_PKEY_SIGN", 27),
    v("KEYCTL_PKEY_VERIFY", 28),
    v("KEYCTL_RESTRICT_KEYRING", 29),
    v("KEYCTL_MOVE", 30),
    v("KEYCTL_CAPABILITIES", 31),
    v("KEYCTL_WATCH_KEY", 32),
];

/// `linkat_flags`.
#[rustfmt::skip]
pub static LINKAT_FLAGS: &[NamedValue] = &[
    v("AT_SYMLINK_FOLLOW", 1024),
    v("AT_EMPTY_PATH", 4096),
];

/// `lseek_whence`.
#[rustfmt::skip]
pub static LSEEK_WHENCE: &[NamedValue] = &[
    v("SEEK_END", 2),
    v("SEEK_CUR", 1),
    v("SEEK_SET", 0),
];

/// `memfd_create_flags`.
#[rustfmt::skip]
pub static MEMFD_CREATE_FLAGS: &[NamedValue] = &[
    v("MFD_CLOEXEC", 1),
    v("MFD_ALLOW_SEALING", 2),
    v("MFD_HUGETLB", 4),
];

/// `mknod_mode`.
#[rustfmt::skip]
pub static MKNOD_MODE: &[NamedValue] = &[
    v("S_IXOTH", 1),
    v("S_IWOTH", 2),
    v("S_IROTH", 4),
    v("S_IXGRP", 8),
    v("S_IWGRP", 16),
    v("S_IRGRP", 32),
    v("S_IXUSR", 64),
    v("S_IWUSR", 128),
    v("S_IRUSR", 256),
    v("S_ISVTX", 512),
    v("S_ISGID", 1024),
    v("S_ISUID", 2048),
    v("S_IFREG", 32768),
    v("S_IFCHR", 8192),
    v("S_IFBLK", 24576),
    v("S_IFIFO", 4096),
    v("S_IFSOCK", 49152),
];

/// `mlock2_flags`.
#[rustfmt::skip]
pub static MLOCK2_FLAGS: &[NamedValue] = &[
    v("MLOCK_ONFAULT", 1),
];

/// `mlockall_flags`.
#[rustfmt::skip]
pub static MLOCKALL_FLAGS: &[NamedValue] = &[
    v("MCL_CURRENT", 1),
    v("MCL_FUTURE", 2),
    v("MCL_ONFAULT", 4),
];

/// `mmap_flags`.
#[rustfmt::skip]
pub static MMAP_FLAGS: &[NamedValue] = &[
    v("MAP_SHARED", 1),
    v("MAP_PRIVATE", 2),
    v("MAP_FIXED", 4),
    v("MAP_ANONYMOUS", 8),
    v("MAP_32BIT", 16),
    v("MAP_RENAME", 32),
    v("MAP_NORESERVE", 64),
    v("MAP_POPULATE", 128),
    v("MAP_NONBLOCK", 256),
    v("MAP_GROWSDOWN", 512),
    v("MAP_DENYWRITE", 1024),
    v("MAP_EXECUTABLE", 2048),
    v("MAP_INHERIT", 4096),
    v("MAP_FILE", 8192),
    v("MAP_LOCKED", 16384),
];

/// `mount_flags`.
#[rustfmt::skip]
pub static MOUNT_FLAGS: &[NamedValue] = &[
    v("RDONLY", 1),
    v("NOSUID", 2),
    v("NODEV", 4),
    v("NOEXEC", 8),
    v("SYNCHRONOUS", 16),
    v("REMOUNT", 32),
    v("MANDLOCK", 64),
    v("DIRSYNC", 128),
    v("NOATIME", 1024),
    v("NODIRATIME", 2048),
    v("BIND", 4096),
    v("MOVE", 8192),
    v("REC", 16384),
    v("SILENT", 32768),
    v("POSIXACL", 65536),
    v("UNBINDABLE", 131072),
    v("PRIVATE", 262144),
    v("SLAVE", 524288),
    v("SHARED", 1048576),
    v("RELATIME", 2097152),
    v("KERNMOUNT", 4194304),
    v("I_VERSION", 8388608),
    v("STRICTATIME", 16777216),
    v("LAZYTIME", 33554432),
    v("NOSEC", 268435456),
    v("BORN", 536870912),
    v("ACTIVE", 1073741824),
    v("NOUSER", 2147483648),
];

/// `newfstatat_flags`.
#[rustfmt::skip]
pub static NEWFSTATAT_FLAGS: &[NamedValue] = &[
    v("AT_EMPTY_PATH", 4096),
    v("AT_NO_AUTOMOUNT", 2048),
    v("AT_SYMLINK_NOFOLLOW", 256),
];

/// `openat2_flags`.
#[rustfmt::skip]
pub static OPENAT2_FLAGS: &[NamedValue] = &[
    v("RESOLVE_BENEATH", 1),
    v("RESOLVE_IN_ROOT", 2),
    v("RESOLVE_NO_MAGICLINKS", 4),
    v("RESOLVE_NO_SYMLINKS", 8),
    v("RESOLVE_NO_XDEV", 16),
    v("RESOLVE_CACHED", 32),
];

/// `pf_flags`.
#[rustfmt::skip]
pub static PF_FLAGS: &[NamedValue] = &[
    v("PROTECTION_VIOLATION", 1),
    v("PAGE_NOT_PRESENT", 2),
    v("WRITE_ACCESS", 4),
    v("READ_ACCESS", 8),
    v("USER_FAULT", 16),
    v("SUPERVISOR_FAULT", 32),
    v("RESERVED_PAGE", 64),
    v("INSTRUCTION_FETCH", 128),
];

/// `pidfd_open_flags`.
#[rustfmt::skip]
pub static PIDFD_OPEN_FLAGS: &[NamedValue] = &[
    v("PIDFD_NONBLOCK", 1),
];

/// `poll_flags`.
#[rustfmt::skip]
pub static POLL_FLAGS: &[NamedValue] = &[
    v("POLLIN", 1),
    v("POLLPRI", 2),
    v("POLLOUT", 4),
    v("POLLRDHUP", 8),
    v("POLLERR", 16),
    v("POLLHUP", 32),
    v("POLLNVAL", 64),
    v("POLLRDNORM", 128),
    v("POLLRDBAND", 256),
    v("POLLWRNORM", 512),
    v("POLLWRBAND", 1024),
];

/// `prctl_options`.
#[rustfmt::skip]
pub static PRCTL_OPTIONS: &[NamedValue] = &[
    v("PR_GET_DUMPABLE", 3),
    v("PR_SET_DUMPABLE", 4),
    v("PR_GET_KEEPCAPS", 7),
    v("PR_SET_KEEPCAPS", 8),
    v("PR_SET_NAME", 15),
    v("PR_GET_NAME", 16),
    v("PR_GET_SECCOMP", 21),
    v("PR_SET_SECCOMP", 22),
    v("PR_CAPBSET_READ", 23),
    v("PR_CAPBSET_DROP", 24),
    v("PR_GET_SECUREBITS", 27),
    v("PR_SET_SECUREBITS", 28),
    v("PR_MCE_KILL", 33),
    v("PR_MCE_KILL", 33),
    v("PR_SET_MM", 35),
    v("PR_SET_CHILD_SUBREAPER", 36),
    v("PR_GET_CHILD_SUBREAPER", 37),
    v("PR_SET_NO_NEW_PRIVS", 38),
    v("PR_GET_NO_NEW_PRIVS", 39),
    v("PR_GET_TID_ADDRESS", 40),
    v("PR_SET_THP_DISABLE", 41),
    v("PR_GET_THP_DISABLE", 42),
    v("PR_CAP_AMBIENT", 47),
];

/// `prot_flags`.
#[rustfmt::skip]
pub static PROT_FLAGS: &[NamedValue] = &[
    v("PROT_READ", 1),
    v("PROT_WRITE", 2),
    v("PROT_EXEC", 4),
    v("PROT_SEM", 8),
    v("PROT_GROWSDOWN", 16),
    v("PROT_GROWSUP", 32),
    v("PROT_SAO", 64),
    v("PROT_NONE", 0),
];

/// `ptrace_requests`.
#[rustfmt::skip]
pub static PTRACE_REQUESTS: &[NamedValue] = &[
    v("PTRACE_SINGLEBLOCK", 38),
    v("PTRACE_SYSEMU_SINGLESTEP", 37),
    v("PTRACE_SYSEMU", 36),
    v("PTRACE_ARCH_PRCTL", 35),
    v("PTRACE_SET_THREAD_AREA", 34),
    v("PTRACE_GET_THREAD_AREA", 33),
    v("PTRACE_OLDSETOPTIONS", 32),
    v("PTRACE_SETFPXREGS", 31),
    v("PTRACE_GETFPXREGS", 30),
    v("PTRACE_SETFPREGS", 29),
    v("PTRACE_GETFPREGS", 28),
    v("PTRACE_SETREGS", 27),
    v("PTRACE_GETREGS", 26),
    v("PTRACE_SETSIGMASK", 25),
    v("PTRACE_GETSIGMASK", 24),
    v("PTRACE_PEEKSIGINFO", 23),
    v("PTRACE_LISTEN", 22),
    v("PTRACE_INTERRUPT", 21),
    v("PTRACE_SEIZE", 20),
    v("PTRACE_SETREGSET", 19),
    v("PTRACE_GETREGSET", 18),
    v("PTRACE_SETSIGINFO", 17),
    v("PTRACE_GETSIGINFO", 16),
    v("PTRACE_GETEVENTMSG", 15),
    v("PTRACE_SETOPTIONS", 14),
    v("PTRACE_SYSCALL", 13),
    v("PTRACE_DETACH", 12),
    v("PTRACE_ATTACH", 11),
    v("PTRACE_SINGLESTEP", 10),
    v("PTRACE_KILL", 9),
    v("PTRACE_CONT", 8),
    v("PTRACE_POKEUSR", 7),
    v("PTRACE_POKEDATA", 6),
    v("PTRACE_POKETEXT", 5),
    v("PTRACE_PEEKUSR", 4),
    v("PTRACE_PEEKDATA", 3),
    v("PTRACE_PEEKTEXT", 2),
    v("PTRACE_TRACEME", 1),
    v("PTRACE_UNKNOWN", 0),
];

/// `quotactl_cmds`.
#[rustfmt::skip]
pub static QUOTACTL_CMDS: &[NamedValue] = &[
    v("Q_QUOTAON", 1),
    v("Q_QUOTAOFF", 2),
    v("Q_GETFMT", 4),
    v("Q_GETINFO", 8),
    v("Q_SETINFO", 16),
    v("Q_GETQUOTA", 32),
    v("Q_SETQUOTA", 64),
    v("Q_SYNC", 128),
    v("Q_XQUOTAON", 256),
    v("Q_XQUOTAOFF", 512),
    v("Q_XGETQUOTA", 1024),
    v("Q_XSETQLIM", 2048),
    v("Q_XGETQSTAT", 4096),
    v("Q_XQUOTARM", 8192),
    v("Q_XQUOTASYNC", 16384),
];

/// `quotactl_dqi_flags`.
#[rustfmt::skip]
pub static QUOTACTL_DQI_FLAGS: &[NamedValue] = &[
    v("DQF_NONE", 1),
    v("V1_DQF_RSQUASH", 2),
];

/// `quotactl_quota_fmts`.
#[rustfmt::skip]
pub static QUOTACTL_QUOTA_FMTS: &[NamedValue] = &[
    v("QFMT_NOT_USED", 1),
    v("QFMT_VFS_OLD", 2),
    v("QFMT_VFS_V0", 4),
    v("QFMT_VFS_V1", 8),
];

/// `quotactl_types`.
#[rustfmt::skip]
pub static QUOTACTL_TYPES: &[NamedValue] = &[
    v("USRQUOTA", 1),
    v("GRPQUOTA", 2),
];

/// `renameat2_flags`.
#[rustfmt::skip]
pub static RENAMEAT2_FLAGS: &[NamedValue] = &[
    v("RENAME_NOREPLACE", 1),
    v("RENAME_EXCHANGE", 2),
    v("RENAME_WHITEOUT", 4),
];

/// `rlimit_resources`.
#[rustfmt::skip]
pub static RLIMIT_RESOURCES: &[NamedValue] = &[
    v("RLIMIT_UNKNOWN", 255),
    v("RLIMIT_RTTIME", 15),
    v("RLIMIT_RTPRIO", 14),
    v("RLIMIT_NICE", 13),
    v("RLIMIT_MSGQUEUE", 12),
    v("RLIMIT_SIGPENDING", 11),
    v("RLIMIT_LOCKS", 10),
    v("RLIMIT_AS", 9),
    v("RLIMIT_MEMLOCK", 8),
    v("RLIMIT_NOFILE", 7),
    v("RLIMIT_NPROC", 6),
    v("RLIMIT_RSS", 5),
    v("RLIMIT_CORE", 4),
    v("RLIMIT_STACK", 3),
    v("RLIMIT_DATA", 2),
    v("RLIMIT_FSIZE", 1),
    v("RLIMIT_CPU", 0),
];

/// `semctl_commands`.
#[rustfmt::skip]
pub static SEMCTL_COMMANDS: &[NamedValue] = &[
    v("IPC_STAT", 1),
    v("IPC_SET", 2),
    v("IPC_RMID", 4),
    v("IPC_INFO", 8),
    v("SEM_INFO", 16),
    v("SEM_STAT", 32),
    v("GETALL", 64),
    v("GETNCNT", 128),
    v("GETPID", 256),
    v("GETVAL", 512),
    v("GETZCNT", 1024),
    v("SETALL", 2048),
    v("SETVAL", 4096),
];

/// `semget_flags`.
#[rustfmt::skip]
pub static SEMGET_FLAGS: &[NamedValue] = &[
    v("IPC_EXCL", 16384),
    v("IPC_CREAT", 8192),
];

/// `semop_flags`.
#[rustfmt::skip]
pub static SEMOP_FLAGS: &[NamedValue] = &[
    v("IPC_NOWAIT", 1),
    v("SEM_UNDO", 2),
];

/// `shutdown_how`.
#[rustfmt::skip]
pub static SHUTDOWN_HOW: &[NamedValue] = &[
    v("SHUT_UNKNOWN", 65535),
    v("SHUT_RDWR", 2),
    v("SHUT_WR", 1),
    v("SHUT_RD", 0),
];

/// `socket_families`.
#[rustfmt::skip]
pub static SOCKET_FAMILIES: &[NamedValue] = &[
    v("AF_NFC", 39),
    v("AF_ALG", 38),
    v("AF_CAIF", 37),
    v("AF_IEEE802154", 36),
    v("AF_PHONET", 35),
    v("AF_ISDN", 34),
    v("AF_RXRPC", 33),
    v("AF_IUCV", 32),
    v("AF_BLUETOOTH", 31),
    v("AF_TIPC", 30),
    v("AF_CAN", 29),
    v("AF_LLC", 26),
    v("AF_WANPIPE", 25),
    v("AF_PPPOX", 24),
    v("AF_IRDA", 23),
    v("AF_SNA", 22),
    v("AF_RDS", 21),
    v("AF_ATMSVC", 20),
    v("AF_ECONET", 19),
    v("AF_ASH", 18),
    v("AF_PACKET", 17),
    v("AF_ROUTE", 16),
    v("AF_NETLINK", 16),
    v("AF_KEY", 15),
    v("AF_SECURITY", 14),
    v("AF_NETBEUI", 13),
    v("AF_DECnet", 12),
    v("AF_ROSE", 11),
    v("AF_INET6", 10),
    v("AF_X25", 9),
    v("AF_ATMPVC", 8),
    v("AF_BRIDGE", 7),
    v("AF_NETROM", 6),
    v("AF_APPLETALK", 5),
    v("AF_IPX", 4),
    v("AF_AX25", 3),
    v("AF_INET", 2),
    v("AF_LOCAL", 1),
    v("AF_UNIX", 1),
    v("AF_UNSPEC", 0),
];

/// `sockopt_levels`.
#[rustfmt::skip]
pub static SOCKOPT_LEVELS: &[NamedValue] = &[
    v("SOL_SOCKET", 1),
    v("SOL_TCP", 2),
    v("UNKNOWN", 0),
];

/// `sockopt_options`.
#[rustfmt::skip]
pub static SOCKOPT_OPTIONS: &[NamedValue] = &[
    v("SO_COOKIE", 53),
    v("SO_MEMINFO", 52),
    v("SO_PEERGROUPS", 51),
    v("SO_ATTACH_BPF", 50),
    v("SO_INCOMING_CPU", 49),
    v("SO_BPF_EXTENSIONS", 48),
    v("SO_MAX_PACING_RATE", 47),
    v("SO_BUSY_POLL", 46),
    v("SO_SELECT_ERR_QUEUE", 45),
    v("SO_LOCK_FILTER", 44),
    v("SO_NOFCS", 43),
    v("SO_PEEK_OFF", 42),
    v("SO_WIFI_STATUS", 41),
    v("SO_RXQ_OVFL", 40),
    v("SO_DOMAIN", 39),
    v("SO_PROTOCOL", 38),
    v("SO_TIMESTAMPING", 37),
    v("SO_MARK", 36),
    v("SO_TIMESTAMPNS", 35),
    v("SO_PASSSEC", 34),
    v("SO_PEERSEC", 31),
    v("SO_ACCEPTCONN", 30),
    v("SO_TIMESTAMP", 29),
    v("SO_PEERNAME", 28),
    v("SO_DETACH_FILTER", 27),
    v("SO_ATTACH_FILTER", 26),
    v("SO_BINDTODEVICE", 25),
    v("SO_SECURITY_ENCRYPTION_NETWORK", 24),
    v("SO_SECURITY_ENCRYPTION_TRANSPORT", 23),
    v("SO_SECURITY_AUTHENTICATION", 22),
    v("SO_SNDTIMEO", 21),
    v("SO_RCVTIMEO", 20),
    v("SO_SNDLOWAT", 19),
    v("SO_RCVLOWAT", 18),
    v("SO_PEERCRED", 17),
    v("SO_PASSCRED", 16),
    v("SO_REUSEPORT", 15),
    v("SO_BSDCOMPAT", 14),
    v("SO_LINGER", 13),
    v("SO_PRIORITY", 12),
    v("SO_NO_CHECK", 11),
    v("SO_OOBINLINE", 10),
    v("SO_KEEPALIVE", 9),
    v("SO_RCVBUFFORCE", 33),
    v("SO_SNDBUFFORCE", 32),
    v("SO_RCVBUF", 8),
    v("SO_SNDBUF", 7),
    v("SO_BROADCAST", 6),
    v("SO_DONTROUTE", 5),
    v("SO_ERROR", 4),
    v("SO_TYPE", 3),
    v("SO_REUSEADDR", 2),
    v("SO_DEBUG", 1),
    v("UNKNOWN", 0),
];

/// `splice_flags`.
#[rustfmt::skip]
pub static SPLICE_FLAGS: &[NamedValue] = &[
    v("SPLICE_F_MOVE", 1),
    v("SPLICE_F_NONBLOCK", 2),
    v("SPLICE_F_MORE", 4),
    v("SPLICE_F_GIFT", 8),
];

/// `umount_flags`.
#[rustfmt::skip]
pub static UMOUNT_FLAGS: &[NamedValue] = &[
    v("FORCE", 1),
    v("DETACH", 2),
    v("EXPIRE", 4),
    v("NOFOLLOW", 8),
];

/// `unlinkat_flags`.
#[rustfmt::skip]
pub static UNLINKAT_FLAGS: &[NamedValue] = &[
    v("AT_REMOVEDIR", 512),
];
