//! What paths held in a revision of their git repository.

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Component, Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use ciel_core::limits;

use crate::{
    Input, names,
    program::{self, Allowance},
};

/// Why a revision could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no `git`.
    #[error("--diff needs git: install it, or name it in CIEL_GIT")]
    NoGit,
    /// Standard input has no revisions.
    #[error("--diff compares files with a revision of their repository: standard input has none")]
    StandardInput,
    /// A path is in no repository.
    #[error("`{0}` is in no git repository: {1}")]
    NoRepository(String, String),
    /// The repository has no such revision.
    #[error("`{0}` is no revision of the repository {1}: in a shallow clone, fetch it first")]
    NoRevision(String, String),
    /// Git refused, or could not be run.
    #[error("git {0}: {1}")]
    Failed(&'static str, String),
    /// The files could not be put aside.
    #[error("cannot put the files of the revision aside: {0}")]
    Io(#[from] std::io::Error),
}

/// Paths as they were in a revision, put aside in a folder that goes with this value.
#[derive(Debug)]
pub struct Revision {
    /// What to load instead of the paths.
    pub inputs: Vec<Input>,
    /// The paths that were not there.
    pub missing: Vec<PathBuf>,
    _scratch: tempfile::TempDir,
}

/// Puts aside what paths held in a revision. The whole repository is put there, as charts and kustomizations refer to
/// their neighbours; files are taken as they are stored, so that no filter of the repository runs.
///
/// # Errors
/// Where a path is in no repository or the repository has no such revision. A path that the revision lacks is no error.
pub fn at_revision(paths: &[PathBuf], revision: &str) -> Result<Revision, GitError> {
    let git = program::find(None, "CIEL_GIT", "git").ok_or(GitError::NoGit)?;
    let scratch = tempfile::tempdir()?;
    let mut repositories: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut inputs = Vec::new();
    let mut missing = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            return Err(GitError::StandardInput);
        }
        let (top, below) = place(&git, path)?;
        let copy = match repositories.get(&top) {
            Some(copy) => copy.clone(),
            None => {
                // The folder keeps its name: charts may be named after it.
                let name = top.file_name().unwrap_or(OsStr::new("repository"));
                let copy = scratch
                    .path()
                    .join(repositories.len().to_string())
                    .join(name);
                fs::create_dir_all(&copy)?;
                put_aside(&git, &top, revision, &copy)?;
                repositories.insert(top, copy.clone());
                copy
            }
        };
        let before = copy.join(below);
        if before.exists() {
            inputs.push(Input::Path(before));
        } else {
            missing.push(path.clone());
        }
    }
    Ok(Revision {
        inputs,
        missing,
        _scratch: scratch,
    })
}

/// The repository of a path, and where in it the path is.
fn place(git: &Path, path: &Path) -> Result<(PathBuf, PathBuf), GitError> {
    let refused = |why: String| GitError::NoRepository(path.display().to_string(), why);
    let full = path
        .canonicalize()
        .map_err(|error| refused(error.to_string()))?;
    let folder = if full.is_dir() {
        Some(full.as_path())
    } else {
        full.parent()
    };
    let folder = folder.unwrap_or(&full);
    let output = run(git, folder, &["rev-parse", "--show-toplevel"], None)
        .map_err(|why| refused(why.trim().to_owned()))?;
    let top = String::from_utf8_lossy(&output);
    let top = Path::new(top.trim_end_matches(['\n', '\r'])).canonicalize()?;
    let below = full.strip_prefix(&top).map(Path::to_owned);
    below
        .map(|below| (top, below))
        .map_err(|_| refused("it lies outside of the repository's folder".to_owned()))
}

/// Writes the files of a revision below a folder.
fn put_aside(git: &Path, top: &Path, revision: &str, folder: &Path) -> Result<(), GitError> {
    let unknown = || GitError::NoRevision(revision.to_owned(), top.display().to_string());
    if revision.is_empty() || revision.starts_with('-') {
        return Err(unknown());
    }
    let commit = format!("{revision}^{{commit}}");
    let asked = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = run(git, top, &asked, None).map_err(|_| unknown())?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let asked = ["ls-tree", "-r", "-z", "-l", "--full-tree", &commit];
    let listed = run(git, top, &asked, None).map_err(|why| GitError::Failed("ls-tree", why))?;
    let files: Vec<_> = listed
        .split(|byte| *byte == 0)
        .filter_map(listed_file)
        .collect();
    let wanted: String = files.iter().map(|(id, _)| format!("{id}\n")).collect();
    let asked = ["cat-file", "--batch"];
    let contents = run(git, top, &asked, Some(wanted.into_bytes()))
        .map_err(|why| GitError::Failed("cat-file", why))?;
    let mut contents = BufReader::new(contents.as_slice());
    for (_, name) in &files {
        let mut head = String::new();
        contents.read_line(&mut head)?;
        // `ID blob SIZE`, or `ID missing`.
        let size = head.trim_end().rsplit(' ').next();
        let Some(size) = size.and_then(|size| size.parse::<u64>().ok()) else {
            continue;
        };
        let mut bytes = Vec::new();
        (&mut contents).take(size).read_to_end(&mut bytes)?;
        let mut line_break = [0];
        let _ = contents.read(&mut line_break)?;
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// Id and name of a file that `ls-tree -l -z` lists. None for links, submodules, names that leave the folder, and large
/// files that are no manifests.
fn listed_file(entry: &[u8]) -> Option<(String, PathBuf)> {
    let entry = std::str::from_utf8(entry).ok()?;
    let (facts, name) = entry.split_once('\t')?;
    let mut facts = facts.split_ascii_whitespace();
    let (mode, kind, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    let path = Path::new(name);
    let is_below = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let size: u64 = size.parse().ok()?;
    let is_manifest = path.file_name().is_some_and(names::is_manifest);
    let most = if is_manifest {
        limits::FILE_BYTES
    } else {
        limits::REVISION_FILE_BYTES
    };
    (mode.starts_with("100") && kind == "blob" && is_below && size <= most)
        .then(|| (id.to_owned(), path.to_owned()))
}

/// Runs git in a folder. It sees the user's own configuration (which folders are safe is said there), but runs nothing
/// that a repository's says, and asks nobody.
fn run(
    git: &Path,
    folder: &Path,
    arguments: &[&str],
    input: Option<Vec<u8>>,
) -> Result<Vec<u8>, String> {
    let allowance = Allowance {
        time: Duration::from_secs(limits::GIT_SECONDS),
        bytes: limits::ARCHIVE_BYTES,
    };
    let mut child = Command::new(git)
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_PAGER", "cat")
        .env("LC_ALL", "C")
        .stdin(if input.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // In a thread of its own: git answers while it is still being asked.
    let asking = child.stdin.take().zip(input).map(|(mut pipe, input)| {
        thread::spawn(move || {
            // A git that ends early says why itself.
            let _ = pipe.write_all(&input);
        })
    });
    let listened = program::listen(&mut child, allowance);
    if listened.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if let Some(asking) = asking {
        let _ = asking.join();
    }
    let (output, errors) = listened.map_err(|failure| failure.to_string())?;
    if status.success() {
        Ok(output)
    } else {
        Err(String::from_utf8_lossy(&errors).into())
    }
}
