//! Numbers: plain, of errors, signals, system calls and times.

use ciel_event::{
    read_signed, read_unsigned,
    schema::{Format, ParamType, syscall_name},
};

use super::{Shown, words};
use crate::{civil, value::print};

/// `-1`, `0777`, `FF`, `000000012`.
pub(super) fn signed(kind: ParamType, format: Format, bytes: &[u8], out: &mut Shown) {
    let Some(number) = read_signed(bytes) else {
        return;
    };
    let bits = match kind {
        ParamType::Int64 => number.cast_unsigned(),
        // What has fewer bits is shown with 32.
        _ => number.cast_unsigned() & 0xffff_ffff,
    };
    plain(number, bits, format, out);
}

/// Numbers without a sign are shown as if they had one, except those that are shorter than 32 bits.
pub(super) fn unsigned(format: Format, bytes: &[u8], out: &mut Shown) {
    let Some(bits) = read_unsigned(bytes) else {
        return;
    };
    let number = if bytes.len() >= 4 {
        read_signed(bytes).unwrap_or_default()
    } else {
        bits.cast_signed()
    };
    plain(number, bits, format, out);
}

/// A number in the base that the parameter wants.
pub(super) fn plain(number: i64, bits: u64, format: Format, out: &mut Shown) {
    match format {
        Format::Oct if bits == 0 => out.number(0),
        Format::Oct => print(&mut out.plain, format_args!("0{bits:o}")),
        Format::Hex => print(&mut out.plain, format_args!("{bits:X}")),
        Format::PaddedDec => print(&mut out.plain, format_args!("{number:09}")),
        Format::Na | Format::Dec | Format::Id | Format::Dir => out.number(number),
    }
}

/// `-2(ENOENT)`.
pub(super) fn errno(bytes: &[u8], out: &mut Shown) {
    let Some(number) = read_signed(bytes) else {
        return;
    };
    out.number(number);
    if number < 0 {
        out.means(words::errno(number).unwrap_or_default());
    }
}

/// `15(SIGTERM)`.
pub(super) fn signal(bytes: &[u8], out: &mut Shown) {
    let Some(number) = bytes.first() else {
        return;
    };
    out.number(number);
    out.means(words::signal(*number).unwrap_or_default());
}

/// `SIGHUP SIGINT`: the names of a set of 32 signals.
pub(super) fn signals(bytes: &[u8], out: &mut Shown) {
    let Some(set) = read_unsigned(bytes) else {
        return;
    };
    for (bit, name) in (0..32)
        .zip(1..)
        .filter_map(|(bit, number)| Some((bit, words::signal(number)?)))
    {
        if set >> bit & 1 == 1 {
            if !out.plain.is_empty() {
                out.plain.push(b' ');
            }
            out.plain.extend_from_slice(name.as_bytes());
        }
    }
}

/// `5(open)`.
pub(super) fn syscall(bytes: &[u8], out: &mut Shown) {
    let number = read_unsigned(bytes).and_then(|number| u16::try_from(number).ok());
    match number.and_then(|number| Some((number, syscall_name(number)?))) {
        Some((number, name)) => {
            out.number(number);
            out.means(name);
        }
        None => out.plain.extend_from_slice(b"<unknown syscall>"),
    }
}

/// `1500000000(1.5s)`, or `none`.
pub(super) fn relative_time(bytes: &[u8], out: &mut Shown) {
    let Some(time) = read_unsigned(bytes) else {
        return;
    };
    if time == u64::MAX {
        out.plain.extend_from_slice(b"none");
        return;
    }
    out.number(time);
    #[expect(clippy::cast_precision_loss, reason = "six digits are shown")]
    let seconds = time as f64 / 1e9;
    out.means(&general(seconds));
    out.meaning.push(b's');
}

/// `2024-11-21 20:01:56.147483648`, in UTC.
pub(super) fn absolute_time(bytes: &[u8], out: &mut Shown) {
    if let Some(time) = read_unsigned(bytes) {
        civil::write_date(time, &mut out.plain);
        out.plain.push(b' ');
        civil::write_time(time, true, &mut out.plain);
    }
}

/// A number as C's `%g` shows it: six digits that count, without zeros at the end.
fn general(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{number:.5e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    match usize::try_from(5 - exponent) {
        Ok(decimals) if exponent >= -4 => without_zeros(&format!("{number:.decimals$}")).to_owned(),
        _ => {
            let sign = if exponent < 0 { '-' } else { '+' };
            let digits = without_zeros(digits);
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
    }
}

/// A number with a point without the zeros at its end.
fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn numbers_as_c_shows_them() {
        for (number, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (0.000_123_456_7, "0.000123457"),
            (0.000_012_345_67, "1.23457e-05"),
            (123_456.0, "123456"),
            (1_234_567.0, "1.23457e+06"),
            (100_000.0, "100000"),
            (9.99e-7, "9.99e-07"),
            (999_999.9, "1e+06"),
            (0.004, "0.004"),
        ] {
            assert_eq!(general(number), text);
        }
    }
}
