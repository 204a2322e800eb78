//! `ciel watch`: rules on events.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ciel_falco::{
    compile::{Program, Rule},
    engine::{Engine, Matching},
    load::Priority,
};
use ciel_report::{
    TextStyle,
    alerts::{AlertFormat, write_alert},
    write_problems,
};
use ciel_scap::Replay;

use super::{captures, rules};
use crate::{
    cli::watch::{AlertsFormat, RuleMatching, WatchArgs},
    exit::Exit,
    output,
};

/// Watches captures.
pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<Exit> {
    let mut program = load(&args.rules)?;
    select(&mut program, args);
    let matching = match args.rule_matching {
        RuleMatching::First => Matching::First,
        RuleMatching::All => Matching::All,
    };
    let mut engine = Engine::new(program, matching);
    let mut out = output::open(args.output.as_deref())?;
    let (mut whole, mut worst) = (true, None);
    for file in &args.replay {
        whole &= watch(file, args, &mut engine, &mut worst, &mut out)
            .with_context(|| format!("cannot read {}", file.display()))?;
    }
    out.flush()?;
    Ok(exit(args, whole, worst))
}

fn exit(args: &WatchArgs, whole: bool, worst: Option<Priority>) -> Exit {
    // The most urgent priority comes first.
    let failed = args
        .fail_on
        .is_some_and(|limit| worst.is_some_and(|worst| worst <= limit));
    match (whole || args.allow_incomplete, failed) {
        (false, _) => Exit::Incomplete,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    }
}

/// Watches one capture; whether all of it could be read.
fn watch(
    file: &Path,
    args: &WatchArgs,
    engine: &mut Engine,
    worst: &mut Option<Priority>,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let format = match args.format {
        AlertsFormat::Text => AlertFormat::Text,
        AlertsFormat::Json => AlertFormat::Json,
    };
    let mut replay = Replay::new(captures::open(file)?);
    if args.no_containers {
        replay.ignore_containers();
    }
    let end = loop {
        let step = match replay.next() {
            Ok(Some(step)) => step,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        if step.seen().hidden {
            continue;
        }
        let context = step.context();
        for alert in engine.alerts(&context) {
            *worst =
                Some(worst.map_or(alert.rule.priority, |worst| worst.min(alert.rule.priority)));
            let hostname = String::from_utf8_lossy(&context.machine.info.hostname);
            write_alert(&alert, &hostname, format, out)?;
        }
    };
    captures::tell_skipped(file, replay.skipped());
    captures::tell_end(file, end)
}

/// Loads rule files, in the order in which they were given. Where one does not load, nothing is watched, as with Falco.
fn load(paths: &[PathBuf]) -> anyhow::Result<Program> {
    if paths.is_empty() {
        bail!("there are no rules: name Falco's rule files with --rules FILE");
    }
    let loaded = rules::load(&rule_files(paths)?);
    if !loaded.is_complete() {
        let mut complaint = Vec::new();
        let problems: Vec<_> = loaded
            .problems()
            .into_iter()
            .filter(|problem| problem.is_error)
            .collect();
        write_problems(&problems, TextStyle::default(), &mut complaint)?;
        output::note(String::from_utf8_lossy(&complaint).trim_end());
        bail!("the rules do not load: `ciel rules check` says more");
    }
    Ok(loaded.loader.into_program())
}

/// Files as they are, and the YAML files of folders, in order of their names.
fn rule_files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        for entry in
            fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?
        {
            let file = entry?.path();
            if file
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "yml")
            {
                found.push(file);
            }
        }
        if found.is_empty() {
            bail!("{} has no .yaml or .yml file", path.display());
        }
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}

/// Turns off what the command line does not want.
fn select(program: &mut Program, args: &WatchArgs) {
    for rule in &mut program.rules {
        rule.enabled = rule.enabled && is_wanted(rule, args);
    }
}

fn is_wanted(rule: &Rule, args: &WatchArgs) -> bool {
    let has = |tags: &[String]| tags.iter().any(|tag| rule.tags.contains(tag));
    args.priority.is_none_or(|least| rule.priority <= least)
        && !args
            .disable_rule
            .iter()
            .any(|pattern| matches(pattern, &rule.name))
        && !has(&args.disable_tag)
        && (args.select_tag.is_empty() || has(&args.select_tag))
}

/// Whether a name is what a pattern with stars says.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(name) = name.strip_prefix(start) else {
        return false;
    };
    (0..=name.len())
        .filter_map(|at| name.get(at..))
        .any(|name| matches(rest, name))
}
