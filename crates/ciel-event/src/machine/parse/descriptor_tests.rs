//! Descriptors that are no sockets, by events built by hand.

use crate::{
    machine::{FdKind, Machine, MachineLimits, testing::*},
    schema::codes::*,
};

const AT_FDCWD: i64 = -100;
const O_CLOEXEC: u32 = 4096;

/// Opens a file.
fn open_file(machine: &mut Machine, number: i64, path: &str, flags: u32) {
    let params = [i64(number), text(path), u32(flags), u32(0)];
    tell(machine, SYSCALL_OPEN_X, &params);
}

#[test]
fn what_is_opened_is_named_from_the_root() {
    let openat = |directory: i64, path: &str| {
        vec![
            i64(4),
            i64(directory),
            text(path),
            u32(1),
            u32(0),
            u32(7),
            u64(8),
        ]
    };
    for (code, params, name) in [
        (
            SYSCALL_OPEN_X,
            vec![i64(4), text("/etc/x"), u32(1), u32(0)],
            "/etc/x",
        ),
        (
            SYSCALL_OPEN_X,
            vec![i64(4), text("a/../b"), u32(1), u32(0)],
            "/home/b",
        ),
        (
            SYSCALL_OPEN_X,
            vec![i64(4), none(), u32(1), u32(0)],
            "/home/<NA>",
        ),
        (
            SYSCALL_CREAT_X,
            vec![i64(4), text("new"), u32(0)],
            "/home/new",
        ),
        (SYSCALL_OPENAT_2_X, openat(AT_FDCWD, "b"), "/home/b"),
        (SYSCALL_OPENAT_2_X, openat(3, "b"), "/srv/www/b"),
        (SYSCALL_OPENAT_2_X, openat(3, "/b"), "/b"),
        (SYSCALL_OPENAT_2_X, openat(99, "b"), "<UNKNOWN>b"),
        (SYSCALL_OPENAT_2_X, openat(-1, "b"), "<UNKNOWN>b"),
        (
            SYSCALL_OPENAT_2_X,
            vec![i64(4), none(), text("b"), u32(1)],
            "b",
        ),
        (SYSCALL_OPENAT2_X, openat(AT_FDCWD, ""), ""),
        (
            SYSCALL_OPEN_BY_HANDLE_AT_X,
            vec![i64(4), i64(3), u32(1), text("/mnt/x")],
            "/mnt/x",
        ),
    ] {
        let mut machine = machine();
        open_file(&mut machine, 3, "/srv/www", 1024);
        let seen = tell(&mut machine, code, &params);
        assert_eq!(super::super::testing::name(&machine, 4), name, "{params:?}");
        assert_eq!(seen.fd, Some((TID, 4)));
        assert_eq!(seen.fd_name_changed, !name.is_empty());
    }
}

#[test]
fn files_and_directories_have_flags_device_and_inode() {
    let mut machine = machine();
    let flags = 1 | 1024 | 32_768;
    let params = [
        i64(4),
        i64(AT_FDCWD),
        text("/etc"),
        u32(flags),
        u32(0),
        u32(7),
        u64(8),
    ];
    tell(&mut machine, SYSCALL_OPENAT_2_X, &params);
    let fd = fd(&machine, 4);
    assert_eq!((fd.kind, fd.open_flags), (FdKind::Directory, flags));
    assert_eq!((fd.dev, fd.ino), (7, 8));
    assert!(fd.marks.upper_layer && !fd.marks.lower_layer);
    assert_eq!(&*fd.name_raw, b"/etc");
}

#[test]
fn a_call_that_failed_opens_nothing() {
    let mut machine = machine();
    open_file(&mut machine, -2, "/etc/none", 1);
    tell(
        &mut machine,
        SYSCALL_PIDFD_OPEN_X,
        &[i64(-3), i64(20), u32(0)],
    );
    tell(&mut machine, SYSCALL_EVENTFD2_X, &[i64(-24), u32(0)]);
    assert!(open(&machine).is_empty());
    assert_eq!(
        machine.threads.get(TID).map(|thread| thread.last_fd),
        Some(-1)
    );
}

#[test]
fn the_path_of_the_beginning_of_the_call_is_believed() {
    let mut machine = machine();
    tell(
        &mut machine,
        SYSCALL_OPEN_E,
        &[text("/etc/shadow"), u32(3), u32(0)],
    );
    open_file(&mut machine, 4, "/tmp/harmless", 1 | 16_384);
    assert_eq!(name(&machine, 4), "/etc/shadow");
    assert_eq!(fd(&machine, 4).open_flags, 3 | 16_384);
    // It is used up.
    open_file(&mut machine, 5, "/tmp/other", 1);
    assert_eq!(name(&machine, 5), "/tmp/other");
}

#[test]
fn what_is_closed_stays_until_the_next_event() {
    let mut machine = machine();
    open_file(&mut machine, 3, "/etc/x", 1);
    let seen = tell(&mut machine, SYSCALL_CLOSE_X, &[i64(0), i64(3)]);
    assert_eq!(seen.fd, Some((TID, 3)));
    assert_eq!(open(&machine), [3]);
    tell(&mut machine, SYSCALL_CLOSE_X, &[i64(-9), i64(3)]);
    assert!(open(&machine).is_empty());
}

#[test]
fn programs_inherit_what_does_not_close() {
    let mut machine = machine();
    open_file(&mut machine, 3, "/kept", 1);
    open_file(&mut machine, 4, "/closed", 1 | O_CLOEXEC);
    tell(&mut machine, SYSCALL_DUP_1_X, &[i64(5), i64(4)]);
    tell(
        &mut machine,
        SYSCALL_DUP3_X,
        &[i64(6), i64(3), i64(6), u32(O_CLOEXEC)],
    );
    tell(
        &mut machine,
        SYSCALL_FCNTL_X,
        &[i64(7), i64(3), u8(26), u64(0)],
    );
    tell(
        &mut machine,
        SYSCALL_FCNTL_X,
        &[i64(8), i64(4), u8(1), u64(0)],
    );
    tell(
        &mut machine,
        SYSCALL_FCNTL_X,
        &[i64(0), i64(8), u8(3), u64(1)],
    );
    tell(
        &mut machine,
        SYSCALL_MEMFD_CREATE_X,
        &[i64(9), text("m"), u32(1)],
    );
    tell(&mut machine, SYSCALL_EPOLL_CREATE1_X, &[i64(11), u32(1)]);
    tell(
        &mut machine,
        SYSCALL_PIPE2_X,
        &[i64(0), i64(12), i64(13), u64(1), u32(0)],
    );
    assert_eq!(open(&machine), [3, 4, 5, 6, 7, 8, 9, 11, 12, 13]);
    tell(&mut machine, SYSCALL_EXECVE_19_X, &[i64(0), text("sh")]);
    assert_eq!(open(&machine), [3, 5, 12, 13]);
}

#[test]
fn ranges_are_closed_at_once_or_on_exec() {
    let mut machine = machine();
    for number in 3..9 {
        open_file(&mut machine, number, "/x", 1);
    }
    tell(
        &mut machine,
        SYSCALL_CLOSE_RANGE_X,
        &[i64(0), u32(7), u32(u32::MAX), u32(0)],
    );
    assert_eq!(open(&machine), [3, 4, 5, 6]);
    tell(
        &mut machine,
        SYSCALL_CLOSE_RANGE_X,
        &[i64(0), u32(5), u32(6), u32(4)],
    );
    assert_eq!(open(&machine), [3, 4, 5, 6]);
    assert!(fd(&machine, 5).closes_on_exec() && !fd(&machine, 4).closes_on_exec());
}

#[test]
fn pipes_have_two_ends_and_the_event_is_about_the_second() {
    let mut machine = machine();
    let seen = tell(
        &mut machine,
        SYSCALL_PIPE_X,
        &[i64(0), i64(3), i64(4), u64(77)],
    );
    assert_eq!(seen.fd, Some((TID, 4)));
    assert_eq!(fd(&machine, 3).ino, 77);
    assert!(!seen.fd_name_changed);
}

#[test]
fn calls_that_make_one_descriptor_make_it_of_their_kind() {
    for (code, kind) in [
        (SYSCALL_EVENTFD2_X, FdKind::Event),
        (SYSCALL_SIGNALFD4_X, FdKind::Signal),
        (SYSCALL_TIMERFD_CREATE_X, FdKind::Timer),
        (SYSCALL_INOTIFY_INIT1_X, FdKind::Inotify),
        (SYSCALL_USERFAULTFD_X, FdKind::UserFault),
        (SYSCALL_IO_URING_SETUP_X, FdKind::IoUring),
        (SYSCALL_EPOLL_CREATE_X, FdKind::EventPoll),
        (SYSCALL_BPF_2_X, FdKind::Bpf),
        (SYSCALL_MEMFD_CREATE_X, FdKind::Memfd),
        (SYSCALL_PIDFD_OPEN_X, FdKind::Pidfd),
    ] {
        let mut machine = machine();
        tell(&mut machine, code, &[i64(5)]);
        assert_eq!(fd(&machine, 5).kind, kind);
    }
}

#[test]
fn a_process_may_take_the_descriptor_of_another() {
    let mut machine = machine();
    let mut other = process(20);
    let mut file = crate::Fd::new(FdKind::File);
    file.set_name(b"/secret".as_slice().into());
    other.fds.insert(3, file);
    machine.threads.insert(other);
    tell(
        &mut machine,
        SYSCALL_PIDFD_OPEN_X,
        &[i64(5), i64(20), u32(0)],
    );
    assert_eq!(name(&machine, 5), "/proc/20");
    tell(
        &mut machine,
        SYSCALL_PIDFD_GETFD_X,
        &[i64(6), i64(5), i64(3), u32(0)],
    );
    assert_eq!(name(&machine, 6), "/secret");
    assert!(fd(&machine, 6).closes_on_exec());
}

#[test]
fn who_has_many_gets_no_more_where_all_have_too_many() {
    let mut machine = Machine::new(MachineLimits {
        all_descriptors: 100,
        ..MachineLimits::default()
    });
    machine.threads.insert(process(TID));
    for number in 0..200 {
        open_file(&mut machine, number, "/x", 1);
    }
    assert!((100..110).contains(&open(&machine).len()));
    for number in 10..200 {
        tell(&mut machine, SYSCALL_CLOSE_X, &[i64(0), i64(number)]);
    }
    open_file(&mut machine, 50, "/y", 1);
    assert_eq!(name(&machine, 50), "/y");
}

#[test]
fn no_more_are_remembered_than_the_limit() {
    let mut machine = Machine::new(MachineLimits {
        descriptors: 2,
        ..MachineLimits::default()
    });
    machine.threads.insert(process(TID));
    for number in 3..9 {
        open_file(&mut machine, number, "/x", 1);
    }
    assert_eq!(open(&machine), [3, 4]);
    open_file(&mut machine, 3, "/y", 1);
    assert_eq!(name(&machine, 3), "/y");
}

#[test]
fn the_kernel_tells_what_is_open() {
    let mut machine = machine();
    let port = |port: u16| port.to_le_bytes().to_vec();
    let fd32 = |number: i32| number.to_le_bytes().to_vec();
    let inet = |other: [u8; 4]| {
        vec![
            fd32(5),
            port(1),
            port(6),
            vec![10, 0, 0, 1],
            port(80),
            other.to_vec(),
            port(9),
            u64(4),
        ]
    };
    for (code, params, kind, name) in [
        (
            ITER_TASK_FILE_REGULAR_E,
            vec![fd32(5), text("/x"), u32(1), u32(30), u64(4)],
            FdKind::File,
            "/x",
        ),
        (
            ITER_TASK_FILE_PIPE_E,
            vec![fd32(5), text("p"), u64(4)],
            FdKind::Fifo,
            "p",
        ),
        (
            ITER_TASK_FILE_ANON_INODE_E,
            vec![fd32(5), u8(2), text("[e]"), u64(4)],
            FdKind::EventPoll,
            "",
        ),
        (
            ITER_TASK_FILE_SOCKET_INET_E,
            inet([10, 0, 0, 2]),
            FdKind::Ipv4,
            "10.0.0.1:80->10.0.0.2:9",
        ),
        (
            ITER_TASK_FILE_SOCKET_INET_E,
            inet([0; 4]),
            FdKind::Ipv4Server,
            "10.0.0.1:80",
        ),
    ] {
        tell(&mut machine, code, &params);
        let found = fd(&machine, 5);
        assert_eq!((found.kind, found.ino), (kind, 4));
        assert_eq!(super::super::testing::name(&machine, 5), name);
    }
}
