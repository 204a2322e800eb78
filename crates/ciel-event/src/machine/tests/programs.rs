//! Threads become other programs, and change what they are.

use super::*;

fn exec(world: &mut World, tid: i64, more: &[(&str, Is<'_>)]) -> Seen {
    let mut params = vec![
        ("res", Is::Number(0)),
        ("exe", Is::Text("cat")),
        ("args", Is::Bytes("/etc/passwd\0")),
        ("tid", Is::Number(tid)),
        ("pid", Is::Number(tid)),
        ("ptid", Is::Number(1)),
        ("fdlimit", Is::Number(64)),
    ];
    params.extend_from_slice(more);
    world.see(codes::SYSCALL_EXECVE_19_X, tid, &params)
}

#[test]
fn a_program_has_what_the_kernel_tells() {
    let mut world = World::new();
    exec(
        &mut world,
        1,
        &[
            ("comm", Is::Text("cat")),
            ("cgroups", Is::Bytes("cpu=/docker/x\0")),
            ("env", Is::Bytes("A=1\0B=2\0")),
            ("tty", Is::Number(34816)),
            ("vpgid", Is::Number(5)),
            ("loginuid", Is::Number(1000)),
            ("flags", Is::Number(0b1011)),
            ("cap_inheritable", Is::Number(1)),
            ("cap_permitted", Is::Number(2)),
            ("cap_effective", Is::Number(3)),
            ("exe_ino", Is::Number(7)),
            ("exe_ino_ctime", Is::Number(8)),
            ("exe_ino_mtime", Is::Number(9)),
            ("uid", Is::Number(33)),
            ("trusted_exepath", Is::Text("/usr/bin/cat (deleted)")),
            ("pgid", Is::Number(6)),
            ("gid", Is::Number(34)),
        ],
    );
    let thread = world.thread(1);
    assert_eq!(text(&thread.exepath), "/usr/bin/cat");
    assert_eq!(text(thread.cgroups.as_bytes()), "cpu=/docker/x\0");
    assert_eq!(thread.env().map(text).collect::<Vec<_>>(), ["A=1", "B=2"]);
    assert_eq!((thread.tty, thread.vpgid, thread.pgid), (34816, 5, 6));
    assert_eq!((thread.uid, thread.gid, thread.loginuid), (33, 34, 1000));
    assert_eq!(
        (
            thread.cap_inheritable,
            thread.cap_permitted,
            thread.cap_effective
        ),
        (1, 2, 3)
    );
    assert_eq!(
        (thread.exe_ino, thread.exe_ino_ctime, thread.exe_ino_mtime),
        (7, 8, 9)
    );
    let flags = thread.flags;
    assert!(flags.exe_writable && flags.exe_upper_layer && flags.exe_lower_layer);
    assert!(!flags.exe_from_memfd);
    assert_eq!(thread.exec_time, world.time);
}

#[test]
fn an_old_event_leaves_what_it_does_not_tell() {
    let mut world = World::new();
    world.list(Thread {
        pid: 2,
        ptid: 1,
        uid: 5,
        tty: 6,
        exepath: (*b"/bin/sh").into(),
        ..Thread::new(2)
    });
    exec(&mut world, 2, &[]);
    let thread = world.thread(2);
    assert_eq!((text(&thread.comm), text(&thread.exe)), ("cat", "cat"));
    assert_eq!((thread.uid, thread.tty, thread.pgid), (5, 6, -1));
    assert_eq!(text(&thread.exepath), "/bin/sh");
}

#[test]
fn the_path_of_an_old_event_is_that_of_the_call() {
    let path = |name: &str| {
        let mut world = World::new();
        world.see(
            codes::SYSCALL_CHDIR_X,
            1,
            &[("res", Is::Number(0)), ("path", Is::Text("/opt/x"))],
        );
        let seen = world.see(
            codes::SYSCALL_EXECVE_19_E,
            1,
            &[("filename", Is::Text(name))],
        );
        assert!(seen.hidden);
        exec(&mut world, 1, &[]);
        let path = text(&world.thread(1).exepath).to_owned();
        // It is not taken for another call.
        exec(&mut world, 1, &[]);
        assert_eq!(text(&world.thread(1).exepath), path);
        path
    };
    for (name, expected) in [
        ("/bin/cat", "/bin/cat"),
        ("./run.sh", "/opt/x/run.sh"),
        ("../y", "/opt/y"),
        ("<NA>", "<NA>"),
    ] {
        assert_eq!(path(name), expected, "{name}");
    }
}

#[test]
fn the_other_threads_end() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    for tid in 3..6 {
        world.clone(
            codes::SYSCALL_CLONE_20_X,
            2,
            tid,
            (2, 1),
            clone_flag::THREAD,
        );
    }
    exec(&mut world, 2, &[]);
    assert!(!world.knows(3) && !world.knows(5));
    assert_eq!(world.live(2), 1);
}

#[test]
fn a_main_thread_that_ended_lives_again_as_the_program() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    world.clone(codes::SYSCALL_CLONE_20_X, 2, 3, (2, 1), clone_flag::THREAD);
    world.exit(2, 0);
    exec(&mut world, 2, &[]);
    assert!(!world.thread(2).flags.dead);
    assert!(!world.knows(3));
    assert_eq!(world.live(2), 1);
}

#[test]
fn a_failed_call_changes_nothing() {
    let mut world = World::new();
    world.see(
        codes::SYSCALL_EXECVE_19_X,
        1,
        &[("res", Is::Number(-2)), ("exe", Is::Text("cat"))],
    );
    assert_eq!(text(&world.thread(1).comm), "init");
}

#[test]
fn an_unknown_thread_is_known_by_its_program() {
    let mut world = World::new();
    exec(&mut world, 9, &[]);
    let thread = world.thread(9);
    assert_eq!(
        (thread.pid, thread.ptid, thread.vtid, thread.vpid),
        (9, 1, 9, 9)
    );
    assert_eq!(world.live(9), 1);
}

#[test]
fn directories_end_with_a_slash() {
    let mut world = World::new();
    for (path, expected) in [
        ("/etc", "/etc/"),
        ("ssl/../pki/", "/etc/pki/"),
        ("..", "/etc/"),
        ("/", "/"),
    ] {
        let params = [("res", Is::Number(0)), ("path", Is::Text(path))];
        world.see(codes::SYSCALL_CHDIR_X, 1, &params);
        assert_eq!(text(&world.thread(1).cwd), expected);
    }
}

/// What a call that succeeds makes of `of`.
#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(
    code: EventCode,
    params: &[(&str, Is<'_>)],
    of: impl Fn(&Thread) -> T,
    expected: T,
) {
    let mut world = World::new();
    let mut all = vec![("res", Is::Number(0))];
    all.extend_from_slice(params);
    world.see(code, 1, &all);
    assert_eq!(of(world.thread(1)), expected, "{}", code.info().constant);
}

#[test]
fn calls_change_what_a_thread_is() {
    use Is::Number as N;
    check(codes::SYSCALL_SETUID_X, &[("uid", N(5))], |of| of.uid, 5);
    check(codes::SYSCALL_SETGID_X, &[("gid", N(5))], |of| of.gid, 5);
    check(
        codes::SYSCALL_SETRESUID_X,
        &[("ruid", N(4)), ("euid", N(5)), ("suid", N(6))],
        |of| of.uid,
        5,
    );
    check(
        codes::SYSCALL_SETRESGID_X,
        &[("rgid", N(4)), ("egid", N(5)), ("sgid", N(6))],
        |of| of.gid,
        5,
    );
    check(
        codes::SYSCALL_SETREUID_X,
        &[("ruid", N(4)), ("euid", N(5))],
        |of| of.uid,
        5,
    );
    check(
        codes::SYSCALL_SETREGID_X,
        &[("rgid", N(4)), ("egid", N(5))],
        |of| of.gid,
        5,
    );
    check(codes::SYSCALL_SETSID_X, &[], |of| of.sid, 0);
    check(
        codes::SYSCALL_CAPSET_X,
        &[
            ("cap_inheritable", N(1)),
            ("cap_permitted", N(2)),
            ("cap_effective", N(3)),
        ],
        |of| [of.cap_inheritable, of.cap_permitted, of.cap_effective],
        [1, 2, 3],
    );
    check(
        codes::SYSCALL_UNSHARE_X,
        &[("flags", N(1 << 20))],
        |of| of.cap_effective,
        (1 << 41) - 1,
    );
    check(
        codes::SYSCALL_UNSHARE_X,
        &[("flags", N(1 << 5))],
        |of| of.cap_effective,
        0,
    );
    check(
        codes::SYSCALL_CHROOT_X,
        &[("path", Is::Text("/srv"))],
        |of| text(&of.root).to_owned(),
        "/srv".to_owned(),
    );
    check(
        codes::SYSCALL_SETRLIMIT_X,
        &[("cur", N(9)), ("resource", N(7))],
        |of| of.fd_limit,
        9,
    );
    check(
        codes::SYSCALL_SETRLIMIT_X,
        &[("cur", N(9)), ("resource", N(6))],
        |of| of.fd_limit,
        -1,
    );
    check(
        codes::SYSCALL_PRLIMIT_X,
        &[("newcur", N(9)), ("pid", N(0)), ("resource", N(7))],
        |of| of.fd_limit,
        9,
    );
    check(
        codes::SYSCALL_BRK_4_X,
        &[("vm_size", N(1)), ("vm_rss", N(2)), ("vm_swap", N(3))],
        |of| [of.vm_size, of.vm_rss, of.vm_swap],
        [1, 2, 3],
    );
}

#[test]
fn users_come_and_go() {
    let mut world = World::new();
    let user = |name| {
        [
            ("uid", Is::Number(5)),
            ("gid", Is::Number(6)),
            ("name", Is::Text(name)),
            ("home", Is::Text("/home/x")),
            ("shell", Is::Text("/bin/sh")),
            ("container_id", Is::Text("")),
        ]
    };
    world.see(codes::USER_ADDED_E, -1, &user("x"));
    assert_eq!(
        world.machine.users.user(5).map(|user| text(&user.name)),
        Some("x")
    );
    // An entry of /etc/passwd that stands for those of NIS is none.
    world.see(codes::USER_ADDED_E, -1, &user("+@staff"));
    assert_eq!(
        world.machine.users.user(5).map(|user| text(&user.name)),
        Some("x")
    );
    world.see(codes::USER_DELETED_E, -1, &user("x"));
    assert_eq!(world.machine.users.user(5), None);
    assert!(!world.knows(-1));
}
