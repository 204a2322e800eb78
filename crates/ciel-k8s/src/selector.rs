use ciel_yaml::Node;

/// A `metav1.LabelSelector`, or a plain map of labels as Services and ReplicationControllers have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSelector<'a> {
    requirements: Vec<Requirement<'a>>,
}

/// One condition on the labels. All of a selector's must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement<'a> {
    /// The label is there, with one of these values.
    In(&'a str, Vec<&'a str>),
    /// The label is absent, or has none of these values.
    NotIn(&'a str, Vec<&'a str>),
    /// The label is there.
    Exists(&'a str),
    /// The label is absent.
    DoesNotExist(&'a str),
    /// An operator that Kubernetes does not know: matches nothing, as the object would be refused.
    Invalid,
}

impl<'a> Requirement<'a> {
    /// The label that it is about; `None` for one that is not valid.
    #[must_use]
    pub fn key(&self) -> Option<&'a str> {
        match self {
            Self::In(key, _)
            | Self::NotIn(key, _)
            | Self::Exists(key)
            | Self::DoesNotExist(key) => Some(key),
            Self::Invalid => None,
        }
    }
}

impl<'a> LabelSelector<'a> {
    /// Reads `matchLabels` and `matchExpressions`.
    #[must_use]
    pub fn from_selector(node: Node<'a>) -> Self {
        let mut selector = node
            .get("matchLabels")
            .map(Self::from_labels)
            .unwrap_or_default();
        for expression in node
            .get("matchExpressions")
            .into_iter()
            .flat_map(Node::items)
        {
            selector.requirements.push(requirement(expression));
        }
        selector
    }

    /// Reads a list of `matchExpressions`.
    #[must_use]
    pub fn from_expressions(node: Node<'a>) -> Self {
        Self {
            requirements: node.items().map(requirement).collect(),
        }
    }

    /// Reads a map of labels: each must be there with its value.
    #[must_use]
    pub fn from_labels(node: Node<'a>) -> Self {
        let equals = |(key, value): (Node<'a>, Node<'a>)| {
            Requirement::In(key.scalar_text(), vec![value.scalar_text()])
        };
        Self {
            requirements: node.entries().map(equals).collect(),
        }
    }

    /// The selector with these conditions.
    #[must_use]
    pub fn from_requirements(requirements: Vec<Requirement<'a>>) -> Self {
        Self { requirements }
    }

    /// The selector with one condition: a label has a value.
    #[must_use]
    pub fn equals(key: &'a str, value: &'a str) -> Self {
        Self {
            requirements: vec![Requirement::In(key, vec![value])],
        }
    }

    /// The selector without its conditions on some labels.
    #[must_use]
    pub fn without(mut self, keys: &[&str]) -> Self {
        self.requirements.retain(|requirement| match requirement {
            Requirement::In(key, _)
            | Requirement::NotIn(key, _)
            | Requirement::Exists(key)
            | Requirement::DoesNotExist(key) => !keys.contains(key),
            Requirement::Invalid => true,
        });
        self
    }

    /// Whether it has no condition. What that means differs: for a NetworkPolicy or a PodDisruptionBudget
    /// everything, for a Service nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// The conditions.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement<'a>] {
        &self.requirements
    }

    /// The labels that must be there, with the values that would do; no values where any would.
    pub fn wanted(&self) -> impl Iterator<Item = (&'a str, &[&'a str])> {
        self.requirements
            .iter()
            .filter_map(|requirement| match requirement {
                Requirement::In(key, values) => Some((*key, values.as_slice())),
                Requirement::Exists(key) => Some((*key, &[][..])),
                _ => None,
            })
    }

    /// Whether a map of labels (`None`: no labels) meets all conditions.
    #[must_use]
    pub fn matches(&self, labels: Option<Node<'_>>) -> bool {
        self.matches_with(|key| {
            labels
                .and_then(|labels| labels.get_raw(key))
                .map(Node::scalar_text)
        })
    }

    /// The same for labels that stand elsewhere: `value_of` gives the value of a key.
    pub fn matches_with<'l>(&self, value_of: impl Fn(&str) -> Option<&'l str>) -> bool {
        self.requirements
            .iter()
            .all(|requirement| match requirement {
                Requirement::In(key, values) => {
                    value_of(key).is_some_and(|value| values.contains(&value))
                }
                Requirement::NotIn(key, values) => {
                    value_of(key).is_none_or(|value| !values.contains(&value))
                }
                Requirement::Exists(key) => value_of(key).is_some(),
                Requirement::DoesNotExist(key) => value_of(key).is_none(),
                Requirement::Invalid => false,
            })
    }
}

fn requirement(expression: Node<'_>) -> Requirement<'_> {
    let Some(key) = expression.str_at(&["key"]) else {
        return Requirement::Invalid;
    };
    let values = || {
        expression
            .get("values")
            .into_iter()
            .flat_map(Node::items)
            .map(Node::scalar_text)
            .collect()
    };
    match expression.str_at(&["operator"]) {
        Some("In") => Requirement::In(key, values()),
        Some("NotIn") => Requirement::NotIn(key, values()),
        Some("Exists") => Requirement::Exists(key),
        Some("DoesNotExist") => Requirement::DoesNotExist(key),
        _ => Requirement::Invalid,
    }
}
