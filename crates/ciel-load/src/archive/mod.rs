//! Archives: `.tar`, `.tar.gz`, `.zip`, known by their content.
//!
//! Members that may hold objects are read into memory, and nothing is written: paths that lead out of the archive
//! lead nowhere. Only an archive that holds a chart or a kustomization is unpacked, into a folder of its own, because
//! the programs that render them want files.

mod member;
mod unpack;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use ciel_core::{Diagnostic, SourceKind, limits};
use flate2::read::MultiGzDecoder;

use crate::{
    Progress,
    assemble::Piece,
    file::read_limited,
    names,
    tree::Tree,
    walk::{Found, FoundFile, Place},
};

pub(crate) use unpack::first_member;

/// How an archive is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Tar,
    TarGz,
    Zip,
}

/// What archives are read from.
pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Bytes that tell what a file is.
const HEAD: usize = 1024;
const TAR_BLOCK: usize = 512;

/// What the beginning of a file says it is; none for what is no archive.
pub(crate) fn format_of(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Format::Zip);
    }
    if is_tar(head) {
        return Some(Format::Tar);
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        let mut block = Vec::with_capacity(TAR_BLOCK);
        // A head that ends in the middle of the stream still gives its first block.
        let _ = MultiGzDecoder::new(head)
            .take(TAR_BLOCK as u64)
            .read_to_end(&mut block);
        return is_tar(&block).then_some(Format::TarGz);
    }
    None
}

/// Whether a block is the header of a tar archive: its checksum says so, in the oldest formats too.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<TAR_BLOCK>() else {
        return false;
    };
    let checksum = 148..156;
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| match checksum.contains(&at) {
            true => u32::from(b' '),
            false => u32::from(*byte),
        })
        .sum();
    let written = std::str::from_utf8(block.get(checksum).unwrap_or_default()).unwrap_or_default();
    let written = written.trim_matches(['\0', ' ']);
    block.first() != Some(&0) && u32::from_str_radix(written, 8) == Ok(sum)
}

/// What made a file that is compressed in a way that is not read here.
fn unsupported(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\x04\x22\x4d\x18", "lz4"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07", "RAR"),
    ];
    MAGIC
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|(_, name)| *name)
}

/// Looks whether a file is an archive. Gives it back opened, at its beginning, if it is.
///
/// # Errors
/// Where it cannot be read, or ([`io::ErrorKind::Unsupported`]) is compressed in a way that is not read.
pub(crate) fn peek(path: &Path) -> io::Result<Option<(Format, Box<dyn ReadSeek>)>> {
    let mut file = File::open(path)?;
    let mut head = Vec::with_capacity(HEAD);
    Read::by_ref(&mut file)
        .take(HEAD as u64)
        .read_to_end(&mut head)?;
    let Some(format) = format_of(&head) else {
        return match unsupported(&head) {
            None => Ok(None),
            Some(what) => Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!("compressed with {what}, which is not read"),
            )),
        };
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(Some((format, Box::new(file))))
}

/// Adds what an archive holds. `depth`: archives around it.
pub(crate) fn open(
    found: &mut Found,
    name: &str,
    mut reader: Box<dyn ReadSeek>,
    format: Format,
    depth: usize,
    progress: &Progress,
) {
    let mut members = Members::default();
    let read = member::each(&mut reader, format, &mut |path, size, content| {
        members.take(path, size, content);
        true
    });
    members.complaints.extend(read.err());
    for message in std::mem::take(&mut members.complaints) {
        add_unseen(found, name, message);
    }
    let archives = members.other_archives();
    if members.has_project {
        match unpack::unpack(&mut reader, format) {
            Ok(folder) => {
                let tree = Tree::of_archive(name, folder.path());
                add_unpacked(found, tree, &members.manifests, progress);
                found.unpacked.push(folder);
            }
            Err(error) => add_unseen(found, name, format!("cannot be unpacked: {error}")),
        }
    } else {
        for (path, bytes) in members.manifests {
            let file = FoundFile {
                name: format!("{name}!/{}", path.display()),
                kind: SourceKind::Archive,
                place: Place::Memory(bytes),
                tree: None,
            };
            found.push(file, progress);
        }
    }
    for (path, bytes) in archives {
        let name = format!("{name}!/{}", path.display());
        add_nested(found, name, bytes, depth + 1, progress);
    }
}

fn add_unseen(found: &mut Found, name: &str, message: String) {
    let diagnostic = Diagnostic::error(message);
    let piece = Piece::unseen(name, SourceKind::Archive, diagnostic);
    found.unseen.push(piece);
}

fn add_unpacked(
    found: &mut Found,
    tree: Tree,
    manifests: &BTreeMap<PathBuf, Vec<u8>>,
    progress: &Progress,
) {
    let files: Vec<_> = manifests
        .keys()
        .map(|path| (tree.name(path), tree.folder.join(path)))
        .collect();
    let index = found.push_tree(tree);
    for (name, path) in files {
        let file = FoundFile {
            name,
            kind: SourceKind::Archive,
            place: Place::Disk(path),
            tree: Some(index),
        };
        found.push(file, progress);
    }
}

fn add_nested(found: &mut Found, name: String, bytes: Vec<u8>, depth: usize, progress: &Progress) {
    match format_of(&bytes) {
        Some(format) if depth <= limits::ARCHIVE_DEPTH => {
            open(
                found,
                &name,
                Box::new(Cursor::new(bytes)),
                format,
                depth,
                progress,
            );
        }
        Some(_) => {
            let diagnostic = Diagnostic::error("an archive too deep within archives: not read")
                .with_help("unpack it, and scan what is in it");
            found
                .unseen
                .push(Piece::unseen(name, SourceKind::Archive, diagnostic));
        }
        // Only the name was an archive's.
        None => {}
    }
}

/// What is kept of an archive's members. By path, so that what comes later under the same path replaces what came
/// before, as when unpacking.
#[derive(Default)]
struct Members {
    manifests: BTreeMap<PathBuf, Vec<u8>>,
    archives: BTreeMap<PathBuf, Vec<u8>>,
    has_project: bool,
    complaints: Vec<String>,
}

impl Members {
    fn take(&mut self, path: &Path, size: u64, content: &mut dyn Read) {
        let name = path.file_name().unwrap_or_default();
        let is_project = names::is_chart(name) || names::is_kustomization(name);
        self.has_project |= is_project;
        let kept = if is_project || names::is_manifest(name) {
            &mut self.manifests
        } else if names::is_archive(name) {
            &mut self.archives
        } else {
            return;
        };
        match read_limited(content, size) {
            Ok(bytes) => {
                kept.insert(path.to_owned(), bytes);
            }
            Err(error) => {
                let message = format!("`{}` in it cannot be read: {error}", path.display());
                self.complaints.push(message);
            }
        }
    }

    /// Archives that are not the subcharts of a chart.
    fn other_archives(&mut self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut archives = std::mem::take(&mut self.archives);
        archives.retain(|path, _| {
            let is_subchart = path
                .parent()
                .filter(|folder| folder.file_name().is_some_and(|name| name == "charts"))
                .and_then(Path::parent)
                .is_some_and(|chart| self.manifests.contains_key(&chart.join("Chart.yaml")));
            !is_subchart
        });
        archives
    }
}
