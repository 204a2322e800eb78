//! `falco/alerts/*.jsonl` of the suites: Falco's alerts on each capture with the three official rule files.

use std::{
    fs::{self, File},
    path::Path,
    sync::Arc,
};

use ciel_falco::{
    engine::{Engine, Matching},
    load::Loader,
};
use ciel_scap::Replay;
use ciel_testkit::{FALCO_RULES, suites_dir};
use serde_json::{Value, json};

#[test]
fn alerts_are_falcos() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("falco");
    let mut failures = Vec::new();
    let mut alerts = 0;
    for (matching, word) in [(Matching::First, "first"), (Matching::All, "all")] {
        let mut loader = Loader::new();
        for file in FALCO_RULES {
            let text =
                fs::read_to_string(folder.join("rules").join(file)).expect("the rules are there");
            let result = loader.load(file, &Arc::from(text));
            assert!(result.errors.is_empty(), "{file}: {:?}", result.errors);
        }
        let mut engine = Engine::new(loader.into_program(), matching);
        for capture in super::captures(&folder) {
            let name = capture
                .file_stem()
                .expect("a capture has a name")
                .to_string_lossy();
            let oracle = folder.join("alerts").join(format!("{name}.{word}.jsonl"));
            let theirs = fs::read_to_string(&oracle).expect("the alerts are there");
            let theirs: Vec<Value> = theirs
                .lines()
                .map(|line| serde_json::from_str(line).expect("a line is JSON"))
                .collect();
            let ours = run(&mut engine, &capture);
            alerts += theirs.len();
            if ours.len() != theirs.len() {
                failures.push(format!(
                    "{name}, {word}: {} alerts, Falco has {}",
                    ours.len(),
                    theirs.len()
                ));
            }
            for (ours, theirs) in ours
                .iter()
                .zip(&theirs)
                .filter(|(ours, theirs)| ours != theirs)
            {
                failures.push(format!(
                    "{name}, {word}:\n  ours    {ours}\n  Falco's {theirs}"
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    println!("{alerts} alerts");
}

fn run(engine: &mut Engine, capture: &Path) -> Vec<Value> {
    let mut replay = Replay::new(File::open(capture).expect("a capture opens"));
    replay.ignore_containers();
    let mut alerts = Vec::new();
    while let Some(step) = replay.next().expect("a capture can be read") {
        let context = step.context();
        if context.seen.hidden {
            continue;
        }
        for alert in engine.alerts(&context) {
            let rule = alert.rule;
            alerts.push(json!({
                "output": alert.output(),
                "output_fields": alert.fields,
                "priority": rule.priority.as_str(),
                "rule": rule.name,
                "source": rule.source.as_str(),
                "tags": rule.tags,
                "time": alert.time(),
            }));
        }
    }
    alerts
}
