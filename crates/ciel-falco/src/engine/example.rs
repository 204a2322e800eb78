//! Runs rules on examples: events of the kernel that are written as fields with their values, as tests of rules have them.

use std::fmt;

use ciel_event::{EventCode, ParamType};
use ciel_fields::{Compared, FieldId, Value};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::{
    Alert, Matching, Memo,
    alert::{shown_operand, shown_value},
    compare::Test,
    operands::Values,
    tests,
    walk::Walk,
};
use crate::{
    compile::{self, Constant, NodeId, OperandId, OperandKind, Program, Rule},
    condition::{Expr, Operator},
    fields::{self, FieldUse, Source},
};

/// The field that says what happened; without it, no rule runs.
const TYPE: &str = "evt.type";

/// What events of the kernel have unless an example says otherwise.
const GIVEN: [(&str, &str); 2] = [("evt.dir", "<"), ("evt.source", "syscall")];

/// An event as a test writes it. A field that it does not name has no value.
#[derive(Clone, Debug)]
pub struct Example {
    codes: Vec<EventCode>,
    /// By the field with its argument, as Falco writes it.
    values: FxHashMap<String, Value<'static>>,
}

/// Why something is no example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleError {
    /// `evt.type` is missing.
    NoType,
    /// There is no such event.
    UnknownType(String),
    /// There is no such field, or not with this argument.
    UnknownField(String),
    /// A value is not of its field's type.
    Value {
        /// The field.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for ExampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoType => write!(f, "it has no `{TYPE}`: rules run on types of events"),
            Self::UnknownType(name) => write!(f, "`{name}` is no type of event"),
            Self::UnknownField(name) => write!(f, "`{name}` is no field"),
            Self::Value { field, reason } => write!(f, "the value of `{field}`: {reason}"),
        }
    }
}

impl std::error::Error for ExampleError {}

impl Example {
    /// An event with these values of fields: texts, numbers and booleans, as the type of the field wants them, and lists of
    /// them for fields that have several. Null is no value.
    ///
    /// # Errors
    /// Where a field or a value is wrong.
    pub fn new(fields: &Map<String, Json>) -> Result<Self, ExampleError> {
        let mut values = FxHashMap::default();
        for (name, text) in GIVEN {
            values.insert(name.to_owned(), Value::text(text));
        }
        for (name, json) in fields {
            let unknown = |_| ExampleError::UnknownField(name.clone());
            let field = fields::field(name, Source::Syscall).map_err(unknown)?;
            let wrong = |reason| ExampleError::Value {
                field: name.clone(),
                reason,
            };
            let has_several = field.is_list() || !is_single(&field);
            let value = value(json, field.kind(), has_several).map_err(wrong)?;
            if has_two_ends(&field) && matches!(&value, Some(Value::List(ends)) if ends.len() > 2) {
                return Err(wrong("a connection has two ends".to_owned()));
            }
            match value {
                Some(value) => values.insert(field.to_string(), value),
                None => values.remove(&field.to_string()),
            };
        }
        let name = match values.get(TYPE) {
            Some(Value::Text(name)) => String::from_utf8_lossy(name),
            _ => return Err(ExampleError::NoType),
        };
        let codes: Vec<_> = EventCode::all()
            .filter(|code| code.info().name == name)
            .collect();
        if codes.is_empty() {
            return Err(ExampleError::UnknownType(name.into_owned()));
        }
        Ok(Self { codes, values })
    }

    /// Whether a rule looks at events of this one's type.
    #[must_use]
    pub fn has_type_of(&self, rule: &Rule) -> bool {
        let mut codes = self.codes.iter();
        rule.source == Source::Syscall && codes.any(|code| rule.event_types.contains(*code))
    }
}

/// A value of a field of this type.
fn value(
    json: &Json,
    kind: ParamType,
    has_several: bool,
) -> Result<Option<Value<'static>>, String> {
    let text = match json {
        Json::Null => return Ok(None),
        Json::Array(items) if has_several => {
            let item =
                |item| value(item, kind, false)?.ok_or_else(|| "null is no value".to_owned());
            let items = items.iter().map(item);
            return Ok(Some(Value::List(items.collect::<Result<_, _>>()?)));
        }
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::Array(_) => return Err("this field has one value".to_owned()),
        Json::Object(_) => return Err("a value is a text, a number or true or false".to_owned()),
    };
    // What is compared with networks is an address.
    let kind = match kind {
        ParamType::IpNet => ParamType::IpAddr,
        kind => kind,
    };
    let value = match compile::constant(&text, Operator::Equal, kind)? {
        Constant::Signed(number) => Value::Signed(number),
        Constant::Unsigned(number) => Value::Unsigned(number),
        Constant::Bool(is) => Value::Bool(is),
        Constant::Text(text) => Value::owned(text),
        Constant::Bytes(bytes) => Value::Bytes(bytes.into()),
        Constant::Address(address) => Value::Ip(address),
        Constant::Network(_) | Constant::Pattern(_) => {
            return Err("it is no single value".to_owned());
        }
    };
    Ok(Some(if has_several {
        Value::List(vec![value])
    } else {
        value
    }))
}

impl<'a> Values<'a> for Example {
    fn field(&self, _: OperandId, field: &'a FieldUse) -> Option<Value<'a>> {
        self.values.get(&field.to_string()).cloned()
    }

    fn compared(&self, id: OperandId, field: &'a FieldUse) -> Option<Compared<'a>> {
        let value = self.field(id, field)?;
        if is_single(field) {
            return Some(Compared::One(value));
        }
        let values = match value {
            Value::List(values) => values,
            value => vec![value],
        };
        if !has_two_ends(field) {
            return Some(Compared::Any(values));
        }
        let mut ends = values.into_iter();
        Some(Compared::Ends(ends.next()?, ends.next()))
    }
}

/// Whether conditions compare the one value, or the one list, that a field has.
fn is_single(field: &FieldUse) -> bool {
    match field {
        FieldUse::Event(own) => field.is_list() || own.is_single(),
        FieldUse::Plugin { .. } => true,
    }
}

/// Whether a field stands for both ends of a connection.
fn has_two_ends(field: &FieldUse) -> bool {
    let FieldUse::Event(field) = field else {
        return false;
    };
    matches!(
        field.id,
        FieldId::FdIp | FieldId::FdPort | FieldId::FdProto | FieldId::FdNet
    )
}

/// Rules, ready to run on examples.
#[derive(Debug)]
pub struct ExampleEngine {
    program: Program,
    tests: Vec<Test>,
    matching: Matching,
    memo: Memo,
}

/// A part of a condition that an event does not fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The part.
    pub condition: String,
    /// The fields that it asks for with the values that the event has of them.
    pub fields: Vec<(String, Option<String>)>,
}

impl ExampleEngine {
    /// Runs the enabled rules of a program whose source is the kernel.
    #[must_use]
    pub fn new(program: Program, matching: Matching) -> Self {
        Self {
            tests: tests(&program),
            program,
            matching,
            memo: Memo::default(),
        }
    }

    /// The rules.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What the rules that match an event say of it, in the order in which they were defined.
    pub fn alerts(&mut self, example: &Example) -> Vec<Alert<'_>> {
        self.memo.begin(self.program.nodes.len());
        let program = &self.program;
        let mut walk = Walk {
            program,
            tests: &self.tests,
            memo: &mut self.memo,
            values: example,
        };
        let runs = |rule: &&Rule| rule.enabled && example.has_type_of(rule);
        let shown = |id| shown_operand(program, id, example);
        let rules = (0..).zip(&program.rules).filter(|(_, rule)| runs(rule));
        walk.alerts(rules, self.matching, 0, shown, &mut ())
    }
}

/// The smallest parts of a rule's condition for which it does not alert on an event: nothing where it does.
#[must_use]
pub fn unmet(rule: &Rule, example: &Example) -> Vec<Unmet> {
    let mut found = Vec::new();
    collect_unmet(&rule.expression, example, &mut found);
    found
}

/// Goes down through what must hold together. Conditions nest no deeper than the parser lets them.
fn collect_unmet(expr: &Expr, example: &Example, found: &mut Vec<Unmet>) {
    match expr {
        Expr::And(parts, _) => {
            for part in parts {
                collect_unmet(part, example, found);
            }
        }
        Expr::Resolved(shared) => collect_unmet(&shared.condition, example, found),
        part => {
            let condition = part.to_string();
            // What a rule is made of has been compiled with it.
            let Ok((program, node)) = compile::condition(&condition) else {
                return;
            };
            if !holds(&program, node, example) {
                let fields = shown_fields(&program, example);
                found.push(Unmet { condition, fields });
            }
        }
    }
}

fn holds(program: &Program, node: NodeId, example: &Example) -> bool {
    let mut memo = Memo::default();
    memo.begin(program.nodes.len());
    let mut walk = Walk {
        program,
        tests: &tests(program),
        memo: &mut memo,
        values: example,
    };
    walk.holds(node)
}

/// The fields that a program asks for, with their values as text.
fn shown_fields(program: &Program, example: &Example) -> Vec<(String, Option<String>)> {
    let operands = program.operands.iter();
    let fields = operands.filter_map(|operand| match &operand.kind {
        OperandKind::Field(field) => {
            let value = example.values.get(&field.to_string()).cloned();
            let text = value.map(|value| shown_value(Some(value), operand.value).0);
            Some((field.to_string(), text))
        }
        _ => None,
    });
    fields.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::load::Loader;

    const RULES: &str = "
- macro: spawned
  condition: (evt.type in (execve, execveat) and evt.arg.res = 0)
- rule: shell
  desc: d
  condition: spawned and proc.name in (bash, sh) and not proc.pname startswith ssh
  output: \"a shell (%proc.name %proc.pname %fd.sport)\"
  priority: NOTICE
- rule: port
  desc: d
  condition: evt.type = connect and fd.port = 3333 and fd.snet = 10.0.0.0/8 and proc.aname intersects (sshd, cron)
  output: x
  priority: NOTICE
";

    fn example(fields: Json) -> Result<Example, ExampleError> {
        Example::new(fields.as_object().expect("a mapping"))
    }

    fn program() -> Program {
        let mut loader = Loader::new();
        let result = loader.load("rules.yaml", &RULES.into());
        assert!(result.successful(), "{result:?}");
        loader.into_program()
    }

    #[track_caller]
    fn check(fields: Json, expected: &[&str]) {
        let mut engine = ExampleEngine::new(program(), Matching::All);
        let alerts = engine.alerts(&example(fields).expect("an example"));
        let messages: Vec<&str> = alerts.iter().map(|it| &*it.message).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn rules_match_fields() {
        let shell = json!({"evt.type": "execve", "evt.arg.res": 0, "proc.name": "bash", "proc.pname": "nginx"});
        check(shell, &["a shell (bash nginx <NA>)"]);
        check(
            json!({"evt.type": "execve", "evt.arg.res": "0", "proc.name": "bash", "proc.pname": "sshd"}),
            &[],
        );
        // Of another type of event.
        check(
            json!({"evt.type": "clone", "evt.arg.res": 0, "proc.name": "bash"}),
            &[],
        );
        let connect = json!({"evt.type": "connect", "fd.port": [50000, 3333], "fd.snet": "10.1.2.3", "proc.aname": ["bash", "sshd"]});
        check(connect, &["x"]);
    }

    #[test]
    fn what_is_not_met_is_named() {
        let program = program();
        let rule = program.rule("shell").expect("the rule");
        let event = json!({"evt.type": "execve", "proc.name": "bash", "proc.pname": "sshd"});
        let unmet = unmet(rule, &example(event).expect("an example"));
        assert_eq!(
            unmet,
            [
                Unmet {
                    condition: "evt.arg.res = 0".to_owned(),
                    fields: vec![("evt.arg.res".to_owned(), None)],
                },
                Unmet {
                    condition: "not proc.pname startswith ssh".to_owned(),
                    fields: vec![("proc.pname".to_owned(), Some("sshd".to_owned()))],
                },
            ]
        );
    }

    #[test]
    fn what_is_no_event_is_refused() {
        let reason = |fields| example(fields).expect_err("no example").to_string();
        for (fields, expected) in [
            (json!({"proc.name": "a"}), "it has no `evt.type`"),
            (json!({"evt.type": "opne"}), "`opne` is no type of event"),
            (
                json!({"evt.type": "open", "proc.nam": "a"}),
                "`proc.nam` is no field",
            ),
            (
                json!({"evt.type": "open", "proc.pid": "x"}),
                "the value of `proc.pid`: x is not a valid number",
            ),
            (
                json!({"evt.type": "open", "proc.name": ["a", "b"]}),
                "the value of `proc.name`: this field has one value",
            ),
        ] {
            let reason = reason(fields);
            assert!(reason.starts_with(expected), "{reason}");
        }
    }
}
