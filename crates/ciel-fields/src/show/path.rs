//! Paths, and where they lead from the directory that they are relative to.

use std::borrow::Cow;

use ciel_event::{
    Context,
    machine::path::join,
    read_signed,
    schema::{ParamInfo, ParamType, Refers},
    text::sanitize,
};

use super::{AT_FDCWD, Shown, descriptor, until_nul};

/// `passwd(/etc/passwd)`.
pub(super) fn show(
    context: &Context<'_>,
    index: usize,
    info: &ParamInfo,
    bytes: &[u8],
    out: &mut Shown,
) {
    let path = until_nul(bytes);
    out.plain.extend_from_slice(&sanitize(path));
    if context.thread.is_none() || path.is_empty() || path.starts_with(b"/") || path == b"<NA>" {
        return;
    }
    let joined = join(&directory(context, index, info), path);
    out.meaning.extend_from_slice(&sanitize(&joined));
}

/// The directory that a path parameter is relative to, empty where it is not known.
fn directory<'a>(context: &Context<'a>, index: usize, info: &ParamInfo) -> Cow<'a, [u8]> {
    let declared = context.event.info().params;
    let base = match info.refers {
        Refers::Directory(base) => usize::from(base),
        // The first parameter is no reference in Falco's table.
        _ if info.kind == ParamType::FsRelPath => 0,
        _ => return working_directory(context).into(),
    };
    let is_descriptor = declared
        .get(base)
        .is_some_and(|param| param.kind == ParamType::Fd);
    if base == index || !is_descriptor {
        return working_directory(context).into();
    }
    match context.event.params.get(base).and_then(read_signed) {
        Some(AT_FDCWD) => working_directory(context).into(),
        Some(number) => descriptor(context, number).map_or(Cow::default(), |fd| folder(fd.name())),
        None => Cow::default(),
    }
}

/// The name of a directory with a slash at its end.
fn folder(mut name: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !matches!(name.last(), None | Some(b'/')) {
        name.to_mut().push(b'/');
    }
    name
}

/// The working directory of the process.
pub(crate) fn working_directory<'a>(context: &Context<'a>) -> &'a [u8] {
    context
        .thread
        .map_or(b"", |thread| context.machine.threads.cwd(thread))
}
