//! What each field says, and the classes that lists group fields in.

mod container;
mod descriptor;
mod event;
mod process;

use std::{collections::HashMap, sync::OnceLock};

use crate::FieldInfo;

/// A class of fields, as `falco --list` has them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FieldClass {
    /// Fields of all events.
    AnyEvent,
    /// Fields of system calls.
    Syscall,
    /// Processes and threads.
    Process,
    /// Users.
    User,
    /// Groups.
    Group,
    /// Containers.
    Container,
    /// The descriptor of an event.
    Fd,
    /// The descriptors that a poll waits for.
    FdList,
    /// Paths in the file system.
    FsPath,
    /// Pods and what they belong to.
    Kubernetes,
    /// Counters.
    Utility,
}

impl FieldClass {
    /// All classes, in the order of a list.
    pub const ALL: &[Self] = &[
        Self::AnyEvent,
        Self::Syscall,
        Self::Process,
        Self::User,
        Self::Group,
        Self::Container,
        Self::Fd,
        Self::FsPath,
        Self::FdList,
        Self::Kubernetes,
        Self::Utility,
    ];

    /// The heading of a list.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::AnyEvent => "evt (all events)",
            Self::Syscall => "evt (system calls)",
            Self::Process => "process",
            Self::User => "user",
            Self::Group => "group",
            Self::Container => "container",
            Self::Fd => "fd",
            Self::FdList => "fdlist",
            Self::FsPath => "fs.path",
            Self::Kubernetes => "k8s",
            Self::Utility => "util",
        }
    }

    /// What the fields of the class have in common, in one sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::AnyEvent => "Of every event, whatever it comes from.",
            Self::Syscall => "Of system calls; `evt.arg.NAME` gives each call's own arguments.",
            Self::Process => "The process and thread that the event happened in.",
            Self::User => "The user of the thread.",
            Self::Group => "The group of the thread.",
            Self::Container => "The container that the thread runs in.",
            Self::Fd => "The descriptor that the event is about: a file, a socket, a pipe.",
            Self::FdList => "The descriptors that a poll waits for.",
            Self::FsPath => "The paths that the event works on.",
            Self::Kubernetes => "The pod that the container belongs to.",
            Self::Utility => "Counters.",
        }
    }

    /// The fields of the class, in the order in which Falco lists them.
    pub fn fields(self) -> impl Iterator<Item = &'static FieldInfo> {
        FieldInfo::all()
            .iter()
            .filter(move |field| field.class() == self)
    }
}

impl FieldInfo {
    /// What the field says, in one sentence.
    #[must_use]
    pub fn description(&self) -> &'static str {
        static BY_NAME: OnceLock<HashMap<&str, &str>> = OnceLock::new();
        BY_NAME
            .get_or_init(|| all().collect())
            .get(self.name)
            .copied()
            .unwrap_or_default()
    }

    /// The class that lists have it in.
    #[must_use]
    pub fn class(&self) -> FieldClass {
        match self.name.split('.').next() {
            Some("evt") if of_any_event(self.name) => FieldClass::AnyEvent,
            Some("evt" | "syscall") => FieldClass::Syscall,
            Some("proc") if self.name.starts_with("proc.is_container_") => FieldClass::Container,
            Some("proc" | "thread") => FieldClass::Process,
            Some("user") => FieldClass::User,
            Some("group") => FieldClass::Group,
            Some("container") => FieldClass::Container,
            Some("fd") => FieldClass::Fd,
            Some("fdlist") => FieldClass::FdList,
            Some("fs") => FieldClass::FsPath,
            Some("k8s") => FieldClass::Kubernetes,
            _ => FieldClass::Utility,
        }
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    [event::ALL, process::ALL, descriptor::ALL, container::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// Whether a field of events is one of all events, not of system calls only.
fn of_any_event(name: &str) -> bool {
    const STARTS: [&str; 4] = ["evt.time", "evt.datetime", "evt.rawtime", "evt.reltime"];
    const NAMES: [&str; 7] = [
        "evt.num",
        "evt.pluginname",
        "evt.plugininfo",
        "evt.source",
        "evt.is_async",
        "evt.asynctype",
        "evt.hostname",
    ];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_is_described_in_one_sentence() {
        for field in FieldInfo::all() {
            let text = field.description();
            assert!(text.ends_with('.'), "{}: {text:?}", field.name);
            assert!(!text.contains(". "), "{}: {text:?}", field.name);
        }
    }

    #[test]
    fn every_description_is_of_a_field_of_its_own() {
        let names: BTreeSet<_> = all().map(|(name, _)| name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn every_field_is_in_one_class() {
        let listed: usize = FieldClass::ALL
            .iter()
            .map(|class| class.fields().count())
            .sum();
        assert_eq!(listed, FieldInfo::all().len());
    }

    #[test]
    fn classes() {
        for (name, class) in [
            ("evt.num", FieldClass::AnyEvent),
            ("evt.time.s", FieldClass::AnyEvent),
            ("evt.type", FieldClass::Syscall),
            ("syscall.type", FieldClass::Syscall),
            ("thread.tid", FieldClass::Process),
            ("fs.path.name", FieldClass::FsPath),
        ] {
            let field = FieldInfo::all().iter().find(|field| field.name == name);
            assert_eq!(field.map(FieldInfo::class), Some(class), "{name}");
        }
    }
}
