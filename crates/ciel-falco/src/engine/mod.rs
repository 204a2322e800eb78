//! Runs rules on events.
//!
//! The rules that an event may match are known by its code ([`Plan`]); of them, each comparison and each boolean operator is
//! worked out at most once an event, however many rules share it. An event that no rule matches allocates nothing, but for
//! fields that have to be put together.

mod alert;
mod audit;
mod compare;
mod costs;
mod example;
mod glob;
mod operands;
mod paths;
mod plan;
mod shared;
mod walk;

pub use alert::Alert;
pub use audit::AuditEngine;
use ciel_event::{
    Context,
    schema::{self, codes},
};
use ciel_fields::{Compared, Field, FieldId, Value};
pub use costs::{Clock, Cost, Costs, RuleCost};
pub use example::{Example, ExampleEngine, ExampleError, Unmet, unmet};

use self::{
    compare::Test,
    costs::Onlooker,
    operands::Values,
    plan::{Plan, Step},
    shared::{Kept, Simple},
};
use crate::{
    compile::{self, Check, CheckId, ConditionError, EventTypes, NodeId, Program, Right, Rule},
    condition::Operator,
    fields::Source,
};

/// Which of the rules that match an event alert.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Matching {
    /// The first, in the order in which they were defined.
    #[default]
    First,
    /// All.
    All,
}

/// Rules, ready to run on the kernel's events.
#[derive(Debug)]
pub struct Engine {
    runner: Runner,
    matching: Matching,
}

impl Engine {
    /// Runs the enabled rules of a program whose source is the kernel.
    #[must_use]
    pub fn new(program: Program, matching: Matching) -> Self {
        let roots = (0..)
            .zip(&program.rules)
            .filter(|(_, rule)| rule.enabled && rule.source == Source::Syscall)
            .map(|(index, rule)| Root {
                index,
                node: rule.condition,
                types: rule.event_types,
            })
            .collect();
        Self {
            runner: Runner::new(program, roots),
            matching,
        }
    }

    /// The rules.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.runner.program
    }

    /// The rules that alert on an event, in the order in which they were defined.
    pub fn run(&mut self, context: &Context<'_>) -> impl Iterator<Item = &Rule> {
        self.runner.find(context, self.matching, &mut ());
        self.matched_rules()
    }

    /// The rules that matched the last event, in their order.
    fn matched_rules(&self) -> impl Iterator<Item = &Rule> {
        let rules = &self.runner.program.rules;
        let matched = self.runner.matched.iter();
        matched.filter_map(|index| rules.get(*index as usize))
    }
}

/// One condition, ready to run on the kernel's events: `ciel events --filter`.
#[derive(Debug)]
pub struct Filter {
    runner: Runner,
}

impl Filter {
    /// Reads a condition, which names no macros or lists.
    ///
    /// # Errors
    ///
    /// Where it is wrong, and why, in Falco's words.
    pub fn new(condition: &str) -> Result<Self, ConditionError> {
        let (program, node) = compile::condition(condition)?;
        let root = Root {
            index: 0,
            node,
            types: EventTypes::all(),
        };
        Ok(Self {
            runner: Runner::new(program, vec![root]),
        })
    }

    /// Whether the condition is true of an event.
    pub fn matches(&mut self, context: &Context<'_>) -> bool {
        self.runner.find(context, Matching::First, &mut ());
        !self.runner.matched.is_empty()
    }
}

/// Conditions of a program, worked out with what they share.
#[derive(Debug)]
struct Runner {
    program: Program,
    tests: Vec<Test>,
    simple: Vec<Option<Simple>>,
    kept: Kept,
    roots: Vec<Root>,
    /// By code; made when the first event of the code comes.
    plans: Vec<Option<Plan>>,
    memo: Memo,
    /// The conditions that were true of the last event, by index.
    matched: Vec<u32>,
}

/// A condition that is worked out.
#[derive(Debug)]
pub(super) struct Root {
    /// What it is called by whoever runs it.
    pub(super) index: u32,
    /// The condition.
    pub(super) node: NodeId,
    /// The types of events that it can be true of.
    types: EventTypes,
}

/// What is known of the steps of a plan in this event.
#[derive(Debug, Default)]
struct Memo {
    /// Twice the number of the event that a step was last worked out in, plus its truth.
    truth: Vec<u64>,
    epoch: u64,
}

impl Runner {
    fn new(program: Program, roots: Vec<Root>) -> Self {
        let tests = tests(&program);
        let checks = program.checks.iter();
        let simple = checks.map(|check| Simple::new(&program, check)).collect();
        Self {
            program,
            tests,
            simple,
            kept: Kept::default(),
            roots,
            plans: std::iter::repeat_with(|| None)
                .take(schema::EVENTS)
                .collect(),
            memo: Memo::default(),
            matched: Vec::new(),
        }
    }

    /// Finds the conditions that are true of an event, in their order.
    fn find(&mut self, context: &Context<'_>, matching: Matching, onlooker: &mut impl Onlooker) {
        self.matched.clear();
        let code = context.event.code;
        let Some(slot) = self.plans.get_mut(usize::from(code.0)) else {
            return;
        };
        let plan = slot.get_or_insert_with(|| {
            // Asynchronous events are shown to every rule, whatever types it names.
            let roots = self.roots.iter();
            let roots =
                roots.filter(|root| code == codes::ASYNCEVENT_E || root.types.contains(code));
            Plan::new(&self.program, &self.tests, roots, code)
        });
        if plan.entries.is_empty() {
            return;
        }
        onlooker.begin_asking();
        self.memo.begin(plan.steps.len());
        let mut run = Run {
            program: &self.program,
            tests: &self.tests,
            simple: &self.simple,
            kept: &mut self.kept,
            plan,
            memo: &mut self.memo,
            context,
        };
        for entry in &plan.entries {
            let matches = run.step(entry.step);
            onlooker.asked(entry.index, matches);
            if matches {
                self.matched.push(entry.index);
                if matching == Matching::First {
                    return;
                }
            }
        }
    }
}

impl Memo {
    fn begin(&mut self, steps: usize) {
        self.epoch += 1;
        if self.truth.len() < steps {
            self.truth.resize(steps, 0);
        }
    }

    #[inline]
    fn get(&self, step: u32) -> Option<bool> {
        let known = *self.truth.get(step as usize)?;
        (known >> 1 == self.epoch).then_some(known & 1 == 1)
    }

    #[inline]
    fn set(&mut self, step: u32, truth: bool) {
        if let Some(slot) = self.truth.get_mut(step as usize) {
            *slot = self.epoch << 1 | u64::from(truth);
        }
    }
}

/// One event on its way through a plan.
struct Run<'r, 'a> {
    program: &'r Program,
    tests: &'r [Test],
    simple: &'r [Option<Simple>],
    kept: &'r mut Kept,
    plan: &'r Plan,
    memo: &'r mut Memo,
    context: &'r Context<'a>,
}

impl Run<'_, '_> {
    /// Whether a step holds. Conditions nest no deeper than the parser lets them.
    #[inline]
    fn step(&mut self, index: u32) -> bool {
        match self.memo.get(index) {
            Some(known) => known,
            None => self.work_out(index),
        }
    }

    fn work_out(&mut self, index: u32) -> bool {
        let plan = self.plan;
        let truth = match plan.steps.get(index as usize) {
            None => false,
            Some(Step::True) => true,
            Some(Step::Check(check)) => self.check(*check),
            Some(Step::Not(inner)) => !self.step(*inner),
            Some(Step::And(parts)) => parts.iter().all(|part| self.step(*part)),
            Some(Step::Or(parts)) => parts.iter().any(|part| self.step(*part)),
        };
        self.memo.set(index, truth);
        truth
    }

    /// Whether a comparison holds. Apart from the boolean operators, which call themselves and need little room.
    #[inline(never)]
    fn check(&mut self, id: CheckId) -> bool {
        let (program, context) = (self.program, self.context);
        let index = id.0 as usize;
        let (Some(Some(simple)), Some(test)) = (self.simple.get(index), self.tests.get(index))
        else {
            return holds(program, self.tests, id, context);
        };
        simple.holds(test, self.kept, self.memo.epoch, context, |list| {
            program
                .check(id)
                .is_some_and(|check| one_holds(program, check, test, list, context))
        })
    }
}

/// The comparisons of a program, prepared.
fn tests(program: &Program) -> Vec<Test> {
    let tests = program.checks.iter().map(|check| match &check.right {
        Right::Constants(constants) if is_around(program, check) => Test::within(constants),
        Right::Constants(constants) => Test::new(check.operator, check.modifier, constants),
        Right::Nothing | Right::Operand(_) => Test::Any,
    });
    tests.collect()
}

/// The field of the event that a comparison has on its left side.
fn field_of<'p>(program: &'p Program, check: &Check) -> Option<&'p Field> {
    program.operand(check.left)?.event_field()
}

/// Whether a comparison asks for events around a time: `evt.around[T]=D`.
fn is_around(program: &Program, check: &Check) -> bool {
    check.operator == Operator::Equal
        && field_of(program, check).is_some_and(|field| field.id == FieldId::EvtAround)
}

/// Whether a comparison holds in an event. It does not where a side has no value.
fn holds(program: &Program, tests: &[Test], id: CheckId, context: &Context<'_>) -> bool {
    let (Some(check), Some(test)) = (program.check(id), tests.get(id.0 as usize)) else {
        return false;
    };
    let Some(field) = field_of(program, check) else {
        let left = operands::value(program, check.left, context);
        return left.is_some_and(|left| {
            let truth = one_holds(program, check, test, &left, context);
            shared::give_back_text(left);
            truth
        });
    };
    if check.operator == Operator::Exists {
        return field.exists(context);
    }
    if field.is_of_ancestors() {
        return field.any_ancestor(context, |value| {
            let truth = test.holds(&value);
            shared::give_back_text(value);
            truth
        });
    }
    field
        .compared(context)
        .is_some_and(|left| compared_holds(program, check, test, &left, context))
}

/// Whether a comparison holds of what a field has in an event.
fn compared_holds<'a>(
    program: &'a Program,
    check: &Check,
    test: &Test,
    left: &Compared<'_>,
    context: &impl Values<'a>,
) -> bool {
    match left {
        Compared::One(left) => one_holds(program, check, test, left, context),
        Compared::Any(values) => values.iter().any(|value| test.holds(value)),
        Compared::Ends(one, other) => {
            let field = field_of(program, check).map(|field| field.id);
            let mut values = std::iter::once(one).chain(other);
            match check.operator {
                Operator::NotEqual => values.all(|value| test.holds(value)),
                // Falco compares with a set of addresses without telling how long one is, and never finds it there.
                Operator::In | Operator::Intersects if field == Some(FieldId::FdIp) => false,
                // Of several networks it takes the first.
                Operator::In | Operator::Intersects if field == Some(FieldId::FdNet) => {
                    values.any(|value| test.first_holds(value))
                }
                _ => values.any(|value| test.holds(value)),
            }
        }
    }
}

/// Whether a comparison holds of one value, or of a list as `in` and `intersects` look at lists.
fn one_holds<'a>(
    program: &'a Program,
    check: &Check,
    test: &Test,
    left: &Value<'_>,
    context: &impl Values<'a>,
) -> bool {
    if let Right::Operand(right) = check.right {
        return operands::value(program, right, context)
            .is_some_and(|right| compare::values_hold(check.operator, left, &right));
    }
    match (left, check.operator) {
        (Value::List(values), Operator::In) => values.iter().all(|value| test.holds(value)),
        (Value::List(values), Operator::Intersects) => values.iter().any(|value| test.holds(value)),
        _ => test.holds(left),
    }
}
