//! What conditions compare, which for some fields is more than what outputs show.

use ciel_event::{Context, Thread, machine::Machine};

use crate::{
    Field, FieldId as Id, Value,
    extract::{
        ends, fd,
        lineage::{Ancestors, process},
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
    Ends(Vec<Value<'a>>),
}

impl Field {
    /// What a condition compares in this event; `None` where there is nothing, which no comparison is true of.
    #[must_use]
    #[inline]
    pub fn compared<'a>(&self, context: &Context<'a>) -> Option<Compared<'a>> {
        match self.id {
            Id::FdIp | Id::FdPort | Id::FdProto | Id::FdNet => {
                let fd = fd::subject(context)?.fd?;
                ends::either(self.id, fd).map(Compared::Ends)
            }
            Id::ProcApid | Id::ProcAname | Id::ProcAexe | Id::ProcAexepath | Id::ProcAcmdline
                if self.argument.is_none() =>
            {
                ancestors(self.id, context).map(Compared::Any)
            }
            // A number of an ancestor is for outputs only.
            Id::ProcAenv if self.key().is_none() => ancestors(self.id, context).map(Compared::Any),
            _ => self.extract(context).map(Compared::One),
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
            _ => match self.compared(context) {
                Some(Compared::Any(values) | Compared::Ends(values)) => !values.is_empty(),
                Some(Compared::One(_)) => true,
                None => false,
            },
        }
    }
}

fn ancestors<'a>(id: Id, context: &Context<'a>) -> Option<Vec<Value<'a>>> {
    let machine = context.machine;
    let process = process(machine, context.thread?)?;
    Some(
        Ancestors::of(machine, process)
            .filter_map(|ancestor| of(id, machine, ancestor))
            .collect(),
    )
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
