//! Values of fields compared with constants, prepared once.

use std::{cmp::Ordering, net::IpAddr};

use ciel_fields::Value;
use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::{glob::Glob, paths::PathSet};
use crate::{
    compile::{Constant, Network, Pattern},
    condition::{Modifier, Operator},
};

/// What a value must be.
#[derive(Debug)]
pub(super) enum Test {
    /// Anything: `exists`.
    Any,
    /// Nothing is: there is no constant to compare with.
    Nothing,
    /// A number in this order to the constant.
    Number(Order, i128),
    /// One of these numbers.
    Numbers(FxHashSet<i128>),
    /// True, false, or one of both.
    Bool {
        on_true: bool,
        on_false: bool,
    },
    /// Text or bytes in this order to the constant.
    Bytes(Order, Box<[u8]>),
    /// One of these.
    Set(Set),
    StartsWith(Box<[u8]>),
    EndsWith(Box<[u8]>),
    Contains(Box<Finder<'static>>),
    /// In lower case.
    ContainsFolded(Box<[u8]>),
    Glob(Glob),
    Paths(PathSet),
    Pattern(Pattern),
    /// Whether it is this address.
    Address(bool, IpAddr),
    Addresses(FxHashSet<IpAddr>),
    /// Whether it lies in one of these networks.
    Networks(bool, Vec<Network>),
    /// How many of these hold.
    Several(Modifier, Vec<Test>),
}

/// How a value stands to a constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    fn of(operator: Operator) -> Option<Self> {
        Some(match operator {
            Operator::Equal | Operator::In | Operator::Intersects => Self::Equal,
            Operator::NotEqual => Self::NotEqual,
            Operator::Less => Self::Less,
            Operator::LessOrEqual => Self::LessOrEqual,
            Operator::Greater => Self::Greater,
            Operator::GreaterOrEqual => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// Texts, with the lengths that they have: most values are none of them by length alone.
#[derive(Debug)]
pub(super) struct Set {
    members: FxHashSet<Box<[u8]>>,
    shortest: usize,
    longest: usize,
}

impl Set {
    fn new<'c>(members: impl Iterator<Item = &'c [u8]>) -> Self {
        let members: FxHashSet<Box<[u8]>> = members.map(Into::into).collect();
        Self {
            shortest: members.iter().map(|member| member.len()).min().unwrap_or(0),
            longest: members.iter().map(|member| member.len()).max().unwrap_or(0),
            members,
        }
    }

    fn has(&self, value: &[u8]) -> bool {
        (self.shortest..=self.longest).contains(&value.len()) && self.members.contains(value)
    }
}

impl Test {
    /// The test of an operator with its constants.
    pub(super) fn new(
        operator: Operator,
        modifier: Option<Modifier>,
        constants: &[Constant],
    ) -> Self {
        if operator == Operator::Exists {
            return Self::Any;
        }
        if let Some(modifier) = modifier {
            let tests = constants
                .iter()
                .map(|constant| Self::of_one(operator, constant))
                .collect();
            return Self::Several(modifier, tests);
        }
        match operator {
            Operator::In | Operator::Intersects => Self::of_set(constants),
            Operator::PathMatch => Self::Paths(PathSet::new(constants.iter().filter_map(bytes))),
            _ => constants
                .first()
                .map_or(Self::Nothing, |constant| Self::of_one(operator, constant)),
        }
    }

    /// Whether nanoseconds are at most the milliseconds of the constant.
    pub(super) fn within(constants: &[Constant]) -> Self {
        const MILLISECOND: i128 = 1_000_000;
        match constants.first().and_then(number) {
            Some(most) => Self::Number(Order::LessOrEqual, most * MILLISECOND),
            None => Self::Nothing,
        }
    }

    fn of_set(constants: &[Constant]) -> Self {
        match constants.first() {
            None => Self::Nothing,
            Some(Constant::Signed(_) | Constant::Unsigned(_)) => {
                Self::Numbers(constants.iter().filter_map(number).collect())
            }
            Some(Constant::Bool(_)) => Self::Bool {
                on_true: constants.contains(&Constant::Bool(true)),
                on_false: constants.contains(&Constant::Bool(false)),
            },
            Some(Constant::Text(_) | Constant::Bytes(_) | Constant::Pattern(_)) => {
                Self::Set(Set::new(constants.iter().filter_map(bytes)))
            }
            Some(Constant::Address(_)) => {
                let addresses = constants.iter().filter_map(|constant| match constant {
                    Constant::Address(address) => Some(*address),
                    _ => None,
                });
                Self::Addresses(addresses.collect())
            }
            Some(Constant::Network(_)) => {
                let networks = constants.iter().filter_map(|constant| match constant {
                    Constant::Network(network) => Some(*network),
                    _ => None,
                });
                Self::Networks(true, networks.collect())
            }
        }
    }

    fn of_one(operator: Operator, constant: &Constant) -> Self {
        match constant {
            Constant::Signed(_) | Constant::Unsigned(_) => {
                match (Order::of(operator), number(constant)) {
                    (Some(order), Some(number)) => Self::Number(order, number),
                    _ => Self::Nothing,
                }
            }
            Constant::Bool(is) => {
                let wanted = *is == (operator != Operator::NotEqual);
                Self::Bool {
                    on_true: wanted,
                    on_false: !wanted,
                }
            }
            Constant::Address(address) => Self::Address(operator != Operator::NotEqual, *address),
            Constant::Network(network) => {
                Self::Networks(operator != Operator::NotEqual, vec![*network])
            }
            Constant::Pattern(pattern) => Self::Pattern(pattern.clone()),
            Constant::Text(text) => Self::of_bytes(operator, text.as_bytes()),
            Constant::Bytes(bytes) => Self::of_bytes(operator, bytes),
        }
    }

    fn of_bytes(operator: Operator, constant: &[u8]) -> Self {
        match operator {
            Operator::Contains | Operator::ContainsBytes => {
                Self::Contains(Box::new(Finder::new(constant).into_owned()))
            }
            Operator::ContainsIgnoreCase => {
                Self::ContainsFolded(constant.to_ascii_lowercase().into())
            }
            Operator::StartsWith | Operator::StartsWithBytes => Self::StartsWith(constant.into()),
            Operator::EndsWith => Self::EndsWith(constant.into()),
            Operator::Glob => Self::Glob(Glob::new(constant, false)),
            Operator::GlobIgnoreCase => Self::Glob(Glob::new(constant, true)),
            Operator::PathMatch => Self::Paths(PathSet::new(std::iter::once(constant))),
            _ => Order::of(operator)
                .map_or(Self::Nothing, |order| Self::Bytes(order, constant.into())),
        }
    }

    /// Whether a value is what is wanted. One of another type than the constants is not.
    pub(super) fn holds(&self, value: &Value<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Nothing => false,
            Self::Several(modifier, tests) => several(*modifier, tests, value),
            _ => match value {
                Value::Text(text) => self.holds_bytes(text),
                Value::Bytes(bytes) => self.holds_bytes(bytes),
                Value::Unsigned(number) => self.holds_number(i128::from(*number)),
                Value::Signed(number) => self.holds_number(i128::from(*number)),
                Value::Bool(is) => match self {
                    Self::Bool { on_true, on_false } => {
                        if *is {
                            *on_true
                        } else {
                            *on_false
                        }
                    }
                    _ => false,
                },
                Value::Ip(address) => self.holds_address(*address),
                Value::Double(_) | Value::List(_) => false,
            },
        }
    }

    /// Whether an address lies in the first of several networks.
    pub(super) fn first_holds(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Networks(wanted, networks), Value::Ip(address)) => networks
                .first()
                .is_some_and(|network| network.contains(*address) == *wanted),
            _ => self.holds(value),
        }
    }

    fn holds_number(&self, number: i128) -> bool {
        match self {
            Self::Number(order, constant) => order.holds(number.cmp(constant)),
            Self::Numbers(numbers) => numbers.contains(&number),
            _ => false,
        }
    }

    fn holds_address(&self, address: IpAddr) -> bool {
        match self {
            Self::Address(wanted, constant) => (address == *constant) == *wanted,
            Self::Addresses(addresses) => addresses.contains(&address),
            Self::Networks(wanted, networks) => {
                networks.iter().any(|network| network.contains(address)) == *wanted
            }
            _ => false,
        }
    }

    fn holds_bytes(&self, value: &[u8]) -> bool {
        match self {
            Self::Bytes(Order::Equal, constant) => value == &**constant,
            Self::Bytes(order, constant) => order.holds(value.cmp(constant)),
            Self::Set(set) => set.has(value),
            Self::StartsWith(start) => value.starts_with(start),
            Self::EndsWith(end) => value.ends_with(end),
            Self::Contains(finder) => finder.find(value).is_some(),
            Self::ContainsFolded(needle) => contains_folded(value, needle),
            Self::Glob(glob) => glob.matches(value),
            Self::Paths(paths) => paths.matches(value),
            Self::Pattern(pattern) => pattern.matches(value),
            _ => false,
        }
    }
}

fn several(modifier: Modifier, tests: &[Test], value: &Value<'_>) -> bool {
    let mut holding = tests.iter().filter(|test| test.holds(value));
    match modifier {
        _ if tests.is_empty() => false,
        Modifier::One => holding.next().is_some() && holding.next().is_none(),
        Modifier::Any => holding.next().is_some(),
        Modifier::All => holding.count() == tests.len(),
    }
}

/// Whether a text has another in it, which is in lower case, without regard to the case of ASCII letters.
fn contains_folded(text: &[u8], needle: &[u8]) -> bool {
    let Some((first, _)) = needle.split_first() else {
        return true;
    };
    let mut rest = text;
    while let Some(at) = memchr::memchr2(*first, first.to_ascii_uppercase(), rest) {
        let Some(here) = rest.get(at..) else {
            return false;
        };
        match here.get(..needle.len()) {
            None => return false,
            Some(part) if part.eq_ignore_ascii_case(needle) => return true,
            Some(_) => rest = here.get(1..).unwrap_or_default(),
        }
    }
    false
}

fn number(constant: &Constant) -> Option<i128> {
    match constant {
        Constant::Signed(number) => Some(i128::from(*number)),
        Constant::Unsigned(number) => Some(i128::from(*number)),
        _ => None,
    }
}

fn bytes(constant: &Constant) -> Option<&[u8]> {
    match constant {
        Constant::Text(text) => Some(text.as_bytes()),
        Constant::Bytes(bytes) => Some(bytes),
        Constant::Pattern(pattern) => Some(pattern.as_str().as_bytes()),
        _ => None,
    }
}

/// Whether two values of one event stand so to each other. Values of different types do not.
pub(super) fn values_hold(operator: Operator, left: &Value<'_>, right: &Value<'_>) -> bool {
    let constants: Vec<Constant> = match right {
        Value::List(values) => values.iter().filter_map(constant).collect(),
        value => constant(value).into_iter().collect(),
    };
    Test::new(operator, None, &constants).holds(left)
}

fn constant(value: &Value<'_>) -> Option<Constant> {
    Some(match value {
        Value::Unsigned(number) => Constant::Unsigned(*number),
        Value::Signed(number) => Constant::Signed(*number),
        Value::Bool(is) => Constant::Bool(*is),
        Value::Text(text) | Value::Bytes(text) => Constant::Bytes(text.to_vec()),
        Value::Ip(address) => Constant::Address(*address),
        Value::Double(_) | Value::List(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_within_milliseconds() {
        let test = Test::within(&[Constant::Unsigned(5)]);
        for (distance, within) in [(0, true), (5_000_000, true), (5_000_001, false)] {
            assert_eq!(test.holds(&Value::Unsigned(distance)), within, "{distance}");
        }
    }
}
