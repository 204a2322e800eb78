//! Parameters of an event: `evt.args`, `evt.arg.NAME`, `evt.rawarg.NAME`, `evt.buffer`, and what the first of them tells.

use ciel_event::{
    Context, read_signed, read_unsigned,
    schema::{ParamType as T, codes},
    text::sanitize,
};

use super::{abspath, result::returned};
use crate::{
    Field, FieldId as Id, Value,
    show::{self, Shown},
    spare,
};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    match field.id {
        Id::EvtArgs | Id::EvtInfo => Some(all(context)),
        Id::EvtArg => one(context, field.place(context.event)?),
        Id::EvtRawarg => raw(context, field.place(context.event)?),
        Id::EvtBuffer => buffer(context, field.place(context.event)?),
        Id::EvtRes => match returned(context.event)? {
            0.. => Some(Value::text("SUCCESS")),
            _ => Some(Value::owned(show::parameter(context, 0)?.best())),
        },
        Id::EvtAbspath => abspath::extract(field, context),
        _ => None,
    }
}

/// What was read or written. Some parameters of that name are numbers.
fn buffer<'a>(context: &Context<'a>, index: usize) -> Option<Value<'a>> {
    let bytes = context.event.params.get(index)?;
    let param = context.event.info().params.get(index)?;
    if param.kind == T::Bytebuf {
        return Some(Value::Bytes(bytes.into()));
    }
    Some(Value::owned(show::parameter(context, index)?.plain))
}

/// All parameters in one line: `res=0 fd=3(<f>/etc/passwd)`.
fn all<'a>(context: &Context<'a>) -> Value<'a> {
    let mut line = spare::buffer();
    // Those of a system call that has no event of its own say only which one it is.
    if context.event.code == codes::GENERIC_X {
        return Value::text("");
    }
    let mut shown = Shown::default();
    for (index, param) in context.event.info().params.iter().enumerate() {
        if show::replace(context, index, &mut shown).is_none() {
            break;
        }
        if index > 0 {
            line.push(b' ');
        }
        line.extend_from_slice(param.name.as_bytes());
        line.push(b'=');
        line.extend_from_slice(&shown.plain);
        if !shown.meaning.is_empty() {
            line.push(b'(');
            line.extend_from_slice(&shown.meaning);
            line.push(b')');
        }
    }
    Value::owned(line)
}

/// What a parameter means, or else as it stands in the event.
fn one<'a>(context: &Context<'a>, index: usize) -> Option<Value<'a>> {
    let bytes = context.event.params.get(index)?;
    let param = context.event.info().params.get(index)?;
    // What stands in the event as it is shown is borrowed.
    match param.kind {
        T::Charbuf => return Some(Value::text(show::text(bytes))),
        T::FsPath | T::FsRelPath if bytes.starts_with(b"/") => {
            return Some(Value::Text(sanitize(show::until_nul(bytes))));
        }
        T::Flags8 | T::Flags16 | T::Flags32 if !bytes.is_empty() => {
            let mut names = spare::buffer();
            show::bits::named_bits(param, bytes, &mut names);
            if !names.is_empty() {
                return Some(Value::owned(names));
            }
            spare::give_back(names);
        }
        _ => {}
    }
    Some(Value::owned(show::parameter(context, index)?.best()))
}

/// The value itself, to be compared with numbers.
fn raw<'a>(context: &Context<'a>, index: usize) -> Option<Value<'a>> {
    let bytes = context.event.params.get(index)?;
    let param = context.event.info().params.get(index)?;
    match param.kind {
        T::Charbuf | T::FsPath | T::FsRelPath => Some(Value::text(show::text(bytes))),
        T::Bool => read_unsigned(bytes).map(|number| Value::Bool(number != 0)),
        T::Double => Some(Value::Double(f64::from_le_bytes(bytes.try_into().ok()?))),
        T::Ipv4Addr => Some(Value::Ip(<[u8; 4]>::try_from(bytes).ok()?.into())),
        T::Ipv6Addr => Some(Value::Ip(<[u8; 16]>::try_from(bytes).ok()?.into())),
        kind => match kind.number_has_sign() {
            Some(true) => read_signed(bytes).map(Value::Signed),
            Some(false) => read_unsigned(bytes).map(Value::Unsigned),
            None => (!bytes.is_empty()).then(|| Value::Bytes(bytes.into())),
        },
    }
}
