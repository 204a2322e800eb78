//! Works conditions out without plans made ahead, for events that are few. Each comparison and each boolean operator is still
//! worked out at most once an event.

use ciel_fields::Compared;

use super::{
    Alert, Matching, Memo,
    compare::Test,
    compared_holds,
    costs::Onlooker,
    operands::{self, Values},
};
use crate::{
    compile::{CheckId, Node, NodeId, OperandId, OperandKind, Program, Rule},
    condition::Operator,
};

/// One event on its way through conditions.
pub(super) struct Walk<'w, V> {
    pub(super) program: &'w Program,
    pub(super) tests: &'w [Test],
    /// For as many steps as the program has nodes; begun for this event.
    pub(super) memo: &'w mut Memo,
    pub(super) values: &'w V,
}

impl<'w, V: Values<'w>> Walk<'w, V> {
    /// Whether a condition holds. Conditions nest no deeper than the parser lets them.
    pub(super) fn holds(&mut self, id: NodeId) -> bool {
        if let Some(known) = self.memo.get(id.0) {
            return known;
        }
        let truth = match self.program.node(id) {
            None => false,
            Some(Node::Check(check)) => self.check(*check),
            Some(Node::Not(inner)) => !self.holds(*inner),
            Some(Node::And(parts)) => parts.iter().all(|part| self.holds(*part)),
            Some(Node::Or(parts)) => parts.iter().any(|part| self.holds(*part)),
        };
        self.memo.set(id.0, truth);
        truth
    }

    fn check(&self, id: CheckId) -> bool {
        let (Some(check), Some(test)) = (self.program.check(id), self.tests.get(id.0 as usize))
        else {
            return false;
        };
        let left = match self.program.operand(check.left).map(|it| &it.kind) {
            Some(OperandKind::Field(field)) => self.values.compared(check.left, field),
            _ => operands::value(self.program, check.left, self.values).map(Compared::One),
        };
        match left {
            None => false,
            Some(_) if check.operator == Operator::Exists => true,
            Some(left) => compared_holds(self.program, check, test, &left, self.values),
        }
    }

    /// What those of the rules say that match, in their order.
    pub(super) fn alerts<'r>(
        &mut self,
        rules: impl Iterator<Item = (u32, &'r Rule)>,
        matching: Matching,
        time: u64,
        shown: impl Fn(OperandId) -> (String, serde_json::Value),
        onlooker: &mut impl Onlooker,
    ) -> Vec<Alert<'r>> {
        let mut matching_rules = Vec::new();
        onlooker.begin_asking();
        for (index, rule) in rules {
            let matches = self.holds(rule.condition);
            onlooker.asked(index, matches);
            if matches {
                matching_rules.push(rule);
                if matching == Matching::First {
                    break;
                }
            }
        }
        // What is said of the event costs its own time.
        let alerts = matching_rules.into_iter();
        alerts.map(|rule| Alert::new(rule, time, &shown)).collect()
    }
}
