//! Events built by hand, in a machine with one shell.

use std::net::Ipv4Addr;

use ciel_event::{
    Event, Fd, Machine, Params, Seen, Thread,
    machine::{FdKind, Group, L4, Listed, User},
    schema::EventCode,
};

use crate::Field;

/// Bytes of one parameter.
pub(crate) type Param = Vec<u8>;

/// A number of 64 bits.
pub(crate) fn i64(number: i64) -> Param {
    number.to_le_bytes().to_vec()
}

/// A number of 32 bits.
pub(crate) fn u32(number: u32) -> Param {
    number.to_le_bytes().to_vec()
}

/// Text, with its NUL.
pub(crate) fn text(text: &str) -> Param {
    [text.as_bytes(), b"\0"].concat()
}

/// The code of a constant's name.
pub(crate) fn code(constant: &str) -> EventCode {
    EventCode::all()
        .find(|code| code.info().constant == constant)
        .expect(constant)
}

/// A machine with the shell 17, which has some descriptors.
pub(crate) fn machine() -> Machine {
    let mut machine = Machine::default();
    let mut shell = Thread::unknown(17);
    shell.pid = 17;
    shell.comm = b"bash".as_slice().into();
    shell.cwd = b"/home/ana/".as_slice().into();
    for (number, kind, name) in [
        (0, FdKind::File, "/dev/null"),
        (3, FdKind::Directory, "/srv"),
        (5, FdKind::Unix, "/dev/log"),
        (6, FdKind::EventPoll, ""),
    ] {
        let name = name.as_bytes();
        shell
            .fds
            .insert(number, Fd::listed(0, Listed::Named { kind, name }));
    }
    let mut connection = Fd::listed(
        0,
        Listed::Tuple {
            source: (Ipv4Addr::new(192, 0, 2, 1).into(), 4000),
            destination: (Ipv4Addr::new(192, 0, 2, 2).into(), 80),
            l4: L4::Tcp,
        },
    );
    connection.marks.client = true;
    shell.fds.insert(4, connection);
    machine.threads.insert(shell);
    machine.users.insert_user(User {
        uid: 0,
        name: b"root".to_vec(),
        ..User::default()
    });
    machine.users.insert_group(Group {
        gid: 0,
        name: b"root".to_vec(),
    });
    machine.info.hostname = b"node-1".to_vec();
    machine
}

/// An event of the shell on one of its descriptors.
pub(crate) struct Scene {
    pub(crate) machine: Machine,
    pub(crate) code: EventCode,
    pub(crate) params: Vec<Param>,
    pub(crate) seen: Seen,
}

impl Scene {
    pub(crate) fn new(constant: &str, params: Vec<Param>) -> Self {
        let mut seen = Seen::default();
        seen.number = 7;
        seen.thread = Some(17);
        seen.first_time = 1_000_000_000;
        seen.previous_time = 2_000_000_000;
        Self {
            machine: machine(),
            code: code(constant),
            params,
            seen,
        }
    }

    pub(crate) fn on(mut self, fd: i64) -> Self {
        self.seen.fd = Some((17, fd));
        self
    }

    /// What Falco would print for a field, and `None` for no value.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        self.with(field, |field, context| field.text(context))
    }

    /// What Falco's JSON would have for a field.
    pub(crate) fn json(&self, field: &str) -> Option<serde_json::Value> {
        self.with(field, |field, context| field.json(context))
    }

    pub(crate) fn with<T>(
        &self,
        field: &str,
        take: impl FnOnce(&Field, &ciel_event::Context<'_>) -> Option<T>,
    ) -> Option<T> {
        let data = self.params.concat();
        let lengths = self
            .params
            .iter()
            .map(|param| u32::try_from(param.len()).expect("short"));
        let event = Event {
            time: 3_500_000_001,
            tid: 17,
            cpu: 2,
            code: self.code,
            params: Params::new(&data, lengths),
        };
        let field = Field::parse(field).expect(field);
        take(&field, &self.machine.context(&event, &self.seen))
    }
}
