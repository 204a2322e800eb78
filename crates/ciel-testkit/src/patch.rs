use ciel_core::PatchOp;
use serde_json::Value;

/// What a JSON patch (RFC 6902) makes of a value: written for tests, apart from the code that is tested.
///
/// # Panics
/// If an operation does not apply.
#[must_use]
pub fn patched(value: &Value, patch: &[PatchOp]) -> Value {
    let mut value = value.clone();
    for op in patch {
        apply(&mut value, op);
    }
    value
}

#[expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "only tests call it"
)]
fn apply(root: &mut Value, op: &PatchOp) {
    let (PatchOp::Add { path, .. } | PatchOp::Replace { path, .. } | PatchOp::Remove { path }) = op;
    let (parent, key) = path.rsplit_once('/').expect("a pointer below the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    let parent = root.pointer_mut(parent);
    match parent.unwrap_or_else(|| panic!("nothing stands above {path}")) {
        Value::Object(map) => match op {
            PatchOp::Add { value, .. } => drop(map.insert(key, value.to_value())),
            PatchOp::Replace { value, .. } => {
                let old = map.insert(key, value.clone());
                old.unwrap_or_else(|| panic!("nothing stands at {path}"));
            }
            PatchOp::Remove { .. } => {
                let old = map.remove(&key);
                old.unwrap_or_else(|| panic!("nothing stands at {path}"));
            }
        },
        Value::Array(list) => {
            let index = if key == "-" {
                list.len()
            } else {
                key.parse().expect("an index")
            };
            match op {
                PatchOp::Add { value, .. } => list.insert(index, value.to_value()),
                PatchOp::Replace { value, .. } => list[index] = value.clone(),
                PatchOp::Remove { .. } => drop(list.remove(index)),
            }
        }
        _ => panic!("no container above {path}"),
    }
}
