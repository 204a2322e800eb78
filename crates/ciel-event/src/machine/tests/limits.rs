//! A machine on which much happens is not remembered at more length.

use super::*;
use crate::machine::MachineLimits;

#[test]
fn short_processes_leave_nothing() {
    let mut world = World::new();
    for at in 0..100_000 {
        let tid = 2 + at % 30_000;
        world.caller(1, tid, 0);
        world.child(tid, 1, 0);
        world.exit(tid, 0);
    }
    world.wait();
    let threads = &world.machine.threads;
    assert_eq!(threads.len(), 1);
    assert_eq!(threads.processes.len(), 1);
    assert!(threads.slots() < 8);
}

#[test]
fn too_many_threads_push_out_those_unused_for_longest() {
    let mut world = World::new();
    world.machine = Machine {
        limits: MachineLimits {
            threads: 64,
            ..MachineLimits::default()
        },
        ..world.machine
    };
    for tid in 2..1000 {
        world.child(tid, 1, 0);
        world.wait();
    }
    let threads = &world.machine.threads;
    assert!(threads.len() <= 64 && threads.len() > 32);
    assert!(world.knows(1) && world.knows(999) && !world.knows(2));
    assert_eq!(threads.forgotten(), 999 - threads.len() as u64);
    assert!(threads.processes.len() <= 64);
}

#[test]
fn idle_threads_go_where_the_machine_is_watched() {
    let mut world = World::new();
    world.machine.limits = MachineLimits::live();
    world.child(2, 1, 0);
    for _ in 0..10 {
        world.time += 100_000_000_000;
        world.wait();
    }
    assert!(world.knows(1) && !world.knows(2));
}

#[test]
fn a_capture_keeps_idle_threads() {
    let mut world = World::new();
    world.child(2, 1, 0);
    world.time += 1_000_000_000_000;
    world.wait();
    assert!(world.knows(2));
}

#[test]
fn crowds_of_threads_and_children_are_followed_in_part() {
    let mut world = World::new();
    world.caller(1, 2, 0);
    for tid in 10..12_000 {
        let flags = if tid % 2 == 0 { clone_flag::THREAD } else { 0 };
        world.clone(codes::SYSCALL_CLONE_20_X, 2, tid, (2, 1), flags);
    }
    assert_eq!(world.live(2), 5_996);
    world.exit(2, 0);
    for tid in (10..12_000).step_by(2) {
        world.exit(tid, 0);
    }
    world.wait();
    assert!(!world.knows(2) && !world.knows(10) && world.knows(11));
}
