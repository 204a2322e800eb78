//! The hot path: events that no rule matches allocate nothing.

use std::{collections::BTreeMap, fs, fs::File, sync::Arc};

use ciel_falco::{
    engine::{Engine, Matching},
    load::Loader,
};
use ciel_fields::Field;
use ciel_scap::Replay;
use ciel_testkit::{FALCO_RULES, suites_dir};
use dhat::HeapStats;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// What no rule of Falco's does.
const OWN: &str = "
- rule: transformed
  desc: d
  condition: tolower(proc.name) = A or toupper(basename(proc.exepath)) startswith a or proc.cmdline contains nothing
  output: x
  priority: DEBUG
";

fn blocks() -> u64 {
    HeapStats::get().total_blocks
}

#[test]
fn events_that_no_rule_matches_allocate_nothing() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("falco");
    let mut loader = Loader::new();
    for file in FALCO_RULES {
        let text = fs::read_to_string(folder.join("rules").join(file)).expect("the rules");
        assert!(loader.load(file, &Arc::from(text)).successful());
    }
    assert!(loader.load("own.yaml", &Arc::from(OWN)).successful());
    let mut engine = Engine::new(loader.into_program(), Matching::All);
    let container = Field::parse("container.id").expect("a field");
    let _profiler = dhat::Profiler::builder().testing().build();
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    let mut events = 0;
    // The first time, plans are made and buffers grow.
    for is_first in [true, false] {
        for name in ["node-web.scap", "node-attack.scap"] {
            let file = File::open(folder.join("captures").join(name)).expect("a capture");
            let mut replay = Replay::new(file);
            while let Some(step) = replay.next().expect("a whole capture") {
                let context = step.context();
                // What container a process is in is worked out once for each, and kept with it.
                let _ = container.extract(&context);
                let before = blocks();
                let matched = engine.run(&context).count();
                let allocated = blocks() - before;
                if is_first || matched > 0 {
                    continue;
                }
                events += 1;
                if allocated > 0 {
                    *found.entry(context.event.info().name).or_default() += allocated;
                }
            }
        }
    }
    assert!(events > 9_000, "{events} events");
    assert_eq!(found, BTreeMap::new(), "of {events} events");
}
