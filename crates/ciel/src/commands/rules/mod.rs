//! `ciel rules`: Falco's rule files.

mod check;
mod explain;
mod list;
mod test;

use std::{
    collections::HashSet,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ciel_core::{Source, SourceKind, limits};
use ciel_falco::{
    compile::{OperandKind, Program, Rule},
    load::{self, LoadResult, Loader},
};
use ciel_report::{Problem, TextStyle, write_problems};

use crate::{
    cli::rules::{RulesArgs, RulesCommand},
    exit::Exit,
    output,
};

pub(crate) fn run(args: &RulesArgs) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::Check(args) => check::run(args),
        RulesCommand::List(args) => list::run(args),
        RulesCommand::Explain(args) => explain::run(args),
        RulesCommand::Test(args) => test::run(args),
    }
}

/// Rule files that were read, and what became of each.
pub(super) struct Loaded {
    sources: Vec<Source>,
    results: Vec<LoadResult>,
    pub(super) loader: Loader,
}

impl Loaded {
    pub(super) fn is_complete(&self) -> bool {
        self.results.iter().all(LoadResult::successful)
    }

    /// How a command ends that shows what these files have.
    fn exit(&self) -> Exit {
        if self.is_complete() {
            Exit::Clean
        } else {
            Exit::Incomplete
        }
    }

    /// Says on standard error where files do not load.
    pub(super) fn tell_errors(&self) -> io::Result<()> {
        let mut errors = self.problems();
        errors.retain(|problem| problem.is_error);
        let mut text = Vec::new();
        write_problems(&errors, TextStyle::default(), &mut text)?;
        output::note(String::from_utf8_lossy(&text).trim_end());
        Ok(())
    }

    fn source(&self, context: &load::Context) -> Option<&Source> {
        let name = &**context.file_name();
        self.sources.iter().find(|source| source.name == name)
    }

    /// Everything that is wrong, for people.
    pub(super) fn problems(&self) -> Vec<Problem<'_>> {
        let mut problems = Vec::new();
        let mut told = HashSet::new();
        for result in &self.results {
            let errors = result.errors.iter().map(|it| {
                let culprit = it.culprit.as_deref();
                (
                    true,
                    it.code.as_str(),
                    it.message.as_str(),
                    &it.context,
                    culprit,
                )
            });
            let warnings = result.warnings.iter().map(|it| {
                let message = if it.message.is_empty() {
                    it.code.text()
                } else {
                    it.message.as_str()
                };
                let culprit = it.culprit.as_deref();
                (false, it.code.as_str(), message, &it.context, culprit)
            });
            for (is_error, code, message, context, culprit) in errors.chain(warnings) {
                let Some(source) = self.source(context) else {
                    continue;
                };
                let problem = Problem {
                    is_error,
                    code,
                    message,
                    source,
                    span: context.place(&source.text, culprit),
                    within: context.words(),
                };
                // Each file is judged with those before it, whose warnings then come again.
                let key = (code, message, &source.name, problem.span);
                if told.insert(key) {
                    problems.push(problem);
                }
            }
        }
        problems
    }
}

/// Files as they are, and the YAML files of folders, in order of their names.
pub(super) fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        for entry in
            fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?
        {
            let file = entry?.path();
            if file
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "yml")
            {
                found.push(file);
            }
        }
        if found.is_empty() {
            bail!("{} has no .yaml or .yml file", path.display());
        }
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}

/// Reads and loads rule files in order. A file that cannot be read is a result like any other.
pub(super) fn load(files: &[PathBuf]) -> Loaded {
    load_on(Loader::new(), files)
}

/// The same, on top of what a loader knows.
pub(super) fn load_on(loader: Loader, files: &[PathBuf]) -> Loaded {
    let mut loaded = Loaded {
        sources: Vec::new(),
        results: Vec::new(),
        loader,
    };
    for path in files {
        let name = path.display().to_string();
        let (text, kind) = if name == "-" {
            (read_input(), SourceKind::Stdin)
        } else {
            (read_file(path), SourceKind::File)
        };
        let source = match text {
            Ok(text) => {
                let source = Source::new(&name, kind, text);
                loaded.results.push(loaded.loader.load(&name, &source.text));
                source
            }
            Err(reason) => {
                loaded.results.push(LoadResult::unreadable(&name, &reason));
                Source::new(&name, kind, "")
            }
        };
        loaded.sources.push(source);
    }
    loaded
}

fn read_file(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > limits::FILE_BYTES {
        return Err(format!("larger than {} bytes", limits::FILE_BYTES));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

fn read_input() -> Result<String, String> {
    let mut text = String::new();
    let input = io::stdin().lock();
    let mut input = input.take(limits::FILE_BYTES);
    match input.read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(error.to_string()),
    }
}

/// The names of the fields that a rule's condition and output ask for.
fn fields(program: &Program, rule: &Rule) -> Vec<String> {
    let operands = program.operands_of(rule).into_iter();
    let mut names: Vec<String> = operands
        .filter_map(|operand| match &operand.kind {
            OperandKind::Field(field) => Some(field.to_string()),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The types of events that a rule runs on, in words; nothing for all.
fn event_types(rule: &Rule) -> Option<Vec<&'static str>> {
    let all = ciel_falco::compile::EventTypes::all();
    (rule.event_types != all && rule.source == ciel_falco::fields::Source::Syscall)
        .then(|| rule.event_types.names())
}
