//! What the commands of a script or of a container do.
use std::ops::Range;

use crate::{
    cases, downloads,
    downloads::Fetched,
    literals,
    miners::{self, Miner},
    options, programs,
    shell::{self, Command},
    signal::{Signal, SignalKind, Signals, Strength},
    text,
};

/// How deep `sh -c 'sh -c …'` and encoded scripts are followed.
pub(crate) const DEPTH: usize = 4;

/// Beginnings of kernel threads' names.
const KERNEL_THREADS: &[&str] = &[
    "kworker",
    "kswapd",
    "ksoftirqd",
    "kthreadd",
    "kthrotld",
    "kintegrityd",
    "bioset",
    "migration/",
    "rcu_sched",
    "kdevtmpfs",
];

/// Signs that commands give, and the parts of the text that only search for or fight miners.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) signals: Signals,
    /// Where a miner's or pool's name is what a command looks for, blocks or ends.
    pub(crate) opposed: Vec<Range<usize>>,
}

/// Reads a script.
pub(crate) fn script(source: &str, depth: usize) -> Found {
    let commands = shell::parse(source);
    let mut found = Found::default();
    let mut fetched = Fetched::default();
    let single = commands.len() == 1;
    for (index, command) in commands.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| commands.get(before));
        Reader {
            source,
            command,
            before,
            single,
            depth,
            direct: false,
        }
        .read(&mut fetched, &mut found);
    }
    found
}

/// Reads one command that is run as it is, without a shell. `source` is the words with one space between them.
pub(crate) fn direct(source: &str, command: &Command, depth: usize) -> Found {
    let mut found = Found::default();
    let reader = Reader {
        source,
        command,
        before: None,
        single: true,
        depth,
        direct: true,
    };
    reader.read(&mut Fetched::default(), &mut found);
    found
}

/// Whether a command line without any literal of interest may still say something: a program in a hidden or temporary
/// folder, one named like a kernel thread, a miner with an ambiguous name, or a node that mines.
pub(crate) fn might_matter(argv: &[&str]) -> bool {
    let Some(program) = argv.first() else {
        return false;
    };
    program.contains("/.")
        || program.starts_with("/dev/")
        || miners::is_ambiguous(text::basename(program))
        || programs::WRAPPERS.contains(&text::basename(program))
        || KERNEL_THREADS
            .iter()
            .any(|thread| text::basename(program).starts_with(thread))
}

struct Reader<'a> {
    source: &'a str,
    command: &'a Command,
    before: Option<&'a Command>,
    single: bool,
    depth: usize,
    direct: bool,
}

impl Reader<'_> {
    fn read(&self, fetched: &mut Fetched, found: &mut Found) {
        self.written(found);
        let all: Vec<&str> = self
            .command
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        let skipped = programs::wrappers(&all);
        let Some(words) = all.get(skipped..).filter(|words| !words.is_empty()) else {
            return;
        };
        let path = words.first().copied().unwrap_or_default();
        let program = text::basename(path).to_ascii_lowercase();
        let program = program.strip_suffix(".exe").unwrap_or(&program);
        let span = self.command.span();

        if path.contains(char::is_whitespace) {
            self.quoted(skipped, found);
            return;
        }
        if programs::is_searcher(program) {
            found.opposed.push(span.clone());
        }
        self.fight(program, words, found);
        self.tune(program, words, found);
        if let Some(miner) = program_miner(path) {
            self.miner(path, words, miner, found);
        } else if !programs::is_searcher(program) {
            self.other(program, words, found);
        }
        if downloads::is_fetcher(program) {
            fetched.note(words, self.command);
        } else if let Some(signal) =
            fetched.run(self.source, words, path_or(program, path), span.clone())
        {
            found.signals.push(signal);
        }
        if downloads::is_shell(program) {
            self.shell(program, words, found);
        }
        if !programs::is_searcher(program) {
            self.hidden(path, found);
        }
    }

    fn push(
        &self,
        found: &mut Found,
        kind: SignalKind,
        strength: Strength,
        name: &str,
        description: &str,
        case: &'static cases::Case,
    ) {
        found.signals.push(Signal::new(
            kind,
            strength,
            self.source,
            self.command.span(),
            name.to_owned(),
            description,
            case,
        ));
    }

    fn miner(&self, path: &str, words: &[&str], miner: &'static Miner, found: &mut Found) {
        let has_options =
            options::examine(self.source, self.command.span(), words, &mut found.signals);
        let name = miner.name;
        if miners::watches(text::basename(path)) {
            return;
        }
        let strength = if miner.ambiguous {
            if has_options {
                Strength::Strong
            } else {
                Strength::Weak
            }
        } else if self.direct || self.single || path.contains('/') || words.len() > 1 {
            Strength::Strong
        } else {
            // One bare word on a line: perhaps a list of names.
            Strength::Moderate
        };
        if miner.ambiguous && !has_options && words.len() == 1 && !self.direct {
            return;
        }
        self.push(
            found,
            SignalKind::MinerBinary,
            strength,
            name,
            &format!("runs the miner {name}"),
            &cases::HILDEGARD,
        );
    }

    /// Programs that are no miners by name: options, nodes that mine, miners as arguments.
    fn other(&self, program: &str, words: &[&str], found: &mut Found) {
        let tool = programs::is_ordinary(program);
        if !tool {
            options::examine(self.source, self.command.span(), words, &mut found.signals);
        }
        let has = |flag: &str| {
            words.iter().any(|word| {
                *word == flag
                    || word
                        .strip_prefix(flag)
                        .is_some_and(|rest| rest.starts_with('='))
            })
        };
        if program.starts_with("monerod") && has("--start-mining") {
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Strong,
                "monerod",
                "tells a Monero node to mine",
                &cases::HILDEGARD,
            );
        } else if program == "geth" && has("--mine") {
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Moderate,
                "geth",
                "tells an Ethereum node to mine",
                &cases::KUBEFLOW_TENSORFLOW,
            );
        } else if matches!(program, "verusd" | "komodod" | "bitcoind" | "dogecoind")
            && has("-gen")
            && has("-genproclimit")
        {
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Moderate,
                "node",
                "tells a node to mine",
                &cases::HILDEGARD,
            );
        }
        let Some((word, miner)) = words
            .iter()
            .skip(1)
            .find_map(|word| miner_in(word).map(|miner| (*word, miner)))
        else {
            return;
        };
        if miners::watches(word) {
            return;
        }
        let name = miner.name;
        if matches!(program, "mv" | "cp" | "ln" | "install" | "rename") {
            self.renamed(words, miner, found);
        } else if downloads::is_fetcher(program)
            || matches!(
                program,
                "git" | "go" | "pip" | "pip3" | "npm" | "cargo" | "snap"
            )
            || programs::is_package_manager(program)
        {
            self.push(
                found,
                SignalKind::MinerDownload,
                Strength::Strong,
                name,
                &format!("fetches the miner {name}"),
                &cases::JINX_0132,
            );
        } else if matches!(
            program,
            "docker" | "nerdctl" | "podman" | "ctr" | "crictl" | "kubectl"
        ) {
            let runs = words
                .iter()
                .any(|word| matches!(*word, "run" | "create" | "pull"));
            let strength = if runs {
                Strength::Strong
            } else {
                Strength::Weak
            };
            self.push(
                found,
                SignalKind::MinerDownload,
                strength,
                name,
                &format!("starts an image of {name}"),
                &cases::ARGO,
            );
        } else if matches!(
            program,
            "tar"
                | "unzip"
                | "gunzip"
                | "chmod"
                | "make"
                | "cmake"
                | "7z"
                | "upx"
                | "cd"
                | "chown"
                | "systemctl"
                | "service"
        ) {
            let strength = if program == "cd" {
                Strength::Weak
            } else {
                Strength::Moderate
            };
            self.push(
                found,
                SignalKind::MinerDownload,
                strength,
                name,
                &format!("handles files of {name}"),
                &cases::JINX_0132,
            );
        }
    }

    fn renamed(&self, words: &[&str], miner: &'static Miner, found: &mut Found) {
        let files: Vec<&&str> = words
            .iter()
            .skip(1)
            .filter(|word| !word.starts_with('-'))
            .collect();
        let (Some(target), Some(origin)) = (files.last(), files.first()) else {
            return;
        };
        let from = program_miner(origin);
        let to = text::basename(target);
        let is_folder =
            target.ends_with('/') || matches!(to, "." | ".." | "bin" | "sbin" | "tmp" | "local");
        if from.is_some()
            && !is_folder
            && program_miner(to).is_none()
            && !programs::has_extension(to)
        {
            self.push(
                found,
                SignalKind::Disguise,
                Strength::Strong,
                miner.name,
                &format!("renames {} to `{to}`", miner.name),
                &cases::HILDEGARD,
            );
        } else {
            self.push(
                found,
                SignalKind::MinerDownload,
                Strength::Moderate,
                miner.name,
                &format!("handles files of {}", miner.name),
                &cases::JINX_0132,
            );
        }
    }

    fn fight(&self, program: &str, words: &[&str], found: &mut Found) {
        let ends = matches!(program, "pkill" | "killall" | "kill" | "killall5");
        let removes = matches!(program, "rm" | "chattr" | "docker" | "crictl" | "kubectl")
            && words
                .iter()
                .any(|word| matches!(*word, "rm" | "rmi" | "delete" | "stop" | "kill"));
        if !ends && !removes {
            return;
        }
        found.opposed.push(self.command.span());
        if let Some(miner) = words.iter().skip(1).find_map(|word| miner_anywhere(word)) {
            self.push(
                found,
                SignalKind::RivalKiller,
                if ends {
                    Strength::Moderate
                } else {
                    Strength::Weak
                },
                miner.name,
                "ends or removes other miners",
                &cases::KINSING,
            );
        }
    }

    fn tune(&self, program: &str, words: &[&str], found: &mut Found) {
        let any = |wanted: &[&str]| {
            words
                .iter()
                .any(|word| wanted.iter().any(|part| word.contains(part)))
        };
        match program {
            "sysctl" if any(&["nr_hugepages"]) => {
                self.push(
                    found,
                    SignalKind::HostTuning,
                    Strength::Weak,
                    "huge pages",
                    "sets the number of huge pages",
                    &cases::KINSING,
                );
            }
            "modprobe" if words.contains(&"msr") => {
                self.push(
                    found,
                    SignalKind::HostTuning,
                    Strength::Moderate,
                    "msr",
                    "loads the msr module, which RandomX miners tune processors with",
                    &cases::KINSING,
                );
            }
            "wrmsr" => self.push(
                found,
                SignalKind::HostTuning,
                Strength::Moderate,
                "msr",
                "writes model-specific registers",
                &cases::KINSING,
            ),
            "setenforce" if words.contains(&"0") => self.evades(found, "turns SELinux off"),
            "ufw" if words.contains(&"disable") => self.evades(found, "turns the firewall off"),
            "iptables" if words.contains(&"-F") || words.contains(&"--flush") => {
                self.evades(found, "empties the firewall's rules")
            }
            "history" if words.contains(&"-c") => self.evades(found, "clears the shell's history"),
            "systemctl" | "service"
                if any(&[
                    "aliyun",
                    "aegis",
                    "cloudmonitor",
                    "qcloud",
                    "bcm-agent",
                    "falco",
                    "auditd",
                    "apparmor",
                ]) && any(&["stop", "disable", "mask"]) =>
            {
                self.evades(found, "stops a security agent");
            }
            "chattr"
                if any(&["-i", "+i", "-ia", "+ia"])
                    && any(&["/etc/", "authorized_keys", "crontab", "/var/spool/cron"]) =>
            {
                self.evades(found, "changes the immutable mark of system files");
            }
            "crontab" => {
                let previous: String = self
                    .before
                    .map(|before| before.span())
                    .and_then(|span| self.source.get(span))
                    .unwrap_or_default()
                    .to_owned();
                let fetches = previous.contains("curl")
                    || previous.contains("wget")
                    || previous.contains("/tmp/")
                    || previous.contains("http");
                if self.command.piped && fetches {
                    self.push(
                        found,
                        SignalKind::Persistence,
                        Strength::Moderate,
                        "crontab",
                        "installs a cron line that fetches a program",
                        &cases::KINSING,
                    );
                } else if self.command.piped || words.len() > 1 && !words.contains(&"-l") {
                    self.push(
                        found,
                        SignalKind::Persistence,
                        Strength::Weak,
                        "crontab",
                        "installs cron lines",
                        &cases::KINSING,
                    );
                }
            }
            _ => {}
        }
    }

    fn evades(&self, found: &mut Found, description: &str) {
        self.push(
            found,
            SignalKind::DefenceEvasion,
            Strength::Moderate,
            "protections",
            description,
            &cases::KINSING,
        );
    }

    /// Files that a command writes to.
    fn written(&self, found: &mut Found) {
        for word in &self.command.written {
            let target = word.text.as_str();
            if target.ends_with("ld.so.preload") {
                self.push(
                    found,
                    SignalKind::Persistence,
                    Strength::Strong,
                    "ld.so.preload",
                    "has a library loaded into every program",
                    &cases::HILDEGARD,
                );
            } else if target.contains("/cron.d/")
                || target.contains("/spool/cron")
                || target == "/etc/crontab"
            {
                self.push(
                    found,
                    SignalKind::Persistence,
                    Strength::Moderate,
                    "crontab",
                    "writes cron lines",
                    &cases::DOCKER123321,
                );
            } else if target.ends_with("authorized_keys") {
                self.push(
                    found,
                    SignalKind::Persistence,
                    Strength::Moderate,
                    "authorized_keys",
                    "adds an SSH key",
                    &cases::COMMANDO_CAT,
                );
            } else if target.ends_with("nr_hugepages") {
                self.push(
                    found,
                    SignalKind::HostTuning,
                    Strength::Weak,
                    "huge pages",
                    "sets the number of huge pages",
                    &cases::KINSING,
                );
            } else if target.ends_with("/nmi_watchdog") {
                self.push(
                    found,
                    SignalKind::HostTuning,
                    Strength::Moderate,
                    "nmi_watchdog",
                    "turns the NMI watchdog off",
                    &cases::KINSING,
                );
            }
        }
    }

    fn shell(&self, program: &str, words: &[&str], found: &mut Found) {
        if let Some(signal) = downloads::substituted(self.source, self.command, words) {
            found.signals.push(signal);
        }
        // A script that is named cannot come out of the pipe as well; `-` and options can.
        let reads_input = words
            .iter()
            .skip(1)
            .all(|word| word.starts_with('-') && *word != "-c")
            || words
                .get(1)
                .is_some_and(|word| *word == "-s" || *word == "-");
        if self.command.piped && reads_input {
            self.piped_into(found);
        }
        if program == "eval" || program == "." || program == "source" {
            return;
        }
        for (index, word) in self.command.words.iter().enumerate() {
            if !matches!(
                word.text.as_str(),
                "-c" | "-e"
                    | "-lc"
                    | "-ec"
                    | "-xc"
                    | "-exc"
                    | "-cx"
                    | "-ce"
                    | "-r"
                    | "-euc"
                    | "-eux"
                    | "-command"
                    | "-Command"
                    | "-lic"
            ) {
                continue;
            }
            let Some(code) = self.command.words.get(index + 1) else {
                continue;
            };
            downloads::inline_code(
                self.source,
                code.span.clone(),
                &code.text,
                &mut found.signals,
            );
            if self.depth < DEPTH
                && matches!(
                    program,
                    "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh" | "busybox"
                )
            {
                let inner = script(&code.text, self.depth + 1);
                merge(self.source, inner, code.inner, code.span.clone(), found);
            }
            return;
        }
    }

    /// A whole command line in one word, as `tmux` and `watch` take it.
    fn quoted(&self, index: usize, found: &mut Found) {
        let Some(word) = self.command.words.get(index) else {
            return;
        };
        if index > 0 && self.depth < DEPTH {
            let inner = script(&word.text, self.depth + 1);
            merge(self.source, inner, word.inner, word.span.clone(), found);
        }
    }

    /// What is piped into a shell: a download, or an encoded script.
    fn piped_into(&self, found: &mut Found) {
        let Some(before) = self.before else {
            return;
        };
        let words: Vec<&str> = before.words.iter().map(|word| word.text.as_str()).collect();
        let words = words.get(programs::wrappers(&words)..).unwrap_or_default();
        let program = words
            .first()
            .map(|word| text::basename(word))
            .unwrap_or_default();
        let span = before.span().start..self.command.span().end;
        if downloads::is_fetcher(program) {
            let host = downloads::address(words)
                .map_or(crate::HostKind::Variable, crate::hosts::host_kind);
            found
                .signals
                .push(downloads::signal(self.source, span, host));
        } else if program == "base64"
            && words
                .iter()
                .any(|word| matches!(*word, "-d" | "-D" | "--decode" | "-di" | "-id"))
        {
            self.encoded(span, found);
        }
    }

    fn encoded(&self, span: Range<usize>, found: &mut Found) {
        let start = text::line_start(self.source, span.start);
        let line = self.source.get(start..span.start).unwrap_or_default();
        let token = line
            .split(|character: char| {
                !(character.is_ascii_alphanumeric()
                    || matches!(character, '+' | '/' | '=' | '-' | '_'))
            })
            .filter(|token| token.len() >= 16)
            .max_by_key(|token| token.len());
        let decoded = token.and_then(text::base64_text);
        found.signals.push(Signal::new(
            SignalKind::DownloadAndRun,
            if decoded.is_some() {
                Strength::Moderate
            } else {
                Strength::Weak
            },
            self.source,
            span.clone(),
            "base64",
            "runs a script that is hidden in base64",
            &cases::COMMANDO_CAT,
        ));
        if let Some(decoded) = decoded
            && self.depth < DEPTH
        {
            let inner = crate::analyse(&decoded, crate::scan::Place::Text, self.depth + 1);
            for mut signal in inner {
                signal.span = start..span.end;
                signal.description.push_str(" (in base64)");
                found.signals.push(signal);
            }
        }
    }

    fn hidden(&self, path: &str, found: &mut Found) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let hidden = folder
            .split('/')
            .any(|part| part.len() > 2 && part.starts_with('.') && part != "..")
            || path.contains('/')
                && text::basename(path).starts_with('.')
                && text::basename(path).len() > 2;
        let absolute = path.starts_with('/');
        if absolute && folder.starts_with("/dev/shm")
            || absolute && hidden && !programs::is_home_tool(folder)
        {
            self.push(
                found,
                SignalKind::HiddenExecution,
                Strength::Moderate,
                "hidden folder",
                &format!("runs `{}`", text::excerpt(path)),
                &cases::KINSING,
            );
        } else if folder.starts_with("/tmp") || folder.starts_with("/var/tmp") {
            self.push(
                found,
                SignalKind::HiddenExecution,
                Strength::Weak,
                "temporary folder",
                &format!("runs `{}`", text::excerpt(path)),
                &cases::KINSING,
            );
        }
        let name = text::basename(path);
        if KERNEL_THREADS.iter().any(|thread| name.starts_with(thread))
            && (path.contains('/') || name.starts_with('['))
        {
            self.push(
                found,
                SignalKind::HiddenExecution,
                Strength::Moderate,
                "kernel thread",
                &format!(
                    "runs a program named like the kernel thread `{}`",
                    text::excerpt(name)
                ),
                &cases::HILDEGARD,
            );
        }
    }
}

fn path_or<'a>(program: &'a str, path: &'a str) -> &'a str {
    if downloads::is_shell(program) {
        program
    } else {
        path
    }
}

/// Moves the signs of a script within a word to the text that the word stands in.
fn merge(
    source: &str,
    inner: Found,
    offset: Option<usize>,
    whole: Range<usize>,
    found: &mut Found,
) {
    let moved = |span: Range<usize>| match offset {
        Some(offset) => text::on_boundaries(source, span.start + offset..span.end + offset),
        None => whole.clone(),
    };
    for mut signal in inner.signals.into_vec() {
        signal.span = moved(signal.span);
        found.signals.push(signal);
    }
    found.opposed.extend(inner.opposed.into_iter().map(moved));
}

/// The miner that a program's path names.
fn program_miner(path: &str) -> Option<&'static Miner> {
    let name = text::basename(path);
    // A key of YAML (`nicehash:`), an entry of a list or a sentence is no program.
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+'))
        .then(|| miners::by_program(name))
        .flatten()
}

/// The unambiguous miner that a file, address or image in a word is named after.
fn miner_in(word: &str) -> Option<&'static Miner> {
    word.split(['/', '=', ':', ',', '@'])
        .find_map(literals::miner_at_start)
}

fn miner_anywhere(word: &str) -> Option<&'static Miner> {
    word.split(|character: char| {
        !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
    })
    .find_map(literals::miner_at_start)
}
