//! What is left of the rules for events of one code, since the code decides many comparisons: `evt.type = open` is true of
//! all events of a code or of none.

use std::collections::HashMap;

use ciel_event::{EventCode, schema::codes};
use ciel_fields::{FieldId, Value};

use super::{Root, compare::Test, field_of};
use crate::compile::{CheckId, Node, NodeId, Program, Right};

/// The conditions that may hold of events of one code, in order, and what is left of them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) entries: Vec<Entry>,
    pub(super) steps: Vec<Step>,
}

/// A condition by its index, and the step that says whether it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) index: u32,
    pub(super) step: u32,
}

/// A boolean operator over other steps, or a comparison. Steps refer to earlier ones.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Step {
    True,
    And(Box<[u32]>),
    Or(Box<[u32]>),
    Not(u32),
    Check(CheckId),
}

/// What is known of a node for a code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Always,
    Never,
    Step(u32),
}

/// Makes plans.
struct Planner<'p> {
    program: &'p Program,
    tests: &'p [Test],
    name: Option<&'static str>,
    steps: Vec<Step>,
    known_steps: HashMap<Step, u32>,
    known_nodes: HashMap<NodeId, Left>,
}

impl Plan {
    /// The plan for a code: of these conditions, those that may hold, in their order.
    pub(super) fn new<'r>(
        program: &Program,
        tests: &[Test],
        roots: impl Iterator<Item = &'r Root>,
        code: EventCode,
    ) -> Self {
        let mut planner = Planner {
            program,
            tests,
            // These have the name of what they carry.
            name: (!is_named_by_content(code)).then(|| code.info().name),
            steps: Vec::new(),
            known_steps: HashMap::new(),
            known_nodes: HashMap::new(),
        };
        let mut entries = Vec::new();
        for root in roots {
            let step = match planner.node(root.node) {
                Left::Never => continue,
                Left::Always => planner.step(Step::True),
                Left::Step(step) => step,
            };
            entries.push(Entry {
                index: root.index,
                step,
            });
        }
        Self {
            entries,
            steps: planner.steps,
        }
    }
}

fn is_named_by_content(code: EventCode) -> bool {
    matches!(
        code,
        codes::GENERIC_E | codes::GENERIC_X | codes::ASYNCEVENT_E | codes::PLUGINEVENT_E
    )
}

impl Planner<'_> {
    fn node(&mut self, id: NodeId) -> Left {
        if let Some(known) = self.known_nodes.get(&id) {
            return *known;
        }
        let program = self.program;
        let left = match program.node(id) {
            None => Left::Never,
            Some(Node::Check(check)) => self.check(*check),
            Some(Node::Not(inner)) => match self.node(*inner) {
                Left::Always => Left::Never,
                Left::Never => Left::Always,
                Left::Step(step) => Left::Step(self.step(Step::Not(step))),
            },
            Some(Node::And(parts)) => self.several(parts, Left::Never, Left::Always, Step::And),
            Some(Node::Or(parts)) => self.several(parts, Left::Always, Left::Never, Step::Or),
        };
        self.known_nodes.insert(id, left);
        left
    }

    /// Parts of which one may decide all (`deciding`), or have no say (`neutral`).
    fn several(
        &mut self,
        parts: &[NodeId],
        deciding: Left,
        neutral: Left,
        make: fn(Box<[u32]>) -> Step,
    ) -> Left {
        let mut steps = Vec::with_capacity(parts.len());
        for part in parts {
            match self.node(*part) {
                left if left == deciding => return deciding,
                Left::Step(step) if !steps.contains(&step) => steps.push(step),
                _ => {}
            }
        }
        match steps.as_slice() {
            [] => neutral,
            [step] => Left::Step(*step),
            _ => Left::Step(self.step(make(steps.into()))),
        }
    }

    fn check(&mut self, id: CheckId) -> Left {
        match self.decided(id) {
            Some(true) => Left::Always,
            Some(false) => Left::Never,
            None => Left::Step(self.step(Step::Check(id))),
        }
    }

    /// Whether the code decides a comparison, and how.
    fn decided(&self, id: CheckId) -> Option<bool> {
        let check = self.program.check(id)?;
        if matches!(check.right, Right::Operand(_)) {
            return None;
        }
        if field_of(self.program, check)?.id != FieldId::EvtType {
            return None;
        }
        let test = self.tests.get(id.0 as usize)?;
        Some(test.holds(&Value::text(self.name?)))
    }

    fn step(&mut self, step: Step) -> u32 {
        if let Some(known) = self.known_steps.get(&step) {
            return *known;
        }
        let index = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.steps.push(step.clone());
        self.known_steps.insert(step, index);
        index
    }
}
