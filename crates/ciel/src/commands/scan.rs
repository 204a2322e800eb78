mod files;
mod fix;
mod known;
mod live;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail};
use ciel_checks::{ImageOptions, Options, ResourceOptions, Verdict};
use ciel_core::{Assessment, Diagnostic, Finding, Severity, Timestamp};
use ciel_k8s::Quantity;
use ciel_load::{Input, LoadOptions, Loaded, LoadedFile, Progress, Session};
use ciel_report::{Format, Report};
use ciel_snapshot::{Snapshot, SnapshotBuilder};

use crate::{
    cli::{FailOn, FormatArg, ScanArgs},
    commands::lookup,
    config::{self, Config, ImagesConfig, ResourcesConfig},
    exit::Exit,
    output,
    progress::ProgressLine,
};

pub(crate) use fix::run as fix;

/// Everything that a run does, decided: the command line over the configuration over the defaults.
struct Settings {
    options: Options,
    complete: Option<bool>,
    fail_on: Option<Severity>,
    allow_incomplete: bool,
}

/// What one run found, with all that the reports say of it.
struct Judged {
    settings: Settings,
    snapshot: Snapshot,
    findings: Vec<Finding>,
    diagnostics: Vec<Diagnostic>,
    assessment: Option<Assessment>,
    skipped: usize,
    arguments: Vec<String>,
    elapsed: Duration,
}

pub(crate) fn run(args: &ScanArgs) -> anyhow::Result<Exit> {
    let outputs = outputs(args)?;
    if args.watch {
        return live::run(args, &outputs);
    }
    let judged = judge(args, None)?;
    let exit = judged.tell(&outputs)?;
    // The process ends here: to take apart the millions of pieces of a large cluster would take longer than its parsing.
    std::mem::forget(judged);
    Ok(exit)
}

/// Reads and judges what the command line names; with a session, only what changed is read.
fn judge(args: &ScanArgs, session: Option<&mut Session>) -> anyhow::Result<Judged> {
    let started = Instant::now();
    let settings = settings(args, config::load(args.config.as_deref())?)?;
    let progress = Arc::new(Progress::default());
    let line = ProgressLine::watch(&progress);
    let (snapshot, mut diagnostics, skipped) = read(args, &settings, &progress, session)?;
    let Verdict {
        mut findings,
        diagnostics: mut unjudged,
        assessment,
    } = ciel_checks::judge(&snapshot, &settings.options);
    diagnostics.append(&mut unjudged);
    let is_complete = snapshot.is_complete();
    known::mark(
        args,
        &settings,
        is_complete,
        &mut findings,
        &mut diagnostics,
    )?;
    drop(line);
    let arguments = std::env::args_os().skip(1);
    Ok(Judged {
        settings,
        snapshot,
        findings,
        diagnostics,
        assessment,
        skipped,
        arguments: arguments
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect(),
        elapsed: started.elapsed(),
    })
}

impl Judged {
    fn report(&self) -> Report<'_> {
        Report {
            version: env!("CARGO_PKG_VERSION"),
            sources: self.snapshot.sources(),
            findings: &self.findings,
            diagnostics: &self.diagnostics,
            skipped: self.skipped,
            complete: self.snapshot.is_complete(),
            arguments: &self.arguments,
            time: self.settings.options.now,
            elapsed: Some(self.elapsed),
            assessment: self.assessment.as_ref(),
            fail_on: self.settings.fail_on,
        }
    }

    /// Writes the reports, and gives the exit code that says the same.
    fn tell(&self, outputs: &[FormatArg]) -> anyhow::Result<Exit> {
        let report = self.report();
        for FormatArg { format, file } in outputs {
            write(&report, *format, file.as_deref())?;
        }
        let is_incomplete = report.is_incomplete() && !self.settings.allow_incomplete;
        Ok(match (is_incomplete, report.fails()) {
            (true, _) => Exit::Incomplete,
            (false, true) => Exit::Findings,
            (false, false) => Exit::Clean,
        })
    }
}

fn settings(args: &ScanArgs, config: Config) -> anyhow::Result<Settings> {
    let Config {
        scan: config,
        images,
        resources,
        mut suppress,
        ..
    } = config;
    suppress.without_foreign = args.no_foreign_ignores || !config.foreign_ignores.unwrap_or(true);
    let select = if args.select.is_empty() {
        &config.select
    } else {
        &args.select
    };
    let min_severity = match (args.min_severity, &config.min_severity) {
        (None, Some(text)) => Some(text.parse().context("min-severity in the configuration")?),
        (given, _) => given,
    };
    let profile = match (&args.profile, &config.profile) {
        (Some(profile), _) => profile.clone(),
        (None, Some(text)) => text.parse().context("profile in the configuration")?,
        (None, None) => ciel_checks::ProfileChoice::default(),
    };
    let fail_on = match (args.fail_on, &config.fail_on) {
        (Some(fail_on), _) => fail_on,
        (None, Some(text)) => match text.parse::<FailOn>() {
            Ok(fail_on) => fail_on,
            Err(error) => bail!("fail-on in the configuration: {error}"),
        },
        (None, None) => FailOn(Some(Severity::High)),
    };
    let complete = match (args.complete, args.partial) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => config.complete,
    };
    Ok(Settings {
        options: Options {
            select: lookup::selectors(select)?,
            ignore: lookup::selectors(args.ignore.iter().chain(&config.ignore))?,
            min_severity,
            profile,
            kubernetes: args.kube_version,
            images: image_options(args, images),
            resources: resource_options(&resources)?,
            suppress,
            now: args.now.or_else(clock),
        },
        complete,
        fail_on: fail_on.0,
        allow_incomplete: args.allow_incomplete || config.allow_incomplete.unwrap_or_default(),
    })
}

/// The registries of the command line add to those of the configuration.
fn image_options(args: &ScanArgs, config: ImagesConfig) -> ImageOptions {
    let both = |given: &[String], mut configured: Vec<String>| {
        configured.extend_from_slice(given);
        configured
    };
    ImageOptions {
        allowed: both(&args.allow_registry, config.allowed_registries),
        denied: both(&args.deny_registry, config.denied_registries),
        floating_tags: config.floating_tags,
        without_digest: config.without_digest,
    }
}

fn resource_options(config: &ResourcesConfig) -> anyhow::Result<ResourceOptions> {
    let quantity = |text: &Option<String>, key: &str| {
        let parse = |text: &String| {
            Quantity::parse(text).with_context(|| format!("resources.{key} in the configuration"))
        };
        text.as_ref().map(parse).transpose()
    };
    Ok(ResourceOptions {
        max_cpu_request: quantity(&config.max_cpu_request, "max-cpu-request")?,
        max_cpu_limit: quantity(&config.max_cpu_limit, "max-cpu-limit")?,
        max_memory_request: quantity(&config.max_memory_request, "max-memory-request")?,
        max_memory_limit: quantity(&config.max_memory_limit, "max-memory-limit")?,
    })
}

/// What the system's clock says; `None` for a clock that stands before 1970.
pub(super) fn clock() -> Option<Timestamp> {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(passed.as_secs()).ok().map(Timestamp)
}

/// The reports to write. At most one goes to standard output or `--output`.
fn outputs(args: &ScanArgs) -> anyhow::Result<Vec<FormatArg>> {
    let mut outputs = args.format.clone();
    if outputs.is_empty() {
        outputs.push(FormatArg {
            format: Format::Text,
            file: None,
        });
    }
    let mut unnamed = outputs.iter_mut().filter(|output| output.file.is_none());
    let first = unnamed.next();
    if unnamed.next().is_some() {
        bail!(
            "several formats for standard output: give all but one a file, as in --format sarif=out.sarif"
        );
    }
    match (first, &args.output) {
        (Some(output), Some(file)) => output.file = Some(file.clone()),
        (None, Some(_)) => {
            bail!("--output has no format to write: every --format names its own file")
        }
        (_, None) => {}
    }
    Ok(outputs)
}

fn inputs(args: &ScanArgs) -> Vec<Input> {
    args.paths
        .iter()
        .cloned()
        .map(Input::from_argument)
        .collect()
}

fn load_options(args: &ScanArgs, settings: &Settings) -> LoadOptions {
    LoadOptions {
        complete: settings.complete,
        kube_version: args.kube_version.map(|minor| format!("1.{minor}")),
        ..LoadOptions::default()
    }
}

fn read(
    args: &ScanArgs,
    settings: &Settings,
    progress: &Progress,
    session: Option<&mut Session>,
) -> anyhow::Result<(Snapshot, Vec<Diagnostic>, usize)> {
    let inputs = inputs(args);
    let options = load_options(args, settings);
    let Loaded {
        files,
        diagnostics,
        skipped,
        complete,
    } = match session {
        Some(session) => session.load(&inputs, &options, progress)?,
        None => ciel_load::load(&inputs, &options, progress)?,
    };
    Ok((snapshot(files, complete), diagnostics, skipped))
}

fn snapshot(files: Vec<LoadedFile>, complete: bool) -> Snapshot {
    let mut builder = SnapshotBuilder::new(complete);
    for file in files {
        builder.add(file.source, file.documents);
    }
    builder.build()
}

fn write(report: &Report<'_>, format: Format, file: Option<&Path>) -> anyhow::Result<()> {
    let mut out = output::open(file)?;
    ciel_report::write(report, format, output::style(file), &mut *out)?;
    out.flush()?;
    Ok(())
}
