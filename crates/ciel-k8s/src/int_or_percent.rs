use ciel_yaml::{Kind, Node};

/// A number, or a share of a total: what Kubernetes calls `IntOrString` where pods are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntOrPercent {
    /// `3`
    Int(i64),
    /// `50%`
    Percent(i64),
}

impl IntOrPercent {
    /// What a node says. A string without `%` is no number to Kubernetes either, though `"0"` is written often enough
    /// to be read as one.
    #[must_use]
    pub fn of(node: Node<'_>) -> Option<Self> {
        match node.kind() {
            Kind::Integer | Kind::Float => node.as_i64().map(Self::Int),
            Kind::String => {
                let text = node.scalar_text();
                match text.strip_suffix('%') {
                    Some(share) => share.parse().ok().map(Self::Percent),
                    None => text.parse().ok().map(Self::Int),
                }
            }
            _ => None,
        }
    }

    /// The number that it means of a total; shares are rounded up, as budgets and rolling updates' surges are.
    #[must_use]
    pub fn of_total(self, total: i64) -> i64 {
        match self {
            Self::Int(number) => number,
            Self::Percent(share) => {
                let product = i128::from(share) * i128::from(total);
                let rounded = -(-product).div_euclid(100);
                i64::try_from(rounded).unwrap_or(i64::MAX)
            }
        }
    }

    /// Whether it is nothing of any total.
    #[must_use]
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Int(0) | Self::Percent(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_up() {
        for (share, total, number) in [
            (50, 3, 2),
            (100, 3, 3),
            (0, 3, 0),
            (1, 100, 1),
            (150, 10, 15),
        ] {
            assert_eq!(
                IntOrPercent::Percent(share).of_total(total),
                number,
                "{share}% of {total}"
            );
        }
    }

    #[test]
    fn numbers_are_themselves() {
        assert_eq!(IntOrPercent::Int(4).of_total(2), 4);
    }
}
