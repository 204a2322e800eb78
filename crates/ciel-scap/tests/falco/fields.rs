//! `falco/fields/*.jsonl.gz` of the suites: 130 fields of each event as Falco prints them.
//!
//! A case is a capture and a field; it passes when the field is equal in all events of the capture, absent where Falco has
//! none. `CIEL_CASE=node-web/fd.name` shows what differs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use ciel_fields::Field;
use ciel_scap::Replay;
use ciel_testkit::{ratchet, suites_dir};
use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value};

/// Differences of one case that are shown.
const SHOWN: usize = 12;

/// What was counted of one capture.
#[derive(Default)]
struct Count {
    values: u64,
    different: BTreeMap<String, u64>,
    passing: Vec<String>,
}

#[test]
fn every_field_of_every_event_is_falcos() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("falco");
    let fields = fs::read_to_string(folder.join("fields.txt")).expect("fields.txt is there");
    let fields: Vec<&str> = fields.lines().filter(|line| !line.is_empty()).collect();
    let exceptions = exceptions();
    let wanted = std::env::var("CIEL_CASE").ok();
    let mut passing = BTreeSet::new();
    let mut failures = Vec::new();
    for capture in super::captures(&folder) {
        let name = capture
            .file_stem()
            .expect("a capture has a name")
            .to_string_lossy()
            .into_owned();
        if wanted
            .as_ref()
            .is_some_and(|case| !case.starts_with(&format!("{name}/")))
        {
            continue;
        }
        let count = compare(&folder, &capture, &name, &fields, wanted.as_deref());
        let different: u64 = count.different.values().sum();
        let argued: u64 = count
            .different
            .iter()
            .filter_map(|(field, count)| {
                let argued = exceptions.get(&format!("{name}/{field}"))?;
                Some((*count).min(*argued))
            })
            .sum();
        let share = 100.0 * (1.0 - different as f64 / count.values.max(1) as f64);
        println!(
            "{name}: {share:.3} % of {} values equal, {different} differ, {argued} argued",
            count.values
        );
        for (field, count) in &count.different {
            println!("    {count:6} {field}");
        }
        let least = if name.starts_with("node-") {
            100.0
        } else {
            99.9
        };
        if share < least || different > argued {
            failures.push(format!(
                "{name}: {share:.3} %, {} differences without a reason",
                different - argued
            ));
        }
        passing.extend(count.passing);
    }
    if wanted.is_some() {
        return;
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/falco/fields.passing");
    let ratchet = ratchet::check(&list, &passing);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    ratchet.unwrap_or_else(|difference| panic!("{difference}"));
}

/// How many values of a case may differ: `capture/field<TAB>number<TAB>reason`.
fn exceptions() -> BTreeMap<String, u64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/falco/fields.exceptions");
    let text = fs::read_to_string(path).expect("the list of exceptions is there");
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [case, number, reason] = columns.as_slice() else {
                panic!("not case, number and reason: {line}");
            };
            assert!(!reason.is_empty(), "no reason: {line}");
            ((*case).to_owned(), number.parse().expect("a number"))
        })
        .collect()
}

fn compare(
    folder: &Path,
    capture: &Path,
    name: &str,
    fields: &[&str],
    wanted: Option<&str>,
) -> Count {
    let parsed: Vec<(&str, Field)> = fields
        .iter()
        .map(|name| {
            (
                *name,
                Field::parse(name).unwrap_or_else(|error| panic!("{name}: {error}")),
            )
        })
        .collect();
    let oracle = folder.join("fields").join(name).with_extension("jsonl.gz");
    let oracle = BufReader::new(MultiGzDecoder::new(
        File::open(oracle).expect("the oracle is there"),
    ));
    let mut replay = Replay::new(File::open(capture).expect("a capture opens"));
    let mut count = Count::default();
    let mut shown = 0;
    let mut oracle = oracle.lines();
    while let Some(step) = replay.next().expect("a capture can be read") {
        if step.seen().hidden {
            continue;
        }
        let Some(line) = oracle.next() else {
            *count
                .different
                .entry("(events too many)".to_owned())
                .or_default() += 1;
            continue;
        };
        let theirs: Map<String, Value> =
            serde_json::from_str(&line.expect("it can be read")).expect("it is JSON");
        let context = step.context();
        for (name_of_field, field) in &parsed {
            let ours = field.json(&context);
            let theirs = theirs.get(*name_of_field);
            count.values += u64::from(ours.is_some() || theirs.is_some());
            if ours.as_ref() == theirs {
                continue;
            }
            *count
                .different
                .entry((*name_of_field).to_owned())
                .or_default() += 1;
            if wanted == Some(&format!("{name}/{name_of_field}")) && shown < SHOWN {
                shown += 1;
                let show = |value: Option<&Value>| {
                    value.map_or_else(|| "absent".to_owned(), ToString::to_string)
                };
                println!(
                    "event {} ({}, {}): ours {}\n{:>40} {}",
                    context.seen.number,
                    context.event.info().name,
                    context.event.tid,
                    show(ours.as_ref()),
                    "Falco's",
                    show(theirs)
                );
            }
        }
    }
    let missing = oracle.count() as u64;
    if missing > 0 {
        count
            .different
            .insert("(missing events)".to_owned(), missing);
    }
    count.passing = fields
        .iter()
        .filter(|field| !count.different.contains_key(**field))
        .map(|field| format!("{name}/{field}"))
        .collect();
    count
}
