//! `ciel events`: what a capture tells of each event.

mod selection;

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ciel_report::events::{EventFormat, EventSummary, EventWriter, write_fields};
use ciel_scap::{Compression, Copier, Replay, Step};

use self::selection::Selection;
use super::captures;
use crate::{
    cli::events::{EventsArgs, EventsFormat},
    exit::Exit,
    output,
};

/// Shows, counts or writes the events of captures.
pub(crate) fn run(args: &EventsArgs) -> anyhow::Result<Exit> {
    let mut out = output::open(args.output.as_deref())?;
    if let Some(prefix) = &args.list_fields {
        write_fields(prefix, &mut out)?;
        out.flush()?;
        return Ok(Exit::Clean);
    }
    let mut sink = Sink::new(args)?;
    let mut selection = Selection::new(args)?;
    let mut whole = true;
    for file in &args.files {
        if selection.is_over() {
            break;
        }
        whole &= show(
            file,
            args.no_containers,
            &mut selection,
            &mut sink,
            &mut out,
        )
        .with_context(|| format!("cannot read {}", file.display()))?;
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
    no_containers: bool,
    selection: &mut Selection,
    sink: &mut Sink,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let mut replay = Replay::new(captures::open(file)?);
    if no_containers {
        replay.ignore_containers();
    }
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
    captures::tell_end(file, end)
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
            return Ok(Self::Capture(Box::new(copier(path, &args.files)?)));
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
        let writer = EventWriter::new(format, &fields)
            .context("`ciel events --list-fields` says what there is")?;
        Ok(Self::Lines(writer))
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
fn copier(path: &Path, inputs: &[PathBuf]) -> anyhow::Result<Copier<Box<dyn Write>>> {
    // To open it for writing empties it.
    let whole = path.canonicalize().ok();
    if whole.is_some()
        && inputs
            .iter()
            .any(|input| input.canonicalize().ok() == whole)
    {
        bail!(
            "{} is one of the captures that are read: write to another file",
            path.display()
        );
    }
    let out: Box<dyn Write> = if path == Path::new("-") {
        Box::new(io::stdout().lock())
    } else {
        let file =
            File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Box::new(file)
    };
    let compression = Compression::of_name(&path.to_string_lossy());
    Ok(Copier::new(out, compression))
}
