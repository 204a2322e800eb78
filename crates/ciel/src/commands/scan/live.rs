//! `ciel scan --watch`: again at each change.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{IsTerminal as _, Write as _, stderr, stdout},
    path::PathBuf,
};

use ciel_load::{Session, Watcher};

use super::{Judged, inputs, judge};
use crate::{
    cli::{FormatArg, ScanArgs},
    exit::Exit,
    output,
};

/// Findings by fingerprint, as one line each.
type Lines = BTreeMap<String, String>;

/// Reports, waits for a change, reports again where something is to be said, until the user ends it.
pub(super) fn run(args: &ScanArgs, outputs: &[FormatArg]) -> anyhow::Result<Exit> {
    let watcher = Watcher::new(&inputs(args))?;
    let mut session = Session::new();
    let judged = judge(args, Some(&mut session))?;
    judged.tell(outputs)?;
    let mut last = state(&judged);
    drop(judged);
    let own: BTreeSet<PathBuf> = outputs
        .iter()
        .filter_map(|output| output.file.as_ref()?.canonicalize().ok())
        .collect();
    say("watching; end with Ctrl-C");
    loop {
        let changed = watcher.wait()?;
        // Reports may lie in a folder that is watched.
        if changed.iter().all(|path| own.contains(path)) {
            continue;
        }
        match judge(args, Some(&mut session)) {
            Ok(judged) => {
                let now = state(&judged);
                if now == last {
                    let milliseconds = judged.elapsed.as_secs_f64() * 1e3;
                    say(&format!("nothing new, {milliseconds:.1} ms"));
                    continue;
                }
                begin_anew(outputs)?;
                judged.tell(outputs)?;
                say_what_changed(&last.0, &now.0);
                last = now;
            }
            // A file that is half saved, a configuration that does not parse: the next change may mend it.
            Err(error) => output::error(&error),
        }
    }
}

/// What the reports would say: findings, and what could not be read.
fn state(judged: &Judged) -> (Lines, Vec<String>) {
    let findings = judged.findings.iter();
    let findings = findings.filter(|finding| finding.counts());
    let lines = findings.map(|finding| {
        let object = &finding.object;
        let line = format!(
            "{} {} {}/{} {}",
            finding.check.code, finding.check.name, object.kind, object.name, finding.message
        );
        (finding.fingerprint(), line)
    });
    let diagnostics = judged.diagnostics.iter();
    (
        lines.collect(),
        diagnostics.map(|it| it.message.clone()).collect(),
    )
}

/// A new page for the report on the terminal.
fn begin_anew(outputs: &[FormatArg]) -> anyhow::Result<()> {
    if stdout().is_terminal() && outputs.iter().any(|output| output.file.is_none()) {
        // Clears the screen and what was scrolled off, and goes to its first place.
        stdout().write_all(b"\x1b[2J\x1b[3J\x1b[H")?;
    }
    Ok(())
}

fn say_what_changed(before: &Lines, after: &Lines) {
    const SHOWN: usize = 5;
    let new: Vec<&String> = missing_from(before, after);
    let gone: Vec<&String> = missing_from(after, before);
    say(&format!("{} new, {} gone", new.len(), gone.len()));
    for (sign, lines) in [('+', &new), ('-', &gone)] {
        for line in lines.iter().take(SHOWN) {
            say(&format!("{sign} {line}"));
        }
    }
}

fn missing_from<'l>(known: &Lines, lines: &'l Lines) -> Vec<&'l String> {
    let others = lines.iter();
    let others = others.filter(|(fingerprint, _)| !known.contains_key(*fingerprint));
    others.map(|(_, line)| line).collect()
}

/// To standard error, which the reports are not on.
fn say(line: &str) {
    // Where it is closed there is nobody to tell.
    let _ = writeln!(stderr(), "ciel: {line}");
}
