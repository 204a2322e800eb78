//! Values of fields.

use std::{borrow::Cow, net::IpAddr};

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
