//! `falco/legacy` of the suites: Falco's former regression cases, as far as their captures are there. What a case says of
//! errors in rule files is held by ciel-falco's tests.
//!
//! A case of the list is a test of theirs with what it asks: `NAME/detect`, `NAME/level WARNING`, `NAME/count RULE`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};

use ciel_falco::{
    engine::{Engine, Matching},
    load::{Loader, Priority},
};
use ciel_scap::Replay;
use ciel_testkit::{ratchet, suites_dir};
use serde_json::{Map, Value};

#[test]
fn former_cases_are_detected_as_falco_did() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("falco");
    let argued = argued();
    let mut passing = BTreeSet::new();
    let mut failures = Vec::new();
    for file in ["falco_tests.yaml", "falco_tests_exceptions.yaml"] {
        for (name, case) in cases(&folder.join("legacy").join(file)) {
            let Some((questions, counts)) = questions(&folder, &case) else {
                continue;
            };
            for (question, holds) in questions {
                let id = format!("{name}/{question}");
                match (holds, argued.contains(&id)) {
                    (true, false) => drop(passing.insert(id)),
                    (true, true) => failures.push(format!("{id} passes, and is argued not to")),
                    (false, true) => {}
                    (false, false) => failures.push(format!("{id}: alerts {counts:?}")),
                }
            }
        }
    }
    println!("{} questions, {} argued", passing.len(), argued.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/falco/legacy.passing");
    ratchet::check(&list, &passing).unwrap_or_else(|difference| panic!("{difference}"));
}

/// What today's Falco answers otherwise: a case, a tab, and why.
fn argued() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/falco/legacy.exceptions");
    let text = fs::read_to_string(path).expect("the list of exceptions is there");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (case, reason) = line.split_once('\t').expect("case and reason");
            assert!(!reason.is_empty(), "no reason: {line}");
            case.to_owned()
        })
        .collect()
}

/// The tests of a file by name. The tag that Falco's test runner wants is no concern of ours.
fn cases(path: &Path) -> Vec<(String, Map<String, Value>)> {
    let text = fs::read_to_string(path)
        .expect("the cases are there")
        .replace(" !mux", "");
    let parsed = ciel_yaml::parse(&Arc::from(text));
    let document = parsed.documents.first().expect("there is a document");
    let document = document.root().to_json();
    let all = document
        .get("trace_files")
        .and_then(Value::as_object)
        .expect("there are cases");
    all.iter()
        .filter_map(|(name, case)| Some((name.clone(), case.as_object()?.clone())))
        .collect()
}

type Counts = BTreeMap<String, u64>;

/// What a case asks, and whether it holds; `None` where it asks nothing that can be answered from its capture.
fn questions(folder: &Path, case: &Map<String, Value>) -> Option<(Vec<(String, bool)>, Counts)> {
    let capture = case
        .get("trace_file")?
        .as_str()?
        .strip_prefix("trace_files/")?;
    let capture = folder.join("captures").join(capture);
    if !capture.is_file() || !case.contains_key("rules_file") || !case.contains_key("detect") {
        return None;
    }
    let (counts, levels) = run(folder, case, &capture)?;
    let detected = !counts.is_empty();
    let mut questions = vec![(
        "detect".to_owned(),
        case["detect"].as_bool() == Some(detected),
    )];
    // Where nothing is to be detected, the levels say what the rules have.
    let levels_asked = case.get("detect_level").filter(|_| case["detect"] == true);
    for level in words(levels_asked) {
        let wanted = Priority::parse(&level);
        questions.push((
            format!("level {level}"),
            wanted.is_some_and(|level| levels.contains(&level)),
        ));
    }
    for count in case
        .get("detect_counts")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        for (rule, number) in count.as_object().into_iter().flatten() {
            let ours = counts.get(rule).copied().unwrap_or(0);
            questions.push((format!("count {rule}"), number.as_u64() == Some(ours)));
        }
    }
    Some((questions, counts))
}

/// The alerts by rule, and their priorities.
fn run(
    folder: &Path,
    case: &Map<String, Value>,
    capture: &Path,
) -> Option<(Counts, BTreeSet<Priority>)> {
    let mut loader = Loader::new();
    for file in words(case.get("rules_file"))
        .iter()
        .flat_map(|file| rule_files(&folder.join("legacy").join(file)))
    {
        let text = fs::read_to_string(&file).ok()?;
        let result = loader.load(&file.display().to_string(), &Arc::from(text));
        if !result.errors.is_empty() {
            return None;
        }
    }
    let mut program = loader.into_program();
    let (off, off_tags, on_tags) = (
        words(case.get("disabled_rules")),
        words(case.get("disable_tags")),
        words(case.get("run_tags")),
    );
    let least = words(case.get("priority"))
        .first()
        .and_then(|word| Priority::parse(word));
    for rule in &mut program.rules {
        let has = |tags: &[String]| tags.iter().any(|tag| rule.tags.contains(tag));
        let wanted = on_tags.is_empty() || has(&on_tags);
        rule.enabled &= wanted
            && !has(&off_tags)
            && !off
                .iter()
                .any(|part| rule.name.contains(part.trim_end_matches(".*")))
            && least.is_none_or(|least| rule.priority <= least);
    }
    let mut engine = Engine::new(program, Matching::First);
    let mut replay = Replay::new(File::open(capture).expect("a capture opens"));
    let (mut counts, mut levels) = (Counts::new(), BTreeSet::new());
    while let Some(step) = replay.next().expect("a capture can be read") {
        let context = step.context();
        if context.seen.hidden {
            continue;
        }
        for rule in engine.run(&context) {
            *counts.entry(rule.name.clone()).or_default() += 1;
            levels.insert(rule.priority);
        }
    }
    Some((counts, levels))
}

/// A file, or the files of a folder by name.
fn rule_files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else {
        return vec![path.to_path_buf()];
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// One word or several.
fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(words)) => words
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}
