//! What is right and probably not meant so.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::condition::{Check, Expr, Operand, Operator, Right, Transformer};
use crate::fields::{Source, is_field};

/// Fields that Falco will drop, in its order.
pub(crate) const DEPRECATED_FIELDS: [&str; 6] = [
    "evt.dir",
    "evt.latency",
    "evt.latency.s",
    "evt.latency.ns",
    "evt.latency.human",
    "evt.wait_latency",
];

/// Falco's words on a field that it will drop.
pub(crate) fn deprecation(field: &str) -> &'static str {
    if field == "evt.dir" {
        "due to the drop of enter events, 'evt.dir = <' always evaluates to true, and 'evt.dir = >' always evaluates to false. The rule expression can be simplified by removing the condition on 'evt.dir'"
    } else {
        "field is not available due to the drop of enter events."
    }
}

/// What is odd about a value of a comparison, in Falco's words.
pub(crate) fn of_value(operator: Operator, value: &str, source: Source) -> Vec<String> {
    let mut hints = Vec::new();
    if operator == Operator::Regex && is_plain(value) {
        hints.push(format!(
            "regex check with '{value}' may be optimized with simpler operators such as '=', 'contains', 'startswith', 'endswith'"
        ));
    }
    // Most values are neither, and have no dot and no parenthesis.
    if !value.contains(['.', '(']) {
        return hints;
    }
    let stripped: String = value
        .chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'))
        .collect();
    if is_field(&stripped, source) {
        hints.push(format!(
            "'{value}' may be a valid field misused as a const string value"
        ));
    }
    let is_call = stripped.ends_with(')')
        && Transformer::ALL.iter().any(|transformer| {
            let rest = stripped.strip_prefix(transformer.as_str());
            rest.is_some_and(|rest| rest.starts_with('('))
        });
    if is_call {
        hints.push(format!(
            "'{value}' may be a valid field transformer misused as a const string value"
        ));
    }
    hints
}

/// Whether a regular expression says nothing that a simpler operator could not say.
fn is_plain(pattern: &str) -> bool {
    let bytes = pattern.as_bytes();
    let length = bytes.len();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let is_anchor = (at == 0 && *byte == b'^') || (at + 1 == length && *byte == b'$');
        let is_at_an_end = (at == 0 && length > 1) || at + 2 == length;
        let repeats = matches!(bytes.get(at + 1), Some(b'+' | b'*' | b'?'));
        if is_anchor {
            at += 1;
        } else if is_at_an_end && *byte == b'.' && repeats {
            at += 2;
        } else if b".+*?^$()[]{}|\\".contains(byte) {
            return false;
        } else {
            at += 1;
        }
    }
    true
}

/// What is odd about the fields of a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Oddities {
    /// Fields of audit events are compared with `<NA>`.
    pub(crate) unsafe_na: bool,
    /// Places in [`DEPRECATED_FIELDS`].
    pub(crate) deprecated: BTreeSet<usize>,
}

/// Finds what is odd; remembers it of macros.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    macros: FxHashMap<usize, Oddities>,
}

impl Finder {
    /// What is odd about the fields of a condition.
    pub(crate) fn find(&mut self, expr: &Expr) -> Oddities {
        let mut found = Oddities::default();
        self.walk(expr, &mut found);
        found
    }

    fn walk(&mut self, expr: &Expr, found: &mut Oddities) {
        match expr {
            Expr::And(parts, _) | Expr::Or(parts, _) => {
                for part in parts {
                    self.walk(part, found);
                }
            }
            Expr::Not(inner, _) => self.walk(inner, found),
            Expr::Macro { .. } => {}
            Expr::Resolved(shared) => {
                let key = Arc::as_ptr(&shared.condition) as usize;
                if !self.macros.contains_key(&key) {
                    let inner = self.find(&shared.condition);
                    self.macros.insert(key, inner);
                }
                if let Some(inner) = self.macros.get(&key) {
                    found.unsafe_na |= inner.unsafe_na;
                    found.deprecated.extend(&inner.deprecated);
                }
            }
            Expr::Check(check) => of_check(check, found),
        }
    }
}

fn of_check(check: &Check, found: &mut Oddities) {
    let is_unsafe = of_operand(&check.left, found);
    let compares = matches!(
        check.operator,
        Operator::Equal
            | Operator::NotEqual
            | Operator::In
            | Operator::Intersects
            | Operator::PathMatch
    );
    const NA: &str = "<NA>";
    let has_na = match &check.right {
        Right::Value(value, _) => value == NA,
        Right::List(values, _) => values.iter().any(|value| value == NA),
        Right::Nothing | Right::Operand(_) => false,
    };
    found.unsafe_na |= is_unsafe && compares && has_na;
}

/// Whether the last field of an operand is one of audit events.
fn of_operand(operand: &Operand, found: &mut Oddities) -> bool {
    match operand {
        Operand::Field(field) => {
            let place = DEPRECATED_FIELDS
                .iter()
                .position(|name| *name == field.name);
            found.deprecated.extend(place);
            field.name.starts_with("ka.") || field.name.starts_with("jevt.")
        }
        Operand::Call(call) => {
            let arguments = call.arguments.iter();
            arguments.fold(false, |_, argument| of_operand(argument, found))
        }
        Operand::Literal(..) => false,
        Operand::List(items, _) => items.iter().fold(false, |_, item| of_operand(item, found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_expressions_are_told() {
        for (pattern, expected) in [
            ("^abc$", true),
            (".*abc.*", true),
            ("abc", true),
            ("a.c", false),
            ("[a-z]+", false),
        ] {
            assert_eq!(is_plain(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn fields_as_values_are_told() {
        let hints = |value| of_value(Operator::Equal, value, Source::Syscall).len();
        assert_eq!(hints("proc.pname"), 1);
        assert_eq!(hints("tolower(proc.name)"), 1);
        assert_eq!(hints("ls.sh"), 0);
    }
}
