//! Flags as the programs read them from their command lines.

use std::borrow::Cow;

use ciel_yaml::Node;

use super::Program;

/// One setting that is given.
#[derive(Clone, Debug)]
pub(crate) struct Flag<'s> {
    /// Its name without dashes, words parted by `-`.
    pub(super) name: Cow<'s, str>,
    /// Its value; `true` for a flag without one.
    pub(super) value: Cow<'s, str>,
    /// The word or field that gives it.
    pub(super) node: Node<'s>,
}

/// A command line, read.
#[derive(Debug)]
pub(super) struct CommandLine<'s> {
    pub(super) program: Program,
    pub(super) flags: Vec<Flag<'s>>,
    /// The script that the program is started from, if a shell does it.
    pub(super) script: Option<Node<'s>>,
    /// Whether some of the words are made up only when the container starts.
    pub(super) is_partial: bool,
}

/// Programs that start another one, which their later words name.
const STARTERS: [&str; 15] = [
    "go-runner",
    "kube-log-runner",
    "hyperkube",
    "tini",
    "tini-static",
    "dumb-init",
    "catatonit",
    "nsenter",
    "env",
    "nice",
    "ionice",
    "taskset",
    "chroot",
    "timeout",
    "sudo",
];

const SHELLS: [&str; 6] = ["sh", "bash", "ash", "dash", "ksh", "busybox"];

/// Boolean flags: the word after one is not its value.
const SWITCHES: [&str; 22] = [
    "allow-privileged",
    "anonymous-auth",
    "auto-tls",
    "client-cert-auth",
    "contention-profiling",
    "enable-bootstrap-token-auth",
    "enable-pprof",
    "kubelet-https",
    "leader-elect",
    "make-iptables-util-chains",
    "peer-auto-tls",
    "peer-client-cert-auth",
    "profiling",
    "protect-kernel-defaults",
    "rotate-certificates",
    "rotate-server-certificates",
    "seccomp-default",
    "service-account-extend-token-expiration",
    "service-account-lookup",
    "use-service-account-credentials",
    "logtostderr",
    "alsologtostderr",
];

/// Whether a flag is a boolean one, that no word follows.
pub(super) fn is_switch(name: &str) -> bool {
    SWITCHES.contains(&name)
}

/// Whether the value is put together when the container starts, by the kubelet, a shell, or a template engine.
pub(super) fn is_computed(value: &str) -> bool {
    value.contains("$(") || value.contains("${") || value.contains("{{") || value.contains('`')
}

/// Whether a file's name is that of a shell, or of a program that starts another one.
pub(super) fn is_starter(file: &str) -> bool {
    SHELLS.contains(&file) || STARTERS.contains(&file)
}

/// The program that the words of `command` and `args` start, with its flags.
pub(super) fn command_line<'s>(words: &[Node<'s>]) -> Option<CommandLine<'s>> {
    let (first, rest) = words.split_first()?;
    let file = file_name(first.scalar_text());
    if let Some(program) = Program::of_path(file) {
        return Some(plain(program, rest));
    }
    if SHELLS.contains(&file) {
        return rest.iter().find_map(|word| script(*word));
    }
    if STARTERS.contains(&file) {
        let at = rest
            .iter()
            .position(|word| Program::of_path(word.scalar_text()).is_some())?;
        let program = Program::of_path(rest.get(at)?.scalar_text())?;
        return Some(plain(program, rest.get(at + 1..).unwrap_or_default()));
    }
    // One word that holds the whole line, as in `command: ["kube-apiserver --profiling=false"]`.
    let text = first.scalar_text();
    text.contains(char::is_whitespace)
        .then(|| script(*first))
        .flatten()
}

/// The flags among words that are all flags, for images that start the program themselves.
pub(super) fn plain<'s>(program: Program, words: &[Node<'s>]) -> CommandLine<'s> {
    let texts = words.iter().map(|word| (word.scalar_text(), *word));
    let texts: Vec<(Cow<'s, str>, Node<'s>)> = texts
        .flat_map(|(text, node)| split(text).map(move |text| (Cow::Borrowed(text), node)))
        .collect();
    let (flags, is_partial) = flags(&texts);
    CommandLine {
        program,
        flags,
        script: None,
        is_partial,
    }
}

/// Parts a word that holds several flags (`--a=b --c=d`, a dash forgotten in the list): what its author meant.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let is_flag = text.starts_with("--");
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = is_flag.then(|| text.find(" --")).flatten();
        rest = end.and_then(|end| text.get(end + 1..));
        Some(end.and_then(|end| text.get(..end)).unwrap_or(text))
    })
}

/// The flags among words, and whether some of the words are not known.
fn flags<'s>(words: &[(Cow<'s, str>, Node<'s>)]) -> (Vec<Flag<'s>>, bool) {
    let mut flags = Vec::new();
    let mut is_partial = false;
    let mut words = words.iter().peekable();
    while let Some((text, node)) = words.next() {
        if text == "--" {
            break;
        }
        let Some(body) = text
            .strip_prefix("--")
            .or_else(|| text.strip_prefix('-'))
            .filter(|body| body.starts_with(|first: char| first.is_ascii_alphabetic()))
        else {
            is_partial |= text.starts_with('$') || is_computed(text);
            continue;
        };
        let (name, value) = match body.split_once('=') {
            Some((name, value)) => (name, Cow::Owned(unquoted(value).to_owned())),
            None => {
                let next = words.next_if(|(next, _)| !next.starts_with('-') && !is_switch(body));
                let value = next.map_or(Cow::Borrowed("true"), |(value, _)| value.clone());
                (body, value)
            }
        };
        flags.push(Flag {
            name: Cow::Owned(name.replace('_', "-")),
            value,
            node: *node,
        });
    }
    (flags, is_partial)
}

/// A value without the quotes that some write into it: `--v="2"` in a list of words.
pub(super) fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// The program that a shell script starts, with its flags: the last command that starts one.
fn script(node: Node<'_>) -> Option<CommandLine<'_>> {
    script_of(node.scalar_text(), node)
}

fn script_of<'s>(text: &str, node: Node<'s>) -> Option<CommandLine<'s>> {
    if !Program::ALL
        .iter()
        .any(|program| text.contains(program.name()))
    {
        return None;
    }
    let mut found = None;
    for command in commands(text) {
        let mut words = command.iter().skip_while(|word| {
            STARTERS.contains(&file_name(word))
                || matches!(word.as_str(), "exec" | "nohup" | "if" | "then" | "do" | "!")
                || is_assignment(word)
        });
        let Some(program) = words.next().and_then(|word| Program::of_path(word)) else {
            continue;
        };
        let rest: Vec<_> = words.map(|word| (Cow::Owned(word.clone()), node)).collect();
        let (flags, is_partial) = flags(&rest);
        // `kubelet --version` does not run it.
        let is_question = flags
            .iter()
            .any(|flag| matches!(&*flag.name, "version" | "help"));
        if !flags.is_empty() && !is_question {
            found = Some(CommandLine {
                program,
                flags,
                script: Some(node),
                is_partial,
            });
        }
    }
    found
}

/// Whether a text is a unit of systemd, or a script that starts or installs K3s or RKE2.
pub(super) fn is_start_script(text: &str) -> bool {
    const MARKS: [&str; 3] = ["ExecStart=", "INSTALL_K3S_EXEC", "INSTALL_RKE2_EXEC"];
    MARKS.iter().any(|mark| text.contains(mark))
        || text.starts_with("#!")
            && text.contains("-arg")
            && (text.contains("k3s") || text.contains("rke2"))
}

/// The programs that units of systemd start: by their lines `ExecStart=`.
pub(super) fn units(node: Node<'_>) -> Vec<CommandLine<'_>> {
    let text = node.scalar_text().replace("\\\n", " ");
    let starts = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("ExecStart="));
    // Signs before the path say how systemd takes failures.
    let starts = starts.map(|line| line.trim_start_matches(['-', '@', ':', '+', '!']));
    starts.filter_map(|line| script_of(line, node)).collect()
}

/// The commands of a shell script as words, quotes removed. Only as much of the shell's grammar as start scripts use.
pub(super) fn commands(script: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let end_word = |word: &mut Option<String>, commands: &mut Vec<Vec<String>>| {
        if let (Some(word), Some(command)) = (word.take(), commands.last_mut()) {
            command.push(word);
        }
    };
    let mut chars = script.chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (None, '"' | '\'') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => match chars.next() {
                Some('\n') | None => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            (None, '#') if word.is_none() => while chars.next_if(|char| *char != '\n').is_some() {},
            (None, '\n' | ';' | '&' | '|') => {
                end_word(&mut word, &mut commands);
                commands.push(Vec::new());
            }
            (None, _) if char.is_whitespace() => end_word(&mut word, &mut commands),
            _ => word.get_or_insert_default().push(char),
        }
    }
    end_word(&mut word, &mut commands);
    commands
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

#[cfg(test)]
mod tests {
    use ciel_yaml::parse;

    use super::command_line;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let parsed = parse(&words.into());
        let words: Vec<_> = parsed.documents[0].root().items().collect();
        let read = command_line(&words).map_or_else(String::new, |line| {
            let mut text = line.program.name().to_owned();
            for flag in &line.flags {
                text.push_str(&format!(" {}={}", flag.name, flag.value));
            }
            if line.is_partial {
                text.push_str(" ...");
            }
            text
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn flags_are_read_as_the_programs_do() {
        check(
            "[kube-apiserver, --a=b, --c, d, --profiling, --v=2]",
            "kube-apiserver a=b c=d profiling=true v=2",
        );
        check(
            "[/usr/bin/etcd, -data-dir=/x, --auto_tls]",
            "etcd data-dir=/x auto-tls=true",
        );
        check("[kube-proxy, --, --a=b]", "kube-proxy");
        check("[kube-scheduler, --a, --b]", "kube-scheduler a=true b=true");
        check("['kubelet', '--v=\"2\"']", "kubelet v=2");
    }

    #[test]
    fn the_program_is_found_behind_its_starters() {
        check(
            "[/go-runner, --log-file=/x, /usr/local/bin/kube-apiserver, --a=b]",
            "kube-apiserver a=b",
        );
        check("[hyperkube, kube-proxy, --a=b]", "kube-proxy a=b");
        check(
            r#"[sh, -c, "set -e; exec kube-apiserver --a=b \\\n --c 'd e' >> /log 2>&1"]"#,
            "kube-apiserver a=b c=d e",
        );
        check("['kube-apiserver --a=b']", "kube-apiserver a=b");
    }

    #[test]
    fn words_that_name_a_program_start_none() {
        check("[kubectl, logs, kube-apiserver]", "");
        check("[sh, -c, 'echo kube-apiserver --a']", "");
        check("[sh, -c, 'kubelet --version | true']", "");
        check("[kube-apiserver-exporter, --a=b]", "");
    }

    #[test]
    fn words_known_only_at_the_start_are_noted() {
        check(
            "[kube-apiserver, $(FLAGS), --a=b]",
            "kube-apiserver a=b ...",
        );
        check("[sh, -c, 'kubelet --a=b $KUBELET_ARGS']", "kubelet a=b ...");
    }

    #[test]
    fn a_word_that_holds_two_flags_gives_both() {
        check(
            "['kube-apiserver', '--a=b --c=d']",
            "kube-apiserver a=b c=d",
        );
    }
}
