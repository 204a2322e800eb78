//! Runs rules on audit events, of which there are few beside the kernel's.

use ciel_event::{Context, Event, Machine, Params, Seen, schema::codes};
use ciel_fields::{Field, FieldId, Value};

use super::{
    Alert, Costs, Matching, Memo,
    alert::{shown_field, shown_operand},
    compare::Test,
    costs::Onlooker,
    operands::Values,
    tests,
    walk::Walk,
};
use crate::{
    audit::{AuditEvent, AuditField},
    compile::{Operand, OperandId, OperandKind, Program, Rule},
    fields::{FieldUse, Source},
};

/// The name of the plugin that gives Falco audit events.
const PLUGIN: &str = "k8saudit";

/// Rules, ready to run on audit events.
#[derive(Debug)]
pub struct AuditEngine {
    program: Program,
    tests: Vec<Test>,
    /// By operand; nothing for what is no field of a plugin.
    fields: Vec<Option<AuditField>>,
    /// The indices of the rules that run.
    rules: Vec<u32>,
    matching: Matching,
    memo: Memo,
    /// What fields of all events are taken from: nothing is known of a machine.
    machine: Machine,
    seen: Seen,
}

impl AuditEngine {
    /// Runs the enabled rules of a program whose source is the audit log.
    #[must_use]
    pub fn new(program: Program, matching: Matching) -> Self {
        let runs = |rule: &Rule| rule.enabled && rule.source == Source::K8sAudit;
        let rules = (0..).zip(&program.rules);
        let rules = rules.filter(|(_, rule)| runs(rule));
        let field = |kind: &OperandKind| match kind {
            OperandKind::Field(field) => match &**field {
                FieldUse::Plugin { info, argument } => {
                    Some(AuditField::new(info, argument.as_deref()))
                }
                FieldUse::Event(_) => None,
            },
            _ => None,
        };
        Self {
            tests: tests(&program),
            fields: program.operands.iter().map(|it| field(&it.kind)).collect(),
            rules: rules.map(|(index, _)| index).collect(),
            program,
            matching,
            memo: Memo::default(),
            machine: Machine::default(),
            seen: Seen::default(),
        }
    }

    /// Whether there is a rule to run.
    #[must_use]
    pub fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// What the rules that match an event say of it, in the order in which they were defined.
    pub fn alerts(&mut self, event: &AuditEvent) -> Vec<Alert<'_>> {
        self.find(event, &mut ())
    }

    /// The same, counting and measuring what it costs.
    pub fn alerts_at_cost(&mut self, event: &AuditEvent, costs: &mut Costs) -> Vec<Alert<'_>> {
        self.find(event, costs)
    }

    fn find(&mut self, event: &AuditEvent, onlooker: &mut impl Onlooker) -> Vec<Alert<'_>> {
        self.seen.number += 1;
        if self.seen.number == 1 {
            self.seen.first_time = event.time;
            self.seen.previous_time = event.time;
        }
        self.memo.begin(self.program.nodes.len());
        let plain = Event {
            time: event.time,
            tid: -1,
            cpu: 0,
            code: codes::PLUGINEVENT_E,
            params: Params::EMPTY,
        };
        let surroundings = Surroundings {
            program: &self.program,
            fields: &self.fields,
            event,
            context: self.machine.context(&plain, &self.seen),
        };
        let rules = self.rules.iter();
        let rule = |index: &u32| Some((*index, self.program.rules.get(*index as usize)?));
        let rules = rules.filter_map(rule);
        let mut walk = Walk {
            program: &self.program,
            tests: &self.tests,
            memo: &mut self.memo,
            values: &surroundings,
        };
        let shown = |id| surroundings.shown(id);
        let alerts = walk.alerts(rules, self.matching, event.time, shown, onlooker);
        self.seen.previous_time = event.time;
        alerts
    }
}

/// An event, and what it is judged by.
struct Surroundings<'a> {
    program: &'a Program,
    fields: &'a [Option<AuditField>],
    event: &'a AuditEvent,
    context: Context<'a>,
}

impl Surroundings<'_> {
    /// The value of an operand as text and as JSON.
    fn shown(&self, id: OperandId) -> (String, serde_json::Value) {
        let operand = self.program.operand(id);
        match operand.and_then(Operand::event_field) {
            Some(field) if self.own(field).is_none() => shown_field(field, &self.context),
            _ => shown_operand(self.program, id, self),
        }
    }

    /// The value of a field of all events that events of plugins have for themselves.
    fn own<'v>(&self, field: &Field) -> Option<Value<'v>> {
        match field.id {
            FieldId::EvtPluginname => Some(Value::text(PLUGIN)),
            FieldId::EvtPlugininfo => Some(Value::owned(self.event.value.to_string())),
            FieldId::EvtSource => Some(Value::text(Source::K8sAudit.as_str())),
            _ => None,
        }
    }
}

impl<'a> Values<'a> for Surroundings<'a> {
    fn field(&self, id: OperandId, field: &'a FieldUse) -> Option<Value<'a>> {
        match field {
            FieldUse::Plugin { .. } => {
                let field = self.fields.get(id.0 as usize)?;
                field.as_ref()?.value(self.event)
            }
            FieldUse::Event(field) => self.own(field).or_else(|| field.extract(&self.context)),
        }
    }
}
