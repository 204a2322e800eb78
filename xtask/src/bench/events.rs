//! `cargo xtask bench events`: captures read, and the machine's state followed, without any event shown.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};

use super::{
    captures::{self, EVENTS_OF_PROCESS, KINDS, MANY},
    gates::{Gates, Row, held_to},
    measure::{Cost, Job},
    scan::{build_ciel, bytes_of},
};
use crate::repo;

/// No event is of that time: all are read, none is shown.
const NEVER: [&str; 3] = ["events", "--from", "18446744073709551615"];

/// Measures each kind of capture, prints a table, fails if a count is above its gate.
pub(super) fn run(runs: usize, processes: u64, count_instructions: bool) -> Result<()> {
    let root = repo::root();
    let Some(suite) = captures::suite()? else {
        return Ok(());
    };
    let gates = Gates::read(&root)?;
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    let has_sysdig = Command::new("sysdig")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !has_sysdig {
        println!("sysdig is not installed: its columns are empty");
    }
    println!(
        "{}  {:>13} {:>12}",
        Row::head(),
        "sysdig cpu ms",
        "sysdig Mev/s"
    );
    let mut broken = Vec::new();
    for kind in &KINDS {
        let name = format!("events-{}", kind.name);
        let input = kind.write(&suite, &scratch, MANY)?;
        let cost = captures::job(&ciel, &NEVER, &input).cost(runs)?;
        let count = count_instructions.then(|| {
            kind.instructions_per_event(&suite, &scratch, |path| captures::job(&ciel, &NEVER, path))
        });
        let row = Row {
            name: &name,
            events: MANY,
            bytes: bytes_of(&input),
            cost: &cost,
            instructions: count.transpose()?,
        };
        let other = if has_sysdig {
            sysdig(&input).cost(runs)
        } else {
            Err(anyhow::anyhow!("not installed"))
        };
        println!("{}  {}", row.line(&gates), sysdig_cells(&other));
        if row.is_broken(&gates) {
            broken.push(name);
        }
    }
    pipe(&ciel, processes.min(10_000))?;
    pipe(&ciel, processes)?;
    held_to(&broken)
}

/// Instructions of each kind that has a gate, for `cargo xtask bench gates`.
pub(super) fn gates(ciel: &Path, suite: &Path, scratch: &Path) -> Result<Vec<(String, u64)>> {
    captures::counts("events", suite, scratch, |path| {
        captures::job(ciel, &NEVER, path)
    })
}

/// Debian's program, with a filter that is true of no event.
fn sysdig(input: &Path) -> Job {
    let arguments = ["-r", &input.to_string_lossy(), "evt.num=0"];
    Job {
        program: "sysdig".to_owned(),
        arguments: arguments.map(str::to_owned).to_vec(),
        environment: Vec::new(),
        good_exits: &[0],
    }
}

fn sysdig_cells(cost: &Result<Cost>) -> String {
    match cost {
        Ok(cost) => {
            let processor = cost.processor.as_secs_f64();
            format!(
                "{:>13.0} {:>12.2}",
                processor * 1e3,
                MANY as f64 / processor / 1e6
            )
        }
        Err(error) => format!("{:>13} {error}", "-"),
    }
}

/// Peak memory on a machine that starts one short process after the other, read from a pipe.
fn pipe(ciel: &Path, processes: u64) -> Result<()> {
    let mut writer = Command::new(std::env::current_exe()?)
        .args(["bench", "capture", "--count", &processes.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = writer.stdout.take().context("piped")?;
    let began = Instant::now();
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M"])
        .arg(ciel)
        .args(NEVER)
        .arg("-")
        .stdin(stdout)
        .output()
        .context("is GNU time installed (apt-get install time)?")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !writer.wait()?.success() {
        bail!("the capture was not read whole: {complaint}");
    }
    let peak: f64 = complaint
        .lines()
        .last()
        .unwrap_or_default()
        .parse()
        .with_context(|| format!("no peak in {complaint:?}"))?;
    println!(
        "{processes} short processes ({} events) through a pipe: peak {:.1} MiB, {:.1} s with their making",
        processes * EVENTS_OF_PROCESS,
        peak / 1024.0,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
