//! Shows events to rules, and compares what they say with what is expected.

use std::{collections::HashMap, fs::File, io::BufReader, path::Path};

use anyhow::Context as _;
use ciel_falco::{
    audit::AuditEvent,
    compile::Program,
    engine::{Alert, AuditEngine, Engine, ExampleEngine, Matching, unmet},
    fields::Source,
    load::Priority,
};
use ciel_scap::Replay;

use super::{
    Verdict,
    file::{Expected, Input, Test, text_of},
};
use crate::commands::{audit_log, captures, lookup};

/// Letters of a part of a condition that are shown.
const SHOWN: usize = 160;

/// Rules, ready to be tested. Engines are made when a test first needs them.
pub(super) struct Judge {
    program: Program,
    examples: HashMap<Matching, ExampleEngine>,
    audits: HashMap<Matching, AuditEngine>,
}

/// What has been seen of an alert that has to come.
#[derive(Default)]
struct Tally {
    /// Alerts that are as expected.
    count: u64,
    /// What is wrong with the first alert of the rule that is not.
    other: Option<String>,
}

impl Judge {
    pub(super) fn new(program: Program) -> Self {
        Self {
            program,
            examples: HashMap::new(),
            audits: HashMap::new(),
        }
    }

    /// Runs the rules on what a test shows them.
    pub(super) fn judge(&mut self, test: &Test) -> anyhow::Result<Verdict> {
        let mut verdict = Verdict::default();
        let expected = test.alerts.as_deref().unwrap_or_default();
        let mut tallies: Vec<Tally> = expected.iter().map(|_| Tally::default()).collect();
        let mut take = |alert: &Alert<'_>| {
            *verdict.alerts.entry(alert.rule.name.clone()).or_default() += 1;
            for (expected, tally) in expected.iter().zip(&mut tallies) {
                compare(expected, alert, tally);
            }
        };
        let whole = match &test.input {
            Input::Example(example) => {
                let engine = self.examples.entry(test.matching);
                let engine = engine
                    .or_insert_with(|| ExampleEngine::new(self.program.clone(), test.matching));
                engine.alerts(example).iter().for_each(&mut take);
                true
            }
            Input::Audit(event) => {
                self.audit_engine(test.matching)
                    .alerts(event)
                    .iter()
                    .for_each(&mut take);
                true
            }
            Input::AuditLog(file) => {
                let engine = self.audit_engine(test.matching);
                let cannot = || format!("cannot read {}", file.display());
                let input = File::open(file).with_context(cannot)?;
                let show = |event: &AuditEvent| {
                    engine.alerts(event).iter().for_each(&mut take);
                    Ok(())
                };
                audit_log::read(file, input, show).with_context(cannot)?
            }
            Input::Capture {
                file,
                no_containers,
            } => {
                let engine = Engine::new(self.program.clone(), test.matching);
                capture(file, *no_containers, engine, take)?
            }
        };
        verdict.is_incomplete = !whole;
        if !whole {
            let failure = "not all of it could be read: see above";
            verdict.failures.push(failure.to_owned());
        }
        for (expected, tally) in expected.iter().zip(&tallies) {
            verdict.failures.extend(self.missed(expected, tally, test));
        }
        let may_alert_not = |rule: &String| match &test.alerts {
            Some(alerts) if alerts.is_empty() => true,
            _ => test.silent.contains(rule),
        };
        for (rule, count) in &verdict.alerts {
            if may_alert_not(rule) {
                verdict
                    .failures
                    .push(format!("`{rule}` alerts{}, and should not", times(*count)));
            }
        }
        for rule in &test.silent {
            verdict.failures.extend(self.unknown(rule));
        }
        Ok(verdict)
    }

    fn audit_engine(&mut self, matching: Matching) -> &mut AuditEngine {
        self.audits
            .entry(matching)
            .or_insert_with(|| AuditEngine::new(self.program.clone(), matching))
    }

    /// What is wrong where an alert did not come as expected.
    fn missed(&self, expected: &Expected, tally: &Tally, test: &Test) -> Option<String> {
        if let Some(unknown) = self.unknown(&expected.rule) {
            return Some(unknown);
        }
        let enough = expected
            .count
            .map_or(tally.count > 0, |count| tally.count == count);
        if enough {
            return None;
        }
        let rule = &expected.rule;
        let wanted = expected.count.unwrap_or(1);
        if let Some(other) = tally.other.as_ref().filter(|_| tally.count < wanted) {
            return Some(format!("`{rule}` alerts, but {other}"));
        }
        if tally.count > 0 {
            return Some(format!(
                "`{rule}` alerts{}, not{}",
                times(tally.count),
                times(wanted)
            ));
        }
        let mut text = format!("`{rule}` does not alert");
        for reason in self.reasons(rule, test) {
            text.push_str("\n  ");
            text.push_str(&reason);
        }
        Some(text)
    }

    /// Why a rule may not have alerted on an example.
    fn reasons(&self, rule: &str, test: &Test) -> Vec<String> {
        let Some(rule) = self.program.rule(rule) else {
            return Vec::new();
        };
        let mut reasons = Vec::new();
        if !rule.enabled {
            reasons.push("it is disabled".to_owned());
        }
        let source = if test.input.is_audit() {
            Source::K8sAudit
        } else {
            Source::Syscall
        };
        if rule.source != source {
            let source = rule.source.as_str();
            reasons.push(format!("it is for events of another source: {source}"));
            return reasons;
        }
        let Input::Example(example) = &test.input else {
            return reasons;
        };
        if !example.has_type_of(rule) {
            let types = rule.event_types.names().join(", ");
            reasons.push(format!("it runs on events of other types: {types}"));
        }
        for part in unmet(rule, example) {
            let values = part.fields.iter().map(|(field, value)| match value {
                Some(value) => format!("{field} is `{}`", shortened(value)),
                None => format!("{field} has no value"),
            });
            let values: Vec<String> = values.collect();
            let condition = shortened(&part.condition);
            reasons.push(format!("not true: {condition}  ({})", values.join(", ")));
        }
        if reasons.is_empty() && test.matching == Matching::First {
            reasons.push("another rule that matches comes first".to_owned());
        }
        reasons
    }

    /// What is wrong with the name of a rule that there is not.
    fn unknown(&self, name: &str) -> Option<String> {
        if self.program.rule(name).is_some() {
            return None;
        }
        let names = self.program.rules.iter().map(|rule| &*rule.name);
        Some(match lookup::closest_of(&name.to_lowercase(), names) {
            Some(meant) => format!("no rule is called `{name}`: did you mean `{meant}`?"),
            None => format!("no rule is called `{name}`"),
        })
    }
}

/// Counts an alert, or says what about it is not as expected.
fn compare(expected: &Expected, alert: &Alert<'_>, tally: &mut Tally) {
    if alert.rule.name != expected.rule {
        return;
    }
    match difference(expected, alert) {
        None => tally.count += 1,
        Some(difference) => {
            tally.other.get_or_insert(difference);
        }
    }
}

fn difference(expected: &Expected, alert: &Alert<'_>) -> Option<String> {
    let priority = alert.rule.priority;
    if let Some(wanted) = expected.priority.as_deref()
        && Priority::parse(wanted) != Some(priority)
    {
        return Some(format!("with priority {}, not {wanted}", priority.as_str()));
    }
    if let Some(part) = &expected.output
        && !alert.message.contains(part)
    {
        return Some(format!("`{part}` is not in its message: {}", alert.message));
    }
    expected.fields.iter().find_map(|(field, wanted)| {
        let found = alert.fields.get(field);
        match found {
            None => Some(format!("its output does not have the field {field}")),
            Some(found) if is_same(found, wanted) => None,
            Some(found) => Some(format!("{field} is {found}, not {wanted}")),
        }
    })
}

/// Whether two values are the same, be they written as text or as number.
fn is_same(found: &serde_json::Value, wanted: &serde_json::Value) -> bool {
    found == wanted || text_of(found) == text_of(wanted)
}

fn times(count: u64) -> String {
    match count {
        1 => " once".to_owned(),
        count => format!(" {count} times"),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Shows rules the events of a capture; whether all of it could be read.
fn capture(
    file: &Path,
    no_containers: bool,
    mut engine: Engine,
    mut take: impl FnMut(&Alert<'_>),
) -> anyhow::Result<bool> {
    let cannot = || format!("cannot read {}", file.display());
    let input = File::open(file).with_context(cannot)?;
    let mut replay = Replay::new(BufReader::new(input));
    if no_containers {
        replay.ignore_containers();
    }
    let end = loop {
        match replay.next() {
            Ok(Some(step)) if step.seen().hidden => {}
            Ok(Some(step)) => engine.alerts(&step.context()).iter().for_each(&mut take),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    captures::tell_skipped(file, replay.skipped());
    captures::tell_end(file, end).with_context(cannot)
}
