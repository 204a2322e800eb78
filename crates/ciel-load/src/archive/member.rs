//! Walks through the members of an archive.

use std::{
    io::{self, Read, Seek, SeekFrom},
    path::{Component, Path, PathBuf},
};

use ciel_core::limits;
use flate2::read::MultiGzDecoder;

use super::{Format, ReadSeek};

/// What is done with a member: its path without anything that leads out of the archive, its size as the archive tells
/// it, its content. `false`: enough.
pub(super) type Visit<'a> = dyn FnMut(&Path, u64, &mut dyn Read) -> bool + 'a;

/// Shows every regular file of an archive to `visit`, in the archive's order. Links are passed over: what they lead
/// to is shown at its own place, or is none of the archive's business.
///
/// # Errors
/// Where the archive is broken or too large: what was shown until then stands.
pub(super) fn each(
    reader: &mut Box<dyn ReadSeek>,
    format: Format,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    let budget = Budget {
        members: limits::ARCHIVE_MEMBERS,
        bytes: limits::ARCHIVE_BYTES,
    };
    each_within(reader, format, budget, visit)
}

fn each_within(
    reader: &mut Box<dyn ReadSeek>,
    format: Format,
    mut budget: Budget,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    reader
        .seek(SeekFrom::Start(0))
        .map_err(|error| format!("cannot be read: {error}"))?;
    let budget = &mut budget;
    match format {
        Format::Tar => each_of_tar(reader, budget, visit),
        Format::TarGz => {
            // The stream itself is bounded too: members that nobody looks at are unfolded on the way.
            let stream = MultiGzDecoder::new(io::BufReader::new(reader));
            each_of_tar(&mut stream.take(limits::ARCHIVE_BYTES), budget, visit)
        }
        Format::Zip => each_of_zip(reader, budget, visit),
    }
}

fn each_of_tar(
    reader: &mut dyn Read,
    budget: &mut Budget,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    let broken = |error: io::Error| format!("the archive ends early or is broken: {error}");
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        budget.count_member()?;
        let is_file = matches!(
            entry.header().entry_type(),
            tar::EntryType::Regular | tar::EntryType::Continuous | tar::EntryType::GNUSparse
        );
        let Some(path) = entry.path().ok().and_then(|path| inside(&path)) else {
            continue;
        };
        if is_file {
            let size = entry.size();
            if !budget.visit(&path, size, &mut entry, visit)? {
                break;
            }
        }
    }
    Ok(())
}

fn each_of_zip(
    reader: &mut Box<dyn ReadSeek>,
    budget: &mut Budget,
    visit: &mut Visit<'_>,
) -> Result<(), String> {
    let mut archive =
        zip::ZipArchive::new(reader).map_err(|error| format!("the archive is broken: {error}"))?;
    let mut broken = None;
    for index in 0..archive.len() {
        budget.count_member()?;
        let mut member = match archive.by_index(index) {
            Ok(member) => member,
            // The others may well be read.
            Err(error) => {
                broken.get_or_insert_with(|| {
                    format!("a member of the archive cannot be read: {error}")
                });
                continue;
            }
        };
        let path = member
            .name()
            .ok()
            .and_then(|name| inside(Path::new(&*name)));
        let Some(path) = path.filter(|_| member.is_file()) else {
            continue;
        };
        let size = member.size();
        if !budget.visit(&path, size, &mut member, visit)? {
            break;
        }
    }
    broken.map_or(Ok(()), Err)
}

/// A member's path without its root and without `..`.
fn inside(path: &Path) -> Option<PathBuf> {
    let path: PathBuf = path
        .components()
        .filter(|component| matches!(component, Component::Normal(_)))
        .collect();
    (!path.as_os_str().is_empty()).then_some(path)
}

/// What an archive may still unfold to.
struct Budget {
    members: usize,
    bytes: u64,
}

impl Budget {
    fn count_member(&mut self) -> Result<(), String> {
        self.members = self.members.checked_sub(1).ok_or_else(|| {
            format!(
                "more than {} members; the rest is not read",
                limits::ARCHIVE_MEMBERS
            )
        })?;
        Ok(())
    }

    fn visit(
        &mut self,
        path: &Path,
        size: u64,
        content: &mut dyn Read,
        visit: &mut Visit<'_>,
    ) -> Result<bool, String> {
        let mut metered = content.take(self.bytes);
        let goes_on = visit(path, size, &mut metered);
        self.bytes = metered.limit();
        if self.bytes == 0 {
            return Err(format!(
                "unfolds to more than {} bytes; the rest is not read",
                limits::ARCHIVE_BYTES
            ));
        }
        Ok(goes_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(members: usize) -> Box<dyn ReadSeek> {
        let mut builder = tar::Builder::new(Vec::new());
        for index in 0..members {
            let mut header = tar::Header::new_gnu();
            header.set_size(1000);
            header.set_cksum();
            let name = format!("{index}.yaml");
            builder
                .append_data(&mut header, name, io::repeat(b'x').take(1000))
                .unwrap();
        }
        Box::new(io::Cursor::new(builder.into_inner().unwrap()))
    }

    #[test]
    fn budgets_end_the_walk_with_a_word() {
        for (members, bytes, shown, word) in [
            (100, 10_000, 5, None),
            (3, 10_000, 3, Some("members")),
            (100, 2_500, 3, Some("bytes")),
        ] {
            let mut seen = 0;
            let budget = Budget { members, bytes };
            let walked = each_within(
                &mut archive(5),
                Format::Tar,
                budget,
                &mut |_, _, content| {
                    seen += 1;
                    io::copy(content, &mut io::sink()).is_ok()
                },
            );
            assert_eq!(seen, shown);
            assert_eq!(walked.is_err(), word.is_some());
            let message = walked.err().unwrap_or_default();
            assert!(message.contains(word.unwrap_or_default()), "{message}");
        }
    }

    #[test]
    fn paths_do_not_lead_out() {
        for (path, expected) in [
            ("/etc/passwd", Some("etc/passwd")),
            ("../../x/./y", Some("x/y")),
            ("..", None),
            ("a/b", Some("a/b")),
        ] {
            assert_eq!(
                inside(Path::new(path)),
                expected.map(PathBuf::from),
                "{path}"
            );
        }
    }
}
