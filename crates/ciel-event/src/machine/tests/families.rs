//! Threads and processes come, go, and are given to others.

use super::*;

#[test]
fn a_child_has_what_its_parent_has() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    let child = world.thread(2);
    assert_eq!(
        (child.pid, child.ptid, child.vtid, child.vpid),
        (2, 1, 2, 2)
    );
    assert_eq!((child.uid, child.gid, child.fd_limit), (1000, 100, 1024));
    assert_eq!(text(&child.exepath), "/usr/lib/init");
    assert_eq!((text(&child.cwd), text(&child.env)), ("/", "HOME=/\0"));
    assert_eq!(child.args().map(text).collect::<Vec<_>>(), ["-c", "true"]);
    assert_eq!(child.clone_time, world.time);
}

#[test]
fn the_childs_event_after_the_callers_changes_nothing() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    let made = world.thread(2).clone_time;
    let seen = world.child(2, 1, 0);
    assert_eq!(seen.thread, Some(2));
    assert_eq!(world.thread(2).clone_time, made);
    assert_eq!(world.live(2), 1);
}

#[test]
fn the_callers_event_after_the_childs_changes_nothing() {
    let mut world = World::new();
    world.child(2, 1, 0);
    let made = world.thread(2).clone_time;
    assert_eq!(text(&world.thread(2).exepath), "/usr/lib/init");
    world.caller(1, 2, 0);
    assert_eq!(world.thread(2).clone_time, made);
    assert_eq!(world.live(2), 1);
}

#[test]
fn only_the_child_tells_its_number_from_within_a_namespace() {
    let mut world = World::new();
    for flags in [
        clone_flag::CHILD_IN_PIDNS,
        clone_flag::NEW_PID,
        clone_flag::PARENT,
        clone_flag::VFORK,
    ] {
        world.caller(1, 2, flags);
        assert!(!world.knows(2), "{flags:x}");
    }
    world.clone(codes::SYSCALL_VFORK_20_X, 1, 2, (1, 0), 0);
    assert!(!world.knows(2));
}

#[test]
fn a_stale_thread_gives_way() {
    let mut world = World::new();
    world.child(2, 1, 0);
    world.time += 3_000_000_000;
    world.child(2, 1, 0);
    assert_eq!(world.thread(2).clone_time, world.time);
    assert_eq!(world.live(2), 1);
}

#[test]
fn threads_belong_to_a_process() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    world.clone(codes::SYSCALL_CLONE3_X, 2, 3, (2, 1), clone_flag::THREAD);
    let thread = world.thread(3);
    assert_eq!((thread.pid, thread.ptid, thread.fd_owner()), (2, 1, 2));
    let threads = &world.machine.threads;
    assert_eq!(threads.main_of(thread).map(|main| main.tid), Some(2));
    assert_eq!(threads.live_threads(thread), 2);
    assert_eq!(threads.other_threads(world.thread(2)), 1);
    assert_eq!(text(threads.cwd(thread)), "/");
}

#[test]
fn what_ended_is_gone_with_the_next_event() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    world.exit(2, 0);
    assert!(world.thread(2).flags.dead);
    world.wait();
    assert!(!world.knows(2));
}

#[test]
fn a_main_thread_stays_for_the_others() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    world.clone(codes::SYSCALL_CLONE_20_X, 2, 3, (2, 1), clone_flag::THREAD);
    world.exit(2, 0);
    world.wait();
    assert!(world.thread(2).flags.dead);
    let threads = &world.machine.threads;
    assert_eq!(threads.live_threads(world.thread(3)), 1);
    assert_eq!(threads.other_threads(world.thread(2)), 1);
    world.exit(3, 0);
    world.wait();
    assert!(!world.knows(2) && !world.knows(3));
}

/// Who is the parent of 4, whose parent 3 ended, a child of 2, a child of 1.
#[track_caller]
fn reaper_is(prepare: impl Fn(&mut World), told: i64, expected: i64) {
    let mut world = World::new();
    world.caller(1, 2, 0);
    world.caller(2, 3, 0);
    world.caller(3, 4, 0);
    prepare(&mut world);
    world.exit(3, told);
    world.wait();
    assert_eq!(world.thread(4).ptid, expected);
}

#[test]
fn children_get_another_parent() {
    let subreaper = |world: &mut World| {
        let params = [
            ("res", Is::Number(0)),
            ("option", Is::Number(36)),
            ("arg2_int", Is::Number(1)),
        ];
        world.see(codes::SYSCALL_PRCTL_X, 2, &params);
    };
    let thread = |world: &mut World| {
        world.clone(codes::SYSCALL_CLONE_20_X, 3, 5, (3, 2), clone_flag::THREAD);
    };
    // init.
    reaper_is(|_| {}, 0, 1);
    // A process that asked for it.
    reaper_is(subreaper, 0, 2);
    // Another thread of the process.
    reaper_is(thread, 0, 5);
    // Whom the kernel says, if it is known.
    reaper_is(|_| {}, 2, 2);
    reaper_is(|_| {}, 77, 1);
}

#[test]
fn the_end_of_a_call_makes_no_child_that_ended() {
    let mut world = World::new();
    world.child(2, 1, 0);
    world.exit(2, 0);
    world.caller(1, 2, 0);
    assert!(!world.knows(2));
}

#[test]
fn an_unknown_thread_has_a_number_only() {
    let mut world = World::new();
    let seen = world.see(codes::SYSCALL_SETSID_X, 9, &[("res", Is::Number(-1))]);
    assert_eq!(seen.thread, Some(9));
    let thread = world.thread(9);
    assert!(thread.is_invalid());
    assert_eq!((text(&thread.comm), thread.uid), ("<NA>", u32::MAX));
    assert_eq!(world.live(9), 0);
    // Ends and beginnings of threads that nobody told of make none.
    assert_eq!(world.exit(10, 0).thread, None);
    assert!(!world.knows(10));
}

#[test]
fn an_unknown_caller_is_known_by_its_child() {
    let mut world = World::new();
    world.caller(9, 10, 0);
    let caller = world.thread(9);
    assert_eq!((caller.pid, caller.ptid, text(&caller.comm)), (9, 1, "sh"));
    assert_eq!(world.thread(10).ptid, 9);
    assert_eq!(text(&world.thread(10).exepath), "");
}

#[test]
fn a_parent_that_is_not_known_is_none() {
    let mut world = World::new();
    world.list(Thread {
        pid: 7,
        ptid: 6,
        ..Thread::new(7)
    });
    world.wait();
    assert_eq!(world.thread(7).ptid, 0);
}

#[test]
fn circles_of_parents_end() {
    let mut world = World::new();
    for (tid, ptid) in [(5, 6), (6, 5), (7, 7)] {
        world.list(Thread {
            pid: tid,
            ptid,
            sid: 3,
            ..Thread::new(tid)
        });
    }
    world.wait();
    for tid in [5, 6, 7] {
        let threads = &world.machine.threads;
        assert!(threads.ancestors(world.thread(tid)).count() <= 3);
        assert!(
            threads
                .leader(world.thread(tid), |of| of.sid, true)
                .is_some()
                || tid == 7
        );
    }
    world.exit(5, 0);
    world.exit(6, 0);
    world.exit(7, 0);
    world.wait();
    assert!(!world.knows(5) && !world.knows(6) && !world.knows(7));
}

#[test]
fn leaders_in_a_namespace_are_found_upwards() {
    let mut world = World::new();
    for (tid, ptid, vtid) in [(10, 1, 1), (11, 10, 2), (12, 11, 3)] {
        world.list(Thread {
            pid: tid,
            ptid,
            vtid,
            vpid: vtid,
            sid: 2 - i64::from(tid == 10),
            ..Thread::new(tid)
        });
    }
    world.wait();
    let threads = &world.machine.threads;
    let leader = |tid| {
        threads
            .leader(world.thread(tid), |of| of.sid, true)
            .map(|of| of.tid)
    };
    assert_eq!(leader(12), Some(11));
    assert_eq!(leader(11), None);
    let ancestor = |steps| threads.ancestor(world.thread(12), steps).map(|of| of.tid);
    assert_eq!(
        [ancestor(0), ancestor(2), ancestor(3), ancestor(4)],
        [Some(12), Some(10), Some(1), None]
    );
}
