use crate::testing::{Scene, i64};

/// The shell reads from one of its descriptors.
fn read(fd: i64) -> Scene {
    let mut scene = Scene::new("SYSCALL_READ_E", vec![i64(fd)]).on(fd);
    scene
        .machine
        .threads
        .get_mut(17)
        .expect("the shell")
        .last_fd = fd;
    scene
}

#[track_caller]
fn check(scene: &Scene, expected: &[(&str, Option<&str>)]) {
    for (field, value) in expected {
        assert_eq!(scene.text(field).as_deref(), *value, "{field}");
    }
}

#[test]
fn files() {
    check(
        &read(0),
        &[
            ("fd.num", Some("0")),
            ("fd.type", Some("file")),
            ("fd.typechar", Some("f")),
            ("fd.name", Some("/dev/null")),
            ("fd.directory", Some("/dev")),
            ("fd.filename", Some("null")),
            ("fd.containername", Some(":/dev/null")),
            ("fd.containerdirectory", Some(":/dev")),
            ("fd.uid", Some("170")),
            ("fd.cip", None),
            ("fd.cport", None),
            ("fd.l4proto", Some("<NA>")),
            ("fd.sockfamily", None),
            ("fd.is_server", Some("false")),
        ],
    );
    check(
        &read(3),
        &[
            ("fd.type", Some("directory")),
            ("fd.typechar", Some("d")),
            ("fd.name", Some("/srv")),
            ("fd.directory", Some("/srv")),
            ("fd.filename", None),
        ],
    );
}

#[test]
fn connections() {
    check(
        &read(4),
        &[
            ("fd.type", Some("ipv4")),
            ("fd.typechar", Some("4")),
            ("fd.name", Some("192.0.2.1:4000->192.0.2.2:80")),
            ("fd.cip", Some("192.0.2.1")),
            ("fd.sip", Some("192.0.2.2")),
            ("fd.lip", Some("192.0.2.2")),
            ("fd.rip", Some("192.0.2.1")),
            ("fd.cport", Some("4000")),
            ("fd.sport", Some("80")),
            ("fd.cproto", Some("4000")),
            ("fd.sproto", Some("80")),
            ("fd.l4proto", Some("tcp")),
            ("fd.sockfamily", Some("ip")),
            ("fd.cip.name", None),
            ("fd.sip.name", None),
        ],
    );
    check(
        &read(5),
        &[
            ("fd.type", Some("unix")),
            ("fd.typechar", Some("u")),
            ("fd.name", Some("/dev/log")),
            ("fd.sockfamily", Some("unix")),
            ("fd.sport", None),
        ],
    );
}

#[test]
fn descriptors_that_are_not_known() {
    check(
        &read(99),
        &[("fd.num", Some("99")), ("fd.name", None), ("fd.type", None)],
    );
}

#[test]
fn descriptors_waited_for() {
    let entries = [4i64, 0, 99];
    let mut list = 3u16.to_le_bytes().to_vec();
    for fd in entries {
        list.extend(fd.to_le_bytes());
        list.extend(1u16.to_le_bytes());
    }
    let poll = Scene::new("SYSCALL_POLL_X", vec![i64(1), list.clone(), i64(0)]);
    check(
        &poll,
        &[
            ("fdlist.nums", Some("4,0,99")),
            (
                "fdlist.names",
                Some("192.0.2.1:4000->192.0.2.2:80,/dev/null,<NA>"),
            ),
            ("fdlist.cips", Some("192.0.2.1")),
            ("fdlist.sips", Some("192.0.2.2")),
            ("fdlist.cports", Some("4000")),
            ("fdlist.sports", Some("80")),
        ],
    );
    // A list that ends early counts for what it has.
    list.truncate(2 + 10 + 4);
    let cut = Scene::new("SYSCALL_POLL_X", vec![i64(1), list, i64(0)]);
    check(&cut, &[("fdlist.nums", Some("4"))]);
    check(&read(4), &[("fdlist.nums", None)]);
}
