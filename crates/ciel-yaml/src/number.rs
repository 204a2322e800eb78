//! Numbers as Go reads and writes them.

use crate::resolve::Value;

/// A plain scalar that begins with a digit or a sign, if it is a number to go-yaml v2.
pub(crate) fn signed(text: &str) -> Option<Value<'static>> {
    let mut buffer = String::new();
    let plain = if text.contains('_') {
        buffer.extend(text.chars().filter(|&c| c != '_'));
        buffer.as_str()
    } else {
        text
    };
    if let Some(value) = prefixed_integer(plain) {
        return Some(value);
    }
    if is_decimal_float(plain) {
        // Out of range is an error to Go, and the scalar a string.
        let float: f64 = plain.parse().ok()?;
        return float.is_finite().then_some(Value::Float(float));
    }
    // A second sign after `0b` is an accident of go-yaml's fallback.
    let (negative, digits) = match plain.strip_prefix("-0b") {
        Some(digits) => (true, digits),
        None => (false, plain.strip_prefix("0b")?),
    };
    let digits = match (negative, digits.strip_prefix('-'), digits.strip_prefix('+')) {
        (false, Some(digits), _) => return magnitude(digits, 2).and_then(|m| value(true, m)),
        (false, _, Some(digits)) => digits,
        _ => return None,
    };
    let magnitude = magnitude(digits, 2)?;
    i64::try_from(magnitude).ok().map(Value::Int)
}

/// A plain scalar that begins with a dot, if it is a number: here go-yaml asks Go alone, without its own pattern.
pub(crate) fn dotted(text: &str) -> Option<Value<'static>> {
    let bytes = text.as_bytes();
    // Go lets an underscore stand between two digits.
    let misplaced = bytes.iter().enumerate().any(|(at, &byte)| {
        let is_digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        byte == b'_' && !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
    });
    let plain = text.replace('_', "");
    if misplaced || !is_decimal_float(&plain) {
        return None;
    }
    let float: f64 = plain.parse().ok()?;
    float.is_finite().then_some(Value::Float(float))
}

/// Go's `ParseInt` and then `ParseUint` with base 0: `0x`, `0o`, `0b` and a leading zero choose the base.
fn prefixed_integer(text: &str) -> Option<Value<'static>> {
    let (negative, signless, has_sign) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?, true),
        b'+' => (false, text.get(1..)?, true),
        _ => (false, text, false),
    };
    let (radix, digits) = match signless.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, signless.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, signless.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, signless.get(2..)?),
        [b'0', _, ..] => (8, signless.get(1..)?),
        _ => (10, signless),
    };
    let magnitude = magnitude(digits, radix)?;
    match value(negative, magnitude) {
        // `ParseUint` takes no sign at all.
        Some(Value::Unsigned(_)) if has_sign => None,
        other => other,
    }
}

fn magnitude(digits: &str, radix: u32) -> Option<u64> {
    // Rust would take a sign here.
    if !digits.as_bytes().first()?.is_ascii_alphanumeric() {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

fn value(negative: bool, magnitude: u64) -> Option<Value<'static>> {
    if negative {
        return 0i64.checked_sub_unsigned(magnitude).map(Value::Int);
    }
    Some(i64::try_from(magnitude).map_or(Value::Unsigned(magnitude), Value::Int))
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, the whole text.
fn is_decimal_float(text: &str) -> bool {
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = skip_digits(&mut rest);
    if let Some(after) = rest.strip_prefix('.') {
        rest = after;
        let fraction = skip_digits(&mut rest);
        if whole == 0 && fraction == 0 {
            return false;
        }
    } else if whole == 0 {
        return false;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        rest = after.strip_prefix(['-', '+']).unwrap_or(after);
        if skip_digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}

fn skip_digits(rest: &mut &str) -> usize {
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    *rest = rest.get(count..).unwrap_or_default();
    count
}

/// A finite number as Go's `encoding/json` writes it: without exponent from 1e-6 up to 1e21.
pub(crate) fn json_float(float: f64) -> String {
    let size = float.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        with_exponent(&format!("{float:e}"), 1)
    } else {
        float.to_string()
    }
}

/// A float as a mapping's key: `sigs.k8s.io/yaml` writes it as a 32-bit float in Go's `%g`.
pub(crate) fn key_float(float: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the conversion that sigs.k8s.io/yaml makes"
    )]
    let float = float as f32;
    if float.is_nan() {
        return ".nan".to_owned();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{float:e}");
    let exponent: i32 = scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or_default();
    if (-4..6).contains(&exponent) {
        float.to_string()
    } else {
        with_exponent(&scientific, 2)
    }
}

/// Rust's `1.5e-7` with a sign and at least `width` digits in the exponent.
fn with_exponent(scientific: &str, width: usize) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>width$}")
}

#[cfg(test)]
mod tests {
    use crate::testing::check_value;

    #[test]
    fn integers_have_go_prefixes() {
        for (written, value) in [
            ("0", "0"),
            ("-0", "0"),
            ("+1", "1"),
            ("0644", "420"),
            ("0o644", "420"),
            ("0O17", "15"),
            ("0x1F", "31"),
            ("-0x1f", "-31"),
            ("0b101", "5"),
            ("-0b11", "-3"),
            ("0b-11", "-3"),
            ("1_000", "1000"),
            ("1__0", "10"),
            ("0x_f", "15"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn integers_that_do_not_fit_lose_digits_as_in_kubectl() {
        check_value("9223372036854775808", "9223372036854776000");
        check_value("18446744073709551616", "1.8446744073709552e+19");
    }

    #[test]
    fn floats_without_fraction_become_integers() {
        for (written, value) in [
            ("1.0", "1"),
            ("1e3", "1000"),
            ("5.", "5"),
            ("08", "8"),
            ("-0.0", "0"),
            ("1.5", "1.5"),
            (".5", "0.5"),
            ("+.5", "0.5"),
            ("1_0.5", "10.5"),
            (".5_5", "0.55"),
            ("1e-7", "1e-7"),
            ("1e21", "1e+21"),
        ] {
            check_value(written, value);
        }
    }

    #[test]
    fn what_is_no_number_stays_text() {
        for text in [
            "0o8",
            "0xg",
            "0x",
            "0b2",
            "_1",
            "1:30",
            "190:20:30",
            "1.2.3",
            "1e",
            "1e400",
            "0x1p4",
            "._5",
            "..",
            ".",
            "+",
            "1-2",
        ] {
            check_value(text, &format!("\"{text}\""));
        }
    }

    #[test]
    fn floats_are_written_as_go_writes_them() {
        for (float, json, key) in [
            (1e20, "100000000000000000000", "1e+20"),
            (1e21, "1e+21", "1e+21"),
            (1.5e-7, "1.5e-7", "1.5e-07"),
            (0.000_001, "0.000001", "1e-06"),
            (123_456.0, "123456", "123456"),
            (1_234_567.0, "1234567", "1.234567e+06"),
            (1e300, "1e+300", ".inf"),
        ] {
            assert_eq!(super::json_float(float), json);
            assert_eq!(super::key_float(float), key);
        }
    }
}
