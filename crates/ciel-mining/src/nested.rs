//! Commands within commands: `sh -c`, pipes into shells, scripts in base64.
use std::ops::Range;

use crate::{
    cases,
    commands::{DEPTH, Found, Reader, script},
    downloads, hosts, programs,
    scan::Place,
    signal::{Signal, SignalKind, Strength},
    text,
};

/// Strings of one piece of code that are looked at.
const STRINGS: usize = 64;

fn is_posix_shell(program: &str) -> bool {
    ["sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"].contains(&program)
}

impl Reader<'_> {
    /// A shell or interpreter with what it is given to run.
    pub(crate) fn shell(&self, program: &str, words: &[&str], found: &mut Found) {
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
            if self.depth < DEPTH {
                if is_posix_shell(program) {
                    let inner = script(&code.text, self.depth + 1);
                    merge(self.source, inner, code.inner, code.span.clone(), found);
                } else {
                    self.strings(&code.text, code.span.clone(), found);
                }
            }
            return;
        }
    }

    /// Command lines in the strings of another language: `os.system('./xmrig')`.
    fn strings(&self, code: &str, span: Range<usize>, found: &mut Found) {
        let strings = code.split(['\'', '"', '`']).skip(1).step_by(2);
        // A bare word is data; a command line has arguments or a path.
        let lines = strings.filter(|string| string.contains([' ', '/']));
        for string in lines.take(STRINGS) {
            for mut signal in script(string, self.depth + 1).signals.into_vec() {
                signal.span = span.clone();
                found.signals.push(signal);
            }
        }
    }

    /// A whole command line in one word, as `tmux` and `watch` take it.
    pub(crate) fn quoted(&self, index: usize, found: &mut Found) {
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
            let host =
                downloads::address(words).map_or(hosts::HostKind::Variable, hosts::host_kind);
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
            let inner = crate::analyse(&decoded, Place::Text, self.depth + 1);
            for mut signal in inner {
                signal.span = start..span.end;
                signal.description.push_str(" (in base64)");
                found.signals.push(signal);
            }
        }
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
