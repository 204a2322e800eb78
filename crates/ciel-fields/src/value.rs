//! Values of fields, and how Falco shows them.

use std::{
    borrow::Cow,
    io::Write as _,
    net::{IpAddr, Ipv6Addr},
};

use ciel_event::schema::{Format, ParamType};

/// The value of a field, of the field's type.
#[derive(Clone, PartialEq, Debug)]
pub enum Value<'a> {
    /// A number without a sign.
    Unsigned(u64),
    /// A number with a sign.
    Signed(i64),
    /// True or false.
    Bool(bool),
    /// A number with a fraction.
    Double(f64),
    /// Text, not always UTF-8.
    Text(Cow<'a, [u8]>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An address.
    Ip(IpAddr),
    /// Several values of one type.
    List(Vec<Value<'a>>),
}

impl<'a> Value<'a> {
    /// Text that is borrowed.
    #[must_use]
    #[inline]
    pub fn text(text: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self::Text(Cow::Borrowed(text.as_ref()))
    }

    /// Text that was made for this value.
    #[must_use]
    pub fn owned(text: impl Into<Vec<u8>>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// What Falco's `output_fields` have for it: numbers that are shown in base ten, and booleans, as such; numbers that are
    /// shown otherwise, and all else, as text; lists as arrays. What is not UTF-8 becomes U+FFFD. Null for a number of a
    /// field that does not say how to show it.
    #[must_use]
    pub fn to_json(&self, kind: ParamType, format: Format) -> serde_json::Value {
        match self {
            Self::Unsigned(_) | Self::Signed(_) if !in_base_ten(kind, format) => {
                if format == Format::Na {
                    return serde_json::Value::Null;
                }
                self.to_text(kind, format).into()
            }
            Self::Unsigned(number) => (*number).into(),
            Self::Signed(number) => (*number).into(),
            Self::Bool(is) => (*is).into(),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "Falco shows the whole part"
            )]
            Self::Double(number) if format == Format::Dec => (*number as i64).into(),
            Self::Double(number) => (*number).into(),
            Self::List(values) => values
                .iter()
                .map(|value| value.to_json(kind, format))
                .collect(),
            Self::Text(_) | Self::Bytes(_) | Self::Ip(_) => self.to_text(kind, format).into(),
        }
    }

    /// What Falco prints for it in an alert's line, as UTF-8: what is not becomes U+FFFD.
    #[must_use]
    pub fn to_text(&self, kind: ParamType, format: Format) -> String {
        let mut out = Vec::new();
        self.write_text(kind, format, &mut out);
        String::from_utf8(out)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Appends what Falco prints for it, bytes as they are.
    pub fn write_text(&self, kind: ParamType, format: Format, out: &mut Vec<u8>) {
        match self {
            Self::Unsigned(number) => write_unsigned(*number, format, out),
            Self::Signed(number) => write_signed(*number, kind, format, out),
            Self::Bool(is) => out.extend_from_slice(if *is { b"true" } else { b"false" }),
            Self::Double(number) => print(out, format_args!("{number:.1}")),
            Self::Text(text) => out.extend_from_slice(text),
            Self::Bytes(bytes) => write_printable(cut(bytes), out),
            Self::Ip(address) => write_ip(*address, out),
            Self::List(values) => {
                let start = out.len();
                out.push(b'(');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    value.write_text(kind, format, out);
                }
                out.push(b')');
                out.truncate(start + ROOM);
            }
        }
    }
}

/// Bytes that Falco's room for a value holds: what is longer is cut off in text.
const ROOM: usize = 1023;

/// As much of some bytes as Falco shows: where they do not fit, a little less than would.
fn cut(bytes: &[u8]) -> &[u8] {
    if bytes.len() < ROOM {
        bytes
    } else {
        bytes.get(..ROOM - 2).unwrap_or(bytes)
    }
}

/// Whether a number of this type and format stays a number in JSON.
fn in_base_ten(kind: ParamType, format: Format) -> bool {
    match format {
        Format::Dec | Format::Id => true,
        // Times are numbers in JSON, however many zeros they have in text.
        Format::PaddedDec => matches!(kind, ParamType::RelTime | ParamType::AbsTime),
        Format::Na | Format::Hex | Format::Dir | Format::Oct => false,
    }
}

/// Writing to a vector does not fail.
pub(crate) fn print(out: &mut Vec<u8>, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

fn write_unsigned(number: u64, format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Hex => print(out, format_args!("{number:X}")),
        Format::Oct => print(out, format_args!("{number:o}")),
        Format::PaddedDec => print(out, format_args!("{number:09}")),
        Format::Na | Format::Dec | Format::Id | Format::Dir => {
            print(out, format_args!("{number}"));
        }
    }
}

/// Numbers of at most 32 bits are shown in other bases as 32 bits have them.
fn write_signed(number: i64, kind: ParamType, format: Format, out: &mut Vec<u8>) {
    let narrow = matches!(kind, ParamType::Int8 | ParamType::Int16 | ParamType::Int32);
    match format {
        Format::Hex | Format::Oct => {
            let bits = number.cast_unsigned();
            let shown = if narrow { bits & 0xffff_ffff } else { bits };
            write_unsigned(shown, format, out);
        }
        Format::PaddedDec => print(out, format_args!("{number:09}")),
        Format::Na | Format::Dec | Format::Id | Format::Dir => {
            print(out, format_args!("{number}"));
        }
    }
}

/// Bytes as text: a point for each that is not printable ASCII.
pub(crate) fn write_printable(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend(bytes.iter().map(|byte| match byte {
        b' '..=b'~' => *byte,
        _ => b'.',
    }));
}

/// An address as the C library writes it, which shows IPv4 in the old compatible addresses too (`::192.0.2.1`).
pub(crate) fn write_ip(address: IpAddr, out: &mut Vec<u8>) {
    match address {
        IpAddr::V6(address) if is_compatible(address) => {
            let [.., a, b, c, d] = address.octets();
            print(out, format_args!("::{a}.{b}.{c}.{d}"));
        }
        address => print(out, format_args!("{address}")),
    }
}

fn is_compatible(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, high, _] = address.segments();
    [a, b, c, d, e, f] == [0; 6] && high != 0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(
        value: &Value<'_>,
        kind: ParamType,
        format: Format,
        text: &str,
        json: &serde_json::Value,
    ) {
        assert_eq!(value.to_text(kind, format), text);
        assert_eq!(&value.to_json(kind, format), json);
    }

    #[test]
    fn numbers() {
        use Format as F;
        use ParamType as T;
        check(&Value::Signed(-2), T::Int64, F::Dec, "-2", &json!(-2));
        check(&Value::Signed(26), T::Int32, F::Hex, "1A", &json!("1A"));
        check(
            &Value::Signed(-1),
            T::Int32,
            F::Hex,
            "FFFFFFFF",
            &json!("FFFFFFFF"),
        );
        check(
            &Value::Unsigned(420),
            T::Uint32,
            F::Oct,
            "644",
            &json!("644"),
        );
        check(
            &Value::Unsigned(7),
            T::RelTime,
            F::PaddedDec,
            "000000007",
            &json!(7),
        );
        check(&Value::Unsigned(1), T::Uint32, F::Na, "1", &json!(null));
        check(
            &Value::Double(12.25),
            T::Double,
            F::Na,
            "12.2",
            &json!(12.25),
        );
        check(&Value::Bool(true), T::Bool, F::Na, "true", &json!(true));
    }

    #[test]
    fn text_and_bytes() {
        let dec = Format::Na;
        check(
            &Value::text("a\u{e9}"),
            ParamType::Charbuf,
            dec,
            "a\u{e9}",
            &json!("a\u{e9}"),
        );
        check(
            &Value::text(b"a\xff"),
            ParamType::Charbuf,
            dec,
            "a\u{fffd}",
            &json!("a\u{fffd}"),
        );
        let bytes = Value::Bytes(b"GET /\r\n\xff".as_slice().into());
        check(
            &bytes,
            ParamType::Bytebuf,
            dec,
            "GET /...",
            &json!("GET /..."),
        );
    }

    #[test]
    fn long_bytes_are_cut_off() {
        for (length, shown) in [(1022, 1022), (1023, 1021), (5000, 1021)] {
            let bytes = vec![b'a'; length];
            let text = Value::Bytes(bytes.into()).to_text(ParamType::Bytebuf, Format::Na);
            assert_eq!(text.len(), shown);
        }
    }

    #[test]
    fn lists() {
        let list = Value::List(vec![Value::text("file"), Value::text("ipv4")]);
        check(
            &list,
            ParamType::Charbuf,
            Format::Dec,
            "(file,ipv4)",
            &json!(["file", "ipv4"]),
        );
    }

    #[test]
    fn addresses() {
        for (address, text) in [
            ("192.0.2.1", "192.0.2.1"),
            ("::1", "::1"),
            ("::", "::"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
            ("::192.0.2.1", "::192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
        ] {
            let value = Value::Ip(address.parse().expect("an address"));
            check(&value, ParamType::IpAddr, Format::Na, text, &json!(text));
        }
    }
}
