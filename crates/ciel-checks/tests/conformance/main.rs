//! Conformance with other tools' suites, as ratchets: each case names a check of the other tool, only Ciel's checks
//! with that alias run, and they must find something where the suite says so, and nothing where it says so.
//!
//! `tests/conformance/<suite>.passing` holds the cases that pass, `<suite>.exceptions` those that may fail, with the
//! reason (case TAB reason). Cases of checks that Ciel does not have are counted and left out.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test: reads suites from the disk, says how many cases ran, and stops where they cannot be read"
)]

mod regolibrary;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ciel_checks::{Options, ProfileChoice, catalogue, scan};
use ciel_core::{Finding, Selector, Source, SourceKind, Tool};
use ciel_snapshot::{Snapshot, SnapshotBuilder};

/// One case of a suite.
struct Case {
    /// Its name in the lists.
    name: String,
    /// The other tool's checks that it is about.
    checks: Vec<String>,
    /// The manifests, which are one input.
    files: Vec<PathBuf>,
    expected: Expected,
}

/// What the suite says of a case.
enum Expected {
    /// No finding.
    Clean,
    /// At least one finding.
    Bad,
    /// As many findings, and none on an object that is named as one to leave alone.
    Reports {
        count: usize,
        clean_objects: &'static str,
    },
}

#[test]
fn polaris() {
    run("polaris", Tool::Polaris, polaris_cases);
}

#[test]
fn kube_linter() {
    run("kube-linter", Tool::KubeLinter, kube_linter_cases);
}

/// `polaris/<check>/{success,failure}*.yaml`; `check.yaml` is a check of the case's own.
fn polaris_cases(suite: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in entries(suite) {
        let check = file_name(&folder);
        for file in entries(&folder) {
            let name = file_name(&file);
            let expected = match name.split(['.', '-']).next() {
                Some("success") => Expected::Clean,
                Some("failure") => Expected::Bad,
                _ => continue,
            };
            cases.push(Case {
                name: format!("{check}/{name}"),
                checks: vec![check.clone()],
                files: vec![file],
                expected,
            });
        }
    }
    cases
}

/// How many reports of kube-linter are how many findings here, where that is not one for one.
const KUBE_LINTER_REPORTS_AND_FINDINGS: [(&str, usize, usize); 2] = [
    // One for the capability that is added, and one more since it is not dropped either.
    ("drop-net-raw-capability", 2, 1),
    // Each place where a variable is set is pointed at, as Kubescape does.
    ("duplicate-env-var", 1, 2),
];

/// `kube-linter/expected.tsv`: test, file, check, number of reports, messages.
fn kube_linter_cases(suite: &Path) -> Vec<Case> {
    let table = fs::read_to_string(suite.join("expected.tsv")).unwrap();
    let mut cases = Vec::new();
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [name, file, check, count, ..] = columns[..] else {
            continue;
        };
        if check.is_empty() {
            continue;
        }
        let (reports, findings) = KUBE_LINTER_REPORTS_AND_FINDINGS
            .iter()
            .find(|(other, ..)| *other == check)
            .map_or((1, 1), |(_, reports, findings)| (*reports, *findings));
        cases.push(Case {
            name: name.to_owned(),
            checks: vec![check.to_owned()],
            files: vec![suite.join(file)],
            // Where the table has no number, kube-linter's own test looks only for a report.
            expected: count
                .parse::<usize>()
                .map_or(Expected::Bad, |count| Expected::Reports {
                    count: count * findings / reports,
                    clean_objects: "dont-fire",
                }),
        });
    }
    cases
}

fn run(suite: &str, tool: Tool, cases: fn(&Path) -> Vec<Case>) {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let exceptions = exceptions(&lists.join(format!("{suite}.exceptions")));
    let mut passing = BTreeSet::new();
    let mut problems = Vec::new();
    // Cases that a run of the whole catalogue does not answer as well, since another check speaks first.
    let mut only_alone = Vec::new();
    let mut skipped = BTreeMap::<String, usize>::new();
    let cases = cases(&suites.join(suite));
    assert!(!cases.is_empty(), "the suite {suite} has no case");
    for case in &cases {
        if !case.checks.iter().any(|check| is_known(tool, check)) {
            *skipped.entry(case.checks.join(",")).or_default() += 1;
            continue;
        }
        match (verdict(tool, case, false), exceptions.get(&case.name)) {
            (Ok(()), None) => {
                if verdict(tool, case, true).is_err() {
                    only_alone.push(&case.name);
                }
                passing.insert(case.name.clone());
            }
            (Ok(()), Some(_)) => problems.push(format!("{}: passes, no exception", case.name)),
            (Err(_), Some(_)) => {}
            (Err(problem), None) => problems.push(format!("{}: {problem}", case.name)),
        }
    }
    let left_out: usize = skipped.values().sum();
    eprintln!(
        "{suite}: {} of {} cases pass, {} excepted, {left_out} of other checks: {:?}; \
         with the whole catalogue on these do not pass: {only_alone:?}",
        passing.len(),
        cases.len(),
        exceptions.len(),
        skipped.keys(),
    );
    let list = lists.join(format!("{suite}.passing"));
    if let Err(difference) = ciel_testkit::ratchet::check(&list, &passing) {
        problems.push(difference);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Whether some check has the id as its alias.
fn is_known(tool: Tool, id: &str) -> bool {
    catalogue().any(|rule| {
        let mut aliases = rule.check.aliases.iter();
        aliases.any(|alias| alias.tool == tool && alias.id == id)
    })
}

fn verdict(tool: Tool, case: &Case, with_all: bool) -> Result<(), String> {
    let found = findings(tool, case, with_all)?;
    let list = |findings: &[Finding]| {
        let lines = findings.iter().map(|finding| {
            let object = &finding.object;
            let name = finding.check.name;
            format!(
                "\n  [{name}] {} {}: {}",
                object.kind, object.name, finding.message
            )
        });
        lines.collect::<String>()
    };
    match case.expected {
        Expected::Clean if found.is_empty() => Ok(()),
        Expected::Clean => Err(format!("should be clean:{}", list(&found))),
        Expected::Bad if found.is_empty() => Err("nothing was found".to_owned()),
        Expected::Bad => Ok(()),
        Expected::Reports {
            count,
            clean_objects,
        } => {
            let mut names = found.iter().map(|finding| finding.object.name.as_str());
            if found.len() != count || names.any(|name| name.starts_with(clean_objects)) {
                return Err(format!(
                    "{count} expected, {} found:{}",
                    found.len(),
                    list(&found)
                ));
            }
            Ok(())
        }
    }
}

/// What the checks of the case find in its files, as all there is. `with_all`: everything runs, and the checks' findings
/// are picked out.
fn findings(tool: Tool, case: &Case, with_all: bool) -> Result<Vec<Finding>, String> {
    let select = |check: &String| Selector::new(&format!("{}:{check}", tool.as_str()));
    let select: Vec<Selector> = case.checks.iter().map(select).collect();
    let snapshot = snapshot(&case.files)?;
    if !with_all {
        let options = Options {
            select,
            ..Options::default()
        };
        return Ok(scan(&snapshot, &options));
    }
    let options = Options {
        profile: ProfileChoice::All,
        ..Options::default()
    };
    let mut found = scan(&snapshot, &options);
    found.retain(|finding| {
        let mut aliases = finding.aliases().iter();
        aliases.any(|alias| alias.tool == tool && case.checks.iter().any(|id| id == alias.id))
    });
    Ok(found)
}

/// The objects of some files, as all there is.
fn snapshot(files: &[PathBuf]) -> Result<Snapshot, String> {
    let mut builder = SnapshotBuilder::new(true);
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
        let source = Source::new(file_name(file), SourceKind::File, text.as_str());
        let parsed = ciel_yaml::parse(&source.text);
        let broken = parsed.diagnostics.iter().find(|(_, said)| said.is_error);
        if let Some((_, diagnostic)) = broken {
            return Err(format!("does not parse: {}", diagnostic.message));
        }
        builder.add(source, parsed.documents);
    }
    Ok(builder.build())
}

fn exceptions(list: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(list).unwrap_or_default();
    let mut exceptions = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (case, reason) = line.split_once('\t').expect("case TAB reason");
        exceptions.insert(case.to_owned(), reason.to_owned());
    }
    exceptions
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
