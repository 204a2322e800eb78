//! What events and rules cost: `ciel watch --stats`.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
    time::Duration,
};

use ciel_falco::{
    compile::Rule,
    engine::{Cost, Costs, RuleCost},
};
use serde_json::{Value, json};

use crate::words::one_line;

/// Lines of a table for people.
const SHOWN: usize = 20;

/// Costs of events of one type.
struct Type {
    name: &'static str,
    reading: Cost,
    asking: Cost,
}

impl Type {
    fn total(&self) -> Duration {
        self.reading.total() + self.asking.total()
    }
}

/// All events together, and by type, the dearest first.
struct Summary {
    events: u64,
    reading: Duration,
    asking: Duration,
    types: Vec<Type>,
}

fn summary(costs: &Costs) -> Summary {
    let mut by_name: BTreeMap<&str, (Cost, Cost)> = BTreeMap::new();
    for (code, reading, asking) in costs.by_code() {
        let slot = by_name.entry(code.info().name).or_default();
        slot.0 += reading;
        slot.1 += asking;
    }
    let types = by_name.into_iter();
    let mut types: Vec<Type> = types
        .map(|(name, (reading, asking))| Type {
            name,
            reading,
            asking,
        })
        .collect();
    types.sort_by_key(|it| Reverse(it.total()));
    Summary {
        events: types.iter().map(|it| it.reading.times).sum(),
        reading: types.iter().map(|it| it.reading.total()).sum(),
        asking: types.iter().map(|it| it.asking.total()).sum(),
        types,
    }
}

/// The rules that were asked, the dearest first.
fn rules<'r>(costs: &Costs, rules: &'r [Rule]) -> Vec<(&'r Rule, RuleCost)> {
    let costs = rules.iter().zip(costs.by_rule());
    let asked = costs.filter(|(_, cost)| cost.asked.times > 0);
    let mut rules: Vec<_> = asked.map(|(rule, cost)| (rule, *cost)).collect();
    rules.sort_by_key(|(_, cost)| Reverse(cost.asked.total()));
    rules
}

/// Writes for people what was dearest. `all`: the rules that the costs were counted for.
///
/// # Errors
/// What cannot be written.
pub fn write_costs_text(costs: &Costs, all: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    let Summary {
        events,
        reading,
        asking,
        types,
    } = summary(costs);
    let each = |time: Duration| time.as_nanos() / u128::from(events).max(1);
    writeln!(
        out,
        "{events} events: {} ns each to read and follow, {} ns to ask rules",
        each(reading),
        each(asking)
    )?;
    writeln!(
        out,
        "\n{:>12} {:>10} {:>10} {:>6}  Event",
        "Times", "Reading", "Rules", "Share"
    )?;
    for it in types.iter().take(SHOWN) {
        writeln!(
            out,
            "{:>12} {:>10} {:>10} {:>6}  {}",
            it.reading.times,
            nanoseconds(it.reading),
            nanoseconds(it.asking),
            share(it.total(), reading + asking),
            it.name
        )?;
    }
    write_rest(types.len(), "types", out)?;
    let rules = rules(costs, all);
    writeln!(
        out,
        "\n{:>12} {:>10} {:>10} {:>6}  Rule",
        "Asked", "Matched", "Each", "Share"
    )?;
    for (rule, cost) in rules.iter().take(SHOWN) {
        writeln!(
            out,
            "{:>12} {:>10} {:>10} {:>6}  {}",
            cost.asked.times,
            cost.matched,
            nanoseconds(cost.asked),
            share(cost.asked.total(), asking),
            one_line(&rule.name)
        )?;
    }
    write_rest(rules.len(), "rules", out)
}

/// Says how many lines of a table were left out.
fn write_rest(lines: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    match lines.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(rest) => writeln!(out, "{:>12}  and {rest} more {what}", ""),
    }
}

fn nanoseconds(cost: Cost) -> String {
    match cost.each() {
        Some(each) => format!("{} ns", each.as_nanos()),
        None => "-".to_owned(),
    }
}

fn share(part: Duration, whole: Duration) -> String {
    let share = 100.0 * part.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE);
    format!("{share:.0} %")
}

/// Writes everything as one JSON object.
///
/// # Errors
/// What cannot be written.
pub fn write_costs_json(costs: &Costs, all: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    let each = |cost: Cost| {
        cost.each()
            .map_or(Value::Null, |it| nanoseconds_of(it).into())
    };
    let Summary {
        events,
        reading,
        asking,
        types,
    } = summary(costs);
    let types = types.iter().map(|it| {
        json!({
            "type": it.name,
            "events": it.reading.times,
            "readingNanoseconds": each(it.reading),
            "rulesNanoseconds": each(it.asking),
        })
    });
    let rules = rules(costs, all);
    let rules = rules.iter().map(|(rule, cost)| {
        json!({
            "rule": rule.name,
            "source": rule.source.as_str(),
            "asked": cost.asked.times,
            "matched": cost.matched,
            "nanoseconds": each(cost.asked),
        })
    });
    let document = json!({
        "schema": "ciel.watch-stats/v1",
        "events": events,
        "readingNanoseconds": nanoseconds_of(reading),
        "rulesNanoseconds": nanoseconds_of(asking),
        "types": types.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn nanoseconds_of(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
