//! Makes captures of any length: a real one over and over, and a machine that starts one short process after the other.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Write},
};

use anyhow::{Context, Result};
use ciel_event::{Event, EventCode, ParamType, Params, machine::MachineInfo, schema::codes};
use ciel_scap::{Compression, Item, RawEvent, Reader, Writer};

use crate::bench::random::Random;

/// The first number that is given to a process of a repetition; kernels count on from 1, up to [`PID_END`].
const PID_START: i64 = 100_000;
/// Numbers of processes begin anew here (`pid_max` of large machines).
const PID_END: i64 = 4_194_304;
/// Nanoseconds between two repetitions.
const PAUSE: u64 = 1_000_000;

/// Writes a capture of `count` events: those of `capture`, over and over. Each repetition happens after the last one, and
/// processes that end in it have other numbers each time, so that the state behaves as on a machine that works on.
pub(in crate::bench) fn repeat(capture: impl Read, count: u64, out: impl Write) -> Result<()> {
    let mut writer = Writer::new(out, Compression::None);
    let events = Events::read(capture, &mut writer)?;
    let mut numbers = Numbers::new(&events.passing);
    let mut written = 0;
    while written < count {
        for event in &events.list {
            if written == count {
                break;
            }
            let block = numbers.renumbered(event, numbers.round * (events.span + PAUSE));
            writer.blocks(&block)?;
            written += 1;
        }
        numbers.round += 1;
    }
    writer.finish()?.flush()?;
    Ok(())
}

/// The events of a capture.
struct Events {
    list: Vec<Template>,
    /// Threads that end in it.
    passing: HashSet<i64>,
    /// Nanoseconds from the first to the last.
    span: u64,
}

/// The block of an event, and where numbers stand in it that change.
struct Template {
    block: Vec<u8>,
    time: u64,
    tid: i64,
    header: usize,
    /// Parameters that are numbers of processes.
    pids: Vec<(usize, i64)>,
}

impl Events {
    /// Reads all, and writes what stands before the events.
    fn read(capture: impl Read, writer: &mut Writer<impl Write>) -> Result<Self> {
        let mut reader = Reader::new(capture);
        reader.keep_sections();
        let mut list = Vec::new();
        let mut passing = HashSet::new();
        while let Some(item) = reader.next()? {
            if let Item::Event(raw) = item {
                if matches!(raw.header.code, codes::PROCEXIT_E | codes::PROCEXIT_1_E) {
                    passing.insert(raw.header.tid);
                }
                list.push(Template::new(&raw));
            }
        }
        writer.blocks(reader.sections())?;
        let times = || list.iter().map(|event| event.time).filter(|time| *time > 0);
        let span = times().max().unwrap_or(0) - times().min().unwrap_or(0);
        Ok(Self {
            list,
            passing,
            span,
        })
    }
}

impl Template {
    fn new(raw: &RawEvent<'_>) -> Self {
        let pids = raw
            .header
            .code
            .info()
            .params
            .iter()
            .enumerate()
            .filter(|(_, param)| param.kind == ParamType::Pid)
            .filter_map(|(index, _)| {
                let range = raw.param_range(index)?;
                let bytes = raw.block.get(range.clone())?;
                Some((range.start, i64::from_le_bytes(bytes.try_into().ok()?)))
            })
            .collect();
        Self {
            block: raw.block.to_vec(),
            time: raw.header.time,
            tid: raw.header.tid,
            header: raw.header_at(),
            pids,
        }
    }
}

/// Gives processes other numbers in each repetition.
struct Numbers {
    round: u64,
    /// Which of those that end it is.
    order: HashMap<i64, i64>,
}

impl Numbers {
    fn new(passing: &HashSet<i64>) -> Self {
        let mut tids: Vec<i64> = passing.iter().copied().collect();
        tids.sort_unstable();
        Self {
            round: 0,
            order: tids.into_iter().zip(0..).collect(),
        }
    }

    fn number(&self, tid: i64) -> i64 {
        let Some(order) = self.order.get(&tid) else {
            return tid;
        };
        let round = i64::try_from(self.round).unwrap_or(i64::MAX);
        let many = i64::try_from(self.order.len()).unwrap_or(i64::MAX);
        let passed = round.wrapping_mul(many).wrapping_add(*order);
        PID_START + passed.rem_euclid(PID_END - PID_START)
    }

    fn renumbered(&self, event: &Template, later: u64) -> Vec<u8> {
        let mut block = event.block.clone();
        // Events that tell of what was there before have no time.
        let time = if event.time == 0 {
            0
        } else {
            event.time + later
        };
        put(&mut block, event.header, time.to_le_bytes());
        put(
            &mut block,
            event.header + 8,
            self.number(event.tid).to_le_bytes(),
        );
        for (at, pid) in &event.pids {
            put(&mut block, *at, self.number(*pid).to_le_bytes());
        }
        block
    }
}

fn put(block: &mut [u8], at: usize, bytes: [u8; 8]) {
    if let Some(slot) = block.get_mut(at..at + 8) {
        slot.copy_from_slice(&bytes);
    }
}

/// Writes a capture of a machine on which `count` short processes run, one after the other: each is made by a shell,
/// becomes another program, opens a few files and ends. About 3 KiB each: write it into a pipe.
pub(in crate::bench) fn processes(seed: u64, count: u64, out: impl Write) -> Result<()> {
    let mut writer = Writer::new(out, Compression::None);
    writer.section()?;
    writer.machine(&MachineInfo {
        cpus: 4,
        memory: 16 << 30,
        max_pid: 4_194_304,
        hostname: b"node".to_vec(),
        boot_time: TIME - 3_600_000_000_000,
        flags: 0,
    })?;
    let mut machine = Short {
        random: Random::new(seed),
        time: TIME,
        writer,
    };
    for number in 0..count {
        machine.process(number)?;
    }
    machine.writer.finish()?.flush()?;
    Ok(())
}

/// When such a capture begins: in November 2026.
const TIME: u64 = 1_794_000_000_000_000_000;
/// When its programs were installed.
const BUILT: i64 = 1_790_000_000_000_000_000;
/// The shell that makes all processes.
const SHELL: i64 = 1_000;

/// A machine on which short processes run.
struct Short<W: Write> {
    random: Random,
    time: u64,
    writer: Writer<W>,
}

impl<W: Write> Short<W> {
    fn process(&mut self, number: u64) -> Result<()> {
        let span = (PID_END - PID_START).unsigned_abs();
        let tid = PID_START + i64::try_from(number % span)?;
        let program = self
            .random
            .pick(&["cat", "ls", "grep", "date", "id", "curl", "sleep", "sed"])
            .to_owned();
        self.clone(SHELL, tid, SHELL, 0)?;
        self.clone(tid, 0, SHELL, tid)?;
        self.execve(tid, &program)?;
        for file in ["/etc/ld.so.cache", "/lib/libc.so.6", "/etc/passwd"] {
            self.open(tid, file)?;
            self.event(tid, codes::SYSCALL_CLOSE_X, &Values::new().long(0).long(3))?;
        }
        let values = Values::new()
            .long(0)
            .long(0)
            .bytes(&[0])
            .bytes(&[0])
            .long(SHELL);
        self.event(tid, codes::PROCEXIT_1_E, &values)
    }

    /// The parent's side of it tells the number of the child, the child's side tells 0.
    fn clone(&mut self, tid: i64, res: i64, parent: i64, child: i64) -> Result<()> {
        let own = if child == 0 { tid } else { child };
        let above = if child == 0 { 1 } else { parent };
        let values = Values::new()
            .long(res)
            .text("/bin/sh")
            .text("-c\0while :; do :; done")
            .long(own)
            .long(own)
            .long(above)
            .text("")
            .long(1_024)
            .long(0)
            .long(100)
            .int(4_000)
            .int(1_000)
            .int(0)
            .text("sh")
            .text(CGROUPS)
            .int(0)
            .int(0)
            .int(0)
            .long(own)
            .long(own)
            .long(0);
        self.event(tid, codes::SYSCALL_CLONE_20_X, &values)
    }

    fn execve(&mut self, tid: i64, program: &str) -> Result<()> {
        let path = format!("/usr/bin/{program}");
        let values = Values::new()
            .long(0)
            .text(program)
            .text("--version\0/etc/passwd")
            .long(tid)
            .long(tid)
            .long(SHELL)
            .text("")
            .long(1_024)
            .long(0)
            .long(30)
            .int(400)
            .int(4)
            .int(0)
            .text(program)
            .text(CGROUPS)
            .text("PATH=/usr/bin:/bin\0HOME=/root\0LANG=C.UTF-8\0PWD=/\0SHLVL=1")
            .int(0)
            .long(SHELL)
            .int(u32::MAX)
            .int(0)
            .long(0)
            .long(0)
            .long(0)
            .long(400_000)
            .long(BUILT)
            .long(BUILT)
            .int(0)
            .text(&path)
            .long(SHELL)
            .int(0)
            .text(&path);
        self.event(tid, codes::SYSCALL_EXECVE_19_X, &values)
    }

    fn open(&mut self, tid: i64, path: &str) -> Result<()> {
        let values = Values::new()
            .long(3)
            .long(-100)
            .text(path)
            .int(4_097)
            .int(0)
            .int(0xfe00)
            .long(409_681);
        self.event(tid, codes::SYSCALL_OPENAT_2_X, &values)
    }

    fn event(&mut self, tid: i64, code: EventCode, values: &Values) -> Result<()> {
        self.time += 1_000 + self.random.below(10_000);
        let event = Event {
            time: self.time,
            tid,
            cpu: u16::try_from(self.random.below(4))?,
            code,
            params: Params::new(&values.data, values.lengths.iter().copied()),
        };
        self.writer
            .event(&event, false)
            .context("cannot write the capture")
    }
}

const CGROUPS: &str = "cpuset=/\0cpu=/user.slice\0cpuacct=/\0io=/\0memory=/user.slice/user-1000.slice/session-1.scope\0pids=/user.slice";

/// The parameters of an event.
#[derive(Default)]
struct Values {
    data: Vec<u8>,
    lengths: Vec<u32>,
}

impl Values {
    fn new() -> Self {
        Self::default()
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.data.extend_from_slice(bytes);
        self.lengths
            .push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        self
    }

    fn text(self, text: &str) -> Self {
        self.bytes(&[text.as_bytes(), &[0]].concat())
    }

    fn int(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    fn long(self, number: i64) -> Self {
        self.bytes(&number.to_le_bytes())
    }
}
