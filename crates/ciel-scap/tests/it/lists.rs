//! Lists before the events, in all their versions.

use ciel_event::{Fd, Thread, machine::FdKind};
use ciel_scap::{Item, Reader};

use crate::blocks::{block, section, text};

/// The threads of a capture with one list.
fn threads(kind: u32, entries: &[Vec<u8>]) -> Vec<Thread> {
    let capture = [section(), block(kind, &entries.concat())].concat();
    let mut reader = Reader::new(capture.as_slice());
    let mut threads = Vec::new();
    while let Some(item) = reader.next().expect("a whole capture") {
        if let Item::Thread(thread) = item {
            threads.push(*thread);
        }
    }
    threads
}

/// An entry as a writer of this version of the list wrote it, without what was appended to the last.
fn entry(version: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut long = |number: i64| out.extend_from_slice(&number.to_le_bytes());
    long(10);
    long(11);
    long(12);
    if version >= 6 {
        long(13);
    }
    if version >= 8 {
        long(14);
    }
    out.extend(text("sh"));
    out.extend(text("/bin/sh"));
    if version >= 7 {
        out.extend(text("/usr/bin/dash"));
    }
    out.extend(text("-c\0true\0"));
    out.extend(text("/root"));
    out.extend(1_024_i64.to_le_bytes());
    out.extend([5_u32, 6, 7].map(u32::to_le_bytes).as_flattened());
    if version >= 2 {
        out.extend([20_u32, 21, 22].map(u32::to_le_bytes).as_flattened());
        out.extend([23_u64, 24].map(u64::to_le_bytes).as_flattened());
    }
    if version >= 3 {
        out.extend(text("A=1\0"));
    }
    if version >= 4 {
        out.extend([30_i64, 31].map(i64::to_le_bytes).as_flattened());
        out.extend(text("cpu=/a\0"));
    }
    if version >= 5 {
        out.extend(text("/jail"));
    }
    out
}

/// What was appended to the last version, up to 0.10.
fn tail_before_0_10() -> Vec<u8> {
    let mut out = 40_u32.to_le_bytes().to_vec();
    out.push(1);
    out.extend([41_u64, 42, 43].map(u64::to_le_bytes).as_flattened());
    out
}

/// An entry with its length before it.
fn sized(entry: &[u8]) -> Vec<u8> {
    [&((entry.len() + 4) as u32).to_le_bytes(), entry].concat()
}

const KINDS: [(u32, u8); 12] = [
    (0x202, 1),
    (0x8000_abcd, 1),
    (0x207, 2),
    (0x8013_abcd, 2),
    (0x209, 3),
    (0x8014_abcd, 3),
    (0x210, 4),
    (0x211, 5),
    (0x212, 6),
    (0x213, 7),
    (0x214, 8),
    (0x215, 9),
];

#[test]
fn every_version_of_the_list_of_processes_is_read() {
    for (kind, version) in KINDS {
        let one = entry(version);
        let one = if version == 9 { sized(&one) } else { one };
        let threads = threads(kind, &[one.clone(), one]);
        assert_eq!(threads.len(), 2, "version {version}");
        for thread in threads {
            assert_eq!((thread.tid, thread.pid, thread.ptid), (10, 11, 12));
            assert_eq!(thread.sid, if version >= 6 { 13 } else { -1 });
            assert_eq!(thread.vpgid, if version >= 8 { 14 } else { -1 });
            assert_eq!(&*thread.comm, b"sh");
            assert_eq!(thread.exepath.is_empty(), version < 7);
            assert_eq!(thread.fd_limit, 1_024);
            assert_eq!((thread.clone_flags, thread.uid, thread.gid), (5, 6, 7));
            assert_eq!(thread.minor_faults, if version >= 2 { 24 } else { 0 });
            assert_eq!(thread.env.is_empty(), version < 3);
            assert_eq!(thread.vpid, if version >= 4 { 31 } else { -1 });
            assert_eq!(thread.root.is_empty(), version < 5);
            assert_eq!(thread.loginuid, u32::MAX);
        }
    }
}

#[test]
fn entries_before_0_10_have_no_terminal() {
    let one = sized(&[entry(9), tail_before_0_10()].concat());
    let threads = threads(0x215, &[one]);
    let thread = &threads[0];
    assert_eq!((thread.tty, thread.loginuid), (0, 40));
    assert_eq!(thread.cap_effective, 43);
}

#[test]
fn entries_since_0_10_have_a_terminal_before_the_login_user() {
    let mut tail = 50_u64.to_le_bytes().to_vec();
    tail.extend(51_u32.to_le_bytes());
    tail.extend(tail_before_0_10());
    let threads = threads(0x215, &[sized(&[entry(9), tail].concat())]);
    let thread = &threads[0];
    assert_eq!(
        (thread.pidns_init_start, thread.tty, thread.loginuid),
        (50, 51, 40)
    );
}

#[test]
fn what_later_writers_append_is_passed_over() {
    let mut tail = 50_u64.to_le_bytes().to_vec();
    tail.extend(51_u32.to_le_bytes());
    tail.extend(tail_before_0_10());
    tail.extend([0; 200]);
    let one = sized(&[entry(9), tail].concat());
    let threads = threads(0x215, &[one.clone(), one]);
    assert_eq!(threads.len(), 2);
}

/// The descriptors of a capture with one list.
fn descriptors(kind: u32, entries: &[Vec<u8>]) -> Vec<(i64, i64, Fd)> {
    let body = [9_i64.to_le_bytes().to_vec(), entries.concat()].concat();
    let capture = [section(), block(kind, &body)].concat();
    let mut reader = Reader::new(capture.as_slice());
    let mut found = Vec::new();
    while let Some(item) = reader.next().expect("a whole capture") {
        if let Item::Fd { tid, number, fd } = item {
            found.push((tid, number, *fd));
        }
    }
    found
}

fn descriptor(code: u8, details: &[u8]) -> Vec<u8> {
    let mut out = 3_i64.to_le_bytes().to_vec();
    out.extend(77_u64.to_le_bytes());
    out.push(code);
    out.extend(details);
    out
}

#[test]
fn descriptors_of_each_kind_are_read() {
    let file = [&4_097_u32.to_le_bytes()[..], &text("/etc/passwd")].concat();
    let unix = [&[1; 8][..], &[2; 8], &text("/run/a")].concat();
    let cases: [(u8, Vec<u8>, FdKind); 9] = [
        (1, text("/old"), FdKind::File),
        (2, text("/tmp"), FdKind::Directory),
        (3, vec![1; 13], FdKind::Ipv4),
        (4, vec![1; 37], FdKind::Ipv6),
        (5, vec![1; 7], FdKind::Ipv4Server),
        (6, vec![1; 19], FdKind::Ipv6Server),
        (8, unix, FdKind::Unix),
        (16, file, FdKind::File),
        (20, text("mem"), FdKind::Memfd),
    ];
    for (code, details, kind) in cases {
        let entry = descriptor(code, &details);
        for (block, entry) in [
            (0x203, entry.clone()),
            (0x8001_abcd, entry.clone()),
            (0x218, sized(&entry)),
        ] {
            let found = descriptors(block, &[entry.clone(), entry]);
            assert_eq!(found.len(), 2, "{kind:?} in {block:#x}");
            let (tid, number, fd) = &found[1];
            assert_eq!((*tid, *number, fd.ino), (9, 3, 77));
            assert_eq!(fd.kind, kind);
        }
    }
}

#[test]
fn a_file_of_a_sized_entry_has_its_device() {
    let details = [
        &4_097_u32.to_le_bytes()[..],
        &text("/etc/passwd"),
        &0xfe00_u32.to_le_bytes(),
    ]
    .concat();
    let found = descriptors(0x218, &[sized(&descriptor(16, &details))]);
    let (_, _, fd) = &found[0];
    assert_eq!((fd.open_flags, fd.dev), (4_097, 0xfe00));
    assert_eq!(&*fd.name(), b"/etc/passwd");
}

#[test]
fn a_descriptor_of_a_kind_to_come_is_unsupported() {
    let found = descriptors(0x218, &[sized(&descriptor(99, &[1; 30]))]);
    assert_eq!(found[0].2.kind, FdKind::Unsupported);
}

#[test]
fn interfaces_of_both_families_are_read() {
    let four = |code: u16, speed: &[u8]| {
        [
            &code.to_le_bytes()[..],
            &2_u16.to_le_bytes(),
            &[10, 0, 0, 1],
            &[255, 0, 0, 0],
            &[10, 255, 255, 255],
            speed,
            b"lo",
        ]
        .concat()
    };
    let six = |code: u16, speed: &[u8]| {
        [
            &code.to_le_bytes()[..],
            &4_u16.to_le_bytes(),
            &[1; 16],
            &[2; 16],
            &[3; 16],
            speed,
            b"eth0",
        ]
        .concat()
    };
    let entries = [four(1, &[9; 8]), six(2, &[9; 8]), four(3, &[]), six(4, &[])];
    let with_length = entries
        .each_ref()
        .map(|entry| [&(entry.len() as u32).to_le_bytes()[..], entry].concat());
    for (kind, entries) in [
        (0x205, entries.clone()),
        (0x8011_abcd, entries),
        (0x219, with_length),
    ] {
        let capture = [section(), block(kind, &entries.concat())].concat();
        let mut reader = Reader::new(capture.as_slice());
        let mut names = Vec::new();
        while let Some(item) = reader.next().expect("a whole capture") {
            if let Item::Interface(interface) = item {
                names.push(interface.name);
            }
        }
        assert_eq!(names, [&b"lo"[..], b"eth0", b"lo", b"eth0"], "{kind:#x}");
    }
}

#[test]
fn users_and_groups_are_read() {
    let user = [
        &[0][..],
        &5_u32.to_le_bytes(),
        &6_u32.to_le_bytes(),
        &text("ann"),
        &text("/home/ann"),
        &text("/bin/sh"),
    ]
    .concat();
    let group = [&[1][..], &7_u32.to_le_bytes(), &text("wheel")].concat();
    let plain = [user.clone(), group.clone()].concat();
    let with_length = [sized(&user), sized(&group)].concat();
    for (kind, body) in [
        (0x206, &plain),
        (0x8012_abcd, &plain),
        (0x220, &with_length),
    ] {
        let capture = [section(), block(kind, body)].concat();
        let mut reader = Reader::new(capture.as_slice());
        reader.next().expect("a section");
        let Ok(Some(Item::User(user))) = reader.next() else {
            panic!("no user in {kind:#x}");
        };
        assert_eq!(
            (user.uid, user.gid, user.name.as_slice()),
            (5, 6, &b"ann"[..])
        );
        let Ok(Some(Item::Group(group))) = reader.next() else {
            panic!("no group in {kind:#x}");
        };
        assert_eq!((group.gid, group.name.as_slice()), (7, &b"wheel"[..]));
    }
}
