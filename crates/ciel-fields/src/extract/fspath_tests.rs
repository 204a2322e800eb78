use crate::testing::{Scene, i64, text, u32};

/// Name, source and target, raw ones after the others.
const FIELDS: [&str; 6] = [
    "fs.path.name",
    "fs.path.source",
    "fs.path.target",
    "fs.path.nameraw",
    "fs.path.sourceraw",
    "fs.path.targetraw",
];

#[track_caller]
fn check(scene: &Scene, expected: [Option<&str>; 6]) {
    for (field, value) in FIELDS.iter().zip(expected) {
        assert_eq!(scene.text(field).as_deref(), value, "{field}");
    }
}

#[track_caller]
fn named(scene: &Scene, name: &str, raw: &str) {
    check(scene, [Some(name), None, None, Some(raw), None, None]);
}

#[track_caller]
fn two(scene: &Scene, source: &str, target: &str, raw: [&str; 2]) {
    let expected = [
        None,
        Some(source),
        Some(target),
        None,
        Some(raw[0]),
        Some(raw[1]),
    ];
    check(scene, expected);
}

#[test]
fn calls_that_fail_show_no_path() {
    let scene = Scene::new("SYSCALL_MKDIR_2_X", vec![i64(-13), text("a"), u32(0)]);
    check(&scene, [None; 6]);
    let scene = Scene::new("SYSCALL_OPEN_X", vec![i64(-1), text("/a"), u32(0), u32(0)]);
    check(&scene, [None; 6]);
}

#[test]
fn what_could_not_be_opened_is_shown() {
    let open = |name| Scene::new("SYSCALL_OPEN_X", vec![i64(-2), text(name), u32(0), u32(0)]);
    named(&open("/etc/../a"), "/a", "/etc/../a");
    named(&open("a/b"), "/home/ana/a/b", "a/b");
}

#[test]
fn relative_to_the_working_directory() {
    let scene = Scene::new("SYSCALL_RMDIR_2_X", vec![i64(0), text("../x/./y")]);
    named(&scene, "/home/x/y", "../x/./y");
    let scene = Scene::new("SYSCALL_CHMOD_X", vec![i64(0), text("x"), u32(0)]);
    named(&scene, "/home/ana/x", "x");
    let scene = Scene::new("SYSCALL_UMOUNT2_X", vec![i64(0), text("/mnt"), u32(0)]);
    named(&scene, "/mnt", "/mnt");
}

#[test]
fn relative_to_a_folder_that_is_open() {
    let unlink = |directory| {
        Scene::new(
            "SYSCALL_UNLINKAT_2_X",
            vec![i64(0), i64(directory), text("x"), u32(0)],
        )
    };
    named(&unlink(3).on(3), "/srv/x", "x");
    named(&unlink(99), "<UNKNOWN>x", "x");
}

#[test]
fn the_descriptor_itself() {
    let scene = Scene::new("SYSCALL_FCHMOD_X", vec![i64(0), i64(0), u32(0)]).on(0);
    named(&scene, "/dev/null", "/dev/null");
}

#[test]
fn an_openat_shows_the_file_that_came_to_be() {
    let open = |result| {
        Scene::new(
            "SYSCALL_OPENAT_2_X",
            vec![i64(result), i64(3), text("x"), u32(0), u32(0), u32(0)],
        )
    };
    named(&open(0).on(0), "/dev/null", "x");
    named(&open(-2), "<UNKNOWN>", "x");
}

#[test]
fn two_paths() {
    let rename = Scene::new("SYSCALL_RENAME_X", vec![i64(0), text("a"), text("/b")]);
    two(&rename, "/home/ana/a", "/b", ["a", "/b"]);
    let rename = Scene::new(
        "SYSCALL_RENAMEAT2_X",
        vec![i64(0), i64(3), text("a"), i64(-100), text("b"), u32(0)],
    );
    two(&rename, "/srv/a", "/home/ana/b", ["a", "b"]);
    let link = Scene::new("SYSCALL_LINK_2_X", vec![i64(0), text("/old"), text("new")]);
    two(&link, "/home/ana/new", "/old", ["new", "/old"]);
    let symlink = Scene::new(
        "SYSCALL_SYMLINKAT_X",
        vec![i64(0), text("to"), i64(3), text("here")],
    )
    .on(3);
    two(&symlink, "/srv/here", "<UNKNOWN>to", ["here", "to"]);
    let mount = Scene::new(
        "SYSCALL_MOUNT_X",
        vec![
            i64(0),
            text("/dev/sda1"),
            text("/mnt"),
            text("ext4"),
            u32(0),
        ],
    );
    two(&mount, "/dev/sda1", "/mnt", ["/dev/sda1", "/mnt"]);
}
