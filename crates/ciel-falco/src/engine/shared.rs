//! What comparisons of one event share: values that are put together from others are taken once.

use std::borrow::Cow;

use ciel_event::Context;
use ciel_fields::{Field, Value, give_back};

use super::{compare::Test, field_of};
use crate::{
    compile::{Check, OperandId, Program, Right},
    condition::Operator,
};

/// The left side of a comparison with constants, where it is a field that has at most one value.
#[derive(Debug)]
pub(super) struct Simple {
    field: Field,
    operand: OperandId,
    /// Whether its value is kept for other comparisons of the event.
    keeps: bool,
}

/// Values that were put together for this event, by the number of the operand.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<Slot>);

/// A value, and the event that it is of.
#[derive(Debug, Default)]
struct Slot {
    epoch: u64,
    text: Vec<u8>,
}

impl Simple {
    /// `None` where a comparison is of another kind.
    pub(super) fn new(program: &Program, check: &Check) -> Option<Self> {
        if check.operator == Operator::Exists || !matches!(check.right, Right::Constants(_)) {
            return None;
        }
        let field = field_of(program, check).filter(|field| field.is_single())?;
        Some(Self {
            field: field.clone(),
            operand: check.left,
            keeps: field.is_composite(),
        })
    }

    /// Whether the comparison holds in an event, the one of this epoch.
    pub(super) fn holds(
        &self,
        test: &Test,
        kept: &mut Kept,
        epoch: u64,
        context: &Context<'_>,
        list: impl FnOnce(&Value<'_>) -> bool,
    ) -> bool {
        if self.keeps
            && let Some(text) = kept.get(self.operand, epoch)
        {
            return test.holds(&Value::text(text));
        }
        match self.field.extract(context) {
            None => false,
            Some(Value::Text(Cow::Owned(text))) => {
                let truth = test.holds(&Value::text(&text));
                if self.keeps {
                    kept.set(self.operand, epoch, text);
                } else {
                    give_back(text);
                }
                truth
            }
            Some(value @ Value::List(_)) => list(&value),
            Some(value) => test.holds(&value),
        }
    }
}

/// Keeps the buffer of a text that was put together, for the next one.
pub(super) fn give_back_text(value: Value<'_>) {
    if let Value::Text(Cow::Owned(text)) = value {
        give_back(text);
    }
}

impl Kept {
    fn get(&self, operand: OperandId, epoch: u64) -> Option<&[u8]> {
        let slot = self.0.get(operand.0 as usize)?;
        (slot.epoch == epoch).then_some(&slot.text)
    }

    fn set(&mut self, operand: OperandId, epoch: u64, text: Vec<u8>) {
        let index = operand.0 as usize;
        if self.0.len() <= index {
            self.0.resize_with(index + 1, Slot::default);
        }
        if let Some(slot) = self.0.get_mut(index) {
            slot.epoch = epoch;
            give_back(std::mem::replace(&mut slot.text, text));
        }
    }
}
