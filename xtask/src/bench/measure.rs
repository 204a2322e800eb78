//! Runs a program and says what it took.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A program with its arguments, and which exit codes mean that it did its work.
pub(super) struct Job {
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
    pub(super) environment: Vec<(String, String)>,
    pub(super) good_exits: &'static [i32],
}

/// What a job took.
pub(super) struct Cost {
    pub(super) best: Duration,
    pub(super) median: Duration,
    /// Time on a processor, the least of three runs, in steps of 10 ms: what a busy machine does not change much.
    pub(super) processor: Duration,
    /// Peak resident set.
    pub(super) peak_kib: u64,
}

impl Job {
    /// Wall time of several runs after one that warms the caches, and the peak memory of another.
    pub(super) fn cost(&self, runs: usize) -> Result<Cost> {
        self.run(&mut self.command())?;
        let mut times = Vec::with_capacity(runs);
        for _ in 0..runs.max(1) {
            let began = Instant::now();
            self.run(&mut self.command())?;
            times.push(began.elapsed());
        }
        times.sort();
        let at = |index: usize| times.get(index).copied().unwrap_or_default();
        let used: Vec<(u64, Duration)> = (0..3).map(|_| self.used()).collect::<Result<_>>()?;
        Ok(Cost {
            best: at(0),
            median: at(times.len() / 2),
            processor: used.iter().map(|used| used.1).min().unwrap_or_default(),
            peak_kib: used.iter().map(|used| used.0).max().unwrap_or_default(),
        })
    }

    /// Instructions of one run on one thread, by callgrind: the same number whatever else the machine does.
    pub(super) fn instructions(&self) -> Result<u64> {
        let mut command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.program)
            .args(&self.arguments)
            .envs(self.environment.iter().cloned())
            .env("RAYON_NUM_THREADS", "1");
        let complaint = self
            .run(&mut command)
            .context("is valgrind installed (apt-get install valgrind)?")?;
        let count = complaint
            .lines()
            .find_map(|line| line.split_once("Collected : "))
            .map(|(_, count)| count.trim());
        let count = count.with_context(|| format!("callgrind printed no count: {complaint}"))?;
        count
            .parse()
            .with_context(|| format!("not a count: {count}"))
    }

    /// Peak memory, and time on a processor.
    fn used(&self) -> Result<(u64, Duration)> {
        let mut command = Command::new("/usr/bin/time");
        command
            .args(["-f", "%M %U %S"])
            .arg(&self.program)
            .args(&self.arguments)
            .envs(self.environment.iter().cloned());
        let complaint = self
            .run(&mut command)
            .context("is GNU time installed (apt-get install time)?")?;
        let last = complaint.lines().last().unwrap_or_default();
        let mut words = last.split(' ');
        let mut next = || words.next().and_then(|word| word.parse::<f64>().ok());
        let (peak, user, system) = (next(), next(), next());
        let (peak, seconds) = peak
            .zip(user.zip(system).map(|(user, system)| user + system))
            .with_context(|| format!("no peak in {last:?}"))?;
        Ok((peak as u64, Duration::from_secs_f64(seconds)))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.environment.iter().cloned());
        command
    }

    /// Runs to the end, output thrown away; returns what came on standard error.
    fn run(&self, command: &mut Command) -> Result<String> {
        let output = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .output();
        let output = output.with_context(|| format!("cannot start {:?}", command.get_program()))?;
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output
            .status
            .code()
            .is_some_and(|code| self.good_exits.contains(&code))
        {
            let name = Path::new(&self.program)
                .file_name()
                .unwrap_or_default()
                .display();
            bail!("{name} ended with {}: {}", output.status, complaint.trim());
        }
        Ok(complaint)
    }
}
