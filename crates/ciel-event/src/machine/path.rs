//! Paths as Falco joins them, without looking at any file.

use std::borrow::Cow;

use super::{Machine, Thread};
use crate::text::sanitize;

/// Bytes that a path may have, its end included.
const LONGEST: usize = 1024;

/// What stands for a directory of which nothing is known.
pub const UNKNOWN: &[u8] = b"<UNKNOWN>";

/// What stands for a text that an event does not tell.
pub const NOT_TOLD: &[u8] = b"<NA>";

/// The number of a descriptor that stands for the working directory.
pub const AT_FDCWD: i64 = -100;

/// Joins a path to the directory that it is relative to, which ends with a slash, and takes `.`, `..` and double slashes out
/// of the path (`sinsp_utils::concatenate_paths`). An absolute path stands for itself, an empty one for nothing. What cannot be shown is replaced.
#[must_use]
pub fn concatenate<'a>(base: &[u8], path: &'a [u8]) -> Cow<'a, [u8]> {
    if base.len() + path.len() >= LONGEST {
        return Cow::Borrowed(b"/PATH_TOO_LONG");
    }
    let clean = sanitize(path);
    if is_normal(&clean) {
        return clean;
    }
    let mut out = Vec::with_capacity(base.len() + clean.len());
    if !matches!(clean.first(), None | Some(b'/')) {
        out.extend_from_slice(base);
    }
    let relative = !out.is_empty();
    append(&mut out, &clean, relative);
    if out.len() > 1 && out.last() == Some(&b'/') {
        out.pop();
    }
    Cow::Owned(out)
}

/// Appends a path part by part.
fn append(out: &mut Vec<u8>, path: &[u8], relative: bool) {
    let mut rest = path;
    while let Some((byte, after)) = rest.split_first() {
        let starts_part = matches!(out.last(), None | Some(b'/'));
        rest = match rest {
            [b'.', b'.', b'/', then @ ..] if starts_part => {
                to_parent(out);
                then
            }
            [b'.', b'.'] if starts_part => {
                to_parent(out);
                &[]
            }
            [b'.', b'/', then @ ..] if starts_part => then,
            [b'.'] if starts_part => &[],
            // Without base, a slash that follows a part which `..` took away stays.
            [b'/', then @ ..] if starts_part && (relative || !out.is_empty()) => then,
            _ => {
                out.push(*byte);
                after
            }
        };
    }
}

/// [`concatenate`] into bytes of its own.
#[must_use]
pub fn join(base: &[u8], path: &[u8]) -> Vec<u8> {
    concatenate(base, path).into_owned()
}

/// Takes the last part out; the slash before it stays.
fn to_parent(out: &mut Vec<u8>) {
    if out.len() <= 1 {
        return;
    }
    out.pop();
    out.truncate(memchr::memrchr(b'/', out).map_or(0, |at| at + 1));
}

/// Whether an absolute path has nothing to take out.
fn is_normal(path: &[u8]) -> bool {
    path.len() > 1
        && path.starts_with(b"/")
        && !path.ends_with(b"/")
        && !path.ends_with(b"/.")
        && !path.ends_with(b"/..")
        && memchr::memchr_iter(b'/', path).all(|at| {
            !matches!(
                path.get(at + 1..),
                Some([b'.', b'/', ..] | [b'/', ..] | [b'.', b'.', b'/', ..])
            )
        })
}

/// The directory that a path is relative to, as [`concatenate`] wants it: the working directory for [`AT_FDCWD`], the
/// descriptor's name otherwise; [`UNKNOWN`] where that is not open. `.` for an absolute path, which needs none.
#[must_use]
pub fn base_of<'a>(
    machine: &'a Machine,
    thread: Option<&'a Thread>,
    path: &[u8],
    directory: i64,
) -> Cow<'a, [u8]> {
    if path.starts_with(b"/") {
        return Cow::Borrowed(b".");
    }
    let Some(thread) = thread else {
        return Cow::Borrowed(UNKNOWN);
    };
    if directory == AT_FDCWD {
        return Cow::Borrowed(machine.threads.cwd(thread));
    }
    let Some(fd) = machine.fd(thread, directory) else {
        return Cow::Borrowed(UNKNOWN);
    };
    let mut name = fd.name();
    if !matches!(name.last(), None | Some(b'/')) {
        name.to_mut().push(b'/');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, path: &str, joined: &str) {
        let found = concatenate(base.as_bytes(), path.as_bytes());
        assert_eq!(
            String::from_utf8_lossy(&found),
            joined,
            "{base:?} + {path:?}"
        );
    }

    #[test]
    fn paths_are_joined_as_falco_joins_them() {
        for (base, path, joined) in [
            ("", "/dir/term", "/dir/term"),
            ("", "/dir/term/", "/dir/term"),
            ("", "/dir/../term", "/term"),
            ("", "/dir/dir/../../term", "/term"),
            ("", "/dir/term/..", "/dir"),
            ("", "/dir/./term", "/dir/term"),
            ("", "/dir//term/.", "/dir/term"),
            ("", "/../../etc/passwd", "/etc/passwd"),
            ("", "/", "/"),
            ("", "//", "/"),
            ("", "/..", "/"),
            ("", "/.hidden/..x/a..", "/.hidden/..x/a.."),
            ("", "", ""),
            ("/home/", "", ""),
            ("/home/", "/etc", "/etc"),
            ("/home/", "a/b", "/home/a/b"),
            ("/home/", "../etc//x/", "/etc/x"),
            ("/home/", "../../../etc", "/etc"),
            ("/home/", ".", "/home"),
            ("/home/", "./", "/home"),
            ("/home/", "..", "/"),
            ("/", "..", "/"),
            ("/", "a/..", "/"),
            ("<UNKNOWN>", "a/b", "<UNKNOWN>a/b"),
            ("<UNKNOWN>", "../b", "<UNKNOWN>../b"),
            ("", "foo/../a", "a"),
            ("", "foo/..", ""),
            ("", "dir/term", "dir/term"),
            ("//", "dir/term/", "//dir/term"),
            ("/a/", "x\ny", "/a/x\u{FFFD}y"),
        ] {
            check(base, path, joined);
        }
    }

    #[test]
    fn long_paths_are_not_told() {
        check("/a/", &"x".repeat(1021), "/PATH_TOO_LONG");
        check(
            "/a/",
            &"x".repeat(1020),
            &format!("/a/{}", "x".repeat(1020)),
        );
    }
}
