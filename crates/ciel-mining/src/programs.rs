//! Programs by what they do with their arguments.
use crate::{downloads, text};

/// Programs whose arguments are what they look for or keep out.
const SEARCHERS: &[&str] = &[
    "grep",
    "egrep",
    "fgrep",
    "rg",
    "ag",
    "awk",
    "gawk",
    "pgrep",
    "pidof",
    "which",
    "ps",
    "find",
    "locate",
    "test",
    "[",
    "[[",
    "iptables",
    "ip6tables",
    "nft",
    "dig",
    "nslookup",
    "host",
    "whois",
    "sed",
    "strings",
    "yara",
    "falco",
    "clamscan",
    "trivy",
    "osqueryi",
    "lsof",
    "netstat",
    "ss",
    "suricata",
    "snort",
    "case",
    "for",
    "pkill",
    "killall",
];

/// Programs that have options like a miner's and are none: what they are given is not looked at for combinations.
const ORDINARY: &[&str] = &[
    "curl",
    "wget",
    "ssh",
    "scp",
    "psql",
    "mysql",
    "mysqldump",
    "mongo",
    "mongosh",
    "redis-cli",
    "docker",
    "kubectl",
    "helm",
    "git",
    "tar",
    "ffmpeg",
    "gcc",
    "ld",
    "sort",
    "mount",
    "useradd",
    "chown",
    "cp",
    "ldapsearch",
    "rsync",
    "kcat",
    "nc",
    "socat",
    "tcpdump",
    "etcdctl",
    "vault",
    "consul",
];

/// Programs that run another.
pub(crate) const WRAPPERS: &[&str] = &[
    "sudo",
    "doas",
    "nohup",
    "exec",
    "env",
    "command",
    "setsid",
    "nice",
    "ionice",
    "time",
    "timeout",
    "stdbuf",
    "chroot",
    "nsenter",
    "unshare",
    "xargs",
    "tini",
    "dumb-init",
    "catchsegv",
    "taskset",
    "chrt",
    "then",
    "do",
    "else",
    "elif",
    "if",
    "while",
    "until",
    "!",
    "{",
    "&",
    "watch",
    "proxychains",
    "proxychains4",
    "torsocks",
    "torify",
    "cpulimit",
    "builtin",
    "start-stop-daemon",
    "--",
    "gosu",
    "busybox",
    "su-exec",
    "s6-setuidgid",
    "screen",
    "tmux",
    "faketime",
    "cmd",
    "cmd.exe",
];

/// Folders for tools of one user, by custom.
const HOME_TOOLS: &[&str] = &[
    ".local",
    ".cargo",
    ".nvm",
    ".pyenv",
    ".rbenv",
    ".sdkman",
    ".dotnet",
    ".npm",
    ".venv",
    ".bin",
    ".yarn",
    ".asdf",
    ".krew",
    ".deno",
    ".bun",
    ".config",
    ".cache",
    ".linuxbrew",
    ".rustup",
    ".poetry",
    ".composer",
    ".jenkins",
    ".vscode",
    ".gem",
    ".pixi",
    ".foundry",
    ".docker",
    ".next",
    ".output",
    ".tools",
    ".github",
];

/// Whether a program's arguments are what it looks for or keeps out.
pub(crate) fn is_searcher(program: &str) -> bool {
    SEARCHERS.contains(&program)
}

/// Whether a program has options like a miner's and is none.
pub(crate) fn is_ordinary(program: &str) -> bool {
    ORDINARY.contains(&program)
}

/// Whether a program brings files from elsewhere: a download, a repository, a package.
pub(crate) fn fetches(program: &str) -> bool {
    downloads::is_fetcher(program)
        || is_package_manager(program)
        || ["git", "go", "pip", "pip3", "npm", "cargo", "snap"].contains(&program)
}

/// Whether a program starts images.
pub(crate) fn runs_images(program: &str) -> bool {
    ["docker", "nerdctl", "podman", "ctr", "crictl", "kubectl"].contains(&program)
}

/// Whether a program unpacks, builds or places files.
pub(crate) fn handles_files(program: &str) -> bool {
    [
        "tar",
        "unzip",
        "gunzip",
        "chmod",
        "make",
        "cmake",
        "7z",
        "upx",
        "cd",
        "chown",
        "systemctl",
        "service",
    ]
    .contains(&program)
}

/// Whether a program installs packages.
fn is_package_manager(program: &str) -> bool {
    [
        "apt", "apt-get", "apk", "yum", "dnf", "pacman", "zypper", "brew", "choco",
    ]
    .contains(&program)
}

/// Whether a hidden folder is one that tools of one user live in.
pub(crate) fn is_home_tool(folder: &str) -> bool {
    folder.split('/').any(|part| {
        HOME_TOOLS.iter().any(|tool| {
            part.strip_prefix(tool)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    })
}

/// Whether a file's name says that it is no program.
pub(crate) fn has_extension(name: &str) -> bool {
    [
        ".json", ".gz", ".tar", ".zip", ".log", ".conf", ".txt", ".sh", ".service", ".yaml", ".bak",
    ]
    .iter()
    .any(|extension| name.ends_with(extension))
}

/// How many words stand before the program: assignments, keywords and programs that run another.
pub(crate) fn wrappers(words: &[&str]) -> usize {
    let mut at = 0;
    let mut wrapped = "";
    while let Some(word) = words.get(at) {
        let name = text::basename(word);
        if is_assignment(word) {
            at += 1;
        } else if WRAPPERS.contains(&name) {
            wrapped = name;
            at += 1;
        } else if !wrapped.is_empty() && word.starts_with('-') {
            at += if takes_value(wrapped, word) { 2 } else { 1 };
        } else if is_operand(wrapped, word) {
            at += 1;
        } else if wrapped == "chroot" {
            // The new root; what follows is run in it.
            wrapped = "chrooted";
            at += 1;
        } else {
            break;
        }
    }
    at
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn takes_value(wrapper: &str, option: &str) -> bool {
    let with_value: &[&str] = match wrapper {
        "screen" => &["-dmS", "-S", "-mdS"],
        "sudo" | "doas" => &["-u", "-g"],
        "nice" | "ionice" => &["-n", "-c"],
        "timeout" => &["-s", "-k"],
        "chrt" => &["-p"],
        "env" => &["-u"],
        "nsenter" => &["-t", "--target"],
        _ => &[],
    };
    with_value.contains(&option)
}

/// Numbers and subcommands that a wrapper takes before the program.
fn is_operand(wrapper: &str, word: &str) -> bool {
    let numbers = [
        "timeout", "nice", "ionice", "taskset", "chrt", "stdbuf", "watch", "cpulimit", "nsenter",
    ];
    numbers.contains(&wrapper) && word.starts_with(|first: char| first.is_ascii_digit())
        || wrapper.starts_with("cmd") && ["/c", "/k", "/C", "/K", "/q", "/s"].contains(&word)
        || wrapper == "tmux" && ["new", "new-session", "send-keys"].contains(&word)
}
