//! What is said when a rule matches.

use ciel_core::Timestamp;
use ciel_event::{
    Context,
    schema::{Format, ParamType},
};
use ciel_fields::{Field, Value};
use serde_json::Map;

use super::{
    Costs, Engine,
    operands::{self, Values},
};
use crate::compile::{Operand, OperandId, Part, Program, Rule};

/// What Falco prints for a value that there is not.
const ABSENT: &str = "<NA>";
const SECOND: u64 = 1_000_000_000;
/// The field whose value stands before each message.
const TIME: &str = "evt.time.iso8601";

/// An alert: a rule that matched an event, and what it says of it.
#[derive(Debug)]
pub struct Alert<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// When the event happened, in nanoseconds since 1970.
    pub time: u64,
    /// The rule's output with the event's values, without time and priority before it.
    pub message: String,
    /// The values that the output names, and the time, in order of the alphabet; null where there is none.
    pub fields: Map<String, serde_json::Value>,
}

impl<'r> Alert<'r> {
    /// What a rule says of an event of this time, whose values are shown as text and as JSON.
    pub(super) fn new(
        rule: &'r Rule,
        time: u64,
        shown: impl Fn(OperandId) -> (String, serde_json::Value),
    ) -> Self {
        let mut message = String::new();
        let mut fields = vec![(TIME.to_owned(), time.into())];
        for part in &rule.output.parts {
            match part {
                Part::Text(text) => message.push_str(text),
                Part::Value {
                    name,
                    operand,
                    width,
                    ..
                } => {
                    let (text, json) = shown(*operand);
                    push(&mut message, &text, *width);
                    fields.push((name.clone(), json));
                }
            }
        }
        fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        Self {
            rule,
            time,
            message,
            fields: fields.into_iter().collect(),
        }
    }

    /// The time as RFC 3339, with nanoseconds and `Z`.
    #[must_use]
    pub fn time(&self) -> String {
        format!("{}Z", self.moment())
    }

    /// The whole line: time, priority and message.
    #[must_use]
    pub fn output(&self) -> String {
        let priority = self.rule.priority.as_str();
        format!("{}+0000: {priority} {}", self.moment(), self.message)
    }

    /// `2026-11-23T03:44:05.878200764`
    fn moment(&self) -> String {
        let seconds = i64::try_from(self.time / SECOND).unwrap_or(i64::MAX);
        let whole = Timestamp(seconds).to_rfc3339();
        format!("{}.{:09}", whole.trim_end_matches('Z'), self.time % SECOND)
    }
}

impl Engine {
    /// What the rules that match an event say of it, in the order in which they were defined.
    pub fn alerts(&mut self, context: &Context<'_>) -> Vec<Alert<'_>> {
        self.runner.find(context, self.matching, &mut ());
        self.matched(context)
    }

    /// The same, counting and measuring what it costs.
    pub fn alerts_at_cost(&mut self, context: &Context<'_>, costs: &mut Costs) -> Vec<Alert<'_>> {
        self.runner.find(context, self.matching, costs);
        self.matched(context)
    }

    /// What the rules that matched the last event say of it.
    fn matched(&self, context: &Context<'_>) -> Vec<Alert<'_>> {
        let program = &self.runner.program;
        let alert = |rule| Alert::new(rule, context.event.time, |id| shown(program, id, context));
        self.matched_rules().map(alert).collect()
    }
}

/// The value of an operand as text and as JSON.
fn shown(program: &Program, id: OperandId, context: &Context<'_>) -> (String, serde_json::Value) {
    let operand = program.operand(id);
    match operand.and_then(Operand::event_field) {
        Some(field) => shown_field(field, context),
        None => shown_operand(program, id, context),
    }
}

/// The same where the type alone says how a value is shown.
pub(super) fn shown_operand<'a>(
    program: &'a Program,
    id: OperandId,
    values: &impl Values<'a>,
) -> (String, serde_json::Value) {
    let kind = program
        .operand(id)
        .map_or(ParamType::Charbuf, |it| it.value);
    shown_value(operands::value(program, id, values), kind)
}

/// A value of this type, or that there is none, as text and as JSON.
pub(super) fn shown_value(
    value: Option<Value<'_>>,
    kind: ParamType,
) -> (String, serde_json::Value) {
    let Some(value) = value else {
        return (ABSENT.to_owned(), serde_json::Value::Null);
    };
    let format = match value {
        Value::Unsigned(_) | Value::Signed(_) => Format::Dec,
        _ => Format::Na,
    };
    (value.to_text(kind, format), value.to_json(kind, format))
}

pub(super) fn shown_field(field: &Field, context: &Context<'_>) -> (String, serde_json::Value) {
    let text = field.text(context).unwrap_or_else(|| ABSENT.to_owned());
    let json = field.json(context).unwrap_or_default();
    (text, json)
}

/// Adds a value, padded with blanks or cut to a width, if there is one.
fn push(message: &mut String, text: &str, width: usize) {
    if width == 0 {
        message.push_str(text);
        return;
    }
    let mut count = 0;
    for letter in text.chars().take(width) {
        message.push(letter);
        count += 1;
    }
    message.extend(std::iter::repeat_n(' ', width - count));
}
