//! Where reports go, and how errors look.

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal as _, Write},
    path::Path,
};

use anyhow::Context as _;
use ciel_report::TextStyle;

/// Opens a file for a report, or standard output.
pub(crate) fn open(file: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match file {
        Some(path) => {
            let file = File::create(path)
                .with_context(|| format!("cannot write to {}", path.display()))?;
            Box::new(BufWriter::with_capacity(1 << 16, file))
        }
        None => Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
    })
}

/// Colour only where a person looks: a terminal, unless `NO_COLOR` is set or the terminal is dumb.
pub(crate) fn style(file: Option<&Path>) -> TextStyle {
    let terminal = file.is_none() && io::stdout().is_terminal();
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    TextStyle {
        color: terminal && !is_set("NO_COLOR") && !is_dumb,
        terminal,
    }
}

/// Says on standard error why nothing can be concluded.
pub(crate) fn error(error: &anyhow::Error) {
    let mut text = format!("error: {error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  because: {cause}\n"));
    }
    // Where standard error is closed there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Says something on standard error that is no error.
pub(crate) fn note(text: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}
