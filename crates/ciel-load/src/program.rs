//! Starts the programs that render.

use std::{
    ffi::OsString,
    fmt,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use ciel_core::limits;

/// Where a program is: as given, as an environment variable says, or on `PATH`.
pub(crate) fn find(given: Option<&Path>, variable: &str, name: &str) -> Option<PathBuf> {
    let from_variable = || {
        std::env::var_os(variable)
            .filter(|it| !it.is_empty())
            .map(PathBuf::from)
    };
    given
        .map(Path::to_owned)
        .or_else(from_variable)
        .map(|path| std::path::absolute(&path).unwrap_or(path))
        .or_else(|| on_path(name))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|program| is_executable(program))
        .and_then(|program| std::path::absolute(program).ok())
}

fn is_executable(path: &Path) -> bool {
    let Ok(metadata) = path.metadata() else {
        return false;
    };
    #[cfg(unix)]
    let may_run = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_run = true;
    metadata.is_file() && may_run
}

/// Why a program gave no output.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be started or listened to.
    System(io::Error),
    /// It took longer than [`limits::RENDER_SECONDS`].
    TooSlow,
    /// It printed more than [`limits::RENDER_BYTES`].
    TooLong,
    /// It said so itself: what it wrote to standard error.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(error) => write!(f, "it cannot be run: {error}"),
            Self::TooSlow => write!(f, "it took longer than {} s", limits::RENDER_SECONDS),
            Self::TooLong => write!(f, "it printed more than {} bytes", limits::RENDER_BYTES),
            Self::Refused(message) => f.write_str(message),
        }
    }
}

/// What a program may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    pub(crate) time: Duration,
    pub(crate) bytes: u64,
}

/// Runs a program and gives what it prints. It sees an empty home (`scratch`), no configuration of the user's, no
/// other program, and a proxy that nobody listens at instead of the network.
pub(crate) fn run(
    program: &Path,
    arguments: &[OsString],
    scratch: &Path,
) -> Result<Vec<u8>, Failure> {
    let allowance = Allowance {
        time: Duration::from_secs(limits::RENDER_SECONDS),
        bytes: limits::RENDER_BYTES,
    };
    run_within(program, arguments, scratch, allowance)
}

fn run_within(
    program: &Path,
    arguments: &[OsString],
    scratch: &Path,
    allowance: Allowance,
) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(scratch)
        .env_clear()
        .envs(environment(scratch))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(Failure::System)?;
    let listened = listen(&mut child, allowance);
    if listened.is_err() {
        // What it holds open ends with it.
        let _ = child.kill();
    }
    let status = child.wait().map_err(Failure::System)?;
    let (output, errors) = listened?;
    if status.success() {
        Ok(output)
    } else {
        Err(Failure::Refused(String::from_utf8_lossy(&errors).into()))
    }
}

fn environment(scratch: &Path) -> Vec<(&'static str, OsString)> {
    const FOLDERS: &[&str] = &[
        "HOME",
        "USERPROFILE",
        "TMPDIR",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "HELM_CACHE_HOME",
        "HELM_CONFIG_HOME",
        "HELM_DATA_HOME",
        "HELM_PLUGINS",
        "KUSTOMIZE_PLUGIN_HOME",
        "PATH",
    ];
    const PROXIES: &[&str] = &["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];
    let folders = FOLDERS.iter().map(|name| (*name, scratch.into()));
    // Port 9 discards, where anything listens there at all.
    let proxies = PROXIES
        .iter()
        .map(|name| (*name, OsString::from("http://127.0.0.1:9")));
    let mut variables: Vec<_> = folders.chain(proxies).collect();
    variables.push(("KUBECONFIG", scratch.join("no-kubeconfig").into()));
    variables
}

/// Reads both streams to their ends, side by side, so that neither blocks the other.
pub(crate) fn listen(
    child: &mut Child,
    allowance: Allowance,
) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    const ERRORS_BYTES: u64 = 1 << 20;
    let deadline = Instant::now() + allowance.time;
    let output = child.stdout.take().map(|pipe| drain(pipe, allowance.bytes));
    let errors = child.stderr.take().map(|pipe| drain(pipe, ERRORS_BYTES));
    let wait = |drain: Option<mpsc::Receiver<io::Result<Vec<u8>>>>| match drain {
        None => Ok(Vec::new()),
        Some(drain) => drain
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            .map_err(|_| Failure::TooSlow)?
            .map_err(Failure::System),
    };
    let output = wait(output)?;
    if output.len() as u64 > allowance.bytes {
        return Err(Failure::TooLong);
    }
    Ok((output, wait(errors)?))
}

fn drain(pipe: impl Read + Send + 'static, most: u64) -> mpsc::Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.take(most + 1).read_to_end(&mut bytes).map(|_| bytes);
        // Nobody listens any more where the time was up.
        let _ = sender.send(read);
    });
    receiver
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Result<Vec<u8>, Failure> {
        let scratch = tempfile::tempdir().map_err(Failure::System)?;
        let allowance = Allowance {
            time: Duration::from_millis(300),
            bytes: 1000,
        };
        let arguments = ["-c".into(), script.into()];
        run_within(Path::new("/bin/sh"), &arguments, scratch.path(), allowance)
    }

    #[test]
    fn output_is_given_and_refusals_are_told() {
        assert_eq!(shell("echo a; echo b >&2").unwrap(), b"a\n");
        assert!(matches!(shell("echo no >&2; exit 1"), Err(Failure::Refused(it)) if it == "no\n"));
    }

    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let start = Instant::now();
        assert!(matches!(
            shell("while :; do :; done"),
            Err(Failure::TooSlow)
        ));
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_program_that_prints_without_end_is_ended() {
        assert!(matches!(
            shell("while :; do echo y; done"),
            Err(Failure::TooLong)
        ));
    }

    #[test]
    fn a_program_sees_nothing_of_the_users() {
        let output = shell("echo $HOME $PATH $CARGO_MANIFEST_DIR; pwd").unwrap();
        let output = String::from_utf8(output).unwrap();
        let mut words = output.split_whitespace();
        let home = words.next();
        // Home, PATH and the current folder are one empty folder; nothing else is passed on.
        assert!(
            words.clone().count() == 2 && words.all(|word| Some(word) == home),
            "{output}"
        );
    }
}
