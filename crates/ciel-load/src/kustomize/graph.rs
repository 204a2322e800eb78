//! Which kustomizations are rendered, and which files they use.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
};

use ciel_core::{Diagnostic, Span};

use super::{Kustomization, Role};
use crate::tree::normalized;

/// Every kustomization that was found, and those that they refer to.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Kustomization>,
    by_folder: HashMap<PathBuf, usize>,
    /// How many of the nodes were found in what the user named.
    found: usize,
}

/// A kustomization that is rendered by itself, because no other refers to it.
#[derive(Debug)]
pub(crate) struct Root {
    /// Index of the kustomization.
    pub(crate) node: usize,
    /// Why it cannot be rendered: the kustomization that says so, the place, the reason.
    pub(crate) troubles: Vec<(usize, Span, Diagnostic)>,
    /// Folders of charts that it inflates.
    pub(crate) charts: Vec<PathBuf>,
    reached: HashSet<usize>,
    files: BTreeMap<PathBuf, Role>,
}

/// What a reference leads to.
enum Target {
    File(PathBuf),
    Folder(PathBuf),
    /// An address somewhere else.
    Remote,
    Nowhere,
}

impl Graph {
    /// The graph of the kustomizations that were found.
    pub(crate) fn new(found: Vec<Kustomization>) -> Self {
        let mut graph = Self {
            found: found.len(),
            ..Self::default()
        };
        for kustomization in found {
            graph.push(kustomization);
        }
        graph
    }

    /// A kustomization by its index.
    pub(crate) fn node(&self, index: usize) -> Option<&Kustomization> {
        self.nodes.get(index)
    }

    /// The kustomization that a real path is.
    pub(crate) fn index_of(&self, file: &Path) -> Option<usize> {
        let found = self.nodes.iter().take(self.found);
        found.into_iter().position(|node| node.file == file)
    }

    /// The kustomizations to render: first those that none of the others refers to; then, of what these do not reach
    /// (circles, bases of components that nobody uses), one after another.
    pub(crate) fn roots(&mut self) -> Vec<Root> {
        let can_stand = |graph: &Self, node: usize| {
            graph
                .node(node)
                .is_some_and(|it| !it.is_component && it.makes_objects)
        };
        let mut referred = HashSet::new();
        for node in 0..self.found {
            let targets = self.resolve(node);
            referred.extend(targets.iter().filter_map(|(_, target)| match target {
                Target::Folder(folder) => self.by_folder.get(folder).copied(),
                _ => None,
            }));
        }
        let mut roots = Vec::new();
        let mut reached: HashSet<usize> = HashSet::new();
        for only_unreferred in [true, false] {
            for node in 0..self.found {
                let wanted =
                    !(reached.contains(&node) || only_unreferred && referred.contains(&node));
                if wanted && can_stand(self, node) {
                    let root = self.root(node);
                    reached.extend(&root.reached);
                    roots.push(root);
                }
            }
        }
        roots
    }

    /// What files every kustomization that was found names, rendered or not. An object for one is an object.
    pub(crate) fn named_files(&self) -> HashMap<PathBuf, Role> {
        let mut files = HashMap::new();
        for node in 0..self.found {
            for (role, target) in self.resolve_known(node) {
                if let Target::File(path) = target {
                    note(&mut files, path, role);
                }
            }
        }
        files
    }

    fn push(&mut self, kustomization: Kustomization) -> usize {
        let index = self.nodes.len();
        self.by_folder
            .entry(kustomization.folder().to_owned())
            .or_insert(index);
        self.nodes.push(kustomization);
        index
    }

    fn root(&mut self, node: usize) -> Root {
        let mut root = Root {
            node,
            troubles: Vec::new(),
            charts: Vec::new(),
            reached: HashSet::new(),
            files: BTreeMap::new(),
        };
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if !root.reached.insert(node) {
                continue;
            }
            self.visit(node, &mut root, &mut waiting);
        }
        root
    }

    fn visit(&mut self, node: usize, root: &mut Root, waiting: &mut Vec<usize>) {
        let targets = self.resolve(node);
        let Some(kustomization) = self.nodes.get(node) else {
            return;
        };
        let trouble = kustomization.trouble.iter();
        root.troubles
            .extend(trouble.map(|(span, it)| (node, *span, it.clone())));
        for (reference, (role, target)) in kustomization.references.iter().zip(targets) {
            match target {
                Target::File(path) => {
                    root.files
                        .entry(path)
                        .and_modify(|known| *known = stronger(*known, role))
                        .or_insert(role);
                }
                Target::Folder(folder) => match self.by_folder.get(&folder) {
                    Some(next) => waiting.push(*next),
                    // A folder of files for a generator.
                    None if role == Role::Content => {}
                    None => {
                        let message = format!("`{}` holds no kustomization", reference.value);
                        root.troubles
                            .push((node, reference.span, Diagnostic::error(message)));
                    }
                },
                Target::Remote => {
                    let diagnostic = Diagnostic::error(format!(
                        "`{}` is not on this machine, and nothing is fetched",
                        reference.value
                    ));
                    root.troubles.push((node, reference.span, diagnostic));
                }
                Target::Nowhere => {
                    let message = format!("`{}` does not exist", reference.value);
                    root.troubles
                        .push((node, reference.span, Diagnostic::error(message)));
                }
            }
        }
        for chart in &kustomization.charts {
            let folder = kustomization.folder().join(&chart.home).join(&chart.name);
            match folder.canonicalize() {
                Ok(folder) => root.charts.push(folder),
                Err(_) => {
                    let diagnostic = Diagnostic::error(format!(
                        "the chart `{}` is not in `{}`, and nothing is fetched",
                        chart.name, chart.home
                    ));
                    root.troubles.push((node, chart.span, diagnostic));
                }
            }
        }
    }

    /// What the references of a kustomization lead to, in their order. Kustomizations outside of what was found are
    /// read on the way.
    fn resolve(&mut self, node: usize) -> Vec<(Role, Target)> {
        let targets = self.resolve_known(node);
        for (_, target) in &targets {
            if let Target::Folder(folder) = target
                && !self.by_folder.contains_key(folder)
                && let Some(kustomization) = super::read_in(folder)
            {
                self.push(kustomization);
            }
        }
        targets
    }

    fn resolve_known(&self, node: usize) -> Vec<(Role, Target)> {
        let Some(kustomization) = self.nodes.get(node) else {
            return Vec::new();
        };
        let folder = kustomization.folder();
        kustomization
            .references
            .iter()
            .map(|reference| (reference.role, resolve(folder, &reference.value)))
            .collect()
    }
}

impl Root {
    /// What it does with a file, if it uses it at all.
    pub(crate) fn uses(&self, file: &Path) -> Option<Role> {
        self.files.get(file).copied()
    }

    /// Whether it renders a kustomization, its own or one that it refers to.
    pub(crate) fn reaches(&self, node: usize) -> bool {
        self.reached.contains(&node)
    }
}

fn resolve(folder: &Path, value: &str) -> Target {
    if value.contains("://") {
        return Target::Remote;
    }
    let path = folder.join(value);
    // The system's answer follows symbolic links; where it has none, a way through a folder that is not there
    // (`gone/../here`) may still lead somewhere.
    let real = path
        .canonicalize()
        .or_else(|_| normalized(&path).canonicalize());
    match real {
        Ok(path) if path.is_dir() => Target::Folder(path),
        Ok(path) => Target::File(path),
        Err(_) if is_address(value) => Target::Remote,
        Err(_) => Target::Nowhere,
    }
}

/// Whether what is no file looks like a git address: `git@host:…`, `github.com/org/repo`, `host.org/repo?ref=v1`.
fn is_address(value: &str) -> bool {
    let host = value.split('/').next().unwrap_or_default();
    value.starts_with("git@")
        || value.starts_with("git::")
        || value.contains("?ref=")
        || value.contains(".git/")
        || (host.contains('.') && !host.starts_with('.') && value.matches('/').count() >= 2)
}

fn note(files: &mut HashMap<PathBuf, Role>, path: PathBuf, role: Role) {
    files
        .entry(path)
        .and_modify(|known| *known = stronger(*known, role))
        .or_insert(role);
}

/// Of two uses of one file, the one that says more about it: an object stays an object.
fn stronger(a: Role, b: Role) -> Role {
    let strength = |role| match role {
        Role::Content => 0,
        Role::Change => 1,
        Role::Resource => 2,
    };
    if strength(a) >= strength(b) { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for value in [
            "git@github.com:a/b.git",
            "github.com/argoproj/argo-cd//manifests?ref=v2",
            "github.com/org/repo/deploy",
            "example.org/x.git/deploy",
        ] {
            assert!(is_address(value), "{value}");
        }
        for value in [
            "../base",
            "base",
            "a.yaml",
            "./x/y/z.yaml",
            "crd/bases/a.yaml",
        ] {
            assert!(!is_address(value), "{value}");
        }
    }
}
