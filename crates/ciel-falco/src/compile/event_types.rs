//! The types of events that a condition can be true of: an algebra of sets over the condition, with negation pushed down
//! to the comparisons of `evt.type`, as libsinsp does it (`filter/ppm_codes.cpp`).

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use ciel_event::{EventCode, schema};
use rustc_hash::FxHashMap;

use crate::condition::{Check, Expr, Operand, Operator, Right, Transformer};

const WORDS: usize = schema::EVENTS.div_ceil(64);

/// A set of types of events.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventTypes([u64; WORDS]);

impl EventTypes {
    /// None.
    pub const NONE: Self = Self([0; WORDS]);

    /// All that the table of events knows.
    #[must_use]
    pub fn all() -> Self {
        let mut all = Self::NONE;
        EventCode::all().for_each(|code| all.insert(code));
        all
    }

    /// Adds one.
    pub fn insert(&mut self, code: EventCode) {
        let at = usize::from(code.0);
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Whether it has this one.
    #[must_use]
    pub fn contains(&self, code: EventCode) -> bool {
        let at = usize::from(code.0);
        self.0
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// How many it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// Its types, by code.
    pub fn iter(&self) -> impl Iterator<Item = EventCode> + '_ {
        EventCode::all().filter(|code| self.contains(*code))
    }

    /// The names of its types, each once, in order of the alphabet.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.iter().map(|code| code.info().name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn zip(self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let mut joined = self;
        for (word, other) in joined.0.iter_mut().zip(other.0) {
            *word = join(*word, other);
        }
        joined
    }

    fn and(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    fn or(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    fn without(self, other: Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }
}

impl std::fmt::Debug for EventTypes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// Codes by the name of their event. Names that are only those of system calls stand for the generic events.
fn by_name() -> &'static HashMap<&'static str, EventTypes> {
    static BY_NAME: OnceLock<HashMap<&'static str, EventTypes>> = OnceLock::new();
    BY_NAME.get_or_init(|| {
        let mut by_name: HashMap<&'static str, EventTypes> = HashMap::new();
        for code in EventCode::all().skip(2) {
            let types = by_name.entry(code.info().name);
            types.or_insert(EventTypes::NONE).insert(code);
        }
        let mut generic = EventTypes::NONE;
        generic.insert(schema::codes::GENERIC_E);
        generic.insert(schema::codes::GENERIC_X);
        for name in schema::syscall_names() {
            by_name.entry(name).or_insert(generic);
        }
        by_name
    })
}

/// Whether an event, a system call, or an asynchronous event of a plugin that Ciel provides has this name.
pub(crate) fn is_event_name(name: &str) -> bool {
    // `syscall` names the generic events, which the sets of types leave out.
    by_name().contains_key(name) || name == "syscall" || name == "container"
}

/// Finds the types of events of conditions; remembers those of macros.
#[derive(Default)]
pub(crate) struct Finder {
    macros: FxHashMap<(usize, bool), Result<EventTypes, String>>,
}

impl Finder {
    /// The types of events that a condition can be true of.
    ///
    /// # Errors
    /// `evt.type` in a transformer, or compared with another field.
    pub(crate) fn find(&mut self, condition: &Expr) -> Result<EventTypes, String> {
        self.walk(condition, false)
    }

    fn walk(&mut self, expr: &Expr, negated: bool) -> Result<EventTypes, String> {
        match expr {
            Expr::And(parts, _) => self.join(parts, negated, !negated),
            Expr::Or(parts, _) => self.join(parts, negated, negated),
            Expr::Not(inner, _) => self.walk(inner, !negated),
            Expr::Macro { .. } => Ok(EventTypes::all()),
            Expr::Resolved(shared) => {
                let key = (Arc::as_ptr(&shared.condition) as usize, negated);
                if let Some(known) = self.macros.get(&key) {
                    return known.clone();
                }
                let types = self.walk(&shared.condition, negated);
                self.macros.insert(key, types.clone());
                types
            }
            Expr::Check(check) => of_check(check, negated),
        }
    }

    fn join(&mut self, parts: &[Expr], negated: bool, all: bool) -> Result<EventTypes, String> {
        let mut types = if all {
            EventTypes::all()
        } else {
            EventTypes::NONE
        };
        for part in parts {
            let part = self.walk(part, negated)?;
            types = if all { types.and(part) } else { types.or(part) };
        }
        Ok(types)
    }
}

fn of_check(check: &Check, negated: bool) -> Result<EventTypes, String> {
    let all = EventTypes::all();
    let compares = matches!(
        check.operator,
        Operator::Equal | Operator::NotEqual | Operator::In
    );
    if !compares && check.operator != Operator::Exists {
        return Ok(all);
    }
    if !is_event_type(&check.left)? {
        return Ok(all);
    }
    if check.operator == Operator::Exists {
        return Ok(if negated { EventTypes::NONE } else { all });
    }
    let types_of = |names: &[String]| {
        let types = names.iter().filter_map(|name| by_name().get(name.as_str()));
        types.fold(EventTypes::NONE, |all, types| all.or(*types))
    };
    let types = match &check.right {
        Right::Value(name, _) => types_of(std::slice::from_ref(name)),
        Right::List(names, _) => types_of(names),
        Right::Nothing => return Ok(all),
        Right::Operand(_) => {
            return Err("right-hand field comparisons on `evt.type` checks are not supported by event code search".to_owned());
        }
    };
    // With `!=` and several values, the other types are those that no value names only if all must differ.
    if check.operator == Operator::NotEqual
        && matches!(&check.right, Right::List(names, _) if names.len() > 1)
    {
        return Ok(all);
    }
    let inverted = negated != (check.operator == Operator::NotEqual);
    Ok(if inverted { all.without(types) } else { types })
}

/// Whether what is compared is `evt.type` itself.
fn is_event_type(operand: &Operand) -> Result<bool, String> {
    match operand {
        Operand::Field(field) => Ok(field.name == "evt.type" && field.argument.is_none()),
        Operand::Call(call) => {
            let first = call.arguments.first().map_or(Ok(false), is_event_type)?;
            if first && call.transformer != Transformer::Val {
                return Err(
                    "event code search does not support `evt.type` checks with transformers"
                        .to_owned(),
                );
            }
            Ok(false)
        }
        Operand::Literal(..) | Operand::List(..) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::parse;

    #[track_caller]
    fn check(condition: &str, expected: &[&str]) {
        let condition = parse(condition).expect(condition);
        let types = Finder::default().find(&condition).expect("no error");
        assert_eq!(types.names(), expected, "{condition}");
    }

    #[track_caller]
    fn check_all_but(condition: &str, but: &[&str]) {
        let condition = parse(condition).expect(condition);
        let types = Finder::default().find(&condition).expect("no error");
        let missing = EventTypes::all().without(types);
        assert_eq!(missing.names(), but, "{condition}");
    }

    #[test]
    fn comparisons_of_the_type_restrict() {
        check("evt.type=open", &["open"]);
        check(
            "evt.type in (open, openat) and proc.name=x",
            &["open", "openat"],
        );
        check("evt.type=open or evt.type=close", &["close", "open"]);
        check("evt.type=open and evt.type=close", &[]);
        check("not (evt.type!=open or evt.type=close)", &["open"]);
        check("not evt.type exists", &[]);
        check("evt.type=uname", &["syscall"]);
    }

    #[test]
    fn everything_else_does_not() {
        check_all_but("proc.name=x", &[]);
        check_all_but("not proc.name=x", &[]);
        check_all_but("evt.type!=open", &["open"]);
        check_all_but("not evt.type in (open,close)", &["close", "open"]);
        check_all_but("evt.type=open or proc.name=x", &[]);
        check_all_but("evt.type contains op", &[]);
    }
}
