//! What droppers of miners do besides: make room, stay, hide.
use crate::{
    cases,
    commands::{Found, Reader, miner_anywhere},
    programs,
    signal::{SignalKind, Strength},
    text,
};

/// Beginnings of kernel threads' names.
pub(crate) const KERNEL_THREADS: &[&str] = &[
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

/// Parts of security agents' names.
const AGENTS: &[&str] = &[
    "aliyun",
    "aegis",
    "cloudmonitor",
    "qcloud",
    "bcm-agent",
    "falco",
    "auditd",
    "apparmor",
];
/// Files that droppers protect from others, or take the protection from.
const SYSTEM_FILES: &[&str] = &["/etc/", "authorized_keys", "crontab", "/var/spool/cron"];

impl Reader<'_> {
    /// Other people's miners that are ended or removed.
    pub(crate) fn fight(&self, program: &str, words: &[&str], found: &mut Found) {
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

    /// Machines that are made ready for mining, protections that are turned off.
    pub(crate) fn tune(&self, program: &str, words: &[&str], found: &mut Found) {
        let any = |wanted: &[&str]| {
            words
                .iter()
                .any(|word| wanted.iter().any(|part| word.contains(part)))
        };
        let tuned = |found: &mut Found, strength, name, what| {
            self.push(
                found,
                SignalKind::HostTuning,
                strength,
                name,
                what,
                &cases::KINSING,
            );
        };
        match program {
            "sysctl" if any(&["nr_hugepages"]) => {
                tuned(
                    found,
                    Strength::Weak,
                    "huge pages",
                    "sets the number of huge pages",
                );
            }
            "modprobe" if words.contains(&"msr") => {
                let what = "loads the msr module, which RandomX miners tune processors with";
                tuned(found, Strength::Moderate, "msr", what);
            }
            "wrmsr" => tuned(
                found,
                Strength::Moderate,
                "msr",
                "writes model-specific registers",
            ),
            "setenforce" if words.contains(&"0") => self.evades(found, "turns SELinux off"),
            "ufw" if words.contains(&"disable") => self.evades(found, "turns the firewall off"),
            "iptables" if words.contains(&"-F") || words.contains(&"--flush") => {
                self.evades(found, "empties the firewall's rules");
            }
            "history" if words.contains(&"-c") => self.evades(found, "clears the shell's history"),
            "systemctl" | "service" if any(AGENTS) && any(&["stop", "disable", "mask"]) => {
                self.evades(found, "stops a security agent");
            }
            "chattr" if any(&["-i", "+i", "-ia", "+ia"]) && any(SYSTEM_FILES) => {
                self.evades(found, "changes the immutable mark of system files");
            }
            "crontab" => self.cron(words, found),
            _ => {}
        }
    }

    fn cron(&self, words: &[&str], found: &mut Found) {
        let span = self.before.map(|before| before.span()).unwrap_or_default();
        let line = self.source.get(span).unwrap_or_default();
        let fetches = ["curl", "wget", "/tmp/", "http"]
            .iter()
            .any(|part| line.contains(part));
        let (strength, what) = if self.command.piped && fetches {
            (
                Strength::Moderate,
                "installs a cron line that fetches a program",
            )
        } else if self.command.piped || words.len() > 1 && !words.contains(&"-l") {
            (Strength::Weak, "installs cron lines")
        } else {
            return;
        };
        self.push(
            found,
            SignalKind::Persistence,
            strength,
            "crontab",
            what,
            &cases::KINSING,
        );
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
    pub(crate) fn written(&self, found: &mut Found) {
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
            } else if is_crontab(target) {
                let mut words = self.command.words.iter();
                let (strength, what) = if words
                    .any(|word| word.text.contains("curl ") || word.text.contains("wget "))
                {
                    (
                        Strength::Strong,
                        "writes a cron line that fetches a program",
                    )
                } else {
                    (Strength::Moderate, "writes cron lines")
                };
                self.push(
                    found,
                    SignalKind::Persistence,
                    strength,
                    "crontab",
                    what,
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

    /// Programs in folders where nothing is installed, or named like the kernel's threads.
    pub(crate) fn hidden(&self, path: &str, found: &mut Found) {
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

/// Whether cron reads the file, also where a host's root is mounted somewhere.
fn is_crontab(path: &str) -> bool {
    path.contains("/cron.d/") || path.contains("/spool/cron") || path.ends_with("/etc/crontab")
}
