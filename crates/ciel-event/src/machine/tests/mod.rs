//! Events built by hand, and what they leave of threads and processes.

mod families;
mod limits;
mod programs;

use super::{Machine, Seen, Thread, clone_flag};
use crate::{
    Event, Params,
    schema::{EventCode, ParamType, codes},
};

/// The value of a parameter.
#[derive(Clone, Copy)]
enum Is<'a> {
    Number(i64),
    Text(&'a str),
    Bytes(&'a str),
}

/// An event whose parameters have names.
struct Built {
    time: u64,
    tid: i64,
    code: EventCode,
    data: Vec<u8>,
    lengths: Vec<u32>,
}

/// An event with these parameters; the others are empty.
fn built(code: EventCode, tid: i64, time: u64, params: &[(&str, Is<'_>)]) -> Built {
    let info = code.info();
    for (name, _) in params {
        assert!(info.param(name).is_some(), "{} has {name}", info.constant);
    }
    let mut data = Vec::new();
    let mut lengths = Vec::new();
    for param in info.params {
        let value = params.iter().find(|(name, _)| *name == param.name);
        let before = data.len();
        match value.map(|(_, value)| *value) {
            Some(Is::Number(number)) => {
                data.extend_from_slice(&number.to_le_bytes()[..size(param.kind)]);
            }
            Some(Is::Text(text)) => data.extend_from_slice(format!("{text}\0").as_bytes()),
            Some(Is::Bytes(bytes)) => data.extend_from_slice(bytes.as_bytes()),
            None => {}
        }
        lengths.push(u32::try_from(data.len() - before).expect("short"));
    }
    Built {
        time,
        tid,
        code,
        data,
        lengths,
    }
}

fn size(kind: ParamType) -> usize {
    use ParamType as T;
    match kind {
        T::Uint8 | T::EnumFlags8 | T::SigType => 1,
        T::Int32 | T::Uint32 | T::Flags32 | T::EnumFlags32 | T::Uid | T::Gid => 4,
        T::Errno | T::Fd | T::Pid | T::Int64 | T::Uint64 | T::AbsTime => 8,
        other => panic!("no number: {other:?}"),
    }
}

/// A machine and its clock.
#[derive(Default)]
struct World {
    machine: Machine,
    time: u64,
}

impl World {
    /// One with the first process of all, `init`.
    fn new() -> Self {
        let mut world = Self::default();
        world.list(Thread {
            pid: 1,
            ptid: 0,
            vtid: 1,
            vpid: 1,
            comm: (*b"init").into(),
            exe: (*b"/sbin/init").into(),
            exepath: (*b"/usr/lib/init (deleted)").into(),
            cwd: (*b"/").into(),
            env: (*b"HOME=/\0").into(),
            ..Thread::new(1)
        });
        world
    }

    fn list(&mut self, thread: Thread) {
        self.machine.threads.insert(thread);
    }

    fn see(&mut self, code: EventCode, tid: i64, params: &[(&str, Is<'_>)]) -> Seen {
        self.time += 1000;
        let built = built(code, tid, self.time, params);
        self.machine.observe(&Event {
            time: built.time,
            tid: built.tid,
            cpu: 0,
            code: built.code,
            params: Params::new(&built.data, built.lengths.iter().copied()),
        })
    }

    /// The end of `clone` in the caller.
    fn caller(&mut self, tid: i64, child: i64, flags: u32) -> Seen {
        self.clone(codes::SYSCALL_CLONE_20_X, tid, child, (tid, 1), flags)
    }

    /// The end of `clone` in a child that is no thread.
    fn child(&mut self, tid: i64, parent: i64, flags: u32) -> Seen {
        self.clone(codes::SYSCALL_CLONE_20_X, tid, 0, (tid, parent), flags)
    }

    fn clone(
        &mut self,
        code: EventCode,
        tid: i64,
        result: i64,
        (pid, ptid): (i64, i64),
        flags: u32,
    ) -> Seen {
        self.see(
            code,
            tid,
            &[
                ("res", Is::Number(result)),
                ("exe", Is::Text("sh")),
                ("args", Is::Bytes("-c\0true\0")),
                ("tid", Is::Number(tid)),
                ("pid", Is::Number(pid)),
                ("ptid", Is::Number(ptid)),
                ("fdlimit", Is::Number(1024)),
                ("comm", Is::Text("sh")),
                ("flags", Is::Number(flags.into())),
                ("uid", Is::Number(1000)),
                ("gid", Is::Number(100)),
                ("vtid", Is::Number(tid)),
                ("vpid", Is::Number(pid)),
            ],
        )
    }

    fn exit(&mut self, tid: i64, reaper: i64) -> Seen {
        self.see(
            codes::PROCEXIT_1_E,
            tid,
            &[
                ("status", Is::Number(0)),
                ("ret", Is::Number(0)),
                ("sig", Is::Number(0)),
                ("core", Is::Number(0)),
                ("reaper_tid", Is::Number(reaper)),
            ],
        )
    }

    /// An event that changes nothing, after which what ended is gone.
    fn wait(&mut self) {
        self.see(codes::SYSCALL_GETCWD_X, 1, &[("res", Is::Number(-1))]);
    }

    fn thread(&self, tid: i64) -> &Thread {
        self.machine.threads.get(tid).expect("the thread is known")
    }

    fn knows(&self, tid: i64) -> bool {
        self.machine.threads.get(tid).is_some()
    }

    fn live(&self, tid: i64) -> u32 {
        self.machine.threads.live_threads(self.thread(tid))
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}
