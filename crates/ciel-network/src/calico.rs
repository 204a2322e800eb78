//! Calico's selector language. Written here, as no crate has it.

use ciel_k8s::{LabelSelector, Requirement};

/// A selector as Calico writes it: `app == 'web' && has(tier)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalicoSelector<'t> {
    /// `all()`, `global()`, or nothing at all.
    All,
    /// `has(key)`
    Has(&'t str),
    /// `key == 'value'` and `key in {'a', 'b'}`
    In(&'t str, Vec<&'t str>),
    /// `key != 'value'` and `key not in {'a', 'b'}`: also where there is no such label.
    NotIn(&'t str, Vec<&'t str>),
    /// `key contains 'x'`
    Contains(&'t str, &'t str),
    /// `key starts with 'x'`
    StartsWith(&'t str, &'t str),
    /// `key ends with 'x'`
    EndsWith(&'t str, &'t str),
    /// `!selector`
    Not(Box<CalicoSelector<'t>>),
    /// `a && b`
    And(Vec<CalicoSelector<'t>>),
    /// `a || b`
    Or(Vec<CalicoSelector<'t>>),
}

/// Nesting of one selector; more is an attack.
const DEPTH: usize = 50;

impl<'t> CalicoSelector<'t> {
    /// Reads a selector; `None` where it is none.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::All);
        }
        let mut parser = Parser { rest: text };
        let selector = parser.or(0)?;
        parser.rest.trim().is_empty().then_some(selector)
    }

    /// The same as a selector of Kubernetes, which can be found by index; `None` where it says more than that.
    #[must_use]
    pub fn to_labels(&self) -> Option<LabelSelector<'t>> {
        let mut requirements = Vec::new();
        self.add_requirements(&mut requirements)
            .then(|| LabelSelector::from_requirements(requirements))
    }

    fn add_requirements(&self, all: &mut Vec<Requirement<'t>>) -> bool {
        match self {
            Self::All => {}
            Self::Has(key) => all.push(Requirement::Exists(key)),
            Self::In(key, values) => all.push(Requirement::In(key, values.clone())),
            Self::NotIn(key, values) => all.push(Requirement::NotIn(key, values.clone())),
            Self::Not(inner) => match **inner {
                Self::Has(key) => all.push(Requirement::DoesNotExist(key)),
                _ => return false,
            },
            Self::And(parts) => return parts.iter().all(|part| part.add_requirements(all)),
            Self::Contains(..) | Self::StartsWith(..) | Self::EndsWith(..) | Self::Or(_) => {
                return false;
            }
        }
        true
    }

    /// Whether labels match; `value_of` gives the value of a key.
    pub fn matches<'l>(&self, value_of: &impl Fn(&str) -> Option<&'l str>) -> bool {
        let test = |key: &str, test: &dyn Fn(&str) -> bool| value_of(key).is_some_and(test);
        match self {
            Self::All => true,
            Self::Has(key) => value_of(key).is_some(),
            Self::In(key, values) => test(key, &|value| values.contains(&value)),
            Self::NotIn(key, values) => !test(key, &|value| values.contains(&value)),
            Self::Contains(key, part) => test(key, &|value| value.contains(*part)),
            Self::StartsWith(key, part) => test(key, &|value| value.starts_with(*part)),
            Self::EndsWith(key, part) => test(key, &|value| value.ends_with(*part)),
            Self::Not(inner) => !inner.matches(value_of),
            Self::And(parts) => parts.iter().all(|part| part.matches(value_of)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(value_of)),
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn or(&mut self, depth: usize) -> Option<CalicoSelector<'t>> {
        let mut parts = vec![self.and(depth)?];
        while self.eat("||") {
            parts.push(self.and(depth)?);
        }
        Some(single_or(parts, CalicoSelector::Or))
    }

    fn and(&mut self, depth: usize) -> Option<CalicoSelector<'t>> {
        let mut parts = vec![self.operand(depth)?];
        while self.eat("&&") {
            parts.push(self.operand(depth)?);
        }
        Some(single_or(parts, CalicoSelector::And))
    }

    fn operand(&mut self, depth: usize) -> Option<CalicoSelector<'t>> {
        if depth > DEPTH {
            return None;
        }
        if self.eat("!") {
            return Some(CalicoSelector::Not(Box::new(self.operand(depth + 1)?)));
        }
        if self.eat("(") {
            let inner = self.or(depth + 1)?;
            return self.eat(")").then_some(inner);
        }
        if self.eat("all()") || self.eat("global()") {
            return Some(CalicoSelector::All);
        }
        if self.eat("has(") {
            let key = self.key()?;
            return self.eat(")").then_some(CalicoSelector::Has(key));
        }
        let key = self.key()?;
        self.comparison(key)
    }

    fn comparison(&mut self, key: &'t str) -> Option<CalicoSelector<'t>> {
        if self.eat("==") {
            return Some(CalicoSelector::In(key, vec![self.string()?]));
        }
        if self.eat("!=") {
            return Some(CalicoSelector::NotIn(key, vec![self.string()?]));
        }
        let word = self.key()?;
        match word {
            "in" => Some(CalicoSelector::In(key, self.set()?)),
            "not" => (self.key()? == "in")
                .then_some(())
                .and_then(|()| Some(CalicoSelector::NotIn(key, self.set()?))),
            "contains" => Some(CalicoSelector::Contains(key, self.string()?)),
            "starts" | "ends" => {
                if self.key()? != "with" {
                    return None;
                }
                let part = self.string()?;
                Some(if word == "starts" {
                    CalicoSelector::StartsWith(key, part)
                } else {
                    CalicoSelector::EndsWith(key, part)
                })
            }
            _ => None,
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn key(&mut self) -> Option<&'t str> {
        let text = self.rest.trim_start();
        let end = text
            .find(|c: char| !(c.is_ascii_alphanumeric() || "_./-".contains(c)))
            .unwrap_or(text.len());
        let (key, rest) = text.split_at_checked(end)?;
        self.rest = rest;
        (!key.is_empty()).then_some(key)
    }

    fn string(&mut self) -> Option<&'t str> {
        let text = self.rest.trim_start();
        let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (value, rest) = text.get(1..)?.split_once(quote)?;
        self.rest = rest;
        Some(value)
    }

    fn set(&mut self) -> Option<Vec<&'t str>> {
        let mut values = Vec::new();
        if !self.eat("{") {
            return None;
        }
        while !self.eat("}") {
            values.push(self.string()?);
            self.eat(",");
        }
        Some(values)
    }
}

fn single_or<'t>(
    mut parts: Vec<CalicoSelector<'t>>,
    join: fn(Vec<CalicoSelector<'t>>) -> CalicoSelector<'t>,
) -> CalicoSelector<'t> {
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CalicoSelector;

    fn check(text: &str, labels: &[(&str, &'static str)], expected: bool) {
        let selector = CalicoSelector::parse(text).expect("a selector");
        let value_of = |key: &str| {
            let mut labels = labels.iter();
            labels.find(|(own, _)| *own == key).map(|(_, value)| *value)
        };
        assert_eq!(selector.matches(&value_of), expected, "{text} {labels:?}");
    }

    #[test]
    fn selectors_match() {
        let web = [("app", "web"), ("tier", "front")];
        for (text, expected) in [
            ("", true),
            ("all()", true),
            ("app == 'web'", true),
            ("app==\"web\"&&tier=='back'", false),
            ("app == 'api' || tier == 'front'", true),
            ("app != 'web'", false),
            ("zone != 'a'", true),
            ("has(app) && !has(zone)", true),
            ("app in {'api', 'web'}", true),
            ("app not in {'api','web'}", false),
            ("!(app == 'web' || app == 'api')", false),
            (
                "tier starts with 'fr' && tier ends with 'nt' && tier contains 'ro'",
                true,
            ),
            ("global()", true),
        ] {
            check(text, &web, expected);
        }
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for text in [
            "app ==",
            "app = 'web'",
            "(app == 'web'",
            "app in {'a'",
            "'app'",
            "app == 'web' x",
        ] {
            assert_eq!(CalicoSelector::parse(text), None, "{text}");
        }
        assert_eq!(CalicoSelector::parse(&"(".repeat(10_000)), None);
    }
}
