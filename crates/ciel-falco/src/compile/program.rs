//! Compiled rules: every operand, comparison and boolean operator once, however many rules and macros name it.
//!
//! The three tables refer to each other by index, always backwards: an engine that walks [`Program::nodes`] from the
//! start has evaluated all parts of a node before the node. A value of an operand, and the truth of a check or a node,
//! are those of one event; nothing here depends on earlier events.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use ciel_event::ParamType;
use ciel_fields::Field;
use rustc_hash::FxHashMap;

use super::{Constant, EventTypes, Output, Part};
use crate::condition::{Expr, Modifier, Operator, Transformer};
use crate::fields::{FieldUse, Source};
use crate::load::Priority;

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            fn next<T>(table: &[T]) -> Self {
                Self(u32::try_from(table.len()).unwrap_or(u32::MAX))
            }
        }
    };
}

index!(
    /// Index into [`Program::operands`].
    OperandId
);
index!(
    /// Index into [`Program::checks`].
    CheckId
);
index!(
    /// Index into [`Program::nodes`].
    NodeId
);

/// Something that an event gives a value for, or none, or several.
#[derive(Clone, PartialEq, Debug)]
pub struct Operand {
    /// Where the value comes from.
    pub kind: OperandKind,
    /// The type of the value, or of each of several.
    pub value: ParamType,
    /// Whether there are several.
    pub is_list: bool,
}

impl Operand {
    /// The field of the event that it is, untransformed; `None` for all else, fields of plugins too.
    #[must_use]
    pub fn event_field(&self) -> Option<&Field> {
        match &self.kind {
            OperandKind::Field(field) => match &**field {
                FieldUse::Event(field) => Some(field),
                FieldUse::Plugin { .. } => None,
            },
            _ => None,
        }
    }
}

/// Where the value of an operand comes from. Where a part has no value, the whole has none.
#[derive(Clone, PartialEq, Debug)]
pub enum OperandKind {
    /// A field. Boxed: it is large beside the others.
    Field(Box<FieldUse>),
    /// A constant.
    Literal(String),
    /// The values of several operands.
    List(Vec<OperandId>),
    /// `tolower`, `toupper`, `b64`, `basename` or `len` of another.
    Transformed(Transformer, OperandId),
    /// The values of a list with a separator between them.
    Join {
        /// The separator.
        separator: OperandId,
        /// The list.
        list: OperandId,
    },
    /// Strings, one after the other.
    Concat(Vec<OperandId>),
    /// Options as getopt(3) reads them.
    Getopt {
        /// The list of arguments.
        arguments: OperandId,
        /// The string that says which options there are.
        options: OperandId,
        /// The one option whose value is wanted; without it, all options and their values.
        option: Option<char>,
    },
}

/// A comparison. Without a value on either side it is false, whatever the operator.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Check {
    /// What is compared.
    pub left: OperandId,
    /// How.
    pub operator: Operator,
    /// How many values of the right side must hold. With no value on the right side the check is false.
    pub modifier: Option<Modifier>,
    /// With what.
    pub right: Right,
}

/// The right side of a comparison.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Right {
    /// Nothing: `exists`.
    Nothing,
    /// Constants of the type of the left side: one, unless the operator takes a list or there is a modifier.
    Constants(Arc<[Constant]>),
    /// Another operand, of the same type as the left side.
    Operand(OperandId),
}

/// A boolean operator, or a comparison.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Node {
    /// All hold.
    And(Box<[NodeId]>),
    /// One holds.
    Or(Box<[NodeId]>),
    /// The other does not hold.
    Not(NodeId),
    /// A comparison.
    Check(CheckId),
}

/// A rule, ready to run.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Whose events it looks at.
    pub source: Source,
    /// How urgent its alerts are.
    pub priority: Priority,
    /// Its tags, in order of the alphabet.
    pub tags: BTreeSet<String>,
    /// Whether it runs.
    pub enabled: bool,
    /// Whether events after an alert are to be recorded.
    pub capture: bool,
    /// For how many milliseconds, if the rule says so.
    pub capture_duration: Option<u32>,
    /// The text of its alerts.
    pub output: Output,
    /// When it alerts.
    pub condition: NodeId,
    /// The same as text can be made of: with lists put in, exceptions added and macros looked up.
    pub expression: Arc<Expr>,
    /// The types of events that it can alert on, besides asynchronous events, on which every rule runs.
    pub event_types: EventTypes,
    /// The file that defines it.
    pub file: Arc<str>,
}

/// All rules with what they share.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Every operand once.
    pub operands: Vec<Operand>,
    /// Every comparison once.
    pub checks: Vec<Check>,
    /// Every boolean operator once.
    pub nodes: Vec<Node>,
    /// The rules in the order in which they were first defined, disabled ones too.
    pub rules: Vec<Rule>,
}

impl Program {
    /// An operand.
    #[must_use]
    pub fn operand(&self, id: OperandId) -> Option<&Operand> {
        self.operands.get(id.0 as usize)
    }

    /// A comparison.
    #[must_use]
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.get(id.0 as usize)
    }

    /// A boolean operator.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The operands that a rule's condition and output ask for, each once.
    #[must_use]
    pub fn operands_of(&self, rule: &Rule) -> Vec<&Operand> {
        let mut wanted = vec![false; self.operands.len()];
        let mut nodes = vec![rule.condition];
        let mut seen = vec![false; self.nodes.len()];
        let mut operands: Vec<OperandId> = Vec::new();
        while let Some(id) = nodes.pop() {
            match seen.get_mut(id.0 as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            match self.node(id) {
                Some(Node::And(parts) | Node::Or(parts)) => nodes.extend(parts.iter()),
                Some(Node::Not(inner)) => nodes.push(*inner),
                Some(Node::Check(check)) => {
                    let check = self.check(*check);
                    operands.extend(check.map(|check| check.left));
                    if let Some(Right::Operand(right)) = check.map(|check| &check.right) {
                        operands.push(*right);
                    }
                }
                None => {}
            }
        }
        operands.extend(rule.output.parts.iter().filter_map(|part| match part {
            Part::Value { operand, .. } => Some(*operand),
            Part::Text(_) => None,
        }));
        while let Some(id) = operands.pop() {
            match wanted.get_mut(id.0 as usize) {
                Some(wanted) if !*wanted => *wanted = true,
                _ => continue,
            }
            match self.operand(id).map(|operand| &operand.kind) {
                Some(OperandKind::List(parts) | OperandKind::Concat(parts)) => {
                    operands.extend(parts);
                }
                Some(OperandKind::Transformed(_, inner)) => operands.push(*inner),
                Some(OperandKind::Join { separator, list }) => operands.extend([*separator, *list]),
                Some(OperandKind::Getopt {
                    arguments, options, ..
                }) => operands.extend([*arguments, *options]),
                Some(OperandKind::Field(_) | OperandKind::Literal(_)) | None => {}
            }
        }
        let all = self.operands.iter().zip(wanted);
        all.filter(|(_, wanted)| *wanted)
            .map(|(it, _)| it)
            .collect()
    }

    /// The rule of a name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name)
    }
}

/// Fills a program, each thing once.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(crate) program: Program,
    operands: FxHashMap<String, OperandId>,
    checks: FxHashMap<Check, CheckId>,
    nodes: FxHashMap<Node, NodeId>,
}

impl Builder {
    /// The operand of this text, made if it is new.
    pub(crate) fn operand(&mut self, key: String, make: impl FnOnce() -> Operand) -> OperandId {
        let operands = &mut self.program.operands;
        *self.operands.entry(key).or_insert_with(|| {
            let id = OperandId::next(operands);
            operands.push(make());
            id
        })
    }

    pub(crate) fn check(&mut self, check: Check) -> NodeId {
        let id = intern(&mut self.checks, &mut self.program.checks, check, |table| {
            CheckId::next(table)
        });
        self.node(Node::Check(id))
    }

    pub(crate) fn node(&mut self, node: Node) -> NodeId {
        intern(&mut self.nodes, &mut self.program.nodes, node, |table| {
            NodeId::next(table)
        })
    }
}

fn intern<T: Clone + Eq + Hash, I: Copy>(
    known: &mut FxHashMap<T, I>,
    table: &mut Vec<T>,
    value: T,
    next: impl FnOnce(&[T]) -> I,
) -> I {
    if let Some(id) = known.get(&value) {
        return *id;
    }
    let id = next(table);
    table.push(value.clone());
    known.insert(value, id);
    id
}
