//! `ciel events`: what a capture tells of each event.

mod selection;

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read, Write},
    path::Path,
};

use anyhow::{Context as _, anyhow, bail};
use ciel_report::events::{EventFormat, EventSummary, EventWriter, write_fields};
use ciel_scap::{Compression, Copier, Replay, Step};

use self::selection::Selection;
use super::{
    captures::{self, Captures},
    lookup,
};
use crate::{
    cli::events::{EventsArgs, EventsFormat},
    exit::Exit,
    output,
};

/// Shows, counts or writes the events of captures.
pub(crate) fn run(args: &EventsArgs) -> anyhow::Result<Exit> {
    if let Some(prefix) = &args.list_fields {
        return list(prefix, args.output.as_deref());
    }
    // What is wrong with the command line is told before a file is emptied.
    captures::keep(&args.files, args.output.as_deref())?;
    captures::keep(&args.files, args.write.as_deref())?;
    let mut selection = Selection::new(args)?;
    let mut sink = Sink::new(args)?;
    let mut out = output::open(args.output.as_deref())?;
    let target = args.output.as_deref().or(args.write.as_deref());
    let captures = Captures::new(&args.files, target);
    let mut whole = true;
    for file in &args.files {
        if selection.is_over() {
            break;
        }
        let input = captures
            .open(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let mut replay = Replay::new(input);
        if args.no_containers {
            replay.ignore_containers();
        }
        whole &= show(file, replay, &mut selection, &mut sink, &mut out)?;
    }
    sink.finish(args, &mut out)?;
    out.flush()?;
    Ok(if whole || args.allow_incomplete {
        Exit::Clean
    } else {
        Exit::Incomplete
    })
}

/// Shows the events of one capture; whether all of it could be read.
fn show(
    file: &Path,
    mut replay: Replay<impl Read>,
    selection: &mut Selection,
    sink: &mut Sink,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    if matches!(sink, Sink::Capture(_)) {
        replay.keep_sections();
    }
    selection.begin();
    let end = loop {
        if selection.is_over() {
            break Ok(());
        }
        let step = match replay.next() {
            Ok(Some(step)) => step,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        let context = step.context();
        let taken = !context.seen.hidden && selection.takes(&context);
        sink.take(&step, taken, out)?;
    };
    if let Sink::Capture(copier) = sink {
        copier.sections(replay.sections())?;
    }
    captures::tell_skipped(file, replay.skipped());
    captures::tell_end(file, end).with_context(|| format!("cannot read {}", file.display()))
}

/// Lists fields.
fn list(prefix: &str, file: Option<&Path>) -> anyhow::Result<Exit> {
    let mut out = output::open(file)?;
    if write_fields(prefix, &mut out)? == 0 {
        bail!("no field begins with `{prefix}`: `ciel events --list-fields` names them all");
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// What becomes of the events.
enum Sink {
    Lines(EventWriter),
    Summary(EventSummary),
    Capture(Box<Copier<Box<dyn Write>>>),
}

impl Sink {
    fn new(args: &EventsArgs) -> anyhow::Result<Self> {
        if args.summary {
            return Ok(Self::Summary(EventSummary::new()?));
        }
        if let Some(path) = &args.write {
            return Ok(Self::Capture(Box::new(copier(path)?)));
        }
        let mut fields = args.fields.clone();
        if let Some(file) = &args.fields_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            let lines = text.lines().map(str::trim);
            fields.extend(
                lines
                    .filter(|line| !line.is_empty() && !line.starts_with('#'))
                    .map(str::to_owned),
            );
        }
        let format = match args.format {
            EventsFormat::Text => EventFormat::Text,
            EventsFormat::Json => EventFormat::Json,
            EventsFormat::Raw => EventFormat::Raw,
        };
        if format == EventFormat::Raw && !fields.is_empty() {
            bail!("the raw form has no fields: use --format text or json");
        }
        Ok(Self::Lines(EventWriter::new(format, &fields).map_err(
            |error| anyhow!("{}", lookup::with_field_hint(&error)),
        )?))
    }

    /// Takes the next event; `taken` where it is one of those that are wanted.
    fn take(&mut self, step: &Step<'_>, taken: bool, out: &mut dyn Write) -> anyhow::Result<()> {
        match self {
            Self::Lines(writer) if taken => writer.write(&step.context(), out)?,
            Self::Summary(summary) if taken => summary.add(&step.context()),
            // What is not wanted may still tell of the state that the rest needs.
            Self::Capture(copier) => copier.step(step, taken)?,
            Self::Lines(_) | Self::Summary(_) => {}
        }
        Ok(())
    }

    fn finish(self, args: &EventsArgs, out: &mut dyn Write) -> anyhow::Result<()> {
        match self {
            Self::Lines(_) => {}
            Self::Summary(summary) => match args.format {
                EventsFormat::Json => summary.write_json(out)?,
                EventsFormat::Text | EventsFormat::Raw => summary.write_text(out)?,
            },
            Self::Capture(copier) => copier.finish()?.flush()?,
        }
        Ok(())
    }
}

/// Where a capture of the wanted events goes.
fn copier(path: &Path) -> anyhow::Result<Copier<Box<dyn Write>>> {
    let out: Box<dyn Write> = if path == Path::new("-") {
        if io::stdout().is_terminal() {
            bail!(
                "a capture is nothing for a terminal: name a file, or lead standard output into one"
            );
        }
        Box::new(io::stdout().lock())
    } else {
        let file =
            File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Box::new(file)
    };
    let compression = Compression::of_name(&path.to_string_lossy());
    Ok(Copier::new(out, compression))
}
