//! Decides what is done with every file that was found: nothing is lost, nothing counted twice.
//!
//! - A chart's own files are helm's; the chart is rendered.
//! - A kustomization that no other refers to is rendered. Files that it uses are its own: they are read by themselves
//!   only if it could not be rendered after all, and only if they hold objects (a patch does not).
//! - A component that no kustomization uses is not rendered, but its resources are read: they are objects.
//! - Everything else is a plain file.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use crate::{
    helm::{Chart, Charts, Owner},
    kustomize::{Graph, Kustomization, Kustomize, Role, Root},
    names,
    tree::Tree,
    walk::{FoundFile, Place},
};

/// What is done with one file.
#[derive(Debug)]
pub(crate) enum Step {
    /// Read it.
    Read(FoundFile),
    /// Render the chart whose `Chart.yaml` it is.
    Chart(Chart),
    /// Render the kustomization that it is, an index of [`Plan::roots`].
    Kustomization(usize),
    /// Read it if none of these roots could be rendered.
    ReadIfLost(FoundFile, Vec<usize>),
    /// Count it and leave it alone.
    Skip,
}

/// What is done with every file, in order.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    pub(crate) graph: Graph,
    pub(crate) roots: Vec<Root>,
}

/// Decides.
pub(crate) fn plan(files: Vec<FoundFile>, trees: &[Tree], kustomize: &Kustomize<'_>) -> Plan {
    let mut charts = Charts::default();
    let has_parts = find_parts(&files, trees, &mut charts);
    if !has_parts && !files.iter().any(is_marker) {
        // Most runs: nothing to render, and no path to look up.
        let steps = files.into_iter().map(Step::Read).collect();
        return Plan {
            steps,
            ..Plan::default()
        };
    }
    let files: Vec<(PathBuf, FoundFile)> = files
        .into_iter()
        .map(|file| (real_path(&file, trees), file))
        .collect();
    for (real, file) in &files {
        let folder = real.parent().unwrap_or(real);
        if real.file_name().is_some_and(names::is_chart)
            && let Some(chart) = Chart::read(real, file.name.clone())
        {
            charts.add(folder.to_owned(), chart);
        }
    }
    let (graph, roots) = kustomizations(&files, &charts);
    let can_render: Vec<bool> = roots
        .iter()
        .map(|root| kustomize.can_render(root))
        .collect();
    for (root, _) in roots.iter().zip(&can_render).filter(|(_, can)| **can) {
        root.charts.iter().for_each(|folder| charts.inflate(folder));
    }
    let named = graph.named_files();
    let mut steps = Vec::with_capacity(files.len());
    let planner = Planner {
        graph: &graph,
        roots: &roots,
        users: users(&roots, &can_render),
        named: &named,
    };
    for (real, file) in files {
        steps.extend(match charts.owner(&real) {
            Owner::Chart => None,
            Owner::Itself(chart) => Some(Step::Chart(chart)),
            Owner::Library => Some(Step::Skip),
            Owner::Nobody => planner.step(&real, file),
        });
    }
    steps.extend(charts.into_parts().map(Step::Chart));
    Plan {
        steps,
        graph,
        roots,
    }
}

/// What is known of the kustomizations when their files are decided on.
struct Planner<'a> {
    graph: &'a Graph,
    roots: &'a [Root],
    /// The roots that use a file and can be rendered, by its real path.
    users: HashMap<&'a Path, Vec<usize>>,
    named: &'a HashMap<PathBuf, Role>,
}

impl Planner<'_> {
    /// What is done with a file that is no chart's; none for what a kustomization speaks for.
    fn step(&self, real: &Path, file: FoundFile) -> Option<Step> {
        if let Some(node) = self.graph.index_of(real) {
            return self.kustomization(node);
        }
        let users = self.users.get(real);
        let is_change = self.named.get(real) == Some(&Role::Change);
        match users {
            None if is_change => Some(Step::Skip),
            None => Some(Step::Read(file)),
            Some(_) if is_change => None,
            Some(users) => Some(Step::ReadIfLost(file, users.clone())),
        }
    }

    fn kustomization(&self, node: usize) -> Option<Step> {
        if let Some(root) = self.roots.iter().position(|root| root.node == node) {
            return Some(Step::Kustomization(root));
        }
        let is_part = self.roots.iter().any(|root| root.reaches(node));
        (!is_part).then_some(Step::Skip)
    }
}

fn users<'a>(roots: &'a [Root], can_render: &[bool]) -> HashMap<&'a Path, Vec<usize>> {
    let mut users: HashMap<&Path, Vec<usize>> = HashMap::new();
    let indexed = roots.iter().zip(can_render).enumerate();
    for (index, (root, _)) in indexed.filter(|(_, (_, can))| **can) {
        for file in root.files() {
            users.entry(file).or_default().push(index);
        }
    }
    users
}

fn kustomizations(files: &[(PathBuf, FoundFile)], charts: &Charts) -> (Graph, Vec<Root>) {
    let found = files
        .iter()
        .filter(|(real, _)| real.file_name().is_some_and(names::is_kustomization))
        .filter(|(real, _)| !charts.owns(real))
        .filter_map(|(real, file)| Kustomization::read(real, file.name.clone()))
        .collect();
    let mut graph = Graph::new(found);
    let roots = graph.roots();
    (graph, roots)
}

fn is_marker(file: &FoundFile) -> bool {
    matches!(&file.place, Place::Disk(path) if path
        .file_name()
        .is_some_and(|name| names::is_chart(name) || names::is_kustomization(name)))
}

/// Where a file really is. For what has no place, a path that nothing has.
fn real_path(file: &FoundFile, trees: &[Tree]) -> PathBuf {
    let Place::Disk(path) = &file.place else {
        return PathBuf::new();
    };
    let in_tree = file.tree.and_then(|tree| trees.get(tree)).and_then(|tree| {
        let rest = path.strip_prefix(&tree.folder).ok()?;
        Some(tree.real().join(rest))
    });
    in_tree.unwrap_or_else(|| path.canonicalize().unwrap_or_else(|_| path.clone()))
}

/// Finds what lies in the `templates` of a chart that was not itself named: such files are templates, wherever the
/// user's path begins.
fn find_parts(files: &[FoundFile], trees: &[Tree], charts: &mut Charts) -> bool {
    let mut has_parts = false;
    let mut look = |real: &Path, name: &str| {
        let folder = real
            .ancestors()
            .filter(|folder| folder.file_name().is_some_and(|it| it == "templates"))
            .filter_map(Path::parent)
            .find(|folder| folder.join("Chart.yaml").is_file());
        if let Some(folder) = folder {
            charts.add_part(folder, real, name);
            has_parts = true;
        }
    };
    for tree in trees {
        look(tree.real(), &tree.name(Path::new("")));
    }
    for file in files {
        // In a tree, the chart is found, or lies above the tree.
        if let (None, Place::Disk(path)) = (file.tree, &file.place)
            && let Ok(path) = std::path::absolute(path)
            && path.components().any(|it| it.as_os_str() == "templates")
        {
            let real = path.canonicalize().unwrap_or(path);
            look(&real, &file.name);
        }
    }
    has_parts
}
