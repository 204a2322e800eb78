//! `falco/conditions.jsonl` of the suites: 500 conditions, and the events of three captures that each is true of, or the code
//! of the error.
//!
//! A case is the number of a line. `CIEL_CASE=17` shows what differs in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::Path,
    sync::Arc,
};

use ciel_falco::{
    engine::{Engine, Matching},
    load::Loader,
};
use ciel_scap::Replay;
use ciel_testkit::{ratchet, suites_dir};
use serde_json::Value;

#[test]
fn conditions_are_true_of_the_events_that_falco_says() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("falco");
    let text =
        fs::read_to_string(folder.join("conditions.jsonl")).expect("the conditions are there");
    let cases: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    let wanted: Option<usize> = std::env::var("CIEL_CASE")
        .ok()
        .and_then(|case| case.parse().ok());
    let mut passing = BTreeSet::new();
    let mut rules = String::new();
    for (number, case) in (1..).zip(&cases) {
        let rule = rule(number, case);
        let code = error_code(&rule);
        let expected = case["error"].as_str().map(str::to_owned);
        if code == expected {
            if expected.is_some() {
                passing.insert(format!("{number}"));
            } else {
                rules.push_str(&rule);
            }
        } else {
            println!(
                "{number}: {}: ours {code:?}, Falco's {expected:?}",
                case["condition"]
            );
        }
    }
    let ours = matches(&folder, &rules);
    for (number, case) in (1..).zip(&cases) {
        let Some(theirs) = case["matches"].as_object() else {
            continue;
        };
        let none = String::new();
        let ours = |capture: &str| ours.get(&(number, capture.to_owned())).unwrap_or(&none);
        let different: Vec<&String> = theirs
            .keys()
            .filter(|capture| theirs[*capture] != **ours(capture))
            .collect();
        if different.is_empty() && rules.contains(&format!("rule: c{number}\n")) {
            passing.insert(format!("{number}"));
            continue;
        }
        println!(
            "{number}: {}: other events of {different:?}",
            case["condition"]
        );
        if wanted == Some(number) {
            for capture in different {
                println!(
                    "  {capture}: ours {}\n  Falco's {}",
                    ours(capture),
                    theirs[capture]
                );
            }
        }
    }
    println!("{} of {} conditions", passing.len(), cases.len());
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/falco/conditions.passing");
    ratchet::check(&list, &passing).unwrap_or_else(|difference| panic!("{difference}"));
}

fn rule(number: usize, case: &Value) -> String {
    format!(
        "- rule: c{number}\n  desc: x\n  condition: {}\n  output: x\n  priority: INFO\n",
        case["condition"]
    )
}

fn error_code(rule: &str) -> Option<String> {
    let result = Loader::new().load("rules.yaml", &Arc::from(rule));
    result
        .errors
        .first()
        .map(|error| error.code.as_str().to_owned())
}

/// The numbers of the events that each condition is true of, by condition and capture, as the suite writes them.
fn matches(folder: &Path, rules: &str) -> BTreeMap<(usize, String), String> {
    let mut loader = Loader::new();
    let result = loader.load("rules.yaml", &Arc::from(rules));
    assert!(result.errors.is_empty(), "each rule loads alone");
    let mut engine = Engine::new(loader.into_program(), Matching::All);
    let mut ranges: BTreeMap<(usize, String), Vec<(u64, u64)>> = BTreeMap::new();
    for capture in ["cat_write", "node-attack", "node-web"] {
        let path = folder.join("captures").join(capture).with_extension("scap");
        let mut replay = Replay::new(File::open(path).expect("a capture opens"));
        while let Some(step) = replay.next().expect("a capture can be read") {
            let context = step.context();
            if context.seen.hidden {
                continue;
            }
            let event = context.seen.number;
            for rule in engine.run(&context) {
                let number = rule.name[1..].parse().expect("a number");
                let found = ranges.entry((number, capture.to_owned())).or_default();
                match found.last_mut() {
                    Some((_, last)) if *last + 1 == event => *last = event,
                    _ => found.push((event, event)),
                }
            }
        }
    }
    ranges
        .into_iter()
        .map(|(case, ranges)| (case, written(&ranges)))
        .collect()
}

fn written(ranges: &[(u64, u64)]) -> String {
    let parts: Vec<String> = ranges
        .iter()
        .map(|(first, last)| {
            if first == last {
                format!("{first}")
            } else {
                format!("{first}-{last}")
            }
        })
        .collect();
    parts.join(",")
}
