use std::collections::HashMap;

use ciel_yaml::Node;

use crate::{LabelSelector, Requirement};

/// Things with labels, to be found by selector without looking at each.
#[derive(Debug)]
pub struct LabelIndex<'a, T> {
    items: Vec<(Option<Node<'a>>, T)>,
    by_label: HashMap<(&'a str, &'a str), Vec<usize>>,
}

impl<T> Default for LabelIndex<'_, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            by_label: HashMap::new(),
        }
    }
}

impl<'a, T> LabelIndex<'a, T> {
    /// Adds a thing with its map of labels (`None`: no labels).
    pub fn push(&mut self, labels: Option<Node<'a>>, item: T) {
        let id = self.items.len();
        for (key, value) in labels.into_iter().flat_map(Node::entries) {
            self.by_label
                .entry((key.scalar_text(), value.scalar_text()))
                .or_default()
                .push(id);
        }
        self.items.push((labels, item));
    }

    /// All things, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.iter().map(|(_, item)| item)
    }

    /// What the selector matches, in the order in which it was added.
    pub fn select<'i>(&'i self, selector: &LabelSelector<'_>) -> Vec<&'i T> {
        let fewest = selector
            .requirements()
            .iter()
            .filter_map(|requirement| self.candidates(requirement))
            .min_by_key(Vec::len);
        let matching = |id: usize| {
            let (labels, item) = self.items.get(id)?;
            selector.matches(*labels).then_some(item)
        };
        match fewest {
            Some(mut ids) => {
                ids.sort_unstable();
                ids.dedup();
                ids.into_iter().filter_map(matching).collect()
            }
            None => (0..self.items.len()).filter_map(matching).collect(),
        }
    }

    /// The same, as long as no more things have to be looked at than the budget has left; `None` where it has not. What
    /// was looked at is taken from the budget.
    pub fn select_within<'i>(
        &'i self,
        selector: &LabelSelector<'_>,
        budget: &mut usize,
    ) -> Option<Vec<&'i T>> {
        let counts = selector.requirements().iter().filter_map(|requirement| {
            let Requirement::In(key, values) = requirement else {
                return None;
            };
            let found = values
                .iter()
                .filter_map(|value| self.by_label.get(&(*key, *value)));
            Some((found.map(Vec::len).sum(), requirement))
        });
        let fewest: Option<(usize, _)> = counts.min_by_key(|(count, _)| *count);
        let cost = fewest.map_or(self.items.len(), |(count, _)| count).max(1);
        *budget = budget.checked_sub(cost)?;
        let matching = |id: usize| {
            let (labels, item) = self.items.get(id)?;
            selector.matches(*labels).then_some(item)
        };
        let Some((_, requirement)) = fewest else {
            return Some((0..self.items.len()).filter_map(matching).collect());
        };
        let mut ids = self.candidates(requirement).unwrap_or_default();
        ids.sort_unstable();
        ids.dedup();
        Some(ids.into_iter().filter_map(matching).collect())
    }

    /// Whether the selector matches a thing that meets a condition: looks no further than the first.
    #[must_use]
    pub fn any(&self, selector: &LabelSelector<'_>, is_meant: impl Fn(&T) -> bool) -> bool {
        let is_match =
            |(labels, item): &(Option<Node<'a>>, T)| is_meant(item) && selector.matches(*labels);
        let lists = selector
            .requirements()
            .iter()
            .filter_map(|requirement| match requirement {
                Requirement::In(key, values) => {
                    let mut lists = Vec::with_capacity(values.len());
                    lists.extend(
                        values
                            .iter()
                            .filter_map(|value| self.by_label.get(&(*key, *value))),
                    );
                    Some(lists)
                }
                _ => None,
            })
            .min_by_key(|lists| lists.iter().map(|list| list.len()).sum::<usize>());
        match lists {
            Some(lists) => lists
                .into_iter()
                .flatten()
                .filter_map(|id| self.items.get(*id))
                .any(is_match),
            None => self.items.iter().any(is_match),
        }
    }

    /// The things that can meet a condition; `None` where the index does not help.
    fn candidates(&self, requirement: &Requirement<'_>) -> Option<Vec<usize>> {
        let Requirement::In(key, values) = requirement else {
            return None;
        };
        let ids = values
            .iter()
            .filter_map(|value| self.by_label.get(&(*key, *value)));
        Some(ids.flatten().copied().collect())
    }
}

/// Selectors, to be found by the labels that they match without trying each.
#[derive(Debug)]
pub struct SelectorIndex<'a, T> {
    items: Vec<(LabelSelector<'a>, T)>,
    /// Those that want a label with one value, by that.
    by_label: HashMap<(&'a str, &'a str), Vec<usize>>,
    /// Those without conditions.
    all: Vec<usize>,
    /// All others.
    rest: Vec<usize>,
}

impl<T> Default for SelectorIndex<'_, T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            by_label: HashMap::new(),
            all: Vec::new(),
            rest: Vec::new(),
        }
    }
}

impl<'a, T> SelectorIndex<'a, T> {
    /// Adds a thing with its selector.
    pub fn push(&mut self, selector: LabelSelector<'a>, item: T) {
        let id = self.items.len();
        let wanted = selector
            .requirements()
            .iter()
            .find_map(|requirement| match requirement {
                Requirement::In(key, values) => match values.as_slice() {
                    [value] => Some((*key, *value)),
                    _ => None,
                },
                _ => None,
            });
        match wanted {
            Some(label) => self.by_label.entry(label).or_default().push(id),
            None if selector.is_empty() => self.all.push(id),
            None => self.rest.push(id),
        }
        self.items.push((selector, item));
    }

    /// The things whose selector has no condition.
    pub fn for_all(&self) -> impl Iterator<Item = &T> {
        let items = self.all.iter().filter_map(|id| self.items.get(*id));
        items.map(|(_, item)| item)
    }

    /// The things whose selector matches a map of labels (`None`: no labels): those without conditions first.
    pub fn matching<'i>(&'i self, labels: Option<Node<'i>>) -> impl Iterator<Item = &'i T> {
        let named = labels
            .into_iter()
            .flat_map(Node::entries)
            .filter_map(|(key, value)| self.by_label.get(&(key.scalar_text(), value.scalar_text())))
            .flatten();
        let ids = self.all.iter().chain(&self.rest).chain(named);
        ids.filter_map(move |id| {
            let (selector, item) = self.items.get(*id)?;
            selector.matches(labels).then_some(item)
        })
    }
}
