//! Reads and renders, as planned.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::{
    LoadOptions, Phase, Progress, Session,
    assemble::Piece,
    file,
    helm::{self, Helm},
    kustomize::{self, Kustomize},
    plan::{self, Plan, Step},
    session::Key,
    walk::{Found, FoundFile},
};

/// From how many steps on a second thread pays for its start.
const WORTH_THREADS: usize = 8;

/// What became of a step.
enum Outcome {
    Done(Vec<Piece>),
    /// A root that could not be rendered.
    Lost(usize, Vec<Piece>),
    /// A file to read if these roots are lost.
    Waiting(FoundFile, Vec<usize>),
}

/// Everything that was found becomes pieces, in the order of the files.
pub(crate) fn run(
    found: &mut Found,
    options: &LoadOptions,
    progress: &Progress,
    session: Option<&Session>,
) -> impl Iterator<Item = Piece> + use<> {
    let helm = Helm::new(options);
    let kustomize = Kustomize::new(&options.render, &helm);
    let files = std::mem::take(&mut found.files);
    let Plan {
        steps,
        graph,
        roots,
    } = plan::plan(files, &found.trees, &kustomize);
    let renders = |step: &Step| matches!(step, Step::Chart(_) | Step::Kustomization(_));
    let renders = steps.iter().filter(|step| renders(step)).count();
    progress.enter(match renders {
        0 => Phase::Reading,
        _ => Phase::Rendering,
    });
    let trees = &found.trees;
    let name_of = |path: &Path| trees.iter().find_map(|tree| tree.name_of_real(path));
    let take = |step: Step| match step {
        Step::Read(file) => Outcome::Done(vec![read(file, progress, session)]),
        Step::Skip => Outcome::Done(vec![Piece::Skipped]),
        Step::Chart(chart) => {
            let make = || Ok(helm::render(&chart, &helm));
            let (Ok(pieces) | Err(pieces)) = kept(session, || (chart.key(), chart.reads()), make);
            Outcome::Done(pieces)
        }
        Step::ReadIfLost(file, users) => Outcome::Waiting(file, users),
        Step::Kustomization(index) => match roots.get(index) {
            None => Outcome::Done(Vec::new()),
            Some(root) => {
                let make = || kustomize::render(&graph, root, &kustomize, &name_of);
                match kept(session, || (graph.key(root), graph.reads(root)), make) {
                    Ok(pieces) => Outcome::Done(pieces),
                    Err(pieces) => Outcome::Lost(index, pieces),
                }
            }
        },
    };
    let outcomes: Vec<Outcome> = in_order(steps, renders > 1, take);
    let lost: HashSet<usize> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Lost(root, _) => Some(*root),
            _ => None,
        })
        .collect();
    let finish = |outcome: Outcome| match outcome {
        Outcome::Done(pieces) | Outcome::Lost(_, pieces) => pieces,
        Outcome::Waiting(file, users) if users.iter().all(|user| lost.contains(user)) => {
            vec![read(file, progress, session)]
        }
        Outcome::Waiting(..) => Vec::new(),
    };
    outcomes
        .into_iter()
        .flat_map(finish)
        .collect::<Vec<_>>()
        .into_iter()
}

fn read(file: FoundFile, progress: &Progress, session: Option<&Session>) -> Piece {
    match session {
        Some(session) => session.read(file, progress),
        None => file::read(file, progress),
    }
}

/// What a rendering makes, or made the last time if nothing in the folders that it reads has changed. `identity`: what a
/// session keeps it under, and these folders.
fn kept(
    session: Option<&Session>,
    identity: impl FnOnce() -> (Key, HashSet<PathBuf>),
    make: impl FnOnce() -> Result<Vec<Piece>, Vec<Piece>>,
) -> Result<Vec<Piece>, Vec<Piece>> {
    match session {
        Some(session) => {
            let (key, reads) = identity();
            session.keep(key, session.stamp_of_folders(&reads), make)
        }
        None => make(),
    }
}

/// Maps in order, on as many threads as the number is worth.
fn in_order<A: Send, B: Send>(
    items: Vec<A>,
    is_slow: bool,
    map: impl Fn(A) -> B + Sync + Send,
) -> Vec<B> {
    if items.len() < WORTH_THREADS && !is_slow {
        items.into_iter().map(map).collect()
    } else {
        items.into_par_iter().map(map).collect()
    }
}
