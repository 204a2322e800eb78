use serde_json::json;

use crate::testing::{Scene, i64, text, u32};

#[track_caller]
fn check(scene: &Scene, expected: &[(&str, Option<&str>)]) {
    for (field, value) in expected {
        assert_eq!(scene.text(field).as_deref(), *value, "{field}");
    }
}

fn read(result: i64) -> Scene {
    Scene::new(
        "SYSCALL_READ_X",
        vec![i64(result), b"ab".to_vec(), i64(0), u32(2)],
    )
    .on(0)
}

#[test]
fn a_read_of_a_file() {
    check(
        &read(2),
        &[
            ("evt.num", Some("7")),
            ("evt.type", Some("read")),
            ("syscall.type", Some("read")),
            ("evt.type.is.read", Some("1")),
            ("evt.type.is.open", Some("0")),
            ("evt.type.is.7", Some("1")),
            ("evt.dir", Some("<")),
            ("evt.category", Some("file")),
            ("evt.cpu", Some("2")),
            ("evt.res", Some("SUCCESS")),
            ("evt.rawres", Some("2")),
            ("evt.failed", Some("false")),
            ("evt.is_io", Some("true")),
            ("evt.is_io_read", Some("true")),
            ("evt.is_io_write", Some("false")),
            ("evt.io_dir", Some("read")),
            ("evt.buffer", Some("ab")),
            ("evt.buflen", Some("2")),
            ("evt.buflen.in", Some("2")),
            ("evt.buflen.out", None),
            ("evt.buflen.file", Some("2")),
            ("evt.buflen.net", None),
            ("evt.count", Some("1")),
            ("evt.count.error", Some("0")),
            ("evt.count.error.file", Some("0")),
            ("evt.count.error.net", None),
            ("evt.count.exit", Some("1")),
            ("evt.is_syslog", Some("false")),
            ("evt.is_async", Some("false")),
            ("evt.asynctype", None),
            ("evt.source", Some("syscall")),
            ("evt.hostname", Some("node-1")),
            ("evt.pluginname", None),
            ("evt.arg.fd", Some("<f>/dev/null")),
            ("evt.arg[0]", Some("2")),
            ("evt.arg[9]", None),
            ("evt.arg.path", None),
            ("evt.rawarg.fd", Some("0")),
            ("evt.rawarg.res", Some("2")),
        ],
    );
}

#[test]
fn a_read_that_failed() {
    check(
        &read(-11),
        &[
            ("evt.res", Some("EAGAIN")),
            ("evt.rawres", Some("-11")),
            ("evt.failed", Some("true")),
            ("evt.buflen", None),
            ("evt.count.error", Some("1")),
            ("evt.count.error.file", Some("1")),
            ("evt.count.error.other", None),
        ],
    );
}

#[test]
fn times() {
    let scene = read(1);
    check(
        &scene,
        &[
            ("evt.time", Some("00:00:03.500000001")),
            ("evt.time.s", Some("00:00:03")),
            (
                "evt.time.iso8601",
                Some("1970-01-01T00:00:03.500000001+0000"),
            ),
            ("evt.datetime", Some("1970-01-01 00:00:03.500000001")),
            ("evt.datetime.s", Some("1970-01-01 00:00:03")),
            ("evt.outputtime", Some("00:00:03.500000001")),
            ("evt.rawtime", Some("3500000001")),
            ("evt.rawtime.s", Some("3")),
            ("evt.rawtime.ns", Some("500000001")),
            ("evt.reltime", Some("2500000001")),
            ("evt.reltime.s", Some("2")),
            ("evt.reltime.ns", Some("500000001")),
            ("evt.deltatime", Some("1500000001")),
            ("evt.deltatime.s", Some("1")),
            ("evt.deltatime.ns", Some("500000001")),
            ("evt.latency", Some("0")),
            ("evt.latency.ns", Some("000000000")),
            ("evt.latency.human", Some("0ns")),
        ],
    );
    assert_eq!(scene.json("evt.time"), Some(json!(3_500_000_001_u64)));
    assert_eq!(scene.json("evt.reltime.ns"), Some(json!(500_000_001)));
}

#[test]
fn json_is_typed() {
    let scene = read(2);
    for (field, value) in [
        ("evt.rawres", json!(2)),
        ("evt.failed", json!(false)),
        ("evt.cpu", json!(2)),
        ("evt.count", json!(1)),
        ("evt.buflen", json!(2)),
        ("evt.type", json!("read")),
        ("evt.arg.res", json!("2")),
        ("evt.rawarg.size", json!(2)),
        // Falco does not say how to show it.
        ("evt.type.is.read", json!(null)),
    ] {
        assert_eq!(scene.json(field), Some(value), "{field}");
    }
}

#[test]
fn a_system_call_without_an_event_of_its_own() {
    let scene = Scene::new("GENERIC_X", vec![5_u16.to_le_bytes().to_vec(), vec![2, 0]]);
    check(
        &scene,
        &[
            ("evt.type", Some("open")),
            ("syscall.type", Some("open")),
            ("evt.args", Some("")),
            ("evt.rawres", None),
            ("evt.res", None),
            ("evt.failed", None),
            ("evt.category", Some("other")),
        ],
    );
}

#[test]
fn an_event_of_a_plugin_says_its_name() {
    let scene = Scene::new(
        "ASYNCEVENT_E",
        vec![u32(0), text("container"), b"{}".to_vec()],
    );
    check(
        &scene,
        &[
            ("evt.type", Some("container")),
            ("evt.asynctype", Some("container")),
            ("evt.is_async", Some("true")),
            ("syscall.type", None),
            ("evt.rawres", None),
            ("evt.args", Some("plugin_id=0 name=container data={}")),
        ],
    );
}

#[test]
fn what_files_are_opened_for() {
    let open = |flags, mode| {
        let params = vec![
            i64(3),
            i64(-100),
            text("/x"),
            u32(flags),
            u32(mode),
            u32(0),
            i64(0),
        ];
        Scene::new("SYSCALL_OPENAT_2_X", params)
    };
    for (flags, mode, expected) in [
        (1, 0, [true, false, false, false]),
        (2, 0, [false, true, false, false]),
        (3, 0, [true, true, false, false]),
        (4 | 2, 0o755, [false, true, true, false]),
        (4 | 2, 0o644, [false, true, false, false]),
        (2 | 16_384, 0, [false, true, false, true]),
        (2 | 8192, 0o700, [false, true, true, true]),
    ] {
        let scene = open(flags, mode);
        let fields = ["read", "write", "exec", "create"];
        for (field, expected) in fields.iter().zip(expected) {
            let field = format!("evt.is_open_{field}");
            assert_eq!(scene.json(&field), Some(json!(expected)), "{field} {flags}");
        }
    }
    let made = Scene::new("SYSCALL_CREAT_X", vec![i64(3), text("/x"), u32(0o755)]);
    check(
        &made,
        &[
            ("evt.is_open_exec", Some("true")),
            ("evt.is_open_write", Some("false")),
        ],
    );
}

#[test]
fn data_that_is_a_number() {
    let data = [&[0_u8][..], &i64(255)].concat();
    let scene = Scene::new("SYSCALL_PTRACE_X", vec![i64(0), data.clone(), data]);
    check(
        &scene,
        &[("evt.buffer", Some("FF")), ("evt.arg.data", Some("FF"))],
    );
}

#[test]
fn absolute_paths() {
    let renamed = |from: i64| {
        let params = vec![i64(0), i64(from), text("a"), i64(3), text("../b")];
        Scene::new("SYSCALL_RENAMEAT_X", params)
    };
    let dst = ("evt.abspath.dst", Some("/b"));
    check(
        &renamed(-100),
        &[
            ("evt.abspath", Some("/home/ana/a")),
            ("evt.abspath.src", Some("/home/ana/a")),
            dst,
        ],
    );
    check(&renamed(3), &[("evt.abspath", Some("/srv/a")), dst]);
    check(&renamed(9), &[("evt.abspath", Some("<UNKNOWN>/a")), dst]);
    check(&read(1), &[("evt.abspath", None)]);
}

#[test]
fn writes_to_the_log() {
    let written = |fd| {
        Scene::new(
            "SYSCALL_WRITE_X",
            vec![i64(1), b"a".to_vec(), i64(fd), u32(1)],
        )
        .on(fd)
    };
    check(
        &written(5),
        &[
            ("evt.is_syslog", Some("true")),
            ("evt.category", Some("ipc")),
            ("evt.io_dir", Some("write")),
        ],
    );
    check(&written(0), &[("evt.is_syslog", Some("false"))]);
    check(
        &written(4),
        &[
            ("evt.buflen.net.out", Some("1")),
            ("evt.category", Some("net")),
        ],
    );
}

#[test]
fn what_old_captures_tell_of_docker() {
    let description = "Event:start; ID:0123456789abcdef; name:web; Image:nginx@sha256:00";
    let params = vec![text("docker"), text("start"), text(description), text("")];
    check(
        &Scene::new("INFRASTRUCTURE_EVENT_E", params),
        &[
            ("evt.infra.docker.name", Some("start")),
            ("evt.infra.docker.container.id", Some("0123456789ab")),
            ("evt.infra.docker.container.name", Some("web")),
            ("evt.infra.docker.container.image", Some("nginx")),
        ],
    );
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits")
    }

    fn bytes(&mut self) -> Vec<u8> {
        const LENGTHS: [usize; 12] = [0, 1, 2, 3, 4, 7, 8, 9, 12, 13, 37, 60];
        let length = LENGTHS[self.next() % LENGTHS.len()];
        let mut byte = || match self.next() % 4 {
            0 => 0,
            1 => b'/',
            2 => u8::try_from(self.next() % 12).expect("small"),
            _ => u8::try_from(self.next() % 256).expect("a byte"),
        };
        (0..length).map(|_| byte()).collect()
    }
}

#[test]
fn any_bytes_in_any_event_are_shown_without_panic() {
    let names: Vec<String> = crate::FieldInfo::all()
        .iter()
        .map(|info| info.name.to_owned())
        .chain(
            [
                "evt.arg[0]",
                "evt.arg[3]",
                "evt.rawarg.res",
                "evt.abspath.dst",
                "proc.aname[2]",
            ]
            .map(str::to_owned),
        )
        .filter(|name| crate::Field::parse(name).is_ok())
        .collect();
    let mut numbers = Numbers(88_172_645_463_325_252);
    for code in ciel_event::EventCode::all() {
        let count = code.info().params.len() + 1;
        let params = (0..count).map(|_| numbers.bytes()).collect();
        let scene = Scene::new(code.info().constant, params).on(4);
        for name in &names {
            let _ = (scene.text(name), scene.json(name));
        }
    }
}
