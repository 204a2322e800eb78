//! Programs that are fetched and run in one go.
use std::{collections::HashSet, ops::Range};

use crate::{
    cases,
    hosts::{HostKind, host_kind},
    shell::Command,
    signal::{Signal, SignalKind, Signals, Strength},
    text,
};

const FETCHERS: &[&str] = &[
    "curl",
    "wget",
    "fetch",
    "aria2c",
    "lwp-download",
    "lwp-request",
    "lynx",
    "axel",
    "cur",
    "wge",
    "wdl",
    "cdl",
    "wgettnt",
    "curltnt",
    "cd1",
    "wd1",
    "invoke-webrequest",
    "iwr",
    "irm",
    "invoke-restmethod",
    "certutil",
    "bitsadmin",
    "ftpget",
    "tftp",
    "http",
    "httpie",
    "get",
    "scp",
    "tnt",
];
const SHELLS: &[&str] = &[
    "sh",
    "bash",
    "dash",
    "ash",
    "zsh",
    "ksh",
    "busybox",
    "python",
    "python2",
    "python3",
    "perl",
    "ruby",
    "php",
    "node",
    "source",
    ".",
    "eval",
    "iex",
    "invoke-expression",
    "powershell",
    "pwsh",
];

/// Whether a program fetches files.
pub(crate) fn is_fetcher(program: &str) -> bool {
    FETCHERS.contains(&program)
}

/// Whether a program runs what it is given.
pub(crate) fn is_shell(program: &str) -> bool {
    SHELLS.contains(&program)
        || program
            .strip_prefix("python")
            .is_some_and(|rest| rest.starts_with(['2', '3']))
}

/// The address that a fetching command names.
pub(crate) fn address<'a>(words: &'a [&'a str]) -> Option<&'a str> {
    let full = words.iter().find(|word| {
        ["http://", "https://", "ftp://", "tftp://"]
            .iter()
            .any(|scheme| {
                word.get(..scheme.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
            })
    });
    full.or_else(|| {
        words.iter().skip(1).find(|word| {
            !word.starts_with('-')
                && !word.starts_with(['/', '.'])
                && (word.contains('/') || word.starts_with('$'))
                && !word.contains(['\'', '"', '{', ' '])
        })
    })
    .copied()
}

/// Files that were fetched so far in a script, to see whether they are run later.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    files: HashSet<String>,
    last: Option<(HostKind, Range<usize>)>,
}

impl Fetched {
    /// Notes what a fetching command writes.
    pub(crate) fn note(&mut self, words: &[&str], command: &Command) {
        let Some(url) = address(words) else {
            return;
        };
        self.last = Some((host_kind(url), command.span()));
        let mut named = command.written.first().map(|word| word.text.as_str());
        for pair in words.windows(2) {
            if let [flag, value] = pair
                && matches!(
                    *flag,
                    "-o" | "-O"
                        | "--output"
                        | "--output-document"
                        | "-sO"
                        | "-qO"
                        | "-OutFile"
                        | "-outfile"
                        | "-fsSLo"
                        | "-sLo"
                        | "-Lo"
                        | "-so"
                        | "-fsSo"
                        | "-sSo"
                        | "-sSLo"
                        | "-fLo"
                )
                && !value.starts_with('-')
                && !value.contains("://")
            {
                named = Some(value);
            }
        }
        let path = url.split(['?', '#']).next().unwrap_or(url);
        let file = named.unwrap_or_else(|| text::basename(path));
        if file != "-" && !file.is_empty() && self.files.len() < 1000 {
            self.files.insert(text::basename(file).to_owned());
        }
    }

    /// The sign of a fetched file that is made executable, to be run elsewhere: only from hosts that speak for themselves,
    /// since init containers fetch plugins and tools so.
    pub(crate) fn made_executable(
        &self,
        source: &str,
        words: &[&str],
        span: &Range<usize>,
    ) -> Option<Signal> {
        let mode = words
            .get(1)
            .is_some_and(|mode| mode.contains('x') || mode.contains(['7', '5']));
        let fetched = words
            .iter()
            .skip(2)
            .any(|word| self.files.contains(text::basename(word)));
        let (host, at) = self.last.clone()?;
        let mut found = signal(source, at.start..span.end.max(at.end), host);
        found.description = format!(
            "fetches a program from {} and makes it executable",
            host.as_str()
        );
        (mode && fetched && found.strength == Strength::Strong).then_some(found)
    }

    /// The sign of a fetched file that a command runs.
    pub(crate) fn run(
        &mut self,
        source: &str,
        words: &[&str],
        program: &str,
        span: Range<usize>,
    ) -> Option<Signal> {
        let runs_file = words
            .iter()
            .skip(usize::from(is_shell(program)))
            .find(|word| !word.starts_with('-'))
            .is_some_and(|word| self.files.contains(text::basename(word)));
        let is_path = is_shell(program) || words.first().is_some_and(|word| word.contains('/'));
        if !runs_file || !is_path {
            return None;
        }
        let (host, fetched) = self.last.clone()?;
        Some(signal(
            source,
            fetched.start..span.end.max(fetched.end),
            host,
        ))
    }
}

/// The sign of a program that is fetched from such a host and run.
pub(crate) fn signal(source: &str, span: Range<usize>, host: HostKind) -> Signal {
    let strength = match host {
        HostKind::Vendor | HostKind::Internal | HostKind::Variable => Strength::Weak,
        HostKind::Unknown | HostKind::CodeHost | HostKind::PlainHttp => Strength::Moderate,
        HostKind::Shortener
        | HostKind::Paste
        | HostKind::FileShare
        | HostKind::RawAddress
        | HostKind::Tor => Strength::Strong,
    };
    Signal::new(
        SignalKind::DownloadAndRun,
        strength,
        source,
        span,
        host.as_str(),
        format!("fetches a program from {} and runs it", host.as_str()),
        &cases::KINSING,
    )
}

/// A shell that is given a substitution which fetches: `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(wget …)"`.
pub(crate) fn substituted(source: &str, command: &Command, words: &[&str]) -> Option<Signal> {
    let word = words.iter().find(|word| {
        ["$(", "`", "<("].iter().any(|open| {
            word.split(open).skip(1).any(|inner| {
                let program = inner.split_whitespace().next().unwrap_or_default();
                is_fetcher(text::basename(program))
            })
        })
    })?;
    let inner: Vec<&str> = word
        .split(|character: char| {
            character.is_whitespace() || matches!(character, '"' | '\'' | ')' | '(' | '`')
        })
        .collect();
    let host = address(&inner).map_or(HostKind::Variable, host_kind);
    Some(signal(source, command.span(), host))
}

/// Code given to an interpreter on the command line that fetches and runs.
pub(crate) fn inline_code(source: &str, span: Range<usize>, code: &str, out: &mut Signals) {
    let has = |words: &[&str]| words.iter().any(|word| code.contains(word));
    let fetches = has(&[
        "urlopen",
        "urllib",
        "urlretrieve",
        "requests.get",
        "LWP::",
        "HTTP::Tiny",
        "file_get_contents(",
        "Net::HTTP",
        "http.get(",
        "DownloadString",
        "DownloadFile",
        "IO::Socket",
        "Invoke-WebRequest",
    ]);
    let runs = has(&[
        "exec(",
        "os.system",
        "subprocess",
        "eval(",
        "popen",
        "system(",
        "IEX",
        "iex",
        "Invoke-Expression",
        "Start-Process",
        "child_process",
        "passthru",
    ]);
    let in_memory = code.contains("memfd_create");
    if in_memory && (runs || fetches || has(&["b64decode", "zlib", "fexecve", "execve"])) {
        out.push(Signal::new(
            SignalKind::HiddenExecution,
            Strength::Strong,
            source,
            span.clone(),
            "memfd",
            "unpacks a program into memory and runs it from there",
            &cases::PYLOOSE,
        ));
    }
    if fetches && runs {
        let host = code
            .split(|character: char| {
                character.is_whitespace() || matches!(character, '"' | '\'' | '(' | ')' | ',')
            })
            .find(|word| word.starts_with("http"))
            .map_or(HostKind::Variable, host_kind);
        let mut found = signal(source, span, host);
        found.strength = found.strength.max(Strength::Moderate);
        found.case = &cases::PYLOOSE;
        out.push(found);
    }
}
