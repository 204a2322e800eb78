//! What a patch makes of a value (RFC 6902), apart from any text.

use ciel_core::PatchOp;
use serde_json::Value;

/// The steps of a JSON pointer (RFC 6901).
pub(crate) fn steps(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// Carries out one operation; none where it does not apply.
pub(crate) fn apply(object: &mut Value, op: &PatchOp) -> Option<()> {
    match op {
        PatchOp::Replace { path, value } => {
            *object.pointer_mut(path)? = value.clone();
        }
        PatchOp::Add { path, value } => {
            let (parent, key) = split(path)?;
            match object.pointer_mut(parent)? {
                Value::Object(map) => drop(map.insert(key, value.to_value())),
                Value::Array(list) if key == "-" => list.push(value.to_value()),
                Value::Array(list) => {
                    let index = key.parse().ok().filter(|&index| index <= list.len())?;
                    list.insert(index, value.to_value());
                }
                _ => return None,
            }
        }
        PatchOp::Remove { path } => {
            let (parent, key) = split(path)?;
            match object.pointer_mut(parent)? {
                Value::Object(map) => drop(map.shift_remove(&key)?),
                Value::Array(list) => {
                    let index = key.parse().ok().filter(|&index| index < list.len())?;
                    list.remove(index);
                }
                _ => return None,
            }
        }
    }
    Some(())
}

/// The pointer of the parent, and the last step.
pub(crate) fn split(pointer: &str) -> Option<(&str, String)> {
    let (parent, key) = pointer.rsplit_once('/')?;
    Some((parent, key.replace("~1", "/").replace("~0", "~")))
}

/// The pointer that an operation goes to.
pub(crate) fn path_of(op: &PatchOp) -> &str {
    match op {
        PatchOp::Add { path, .. } | PatchOp::Replace { path, .. } | PatchOp::Remove { path } => {
            path
        }
    }
}
