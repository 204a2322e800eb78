//! The paths that a system call works on: `fs.path.*`.

use std::borrow::Cow;

use ciel_event::{
    Context, EventCode,
    machine::{
        FdKind,
        path::{self, AT_FDCWD},
    },
    schema::codes as c,
};

use super::fd;
use crate::{Field, FieldId as Id, Value};

/// Where an event has a path.
#[derive(Clone, Copy)]
enum Place {
    /// In the parameter of this name.
    Param(&'static str),
    /// It is that of the descriptor.
    Descriptor,
}

/// What a relative path is relative to.
#[derive(Clone, Copy)]
enum Base {
    /// The working directory.
    Cwd,
    /// The folder that the event's descriptor is.
    Descriptor,
    /// The folder whose descriptor is in this parameter.
    Param(usize),
    /// Nothing that is known.
    Unknown,
    /// The path is that of the descriptor which the event made.
    Opened,
}

/// Which path a field shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    Source,
    Target,
}

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let (role, raw) = match field.id {
        Id::FsPathName => (Role::Name, false),
        Id::FsPathNameraw => (Role::Name, true),
        Id::FsPathSource => (Role::Source, false),
        Id::FsPathSourceraw => (Role::Source, true),
        Id::FsPathTarget => (Role::Target, false),
        Id::FsPathTargetraw => (Role::Target, true),
        _ => return None,
    };
    let code = context.event.code;
    let place = place(code, role)?;
    if !succeeded(context) {
        return None;
    }
    let path = match place {
        Place::Param(name) => {
            let index = context.event.info().param(name)?;
            Cow::Borrowed(context.event.text(index)?)
        }
        Place::Descriptor => fd::name(fd::subject(context)?.fd?),
    };
    if raw {
        return Some(Value::Text(path));
    }
    // Falco shows none of them for an event without thread.
    context.thread?;
    if path.starts_with(b"/") {
        return Some(resolve(b"", path));
    }
    Some(match base(code, role) {
        Base::Cwd => resolve(cwd(context), path),
        Base::Descriptor => resolve(&folder(context), path),
        Base::Param(index) => {
            let number = context.event.signed(index)?;
            resolve(&folder_of(context, number), path)
        }
        Base::Unknown => resolve(UNKNOWN, path),
        Base::Opened => {
            let name = context.fd().map_or(Cow::Borrowed(UNKNOWN), fd::name);
            resolve(b"", name)
        }
    })
}

/// What stands for a folder that is not known.
const UNKNOWN: &[u8] = b"<UNKNOWN>";

/// Calls that give a descriptor show their path unless they were denied (`-EPERM` is -1): as Falco has it. The others, if
/// they gave 0.
fn succeeded(context: &Context<'_>) -> bool {
    let result = context.event.signed(0);
    match context.event.code {
        c::SYSCALL_OPEN_X | c::SYSCALL_OPENAT_2_X | c::SYSCALL_OPENAT2_X => {
            result.is_some_and(|fd| fd != -1)
        }
        _ => result == Some(0),
    }
}

fn place(code: EventCode, role: Role) -> Option<Place> {
    use Place::{Descriptor, Param};
    Some(match (code, role) {
        (
            c::SYSCALL_MKDIR_2_X
            | c::SYSCALL_MKDIRAT_X
            | c::SYSCALL_RMDIR_2_X
            | c::SYSCALL_UNLINK_2_X
            | c::SYSCALL_CHOWN_X
            | c::SYSCALL_LCHOWN_X,
            Role::Name,
        ) => Param("path"),
        (
            c::SYSCALL_UNLINKAT_2_X
            | c::SYSCALL_OPEN_X
            | c::SYSCALL_OPENAT_2_X
            | c::SYSCALL_OPENAT2_X
            | c::SYSCALL_UMOUNT_X
            | c::SYSCALL_UMOUNT_1_X
            | c::SYSCALL_UMOUNT2_X,
            Role::Name,
        ) => Param("name"),
        (c::SYSCALL_FCHMODAT_X | c::SYSCALL_CHMOD_X, Role::Name) => Param("filename"),
        (c::SYSCALL_FCHOWNAT_X, Role::Name) => Param("pathname"),
        (c::SYSCALL_QUOTACTL_X, Role::Name) => Param("special"),
        (c::SYSCALL_FCHMOD_X | c::SYSCALL_FCHOWN_X, Role::Name) => Descriptor,
        (c::SYSCALL_RENAME_X | c::SYSCALL_RENAMEAT_X | c::SYSCALL_RENAMEAT2_X, Role::Source) => {
            Param("oldpath")
        }
        (c::SYSCALL_RENAME_X | c::SYSCALL_RENAMEAT_X | c::SYSCALL_RENAMEAT2_X, Role::Target) => {
            Param("newpath")
        }
        // The link is the source, what it leads to the target.
        (c::SYSCALL_LINK_2_X | c::SYSCALL_LINKAT_2_X, Role::Source) => Param("newpath"),
        (c::SYSCALL_LINK_2_X | c::SYSCALL_LINKAT_2_X, Role::Target) => Param("oldpath"),
        (c::SYSCALL_SYMLINK_X | c::SYSCALL_SYMLINKAT_X, Role::Source) => Param("linkpath"),
        (c::SYSCALL_SYMLINK_X | c::SYSCALL_SYMLINKAT_X, Role::Target) => Param("target"),
        (c::SYSCALL_MOUNT_X, Role::Source) => Param("dev"),
        (c::SYSCALL_MOUNT_X, Role::Target) => Param("dir"),
        _ => return None,
    })
}

fn base(code: EventCode, role: Role) -> Base {
    match (code, role) {
        (c::SYSCALL_OPENAT_2_X | c::SYSCALL_OPENAT2_X, _) => Base::Opened,
        (
            c::SYSCALL_FCHOWNAT_X
            | c::SYSCALL_FCHMODAT_X
            | c::SYSCALL_MKDIRAT_X
            | c::SYSCALL_UNLINKAT_2_X,
            _,
        )
        | (c::SYSCALL_SYMLINKAT_X, Role::Source) => Base::Descriptor,
        (c::SYSCALL_SYMLINKAT_X, _) => Base::Unknown,
        (c::SYSCALL_RENAMEAT2_X, Role::Source) => Base::Param(1),
        (c::SYSCALL_RENAMEAT2_X, Role::Target) => Base::Param(3),
        _ => Base::Cwd,
    }
}

fn resolve<'a>(base: &[u8], path: Cow<'a, [u8]>) -> Value<'a> {
    Value::owned(path::join(base, &path))
}

fn cwd<'a>(context: &Context<'a>) -> &'a [u8] {
    context
        .thread
        .map_or(b"./", |thread| context.machine.threads.cwd(thread))
}

/// The folder that the event's descriptor is, with a slash at its end.
fn folder<'a>(context: &Context<'a>) -> Cow<'a, [u8]> {
    match context.fd() {
        Some(fd) if fd.kind == FdKind::Directory => with_slash(fd::name(fd)),
        _ => Cow::Borrowed(UNKNOWN),
    }
}

/// The folder of a descriptor that a parameter has, or the working directory.
fn folder_of<'a>(context: &Context<'a>, number: i64) -> Cow<'a, [u8]> {
    if number == AT_FDCWD {
        return Cow::Borrowed(cwd(context));
    }
    context
        .thread
        .and_then(|thread| fd::get(context.machine, thread, number))
        .map_or(Cow::Borrowed(UNKNOWN), |fd| with_slash(fd::name(fd)))
}

fn with_slash(mut name: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !matches!(name.last(), None | Some(b'/')) {
        name.to_mut().push(b'/');
    }
    name
}

/// A path in a parameter, from the folder on whose descriptor is in another.
pub(super) fn resolved_at<'a>(
    context: &Context<'a>,
    index: usize,
    directory: usize,
) -> Cow<'a, [u8]> {
    let path = context.event.text(index).unwrap_or_default();
    let base = match context.event.signed(directory) {
        Some(number) if !path.starts_with(b"/") => folder_of(context, number),
        _ => Cow::Borrowed(b"".as_slice()),
    };
    path::concatenate(&base, path)
}
