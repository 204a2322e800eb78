//! `ciel watch`: rules on events.

mod audit;

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use ciel_falco::{
    compile::{Program, Rule},
    engine::{Alert, AuditEngine, Costs, Engine, Matching},
    load::{Loader, Priority},
};
use ciel_report::{
    alerts::{AlertFormat, write_alert},
    costs::{write_costs_json, write_costs_text},
};
use ciel_scap::{ReadError, Replay};

use super::{
    captures::{self, Captures},
    rules,
};
use crate::{
    cli::watch::{AlertsFormat, RuleMatching, WatchArgs},
    exit::Exit,
    output,
};

/// Watches captures.
pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<Exit> {
    if args.replay.is_empty() {
        bail!(
            "watching this machine comes with the agent, which is not part of this version yet: name captures \
             with --replay FILE"
        );
    }
    captures::keep(&args.replay, args.output.as_deref())?;
    captures::keep(&args.replay, args.stats.as_deref())?;
    if args.stats.is_some() && args.stats == args.output {
        bail!("--output and --stats name the same file: one would replace the other");
    }
    let mut loader = Loader::new();
    if audit::is_among(&args.replay) {
        loader = loader.with_audit();
    }
    let mut program = load(&args.rules, loader)?;
    select(&mut program, args);
    tell_unused(&program, args);
    let matching = match args.rule_matching {
        RuleMatching::First => Matching::First,
        RuleMatching::All => Matching::All,
    };
    let mut engines = Engines {
        syscall: Engine::new(program, matching),
        audit: None,
        matching,
    };
    let format = match args.format {
        AlertsFormat::Text => AlertFormat::Text,
        AlertsFormat::Json => AlertFormat::Json,
    };
    let rules = engines.syscall.program().rules.len();
    let mut report = Report {
        out: output::open(args.output.as_deref())?,
        format,
        worst: None,
        costs: args.stats.is_some().then(|| Costs::new(rules, clock)),
    };
    let mut whole = true;
    let captures = Captures::new(&args.replay, args.output.as_deref());
    for file in &args.replay {
        let cannot = || format!("cannot read {}", file.display());
        let input = captures.open(file).with_context(cannot)?;
        let (input, is_audit) = audit::told(Box::new(input)).with_context(cannot)?;
        if is_audit {
            let engine = engines.audit();
            whole &= audit::watch(file, input, engine, &mut report)?;
            continue;
        }
        let mut replay = Replay::new(input);
        if args.no_containers {
            replay.ignore_containers();
        }
        let engine = &mut engines.syscall;
        let end = watch(&mut replay, engine, &mut report)?;
        captures::tell_skipped(file, replay.skipped());
        whole &= captures::tell_end(file, end).with_context(cannot)?;
    }
    report.out.flush()?;
    if let (Some(file), Some(costs)) = (&args.stats, &report.costs) {
        tell_costs(file, costs, &engines.syscall.program().rules)?;
    }
    Ok(exit(args, whole, report.worst))
}

/// The rules for each source of events.
struct Engines {
    syscall: Engine,
    /// Made when the first audit log comes.
    audit: Option<AuditEngine>,
    matching: Matching,
}

impl Engines {
    fn audit(&mut self) -> &mut AuditEngine {
        let (syscall, matching) = (&self.syscall, self.matching);
        self.audit
            .get_or_insert_with(|| AuditEngine::new(syscall.program().clone(), matching))
    }
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

/// Where alerts go, and what is remembered of them.
struct Report {
    out: Box<dyn Write>,
    format: AlertFormat,
    /// How urgent the most urgent alert was.
    worst: Option<Priority>,
    /// Where costs are asked for.
    costs: Option<Costs>,
}

impl Report {
    /// The next event is about to be read.
    fn begin(&mut self) {
        if let Some(costs) = &mut self.costs {
            costs.begin();
        }
    }

    fn tell(&mut self, alert: &Alert<'_>, hostname: &str) -> io::Result<()> {
        let priority = alert.rule.priority;
        self.worst = Some(self.worst.map_or(priority, |worst| worst.min(priority)));
        write_alert(alert, hostname, self.format, &mut self.out)
    }
}

/// Watches one capture; how it ends.
fn watch(
    replay: &mut Replay<impl Read>,
    engine: &mut Engine,
    report: &mut Report,
) -> io::Result<Result<(), ReadError>> {
    loop {
        report.begin();
        let step = match replay.next() {
            Ok(Some(step)) => step,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        };
        if step.seen().hidden {
            continue;
        }
        let context = step.context();
        let alerts = match &mut report.costs {
            None => engine.alerts(&context),
            Some(costs) => {
                costs.read(context.event.code);
                engine.alerts_at_cost(&context, costs)
            }
        };
        for alert in alerts {
            let hostname = String::from_utf8_lossy(&context.machine.info.hostname);
            report.tell(&alert, &hostname)?;
        }
    }
}

/// The time since the first time that it was asked for.
fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// Shows people what was dearest on standard error, or writes all of it into a file.
fn tell_costs(file: &Path, costs: &Costs, rules: &[Rule]) -> anyhow::Result<()> {
    if file == Path::new("-") {
        let mut text = Vec::new();
        write_costs_text(costs, rules, &mut text)?;
        output::note(String::from_utf8_lossy(&text).trim_end());
        return Ok(());
    }
    let mut out = output::open(Some(file))?;
    write_costs_json(costs, rules, &mut out)?;
    Ok(out.flush()?)
}

/// Loads rule files, in the order in which they were given. Where one does not load, nothing is watched, as with Falco.
fn load(paths: &[PathBuf], loader: Loader) -> anyhow::Result<Program> {
    if paths.is_empty() {
        bail!("there are no rules: name Falco's rule files with --rules FILE");
    }
    let loaded = rules::load_on(loader, &rules::files(paths)?);
    if !loaded.is_complete() {
        loaded.tell_errors()?;
        bail!("the rules do not load: `ciel rules check` says more");
    }
    Ok(loaded.loader.into_program())
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

/// Says which words of the command line name no rule: a typing error must not go unseen. As with Falco, it is no error.
fn tell_unused(program: &Program, args: &WatchArgs) {
    for pattern in &args.disable_rule {
        if !program
            .rules
            .iter()
            .any(|rule| matches(pattern, &rule.name))
        {
            output::note(&format!(
                "warning: --disable-rule: no rule is called `{pattern}`: `ciel rules list` names them all"
            ));
        }
    }
    for tag in args.disable_tag.iter().chain(&args.select_tag) {
        if !program.rules.iter().any(|rule| rule.tags.contains(tag)) {
            output::note(&format!(
                "warning: no rule has the tag `{tag}`: `ciel rules list` shows them"
            ));
        }
    }
    if !program.rules.iter().any(|rule| rule.enabled) {
        output::note("warning: no rule is left to watch with");
    }
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
