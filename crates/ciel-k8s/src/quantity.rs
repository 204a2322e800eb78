use std::{cmp::Ordering, fmt};

use ciel_yaml::{Kind, Node};

/// An amount of a resource, as Kubernetes' `resource.Quantity` reads it: `500m`, `1.5`, `128Mi`, `1e3`. Kept exactly,
/// in billionths; finer parts are rounded away from zero and larger amounts than 2^63 - 1 are cut, as Kubernetes does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    nanos: i128,
}

/// A text that is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParseQuantityError;

impl fmt::Display for ParseQuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no quantity: a number with a suffix such as m, k, M, Ki or Mi is expected")
    }
}

impl std::error::Error for ParseQuantityError {}

/// Billionths of one.
const NANOS: u128 = 1_000_000_000;

/// The largest amount that Kubernetes keeps.
const MAX: u128 = i64::MAX as u128 * NANOS;

/// More digits than these are only counted: every number with so many is beyond [`MAX`].
const DIGITS: u32 = 28;

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self { nanos: 0 };

    /// Reads a quantity: a decimal number with a decimal suffix (`n`, `u`, `m`, `k`, `M`, `G`, `T`, `P`, `E`), a binary
    /// one (`Ki` to `Ei`), an exponent (`e3`), or none.
    ///
    /// # Errors
    /// For texts that the API server would refuse.
    pub fn parse(text: &str) -> Result<Self, ParseQuantityError> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = unsigned
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(unsigned.len());
        let (number, suffix) = unsigned.split_at_checked(end).ok_or(ParseQuantityError)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return Err(ParseQuantityError);
        }
        let unit = Unit::parse(suffix)?;
        let nanos = unit.nanos(whole, fraction).min(MAX).cast_signed();
        Ok(Self {
            nanos: if is_negative { -nanos } else { nanos },
        })
    }

    /// The quantity that a node says, be it a string or a number; `None` for what is no quantity.
    #[must_use]
    pub fn of(node: Node<'_>) -> Option<Self> {
        match node.kind() {
            Kind::String | Kind::Integer | Kind::Float => Self::parse(node.scalar_text()).ok(),
            _ => None,
        }
    }

    /// So many whole units.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self {
            nanos: units as i128 * NANOS.cast_signed(),
        }
    }

    /// Whether it is less than nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.cmp(&Self::ZERO) == Ordering::Less
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }
}

/// What the digits are multiplied with.
enum Unit {
    /// 1024 to this power.
    Binary(u32),
    /// 10 to this power.
    Decimal(i32),
}

impl Unit {
    fn parse(suffix: &str) -> Result<Self, ParseQuantityError> {
        const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
        const DECIMAL: [(&str, i32); 10] = [
            ("", 0),
            ("n", -9),
            ("u", -6),
            ("m", -3),
            ("k", 3),
            ("M", 6),
            ("G", 9),
            ("T", 12),
            ("P", 15),
            ("E", 18),
        ];
        if let Some((_, power)) = DECIMAL.iter().find(|(name, _)| *name == suffix) {
            return Ok(Self::Decimal(*power));
        }
        if let Some(power) = (1..).zip(BINARY).find(|(_, name)| *name == suffix) {
            return Ok(Self::Binary(power.0));
        }
        let exponent = suffix.strip_prefix(['e', 'E']).ok_or(ParseQuantityError)?;
        let power: i64 = exponent.parse().map_err(|_| ParseQuantityError)?;
        let cut = power.clamp(-1_000, 1_000);
        i32::try_from(cut)
            .map(Self::Decimal)
            .map_err(|_| ParseQuantityError)
    }

    /// Billionths of the digits in this unit, rounded up; [`u128::MAX`] for more than can be said.
    fn nanos(&self, whole: &str, fraction: &str) -> u128 {
        let mut value: u128 = 0;
        let mut digits = 0;
        // Power of ten of the last digit that was taken.
        let mut power: i32 = 0;
        let mut is_cut = false;
        for (index, digit) in whole.bytes().chain(fraction.bytes()).enumerate() {
            let is_fraction = index >= whole.len();
            let digit = u128::from(digit - b'0');
            if digits == DIGITS {
                is_cut |= digit != 0;
                power = power.saturating_add(i32::from(!is_fraction));
                continue;
            }
            value = value * 10 + digit;
            digits += u32::from(value != 0);
            power -= i32::from(is_fraction);
        }
        if value == 0 {
            return 0;
        }
        let (factor, shift) = match self {
            Self::Binary(times) => (1_u128 << (10 * times), power.saturating_add(9)),
            Self::Decimal(ten) => (1, power.saturating_add(*ten).saturating_add(9)),
        };
        let Some(product) = value.checked_mul(factor) else {
            return u128::MAX;
        };
        let rounded = match (shift, 10_u128.checked_pow(shift.unsigned_abs())) {
            (0.., Some(scale)) => product.saturating_mul(scale),
            (0.., None) => u128::MAX,
            (_, Some(scale)) => product.div_ceil(scale),
            (_, None) => 1,
        };
        rounded.saturating_add(u128::from(is_cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, nanos: i128) {
        assert_eq!(
            Quantity::parse(text).map(|read| read.nanos),
            Ok(nanos),
            "{text}"
        );
    }

    #[test]
    fn numbers_and_suffixes() {
        const ONE: i128 = 1_000_000_000;
        check("0", 0);
        check("1", ONE);
        check("+1", ONE);
        check("-1", -ONE);
        check("1.", ONE);
        check(".5", ONE / 2);
        check("500m", ONE / 2);
        check("0.1", ONE / 10);
        check("100u", ONE / 10_000);
        check("3n", 3);
        check("2k", 2_000 * ONE);
        check("128Mi", 128 * 1024 * 1024 * ONE);
        check("1.5Ki", 1536 * ONE);
        check("1e3", 1_000 * ONE);
        check("1E3", 1_000 * ONE);
        check("1E", 1_000_000_000_000_000_000 * ONE);
        check("12e-3", 12 * ONE / 1_000);
        check("1e+2", 100 * ONE);
        check("00012", 12 * ONE);
    }

    #[test]
    fn finer_parts_are_rounded_up() {
        check("0.1n", 1);
        check("1.0000000001", 1_000_000_001);
        check("1e-400", 1);
        check("0.00000000000000000000000000000000000000000001", 1);
        check("-0.1n", -1);
    }

    #[test]
    fn too_much_is_cut() {
        let most = i128::from(i64::MAX) * 1_000_000_000;
        check("9223372036854775807", most);
        check("100E", most);
        check("16Ei", most);
        check("1e400", most);
        check("99999999999999999999999999999999999999999999999999", most);
        check("-1e400", -most);
        check("1e99999999999", most);
    }

    #[test]
    fn what_is_no_quantity() {
        for text in [
            "",
            "m",
            ".",
            "-",
            "1..2",
            "1.2.3",
            "1 Gi",
            "1gi",
            "1K",
            "1e",
            "1e1.5",
            "1mi",
            "Mi",
            "0x10",
            "1,5",
            "1\u{b5}",
            "e3",
            "--1",
            "1MB",
            "1e99999999999999999999",
        ] {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn order_is_that_of_amounts() {
        let read = |text| Quantity::parse(text);
        assert!(read("1000m") == read("1"));
        assert!(read("1023Mi") < read("1Gi"));
        assert!(read("1M") < read("1Mi"));
    }
}
