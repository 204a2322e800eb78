//! `cargo xtask bench rescan`: one file of 1,000 changes under `ciel scan --watch`.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

use super::{
    corpus::{Corpus, Shape},
    gates::Gates,
    generate::SEED,
    scan::build_ciel,
};
use crate::repo;

const CASE: &str = "rescan-1000";

/// Ends the program, however the measurement ends.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Changes a comment in one file again and again, and prints what the program says each scan took: reading and judging,
/// without the wait for the end of the change.
pub(super) fn run(runs: usize) -> Result<()> {
    let root = repo::root();
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    let corpus = Corpus {
        objects: 1_000,
        shape: Shape::Files,
        seed: SEED,
    };
    let folder = corpus.write(&scratch.join("rescan"))?;
    let file = &first_file(&folder)?;
    let text = fs::read_to_string(file)?;
    let mut child = Command::new(&ciel)
        .args(["scan", "--watch", "--output", "/dev/null"])
        .arg(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let stderr = child.stderr.take().context("piped")?;
    let _watching = Watching(child);
    let mut lines = BufReader::new(stderr).lines();
    let mut next = || {
        lines
            .next()
            .context("the program ended")?
            .map_err(anyhow::Error::from)
    };
    ensure!(next()?.contains("watching"), "the program does not watch");
    let mut times = Vec::with_capacity(runs);
    for run in 0..runs {
        // So that the file's time of change is another.
        thread::sleep(Duration::from_millis(60));
        fs::write(file, format!("{text}\n# {run}\n"))?;
        let line = next()?;
        let Some((_, time)) = line.split_once("nothing new, ") else {
            bail!("unexpected: {line}");
        };
        let time = time.trim_end_matches(" ms");
        times.push(time.parse::<f64>().with_context(|| line.clone())?);
    }
    fs::write(file, text)?;
    times.sort_by(f64::total_cmp);
    let (best, median) = (times.first(), times.get(times.len() / 2));
    let (best, median) = best.zip(median).context("no run")?;
    let goal = Gates::read(&root)?.of(CASE).milliseconds;
    let verdict = match goal {
        Some(goal) if *median > goal => "TIME-OVER",
        Some(_) => "time",
        None => "",
    };
    println!("{CASE:<18} best {best:.1} ms, median {median:.1} ms  {verdict}");
    Ok(())
}

/// The first file below a folder, by name.
fn first_file(folder: &Path) -> Result<PathBuf> {
    let mut path = folder.to_owned();
    while path.is_dir() {
        let entries = fs::read_dir(&path)?.filter_map(|entry| Some(entry.ok()?.path()));
        path = entries.min().context("the corpus has files")?;
    }
    Ok(path)
}
