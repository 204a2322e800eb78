use ciel_event::{Thread, machine::User};

use crate::testing::{Scene, i64};

/// A process of the root PID namespace, in the session and group of its grandparent.
fn process(pid: i64, ptid: i64, comm: &str, args: &[&str]) -> Thread {
    let mut thread = Thread::unknown(pid);
    (thread.pid, thread.ptid) = (pid, ptid);
    (thread.vtid, thread.vpid) = (pid, pid);
    (thread.sid, thread.vpgid, thread.pgid) = (10, 11, 11);
    thread.comm = comm.as_bytes().into();
    thread.exe = format!("/bin/{comm}").as_bytes().into();
    thread.exepath = format!("/usr/bin/{comm}").as_bytes().into();
    thread.args = args
        .iter()
        .flat_map(|arg| arg.bytes().chain([0]))
        .collect::<Vec<_>>()
        .as_slice()
        .into();
    thread.env = format!("SELF={comm}\0EMPTY=\0").as_bytes().into();
    thread.uid = 0;
    thread.gid = 7;
    thread.loginuid = u32::MAX;
    thread
}

/// `curl -s x`, child of `bash`, child of `sshd`; of the shell only what a capture's beginning tells.
fn scene() -> Scene {
    let mut scene = Scene::new("SYSCALL_CLOSE_X", vec![i64(0), i64(3)]);
    scene.machine = ciel_event::Machine::default();
    let threads = &mut scene.machine.threads;
    threads.insert(process(10, 1, "sshd", &["-D", "", "x"]));
    threads.insert(process(11, 10, "bash", &[]));
    let mut curl = process(17, 11, "curl", &["-s", "http://a"]);
    curl.clone_time = 3_000_000_000;
    curl.cap_effective = 1 | 1 << 21 | 1 << 40 | 1 << 41;
    curl.fd_limit = 1024;
    curl.cwd = b"/srv/".as_slice().into();
    threads.insert(curl);
    scene
}

#[track_caller]
fn check(scene: &Scene, expected: &[(&str, Option<&str>)]) {
    for (field, value) in expected {
        assert_eq!(scene.text(field).as_deref(), *value, "{field}");
    }
}

#[test]
fn a_process_and_its_arguments() {
    check(
        &scene(),
        &[
            ("proc.name", Some("curl")),
            ("proc.exe", Some("/bin/curl")),
            ("proc.exepath", Some("/usr/bin/curl")),
            ("proc.args", Some("-s http://a")),
            ("proc.args[0]", Some("-s")),
            ("proc.args[7]", Some("")),
            ("proc.cmdline", Some("curl -s http://a")),
            ("proc.exeline", Some("/bin/curl -s http://a")),
            ("proc.cmdnargs", Some("2")),
            ("proc.cmdlenargs", Some("10")),
            ("proc.cwd", Some("/srv/")),
            ("proc.env", Some("SELF=curl EMPTY=")),
            ("proc.env[SELF]", Some("curl")),
            ("proc.env[EMPTY]", Some("")),
            ("proc.env[NONE]", Some("")),
            ("proc.pid", Some("17")),
            ("proc.tty", Some("0")),
            ("proc.duration", Some("500000001")),
            ("proc.pid.ts", Some("3000000000")),
            ("proc.exe_ino", None),
            ("proc.fdlimit", Some("1024")),
            ("proc.fdopencount", Some("0")),
            ("proc.stdin.type", None),
        ],
    );
}

#[test]
fn ancestors() {
    check(
        &scene(),
        &[
            ("proc.pname", Some("bash")),
            ("proc.pcmdline", Some("bash")),
            ("proc.ppid", Some("11")),
            ("proc.pvpid", Some("11")),
            ("proc.aname[0]", Some("curl")),
            ("proc.aname[2]", Some("sshd")),
            ("proc.aname[3]", None),
            ("proc.aname", Some("bash sshd")),
            ("proc.acmdline[2]", Some("sshd -D  x")),
            ("proc.aexe", Some("/bin/bash /bin/sshd")),
            ("proc.aexepath[1]", Some("/usr/bin/bash")),
            ("proc.aargs[2]", Some("-D  x")),
            ("proc.apid", Some("17")),
            ("proc.apid[1]", Some("11")),
            ("proc.aenv", Some("SELF=curl EMPTY=")),
            ("proc.aenv[1]", Some("SELF=bash EMPTY=")),
            ("proc.aenv[SELF]", Some("bash")),
            ("proc.aenv[9]", None),
            // A shell's parent has a name that ends as a shell's does; `sshd` has not.
            ("proc.loginshellid", Some("11")),
            // When the parent was made is not known: the number of open descriptors stands in its place.
            ("proc.ppid.duration", Some("0")),
        ],
    );
}

#[test]
fn leaders_in_the_root_namespace_are_found_by_number() {
    check(
        &scene(),
        &[
            ("proc.sid", Some("10")),
            ("proc.sname", Some("sshd")),
            ("proc.sid.exe", Some("/bin/sshd")),
            ("proc.vpgid.name", Some("bash")),
            ("proc.vpgid.exepath", Some("/usr/bin/bash")),
            ("proc.pgid.exe", Some("/bin/bash")),
            ("proc.is_sid_leader", Some("false")),
            ("proc.is_vpgid_leader", Some("false")),
            ("proc.is_pgid_leader", Some("false")),
        ],
    );
}

#[test]
fn leaders_in_another_namespace_are_the_eldest_of_the_row() {
    let mut scene = scene();
    for (tid, vtid, sid) in [(17, 3, 1), (11, 1, 1), (10, 10, 10)] {
        let thread = scene.machine.threads.get_mut(tid).expect("known");
        (thread.vtid, thread.vpid, thread.sid) = (vtid, vtid, sid);
    }
    check(
        &scene,
        &[
            ("proc.sname", Some("bash")),
            ("proc.vpid", Some("3")),
            ("proc.pvpid", Some("1")),
            ("thread.vtid", Some("3")),
        ],
    );
}

#[test]
fn a_group_of_no_number_has_no_name() {
    let mut scene = scene();
    let thread = scene.machine.threads.get_mut(17).expect("known");
    (thread.sid, thread.vpgid, thread.pgid) = (-1, -1, -1);
    check(
        &scene,
        &[
            ("proc.sid", Some("-1")),
            ("proc.sname", Some("")),
            ("proc.vpgid.name", Some("")),
            ("proc.pgid.exepath", Some("")),
        ],
    );
}

#[test]
fn parents_that_lead_in_a_circle_end() {
    let mut scene = scene();
    scene.machine.threads.get_mut(10).expect("known").ptid = 11;
    check(
        &scene,
        &[
            ("proc.aname[3]", Some("bash")),
            ("proc.aname[4000000000]", None),
            ("proc.loginshellid", Some("11")),
        ],
    );
    assert!(scene.text("proc.aname").expect("some").len() < 50);
}

#[test]
fn what_is_known_without_thread() {
    let mut scene = scene();
    scene.seen.thread = None;
    check(
        &scene,
        &[
            ("thread.tid", Some("17")),
            ("thread.exectime", Some("0")),
            ("thread.totexectime", None),
            ("thread.ismain", None),
            ("proc.pid", None),
            ("proc.name", None),
            ("user.uid", None),
            ("container.id", None),
            ("fd.num", None),
        ],
    );
}

#[test]
fn capabilities_and_cgroups() {
    let mut scene = scene();
    let cgroups = b"cpuset=/a\0mem_cgroup=/b\0io=/\0";
    scene.machine.threads.get_mut(17).expect("known").cgroups =
        ciel_event::machine::Cgroups::parse(cgroups).expect("cgroups");
    check(
        &scene,
        &[
            (
                "thread.cap_effective",
                Some("CAP_CHOWN CAP_SYS_ADMIN CAP_CHECKPOINT_RESTORE"),
            ),
            ("thread.cap_permitted", Some("")),
            ("thread.cgroups", Some("cpuset=/a memory=/b blkio=/")),
            ("thread.cgroup.memory", Some("/b")),
            ("thread.cgroup.pids", None),
        ],
    );
}

#[test]
fn users_and_groups() {
    let mut scene = scene();
    check(
        &scene,
        &[
            ("user.uid", Some("0")),
            ("user.name", Some("root")),
            ("user.homedir", Some("/root")),
            ("user.shell", Some("<NA>")),
            ("user.loginuid", Some("-1")),
            ("user.loginname", Some("<NA>")),
            ("group.gid", Some("7")),
            ("group.name", Some("<NA>")),
        ],
    );
    scene.machine.users.insert_user(User {
        uid: 0,
        name: b"toor".to_vec(),
        ..User::default()
    });
    check(
        &scene,
        &[
            ("user.name", Some("toor")),
            ("user.homedir", Some("")),
            ("user.shell", Some("")),
        ],
    );
}

/// Cgroups of a container of a pod.
const POD: &[u8] = b"cpuset=/kubepods/burstable/pod0a1b2c31-1111-2222-3333-444455556666/ccdb438b8f0857e4ab068f3abbd87392dafeec5123d404158273d6d0250b3822\0";

#[test]
fn the_container_of_a_cgroup() {
    let mut scene = scene();
    let thread = scene.machine.threads.get_mut(17).expect("known");
    thread.cgroups = ciel_event::machine::Cgroups::parse(POD).expect("cgroups");
    thread.pidns_init_start = 3_500_000_000;
    check(
        &scene,
        &[
            ("container.id", Some("ccdb438b8f08")),
            (
                "container.full_id",
                Some("ccdb438b8f0857e4ab068f3abbd87392dafeec5123d404158273d6d0250b3822"),
            ),
            ("container.name", None),
            ("container.image.repository", None),
            ("container.mount.dest[/proc*]", None),
            ("container.duration", Some("1")),
            ("k8s.pod.uid", Some("0a1b2c31-1111-2222-3333-444455556666")),
            ("k8s.ns.name", None),
            ("k8s.pod.label.app.kubernetes.io/name", None),
            ("k8s.pod.label[app]", None),
            ("proc.is_container_healthcheck", None),
        ],
    );
    scene.machine.no_containers = true;
    check(
        &scene,
        &[
            ("container.id", Some("host")),
            ("container.full_id", None),
            ("container.start_ts", None),
            ("container.image.repository", None),
            ("k8s.pod.uid", None),
        ],
    );
}

#[test]
fn the_host() {
    check(
        &scene(),
        &[
            ("container.id", Some("host")),
            ("container.name", Some("host")),
            ("container.type", Some("host")),
            ("container.privileged", Some("false")),
            ("container.image.repository", Some("")),
            ("container.start_ts", None),
            ("k8s.pod.name", None),
        ],
    );
}

#[test]
fn what_a_runtime_told_of_a_container() {
    let mut scene = scene();
    scene.machine.threads.get_mut(17).expect("known").cgroups =
        ciel_event::machine::Cgroups::parse(POD).expect("cgroups");
    let json = br#"{"container":{"id":"ccdb438b8f08","type":7,"name":"web","image":"nginx:1","imagerepo":"nginx","imagetag":"1",
        "privileged":true,"ip":"10.0.0.7","pod_sandbox_id":"0123456789abcdef",
        "labels":{"io.kubernetes.pod.name":"web-0","io.kubernetes.pod.namespace":"shop","a":"1","b":""},
        "Mounts":[{"Source":"/srv","Destination":"/data","Mode":"rw","RW":true,"Propagation":"rprivate"},
                  {"Source":"/proc","Destination":"/host/proc","RW":false}]}}"#;
    let facts = ciel_event::machine::ContainerFacts::parse(json).expect("a container");
    scene.machine.containers.insert(facts.into());
    let sandbox = br#"{"container":{"id":"0123456789ab","ip":"10.0.0.9","pod_sandbox_labels":{"app":"web"}}}"#;
    let facts = ciel_event::machine::ContainerFacts::parse(sandbox).expect("a container");
    scene.machine.containers.insert(facts.into());
    check(
        &scene,
        &[
            ("container.name", Some("web")),
            ("container.type", Some("containerd")),
            ("container.image.repository", Some("nginx")),
            ("container.image.digest", Some("")),
            ("container.privileged", Some("true")),
            (
                "container.mounts",
                Some("/srv:/data:rw:true:rprivate,/proc:/host/proc::false:"),
            ),
            ("container.mount[0]", Some("/srv:/data:rw:true:rprivate")),
            ("container.mount.dest[/proc*]", Some("/host/proc")),
            ("container.mount.dest[/pro]", None),
            ("container.mount.source[/host/*]", Some("/proc")),
            ("container.mount.rdwr[/s?v]", Some("true")),
            ("container.mount.mode[9]", None),
            ("container.label.a", Some("1")),
            ("container.label[c]", None),
            ("container.labels", Some("a:1, b")),
            ("k8s.pod.name", Some("web-0")),
            ("k8s.ns.name", Some("shop")),
            ("k8s.pod.uid", Some("0a1b2c31-1111-2222-3333-444455556666")),
            ("k8s.pod.sandbox_id", Some("0123456789ab")),
            ("k8s.pod.label.app", Some("web")),
            ("k8s.pod.ip", Some("10.0.0.9")),
            ("k8s.deployment.name", None),
        ],
    );
}

#[test]
fn control_characters_are_for_conditions_only() {
    let mut scene = scene();
    scene.machine.threads.get_mut(17).expect("known").args = b"-c\0a\nb\xff\0".as_slice().into();
    check(&scene, &[("proc.args", Some("-c a\u{fffd}b\u{fffd}"))]);
    let value = scene.with("proc.args", |field, context| {
        field.extract(context).map(|value| format!("{value:?}"))
    });
    let compared = format!("{:?}", crate::Value::owned(b"-c a\nb\xff".as_slice()));
    assert_eq!(value, Some(compared));
}
