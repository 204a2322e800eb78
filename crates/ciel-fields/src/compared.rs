//! What conditions compare, which for some fields is more than what outputs show.

use ciel_event::{Context, Thread, machine::Machine, schema::EventFlags};

use crate::{
    Field, FieldId as Id, Value,
    extract::{
        ends, fd,
        lineage::process,
        text::{self, Of},
    },
};

/// What a condition compares.
#[derive(Clone, PartialEq, Debug)]
pub enum Compared<'a> {
    /// One value, the one that outputs show.
    One(Value<'a>),
    /// Several of which one is enough, whatever the operator: each ancestor of a process.
    Any(Vec<Value<'a>>),
    /// Both ends of a connection, or the one of a socket that listens. One is enough, but `!=` must be true of all.
    Ends(Value<'a>, Option<Value<'a>>),
}

impl Field {
    /// What a condition compares in this event; `None` where there is nothing, which no comparison is true of.
    #[must_use]
    #[inline]
    pub fn compared<'a>(&self, context: &Context<'a>) -> Option<Compared<'a>> {
        match self.id {
            Id::FdIp | Id::FdPort | Id::FdProto | Id::FdNet => {
                let fd = fd::subject(context)?.fd?;
                ends::either(self.id, fd).map(|(one, other)| Compared::Ends(one, other))
            }
            _ if self.is_of_ancestors() => {
                let values = ancestors(self.id, context)?;
                Some(Compared::Any(values.collect()))
            }
            // Falco has this list for every event that works on descriptors, empty or not.
            Id::FdTypes => self
                .extract(context)
                .or_else(|| works_on_descriptors(context).then(|| Value::List(Vec::new())))
                .map(Compared::One),
            _ => self.extract(context).map(Compared::One),
        }
    }

    /// Whether what a condition compares is always the one value that [`Field::extract`] takes.
    #[must_use]
    pub fn is_single(&self) -> bool {
        match self.id {
            Id::FdIp | Id::FdPort | Id::FdProto | Id::FdNet | Id::FdTypes => false,
            _ => !self.is_of_ancestors(),
        }
    }

    /// Whether the field means all ancestors of a process, of which one is enough: [`Compared::Any`].
    #[must_use]
    pub fn is_of_ancestors(&self) -> bool {
        match self.id {
            Id::ProcApid | Id::ProcAname | Id::ProcAexe | Id::ProcAexepath | Id::ProcAcmdline => {
                self.argument.is_none()
            }
            // A number of an ancestor is for outputs only.
            Id::ProcAenv => self.key().is_none(),
            _ => false,
        }
    }

    /// Whether something holds of one of the values of a field that means all ancestors, without a list of them.
    pub fn any_ancestor<'a>(
        &self,
        context: &Context<'a>,
        holds: impl FnMut(Value<'a>) -> bool,
    ) -> bool {
        ancestors(self.id, context).is_some_and(|mut values| values.any(holds))
    }

    /// Whether its value is put together from others, and stays the same for as long as the event is looked at: worth being
    /// kept by whoever asks more than once.
    #[must_use]
    pub fn is_composite(&self) -> bool {
        match self.id {
            Id::ProcCmdline
            | Id::ProcPcmdline
            | Id::ProcAcmdline
            | Id::ProcExeline
            | Id::ProcArgs
            | Id::ProcAargs
            | Id::ProcEnv
            | Id::ProcAenv => true,
            // Bits of a name are those of the event itself; other arguments look at descriptors.
            Id::EvtArg => self.key().is_some_and(|key| key == "flags"),
            _ => false,
        }
    }

    /// Whether `exists` is true of the field in this event.
    #[must_use]
    pub fn exists(&self, context: &Context<'_>) -> bool {
        match self.id {
            // Of these Falco only asks for a descriptor, be it a socket or not.
            Id::FdIp
            | Id::FdPort
            | Id::FdProto
            | Id::FdNet
            | Id::FdCipName
            | Id::FdSipName
            | Id::FdLipName
            | Id::FdRipName => fd::subject(context).is_some_and(|subject| subject.fd.is_some()),
            // A list exists where there could be one, though nothing be open.
            Id::FdTypes if self.argument.is_none() => fd::subject(context).is_some(),
            _ => match self.compared(context) {
                Some(Compared::Any(values)) => !values.is_empty(),
                Some(Compared::One(_) | Compared::Ends(..)) => true,
                None => false,
            },
        }
    }
}

/// Whether an event opens, uses or closes a descriptor of a thread that is known.
fn works_on_descriptors(context: &Context<'_>) -> bool {
    const ANY: [EventFlags; 3] = [
        EventFlags::CREATES_FD,
        EventFlags::USES_FD,
        EventFlags::DESTROYS_FD,
    ];
    let flags = context.event.info().flags;
    context.thread.is_some() && ANY.iter().any(|flag| flags.contains(*flag))
}

fn ancestors<'a>(
    id: Id,
    context: &Context<'a>,
) -> Option<impl Iterator<Item = Value<'a>> + use<'a>> {
    let machine = context.machine;
    let process = process(machine, context.thread?)?;
    let ancestors = machine.threads.ancestors(process);
    Some(ancestors.filter_map(move |ancestor| of(id, machine, ancestor)))
}

fn of<'a>(id: Id, machine: &'a Machine, ancestor: &'a Thread) -> Option<Value<'a>> {
    match id {
        Id::ProcApid => Some(Value::Signed(ancestor.pid)),
        Id::ProcAname => text::of(Of::Name, machine, ancestor),
        Id::ProcAexe => text::of(Of::Exe, machine, ancestor),
        Id::ProcAexepath => text::of(Of::Exepath, machine, ancestor),
        Id::ProcAcmdline => text::of(Of::Cmdline, machine, ancestor),
        _ => text::env(machine, ancestor, None),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;
    use crate::testing::{Scene, i64};

    /// What a condition compares on a descriptor of the scene's shell.
    fn compared(fd: i64, field: &str) -> Option<Compared<'static>> {
        let scene = Scene::new("SYSCALL_CLOSE_X", vec![i64(0), i64(fd)]).on(fd);
        scene.with(field, |field, context| match field.compared(context)? {
            Compared::One(Value::Text(text)) => {
                Some(Compared::One(Value::owned(text.into_owned())))
            }
            Compared::One(_) => None,
            Compared::Any(values) => Some(Compared::Any(owned(values))),
            // Addresses and ports.
            Compared::Ends(one, other) => {
                let mut both = owned(other.into_iter().chain([one]).collect());
                let one = both.pop().expect("one");
                Some(Compared::Ends(one, both.pop()))
            }
        })
    }

    fn owned(values: Vec<Value<'_>>) -> Vec<Value<'static>> {
        values
            .into_iter()
            .map(|value| match value {
                Value::Text(text) => Value::owned(text.into_owned()),
                Value::Ip(address) => Value::Ip(address),
                Value::Unsigned(number) => Value::Unsigned(number),
                Value::Signed(number) => Value::Signed(number),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn both_ends_of_a_connection() {
        let ip = |text: &str| Value::Ip(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(
            compared(4, "fd.net"),
            Some(Compared::Ends(ip("192.0.2.1"), Some(ip("192.0.2.2"))))
        );
        assert_eq!(
            compared(4, "fd.port"),
            Some(Compared::Ends(
                Value::Unsigned(4000),
                Some(Value::Unsigned(80))
            ))
        );
        assert_eq!(compared(0, "fd.ip"), None);
    }

    #[test]
    fn a_descriptor_is_enough_for_exists() {
        let scene = Scene::new("SYSCALL_CLOSE_X", vec![i64(0), i64(0)]).on(0);
        for (field, exists) in [("fd.ip", true), ("fd.sip.name", true), ("fd.sip", false)] {
            let found = scene.with(field, |field, context| Some(field.exists(context)));
            assert_eq!(found, Some(exists), "{field}");
        }
    }

    #[test]
    fn every_ancestor() {
        let text = |text: &str| Value::owned(text);
        for (field, expected) in [
            (
                "proc.aname",
                Some(Compared::Any(vec![text("sshd"), text("init")])),
            ),
            ("proc.aname[1]", Some(Compared::One(text("sshd")))),
            ("proc.name", Some(Compared::One(text("bash")))),
        ] {
            let mut scene = Scene::new("SYSCALL_CLOSE_X", vec![i64(0), i64(0)]);
            for (pid, ptid, comm) in [(1, 0, "init"), (5, 1, "sshd")] {
                let mut thread = Thread::unknown(pid);
                (thread.pid, thread.ptid) = (pid, ptid);
                thread.comm = comm.as_bytes().into();
                scene.machine.threads.insert(thread);
            }
            scene.machine.threads.get_mut(17).expect("known").ptid = 5;
            let found = scene.with(field, |field, context| {
                field.compared(context).map(|found| match found {
                    Compared::Any(values) => Compared::Any(owned(values)),
                    Compared::Ends(..) => panic!("a process has no ends"),
                    Compared::One(value) => Compared::One(owned(vec![value]).remove(0)),
                })
            });
            assert_eq!(found, expected, "{field}");
        }
    }
}
