use std::fmt::Write as _;

use crate::{Kind, Node};

impl<'a> Node<'a> {
    /// The nodes from this one (excluded) down to `target` (included), with their keys where the parent is a
    /// mapping and their indices where it is a sequence. Empty where `target` is not within this node.
    fn steps_to(self, target: Node<'a>) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut at = self;
        while at != target && at.contains(target) {
            let step =
                match at.kind() {
                    Kind::Mapping => at.entries().find(|(_, value)| value.contains(target)).map(
                        |(key, value)| Step {
                            key: Some(key.scalar_text()),
                            index: 0,
                            node: value,
                        },
                    ),
                    _ => at
                        .items()
                        .enumerate()
                        .find(|(_, item)| item.contains(target))
                        .map(|(index, node)| Step {
                            key: None,
                            index,
                            node,
                        }),
                };
            let Some(step) = step else { break };
            at = step.node;
            steps.push(step);
        }
        steps
    }

    /// Path from this node to one within it: `.spec.containers[0]["a.b/c"]`. Empty for the node itself.
    #[must_use]
    pub fn path_to(self, target: Node<'a>) -> String {
        let mut path = String::new();
        for step in self.steps_to(target) {
            match step.key {
                Some(key) => push_key(&mut path, key),
                None => {
                    let _ = write!(path, "[{}]", step.index);
                }
            }
        }
        path
    }

    /// The same with list items by their `name` where they have one: `.spec.containers[name=app]`.
    #[must_use]
    pub fn stable_path_to(self, target: Node<'a>) -> String {
        let mut path = String::new();
        for step in self.steps_to(target) {
            match (step.key, step.node.str_at(&["name"])) {
                (Some(key), _) => push_key(&mut path, key),
                (None, Some(name)) => {
                    let _ = write!(path, "[name={name}]");
                }
                (None, None) => {
                    let _ = write!(path, "[{}]", step.index);
                }
            }
        }
        path
    }

    /// JSON pointer (RFC 6901) from this node to one within it.
    #[must_use]
    pub fn pointer_to(self, target: Node<'a>) -> String {
        let mut pointer = String::new();
        for step in self.steps_to(target) {
            match step.key {
                Some(key) => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                None => {
                    let _ = write!(pointer, "/{}", step.index);
                }
            }
        }
        pointer
    }
}

struct Step<'a> {
    key: Option<&'a str>,
    index: usize,
    node: Node<'a>,
}

fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if plain {
        path.push('.');
        path.push_str(key);
    } else {
        let _ = write!(path, "[{}]", serde_json::Value::from(key));
    }
}
