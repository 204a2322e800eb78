//! Which kustomizations are rendered, and which files they use.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use ciel_core::{Diagnostic, Span};

use super::{Kustomization, Role};
use crate::{session::Key, tree::normalized};

/// Every kustomization that was found, and those that they refer to.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    by_folder: HashMap<PathBuf, usize>,
    by_file: HashMap<PathBuf, usize>,
    /// How many of the nodes were found in what the user named.
    found: usize,
}

#[derive(Debug)]
struct Node {
    kustomization: Kustomization,
    /// What its references lead to, in their order.
    targets: Vec<Target>,
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
    files: HashSet<PathBuf>,
}

/// What a reference leads to.
#[derive(Debug)]
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
        self.nodes.get(index).map(|node| &node.kustomization)
    }

    /// The folders that the rendering of a root reads: those of its kustomizations, of the files that they name, and of
    /// charts.
    pub(crate) fn reads(&self, root: &Root) -> HashSet<PathBuf> {
        let reached = root.reached.iter().filter_map(|node| self.node(*node));
        let folders = reached.map(|kustomization| kustomization.folder().to_owned());
        let parents = root.files.iter().filter_map(|file| file.parent());
        folders
            .chain(parents.map(Path::to_owned))
            .chain(root.charts.iter().cloned())
            .collect()
    }

    /// What a session keeps the rendering of a root under.
    pub(crate) fn key(&self, root: &Root) -> Key {
        let folder = self.node(root.node).map(Kustomization::folder);
        Key::Render(folder.map(Path::to_owned).unwrap_or_default(), Vec::new())
    }

    /// The kustomization that a real path is.
    pub(crate) fn index_of(&self, file: &Path) -> Option<usize> {
        self.by_file.get(file).copied()
    }

    /// The kustomizations to render: first those that none of the others refers to; then, of what these do not reach
    /// (circles, bases of components that nobody uses), one after another.
    pub(crate) fn roots(&mut self) -> Vec<Root> {
        let can_stand = |graph: &Self, node: usize| {
            graph
                .node(node)
                .is_some_and(|it| !it.is_component && (it.makes_objects || !it.trouble.is_empty()))
        };
        let found = self.nodes.iter().take(self.found);
        let referred: HashSet<usize> = found
            .flat_map(|node| &node.targets)
            .filter_map(|target| match target {
                Target::Folder(folder) => self.by_folder.get(folder).copied(),
                _ => None,
            })
            .collect();
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
        let mut files: HashMap<PathBuf, Role> = HashMap::new();
        for node in self.nodes.iter().take(self.found) {
            let references = node.kustomization.references.iter();
            for (reference, target) in references.zip(&node.targets) {
                if let Target::File(path) = target {
                    files
                        .entry(path.clone())
                        .and_modify(|known| *known = stronger(*known, reference.role))
                        .or_insert(reference.role);
                }
            }
        }
        files
    }

    fn push(&mut self, kustomization: Kustomization) {
        let index = self.nodes.len();
        let folder = kustomization.folder();
        self.by_folder.entry(folder.to_owned()).or_insert(index);
        self.by_file.insert(kustomization.file.clone(), index);
        let references = kustomization.references.iter();
        let targets = references.map(|it| resolve(folder, &it.value)).collect();
        self.nodes.push(Node {
            kustomization,
            targets,
        });
    }

    fn root(&mut self, node: usize) -> Root {
        let mut root = Root {
            node,
            troubles: Vec::new(),
            charts: Vec::new(),
            reached: HashSet::new(),
            files: HashSet::new(),
        };
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if root.reached.insert(node) {
                self.read_targets(node);
                self.visit(node, &mut root, &mut waiting);
            }
        }
        root
    }

    fn visit(&self, node: usize, root: &mut Root, waiting: &mut Vec<usize>) {
        let Some(Node {
            kustomization,
            targets,
        }) = self.nodes.get(node)
        else {
            return;
        };
        let trouble = kustomization.trouble.iter();
        root.troubles
            .extend(trouble.map(|(span, it)| (node, *span, it.clone())));
        for (reference, target) in kustomization.references.iter().zip(targets) {
            match target {
                Target::File(path) => {
                    root.files.insert(path.clone());
                }
                Target::Folder(folder) => match self.by_folder.get(folder) {
                    Some(next) => waiting.push(*next),
                    // A folder of files for a generator.
                    None if reference.role == Role::Content => {}
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

    /// Reads the kustomizations outside of what was found that a kustomization refers to.
    fn read_targets(&mut self, node: usize) {
        let targets = self.nodes.get(node).map(|node| node.targets.as_slice());
        let new: Vec<_> = targets
            .unwrap_or_default()
            .iter()
            .filter_map(|target| match target {
                Target::Folder(folder) if !self.by_folder.contains_key(folder) => {
                    super::read_in(folder)
                }
                _ => None,
            })
            .collect();
        new.into_iter().for_each(|it| self.push(it));
    }
}

impl Root {
    /// The files that it uses, by their real paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
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
