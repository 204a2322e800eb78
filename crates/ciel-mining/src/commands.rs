//! What the commands of a script or of a container do.
use std::ops::Range;

use crate::{
    cases, downloads,
    downloads::Fetched,
    droppers, literals,
    miners::{self, Miner},
    options, programs,
    shell::{self, Command},
    signal::{Signal, SignalKind, Signals, Strength},
    text,
};

/// Options of Ethereum nodes about mining, given to the program that an image starts by itself.
const ETHEREUM: [&str; 4] = [
    "--miner.etherbase",
    "--etherbase",
    "--miner.threads",
    "--minerthreads",
];

/// How deep `sh -c 'sh -c …'` and encoded scripts are followed.
pub(crate) const DEPTH: usize = 4;

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
    let name = text::basename(program);
    // Quotes and backslashes hide words from a search, not from a shell.
    downloads::is_shell(name) && argv.iter().any(|word| word.contains(['\\', '\'', '"']))
        || program.contains("/.")
        || program.starts_with("/dev/")
        || miners::is_ambiguous(text::basename(program))
        || programs::WRAPPERS.contains(&text::basename(program))
        || argv.contains(&"--mine")
        || droppers::KERNEL_THREADS
            .iter()
            .any(|thread| text::basename(program).starts_with(thread))
}

/// One command, with what it needs to be understood.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a str,
    pub(crate) command: &'a Command,
    pub(crate) before: Option<&'a Command>,
    pub(crate) single: bool,
    pub(crate) depth: usize,
    pub(crate) direct: bool,
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
        // An address alone on a line is an entry of a list.
        if path.contains("://") {
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
        } else if program == "chmod" {
            let made = fetched.made_executable(self.source, words, &span);
            found.signals.extend(made);
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

    pub(crate) fn push(
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
        if !programs::is_ordinary(program) {
            options::examine(self.source, self.command.span(), words, &mut found.signals);
        }
        self.node(program, words, found);
        let Some((index, miner)) = words
            .iter()
            .enumerate()
            .skip(1)
            .find_map(|(index, word)| miner_in(word).map(|miner| (index, miner)))
        else {
            return;
        };
        let word = words.get(index).copied().unwrap_or_default();
        if !miners::watches(word) {
            self.handled(program, words, index, miner, found);
        }
    }

    /// Nodes of currencies that are told to mine.
    fn node(&self, program: &str, words: &[&str], found: &mut Found) {
        let has = |flag: &str| {
            words.iter().any(|word| {
                *word == flag
                    || word
                        .strip_prefix(flag)
                        .is_some_and(|rest| rest.starts_with('='))
            })
        };
        let nodes = ["verusd", "komodod", "bitcoind", "dogecoind"];
        if program.starts_with("monerod") && has("--start-mining") {
            let what = "tells a Monero node to mine";
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Strong,
                "monerod",
                what,
                &cases::HILDEGARD,
            );
        } else if has("--mine")
            && (program == "geth" || program.starts_with('-') && ETHEREUM.into_iter().any(has))
        {
            let what = "tells an Ethereum node to mine";
            let case = &cases::KUBEFLOW_TENSORFLOW;
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Moderate,
                "geth",
                what,
                case,
            );
        } else if nodes.contains(&program) && has("-gen") && has("-genproclimit") {
            let what = "tells a node to mine";
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Moderate,
                "node",
                what,
                &cases::HILDEGARD,
            );
        }
    }

    /// What a program does with a miner that it is given.
    fn handled(
        &self,
        program: &str,
        words: &[&str],
        index: usize,
        miner: &'static Miner,
        found: &mut Found,
    ) {
        let name = miner.name;
        let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        if ["mv", "cp", "ln", "install", "rename"].contains(&program) {
            self.renamed(words, miner, found);
        } else if programs::fetches(program) {
            let what = format!("fetches the miner {name}");
            self.push(
                found,
                SignalKind::MinerDownload,
                Strength::Strong,
                name,
                &what,
                &cases::JINX_0132,
            );
        } else if programs::runs_images(program) {
            let starts = any(&["run", "create", "pull"]);
            let strength = if starts {
                Strength::Strong
            } else {
                Strength::Weak
            };
            let what = format!("starts an image of {name}");
            self.push(
                found,
                SignalKind::MinerDownload,
                strength,
                name,
                &what,
                &cases::ARGO,
            );
        } else if programs::handles_files(program) {
            let strength = if program == "cd" {
                Strength::Weak
            } else {
                Strength::Moderate
            };
            let what = format!("handles files of {name}");
            self.push(
                found,
                SignalKind::MinerDownload,
                strength,
                name,
                &what,
                &cases::JINX_0132,
            );
        } else if self.direct && index == 1 && is_bare(words) && !programs::is_ordinary(program) {
            // Entry points of images run what they are given first.
            let what = format!("is given the miner {name} to run");
            self.push(
                found,
                SignalKind::MinerBinary,
                Strength::Moderate,
                name,
                &what,
                &cases::TWENTY_MILLION,
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
}

fn path_or<'a>(program: &'a str, path: &'a str) -> &'a str {
    if downloads::is_shell(program) {
        program
    } else {
        path
    }
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

pub(crate) fn miner_anywhere(word: &str) -> Option<&'static Miner> {
    word.split(|character: char| {
        !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
    })
    .find_map(literals::miner_at_start)
}

/// Whether the second word is a program's name and nothing else.
fn is_bare(words: &[&str]) -> bool {
    words
        .get(1)
        .is_some_and(|word| program_miner(word).is_some())
}
