use std::{borrow::Cow, collections::HashSet};

use ciel_k8s::{Container, ContainerKind};
use ciel_yaml::Node;

use super::{
    Program,
    words::{self, Flag, is_computed},
};

/// A program as it is set up somewhere: by a container's command line, a kubeadm configuration, a configuration file.
#[derive(Debug)]
pub(crate) struct Component<'s> {
    /// Which program.
    pub(super) program: Program,
    /// The settings that are given, under the names of their flags, in order.
    pub(super) flags: Vec<Flag<'s>>,
    /// Where it is set up.
    pub(super) home: Home<'s>,
    /// What it is told besides, by whoever starts it.
    pub(super) defaults: Vec<(&'static str, &'static str)>,
    /// Whether there may be settings that are not seen, so that absences prove nothing.
    pub(super) is_partial: bool,
    /// Minor version of Kubernetes 1.x.
    pub(super) minor: Option<u16>,
}

/// Where a component's settings stand, and so where a missing one would.
#[derive(Clone, Copy, Debug)]
pub(super) enum Home<'s> {
    /// A list of words: `command` or `args`.
    Words(Node<'s>),
    /// A list of names and values: kubeadm's `extraArgs` since v1beta4.
    Entries(Node<'s>),
    /// A node as a whole: a shell script; a container without words.
    Whole(Node<'s>),
    /// Settings by name, at a path below a node that stands there: kubeadm's `extraArgs`.
    Arguments {
        parent: Node<'s>,
        path: &'static str,
    },
    /// A configuration file, whose fields have paths of their own.
    File {
        root: Node<'s>,
        fields: &'static [(&'static str, &'static str)],
    },
}

impl<'s> Component<'s> {
    /// The program that a container runs, if it is one of [`Program`].
    pub(crate) fn of_container(container: Container<'s>) -> Option<Self> {
        if container.kind == ContainerKind::Ephemeral {
            return None;
        }
        let command = container
            .node
            .get("command")
            .filter(|list| !list.is_empty());
        let args = container.node.get("args").filter(|list| !list.is_empty());
        let line = match command {
            Some(command) => {
                let first = command.item(0)?.scalar_text();
                if !may_start(first) {
                    return None;
                }
                words::command_line(&container.argv())?
            }
            None => {
                let program = Program::of_image(container.image()?)?;
                let words: Vec<_> = args.into_iter().flat_map(Node::items).collect();
                let is_told = words.iter().any(|word| word.scalar_text().starts_with('-'));
                let by_environment =
                    program == Program::Etcd && etcd_variables(container).next().is_some();
                match words.first() {
                    Some(first) if Program::of_path(first.scalar_text()).is_some() => {
                        words::command_line(&words)?
                    }
                    _ if is_told || by_environment => words::plain(program, &words),
                    _ => return None,
                }
            }
        };
        let home = match line.script {
            Some(script) => Home::Whole(script),
            None => args
                .or(command)
                .map_or(Home::Whole(container.node), Home::Words),
        };
        let mut component = Self {
            program: line.program,
            flags: line.flags,
            home,
            defaults: Vec::new(),
            is_partial: line.is_partial,
            minor: container.image().and_then(minor_of_image),
        };
        component.read_files_and_environment(container);
        Some(component)
    }

    /// Which program it is.
    pub(crate) fn program(&self) -> Program {
        self.program
    }

    /// What else than its flags sets it up: etcd's environment, and configuration files that are not seen.
    fn read_files_and_environment(&mut self, container: Container<'s>) {
        if self.program == Program::Etcd {
            self.is_partial |= self.flag("config-file").is_some()
                || container
                    .node
                    .get("envFrom")
                    .is_some_and(|list| !list.is_empty());
            let names: HashSet<Cow<'s, str>> =
                self.flags.iter().map(|flag| flag.name.clone()).collect();
            let given = etcd_variables(container).filter(|flag| !names.contains(&flag.name));
            self.flags.extend(given);
            return;
        }
        // OpenShift's builds of the API server and the controller manager read the rest from a file.
        self.is_partial |= self.flag("openshift-config").is_some();
        if self.program != Program::ApiServer {
            self.is_partial |= self.flag("config").is_some();
        }
    }

    /// The last of the flags of a name: the one that counts.
    pub(super) fn flag(&self, name: &str) -> Option<&Flag<'s>> {
        self.flags.iter().rev().find(|flag| flag.name == name)
    }

    /// The value that counts, given or told; none where it is not known.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        match self.flag(name) {
            Some(flag) => Some(flag.value.as_ref()).filter(|value| !is_computed(value)),
            None => {
                let mut defaults = self.defaults.iter();
                defaults
                    .find(|(told, _)| *told == name)
                    .map(|(_, value)| *value)
            }
        }
    }

    /// Whether a setting is given or told, with whatever value but nothing.
    pub(super) fn has(&self, name: &str) -> bool {
        match self.flag(name) {
            Some(flag) => !flag.value.is_empty(),
            None => self.value(name).is_some(),
        }
    }

    /// The items of a list: flags that are given several times add to it.
    pub(super) fn items(&self, name: &str) -> Vec<&str> {
        let given: Vec<&str> = self
            .flags
            .iter()
            .filter(|flag| flag.name == name)
            .flat_map(|flag| flag.value.split(','))
            .collect();
        let told = || {
            self.value(name)
                .into_iter()
                .flat_map(|value| value.split(','))
        };
        let all = if given.is_empty() {
            told().collect()
        } else {
            given
        };
        all.into_iter()
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect()
    }

    /// Whether some value of the flag is made up when the program starts.
    pub(super) fn is_unknown(&self, name: &str) -> bool {
        let mut given = self.flags.iter().filter(|flag| flag.name == name);
        given.any(|flag| is_computed(&flag.value))
    }

    /// The path of a field in the configuration file.
    pub(super) fn field(&self, name: &str) -> Option<&'static str> {
        let Home::File { fields, .. } = self.home else {
            return None;
        };
        let mut fields = fields.iter();
        fields
            .find(|(flag, _)| *flag == name)
            .map(|(_, path)| *path)
    }

    /// Whether it is set up by a configuration file, whose defaults are others than those of the flags.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.home, Home::File { .. })
    }
}

/// Whether it is worth reading on: nearly all containers start something else.
fn may_start(first: &str) -> bool {
    let first = first.split_whitespace().next().unwrap_or_default();
    let file = first.rsplit('/').next().unwrap_or(first);
    file.starts_with("kube") || file.starts_with("etcd") || words::is_starter(file)
}

/// etcd's settings in the environment: `ETCD_CLIENT_CERT_AUTH` for `--client-cert-auth`.
fn etcd_variables(container: Container<'_>) -> impl Iterator<Item = Flag<'_>> {
    container.env().filter_map(|variable| {
        let name = variable.str_at(&["name"])?.strip_prefix("ETCD_")?;
        let node = variable.get("value").unwrap_or(variable);
        let value = match variable.get("value") {
            Some(value) => Cow::Borrowed(value.scalar_text()),
            // From elsewhere (`valueFrom`): set, to what is not seen.
            None => Cow::Borrowed("$()"),
        };
        Some(Flag {
            name: Cow::Owned(name.to_ascii_lowercase().replace('_', "-")),
            value,
            node,
        })
    })
}

/// The minor version in an image's tag (`v1.34.1`, `1.32.11-rke2r1`), where it is a version of Kubernetes.
fn minor_of_image(image: &str) -> Option<u16> {
    let without_digest = image.split('@').next()?;
    let (name, tag) = without_digest.rsplit_once(':')?;
    if name.ends_with("etcd") {
        return None;
    }
    minor_of(tag)
}

/// The minor version in `v1.34.1`.
pub(super) fn minor_of(version: &str) -> Option<u16> {
    let rest = version
        .strip_prefix('v')
        .unwrap_or(version)
        .strip_prefix("1.")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.get(..digits)?.parse().ok()
}
