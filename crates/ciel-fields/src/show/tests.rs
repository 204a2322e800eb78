use crate::testing::{Param, Scene, i64, text, u32};

#[track_caller]
fn check(constant: &str, params: Vec<Param>, expected: &str) {
    let scene = Scene::new(constant, params);
    assert_eq!(scene.text("evt.args").as_deref(), Some(expected));
}

fn ipv4(address: [u8; 4], port: u16) -> Vec<u8> {
    [&address[..], &port.to_le_bytes()].concat()
}

fn ipv6(address: &str, port: u16) -> Vec<u8> {
    let address: std::net::Ipv6Addr = address.parse().expect("an address");
    [&address.octets()[..], &port.to_le_bytes()].concat()
}

#[test]
fn descriptors_with_kind_and_name() {
    for (number, shown) in [
        (0, "0(<f>/dev/null)"),
        (3, "3(<d>/srv)"),
        (4, "4(<4t>192.0.2.1:4000->192.0.2.2:80)"),
        (5, "5(<u>/dev/log)"),
        (6, "6(<l>)"),
        (9, "9"),
        (-100, "-100(AT_FDCWD)"),
        (-2, "-2(ENOENT)"),
        (-999, "-999"),
        (4_294_967_295, "4294967295"),
    ] {
        check(
            "SYSCALL_CLOSE_X",
            vec![i64(0), i64(number)],
            &format!("res=0 fd={shown}"),
        );
    }
}

#[test]
fn processes_with_their_name() {
    check("SYSCALL_SETSID_X", vec![i64(17)], "res=17(bash)");
    check("SYSCALL_SETSID_X", vec![i64(18)], "res=18");
}

#[test]
fn errors_with_their_name() {
    check(
        "SYSCALL_CHDIR_X",
        vec![i64(-13), text("/root")],
        "res=-13(EACCES) path=/root",
    );
    check(
        "SYSCALL_CHDIR_X",
        vec![i64(-9999), text("/")],
        "res=-9999 path=/",
    );
}

#[test]
fn users_and_groups_with_their_names() {
    check(
        "SYSCALL_SETUID_X",
        vec![i64(0), u32(0)],
        "res=0 uid=0(root)",
    );
    check(
        "SYSCALL_SETUID_X",
        vec![i64(0), u32(77)],
        "res=0 uid=77(<NA>)",
    );
    check(
        "SYSCALL_SETUID_X",
        vec![i64(0), u32(u32::MAX)],
        "res=0 uid=-1(<NONE>)",
    );
    check(
        "SYSCALL_SETUID_X",
        vec![i64(0), u32(u32::MAX - 1)],
        "res=0 uid=-2(<NA>)",
    );
    check(
        "SYSCALL_SETGID_X",
        vec![i64(0), u32(0)],
        "res=0 gid=0(root)",
    );
}

#[test]
fn relative_paths_with_where_they_lead() {
    for (path, shown) in [
        ("/etc/passwd", "/etc/passwd"),
        ("notes", "notes(/home/ana/notes)"),
        ("../bob/./x", "../bob/./x(/home/bob/x)"),
        (".", ".(/home/ana)"),
        ("<NA>", "<NA>"),
    ] {
        check(
            "SYSCALL_RMDIR_2_X",
            vec![i64(0), text(path)],
            &format!("res=0 path={shown}"),
        );
    }
}

#[test]
fn paths_relative_to_a_descriptor() {
    let removed = |directory| vec![i64(0), i64(directory), text("a/b"), u32(0)];
    check(
        "SYSCALL_UNLINKAT_2_X",
        removed(3),
        "res=0 dirfd=3(<d>/srv) name=a/b(/srv/a/b) flags=0",
    );
    check(
        "SYSCALL_UNLINKAT_2_X",
        removed(-100),
        "res=0 dirfd=-100(AT_FDCWD) name=a/b(/home/ana/a/b) flags=0",
    );
    check(
        "SYSCALL_UNLINKAT_2_X",
        removed(9),
        "res=0 dirfd=9 name=a/b(a/b) flags=0",
    );
}

#[test]
fn flags_name_each_bit_once() {
    let opened = |flags| {
        vec![
            i64(3),
            i64(-100),
            text("/x"),
            u32(flags),
            u32(0o644),
            u32(0xfe00),
            i64(5),
        ]
    };
    for (flags, shown) in [
        (0, "0(O_NONE)"),
        (1, "1(O_RDONLY)"),
        (3, "3(O_RDWR)"),
        (4097, "4097(O_RDONLY|O_CLOEXEC)"),
        (
            4096 | 2 | 4 | 256,
            "4358(O_TRUNC|O_CREAT|O_WRONLY|O_CLOEXEC)",
        ),
        (1 << 30, "1073741824"),
    ] {
        check(
            "SYSCALL_OPENAT_2_X",
            opened(flags),
            &format!(
                "fd=3(<d>/srv) dirfd=-100(AT_FDCWD) name=/x flags={shown} mode=0644 dev=FE00 ino=5"
            ),
        );
    }
}

#[test]
fn values_have_all_their_names() {
    let made = |domain| vec![i64(-1), u32(domain), u32(1), u32(0), u32(0)];
    check(
        "SOCKET_SOCKET_X",
        made(1),
        "fd=-1(EPERM) domain=1(AF_LOCAL|AF_UNIX) type=1 proto=0 flags=0(O_NONE)",
    );
    check(
        "SOCKET_SOCKET_X",
        made(999),
        "fd=-1(EPERM) domain=999 type=1 proto=0 flags=0(O_NONE)",
    );
}

#[test]
fn modes_in_octal_with_their_bits() {
    let changed = |mode| vec![i64(0), text("/x"), u32(mode)];
    for (mode, shown) in [
        (0o644, "0644(S_IROTH|S_IRGRP|S_IWUSR|S_IRUSR)"),
        (0o4000, "04000(S_ISUID)"),
        (0, "0"),
    ] {
        check(
            "SYSCALL_CHMOD_X",
            changed(mode),
            &format!("res=0 filename=/x mode={shown}"),
        );
    }
}

#[test]
fn addresses() {
    let bound = |address: Vec<u8>| vec![i64(0), address, i64(4)];
    for (address, shown) in [
        ([vec![2], ipv4([192, 0, 2, 1], 80)].concat(), "192.0.2.1:80"),
        (
            [vec![10], ipv6("2001:db8::1", 443)].concat(),
            "2001:db8::1:443",
        ),
        ([vec![1], text("/run/x")].concat(), "/run/x"),
        (vec![16, 0, 0], "family 16"),
        (vec![2, 1], "INVALID IPv4"),
        (vec![], "<NA>"),
    ] {
        check(
            "SOCKET_BIND_X",
            bound(address),
            &format!("res=0 addr={shown} fd=4(<4t>192.0.2.1:4000->192.0.2.2:80)"),
        );
    }
}

#[test]
fn both_ends_of_a_connection() {
    let mapped = [ipv6("::ffff:192.0.2.1", 1), ipv6("::ffff:192.0.2.2", 2)].concat();
    let accepted = |tuple: Vec<u8>| vec![i64(9), tuple, vec![0], u32(0), u32(5)];
    for (tuple, shown) in [
        (
            [vec![2], ipv4([192, 0, 2, 1], 1), ipv4([192, 0, 2, 2], 2)].concat(),
            "192.0.2.1:1->192.0.2.2:2",
        ),
        (
            [vec![10], ipv6("2001:db8::1", 1), ipv6("2001:db8::2", 2)].concat(),
            "2001:db8::1:1->2001:db8::2:2",
        ),
        ([vec![10], mapped].concat(), "192.0.2.1:1->192.0.2.2:2"),
        (
            [vec![1], i64(0x1f), i64(-1), text("/run/x")].concat(),
            "1f->ffffffffffffffff /run/x",
        ),
        (vec![16], "family 16"),
        (vec![], "NULL"),
    ] {
        check(
            "SOCKET_ACCEPT_5_X",
            accepted(tuple),
            &format!("fd=9 tuple={shown} queuepct=0 queuelen=0 queuemax=5"),
        );
    }
}

#[test]
fn data_with_points_for_what_cannot_be_printed() {
    check(
        "SYSCALL_READ_X",
        vec![i64(4), b"a\n\xffb".to_vec(), i64(0), u32(9)],
        "res=4 data=a..b fd=0(<f>/dev/null) size=9",
    );
}

#[test]
fn lists_of_descriptors() {
    let entry = |fd: i64, bits: i16| [fd.to_le_bytes().as_slice(), &bits.to_le_bytes()].concat();
    let list = |entries: &[Vec<u8>]| {
        let count = u16::try_from(entries.len()).expect("few");
        [count.to_le_bytes().to_vec(), entries.concat()].concat()
    };
    for (entries, shown) in [
        (vec![], ""),
        (vec![entry(4, 0x41)], "4:441"),
        (vec![entry(0, 1), entry(99, -1)], "0:f1 99:?ffffffff"),
    ] {
        check(
            "SYSCALL_POLL_X",
            vec![i64(1), list(&entries), i64(-1)],
            &format!("res=1 fds={shown} timeout=-1"),
        );
    }
}

#[test]
fn times_and_signals() {
    check(
        "SYSCALL_NANOSLEEP_X",
        vec![i64(0), i64(1_500_000_000)],
        "res=0 interval=1500000000(1.5s)",
    );
    check(
        "SYSCALL_NANOSLEEP_X",
        vec![i64(0), i64(-1)],
        "res=0 interval=none",
    );
    check(
        "SYSCALL_KILL_X",
        vec![i64(0), i64(17), vec![9]],
        "res=0 pid=17(bash) sig=9(SIGKILL)",
    );
    check(
        "SYSCALL_KILL_X",
        vec![i64(0), i64(17), vec![0]],
        "res=0 pid=17(bash) sig=0",
    );
}

#[test]
fn sets_of_signals() {
    for (set, shown) in [
        (0, ""),
        (5, "SIGHUP SIGQUIT"),
        (1 << 30, "SIGSYS"),
        // No signal of 32 is named.
        (1 << 31, ""),
    ] {
        check(
            "SYSCALL_PPOLL_X",
            vec![i64(0), vec![0, 0], i64(1000), u32(set)],
            &format!("res=0 fds= timeout=1000(1e-06s) sigmask={shown}"),
        );
    }
}

#[test]
fn what_a_debugger_asks_for() {
    let number = [&[0][..], &i64(255)].concat();
    check(
        "SYSCALL_PTRACE_X",
        vec![i64(0), number, vec![1, 9], vec![0, 0], i64(17)],
        "res=0 addr=FF data=9(SIGKILL) request=0(PTRACE_UNKNOWN) pid=17(bash)",
    );
}

#[test]
fn times_of_files() {
    let mut params = vec![vec![]; 31];
    params[25] = i64(1_732_219_316_147_483_648);
    let shown = Scene::new("SYSCALL_EXECVE_19_X", params).text("evt.arg[25]");
    assert_eq!(shown.as_deref(), Some("2024-11-21 20:01:56.147483648"));
}

#[test]
fn parameters_of_several_types() {
    let option = |which: u8, value: &[u8]| {
        vec![
            i64(0),
            i64(9),
            vec![1],
            vec![2],
            [&[which], value].concat(),
            u32(4),
        ]
    };
    let shown = |value: &str| {
        format!("res=0 fd=9 level=1(SOL_SOCKET) optname=2(SO_REUSEADDR) val={value} optlen=4")
    };
    check("SOCKET_SETSOCKOPT_X", option(0, b"\x01a"), &shown(".a"));
    check(
        "SOCKET_SETSOCKOPT_X",
        option(1, &i64(-111)),
        &shown("-111(ECONNREFUSED)"),
    );
    check("SOCKET_SETSOCKOPT_X", option(2, &u32(1)), &shown("1"));
    check(
        "SOCKET_SETSOCKOPT_X",
        option(4, &i64(2_000_000_000)),
        &shown("2000000000(2s)"),
    );
    check(
        "SOCKET_SETSOCKOPT_X",
        option(9, b""),
        &shown("INVALID DYNAMIC PARAMETER"),
    );
}

#[test]
fn parameters_that_are_missing() {
    check("SYSCALL_CHDIR_X", vec![i64(0), vec![]], "res=0 path=<NA>");
    check(
        "SYSCALL_CHDIR_X",
        vec![i64(0), text("(NULL)")],
        "res=0 path=<NA>",
    );
    check(
        "SYSCALL_CHDIR_X",
        vec![vec![], text("/")],
        "res=<NA> path=/",
    );
    check(
        "SYSCALL_READ_X",
        vec![i64(0), vec![], i64(0)],
        "res=0 data=NULL fd=0(<f>/dev/null)",
    );
    check("SYSCALL_CHDIR_X", vec![], "");
}

#[test]
fn text_that_is_not_utf_8() {
    let path = b"/tmp/\xff\0".to_vec();
    check(
        "SYSCALL_CHDIR_X",
        vec![i64(0), path],
        "res=0 path=/tmp/\u{fffd}",
    );
}

#[test]
fn numbers_of_wrong_lengths_are_shown_as_nothing() {
    check(
        "SYSCALL_CLOSE_X",
        vec![vec![1, 2, 3], vec![0; 9]],
        "res= fd=",
    );
}
