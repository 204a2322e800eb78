//! From conditions to programs: every field is looked up, every comparison checked against the field's type, every
//! value read. The order of what is looked at is Falco's, so that the first mistake is Falco's first mistake.

use std::sync::Arc;

use ciel_event::ParamType;
use rustc_hash::FxHashMap;

use super::program::{Builder, Check, Node, NodeId, Operand, OperandId, OperandKind, Right};
use super::{admits, constant, event_types, hints};
use crate::condition::{self, Call, Expr, FieldRef, Operator, Position, Transformer};
use crate::fields::{self, FieldFault, FieldUse, Source};

/// Why a condition does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Falco's message.
    pub(crate) message: String,
    pub(crate) position: Position,
    /// What is wrong, as it is written.
    pub(crate) culprit: String,
    /// Whether a field or an event is not known, for which a rule can ask to be left out.
    pub(crate) unknown: bool,
}

/// What the author of a condition should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) message: String,
    pub(crate) position: Position,
    pub(crate) culprit: String,
}

/// A compiled condition, with what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) node: NodeId,
    pub(crate) hints: Vec<Hint>,
}

/// Compiles conditions; those of macros once.
pub(crate) struct Compiler<'b> {
    pub(crate) builder: &'b mut Builder,
    pub(crate) macros: &'b mut FxHashMap<(usize, Source), Result<Typed, Mistake>>,
    pub(crate) source: Source,
    pub(crate) hints: Vec<Hint>,
}

type Compile<T> = Result<T, Mistake>;

fn mistake<T>(message: impl Into<String>, position: Position, culprit: &str) -> Compile<T> {
    Err(Mistake {
        message: message.into(),
        position,
        culprit: culprit.to_owned(),
        unknown: false,
    })
}

/// An operand with what comparisons ask of it.
#[derive(Clone)]
struct Left {
    id: OperandId,
    value: ParamType,
    is_list: bool,
    /// The name in messages.
    name: String,
    /// Of a field, itself.
    field: Option<FieldUse>,
    /// Whether transformers were applied to the field.
    transformed: bool,
}

impl Compiler<'_> {
    /// A condition and all that it is made of.
    pub(crate) fn expr(&mut self, expr: &Expr) -> Compile<NodeId> {
        match expr {
            Expr::And(parts, _) => {
                let parts = self.exprs(parts)?;
                Ok(self.builder.node(Node::And(parts)))
            }
            Expr::Or(parts, _) => {
                let parts = self.exprs(parts)?;
                Ok(self.builder.node(Node::Or(parts)))
            }
            Expr::Not(inner, _) => {
                let inner = self.expr(inner)?;
                Ok(self.builder.node(Node::Not(inner)))
            }
            Expr::Macro { name, position } => {
                let message = format!("filter error: unexpected identifier '{name}'");
                mistake(message, *position, name)
            }
            Expr::Resolved(shared) => self.shared(&shared.condition),
            Expr::Check(check) => self.check(check),
        }
    }

    fn exprs(&mut self, parts: &[Expr]) -> Compile<Box<[NodeId]>> {
        parts.iter().map(|part| self.expr(part)).collect()
    }

    fn shared(&mut self, condition: &Arc<Expr>) -> Compile<NodeId> {
        let key = (Arc::as_ptr(condition) as usize, self.source);
        if !self.macros.contains_key(&key) {
            let outer = std::mem::take(&mut self.hints);
            let node = self.expr(condition);
            let hints = std::mem::replace(&mut self.hints, outer);
            let typed = node.map(|node| Typed { node, hints });
            self.macros.insert(key, typed);
        }
        match self.macros.get(&key) {
            Some(Ok(typed)) => {
                // A macro that is used often says the same only once.
                let new = typed.hints.iter().filter(|hint| !self.hints.contains(hint));
                let new: Vec<Hint> = new.cloned().collect();
                let node = typed.node;
                self.hints.extend(new);
                Ok(node)
            }
            Some(Err(mistake)) => Err(mistake.clone()),
            None => mistake("filter error: no condition", Position::START, ""),
        }
    }

    fn check(&mut self, check: &condition::Check) -> Compile<NodeId> {
        let left = self.operand(&check.left)?;
        let position = check.left.position();
        let written = check.left.to_string();
        if let Err(reason) = admits::check(check.operator, left.value, left.is_list) {
            return mistake(format!("filter error: {reason}"), position, &written);
        }
        let right = match &check.right {
            condition::Right::Nothing => Right::Nothing,
            condition::Right::Value(value, position) => {
                self.constants(check, &left, std::slice::from_ref(value), *position)?
            }
            condition::Right::List(values, position) => {
                self.constants(check, &left, values, *position)?
            }
            condition::Right::Operand(operand) => self.right_operand(check, &left, operand)?,
        };
        Ok(self.builder.check(Check {
            left: left.id,
            operator: check.operator,
            modifier: check.modifier,
            right,
        }))
    }

    fn constants(
        &mut self,
        check: &condition::Check,
        left: &Left,
        values: &[String],
        position: Position,
    ) -> Compile<Right> {
        let names_events =
            !left.transformed && left.field.as_ref().is_some_and(FieldUse::is_event_type);
        let mut constants = Vec::with_capacity(values.len());
        for value in values {
            for message in hints::of_value(check.operator, value, self.source) {
                let hint = Hint {
                    message,
                    position,
                    culprit: value.clone(),
                };
                if !self.hints.contains(&hint) {
                    self.hints.push(hint);
                }
            }
            let fail = |message: String, unknown: bool| Mistake {
                message,
                position: check.position,
                culprit: value.clone(),
                unknown,
            };
            let constant = constant::read(value, check.operator, left.value)
                .map_err(|message| fail(message, false))?;
            if names_events && !event_types::is_event_name(value) {
                return Err(fail(format!("unknown event type {value}"), true));
            }
            constants.push(constant);
        }
        Ok(Right::Constants(constants.into()))
    }

    fn right_operand(
        &mut self,
        check: &condition::Check,
        left: &Left,
        operand: &condition::Operand,
    ) -> Compile<Right> {
        let right = self.operand(operand)?;
        let position = operand.position();
        let culprit = operand.to_string();
        let fail = |message: String| mistake(message, position, &culprit);
        if matches!(check.operator, Operator::PathMatch | Operator::Regex) {
            let operator = check.operator.as_str().to_ascii_uppercase();
            return fail(format!(
                "operator '{operator}' doesn't support right-hand side fields"
            ));
        }
        let is_network = |kind| {
            matches!(
                kind,
                ParamType::IpNet | ParamType::Ipv4Net | ParamType::Ipv6Net
            )
        };
        if is_network(left.value) {
            return fail("field type 'IPNET' doesn't support right-hand side fields".to_owned());
        }
        let can_be_right = |side: &Left| side.field.as_ref().is_none_or(FieldUse::can_be_right);
        if !can_be_right(left) {
            let name = &left.name;
            return fail(format!(
                "field '{name}' doesn't support right-hand side fields"
            ));
        }
        if !can_be_right(&right) {
            let name = &right.name;
            return fail(format!(
                "field '{name}' can't be used as a right-hand side field"
            ));
        }
        if (left.value, left.is_list) != (right.value, right.is_list) {
            let list = |side: &Left| if side.is_list { " (list)" } else { "" };
            return fail(format!(
                "field '{}' has type '{}'{} while the right-hand side field '{}' has incompatible type '{}'{}",
                left.name,
                admits::name(left.value),
                list(left),
                right.name,
                admits::name(right.value),
                list(&right),
            ));
        }
        Ok(Right::Operand(right.id))
    }

    fn operand(&mut self, operand: &condition::Operand) -> Compile<Left> {
        match operand {
            condition::Operand::Field(field) => self.field(field),
            condition::Operand::Call(call) => self.call(call),
            condition::Operand::Literal(text, _) => Ok(self.add(
                operand.to_string(),
                text,
                OperandKind::Literal(text.clone()),
                (ParamType::Charbuf, false),
            )),
            condition::Operand::List(items, _) => {
                let items: Vec<OperandId> = items
                    .iter()
                    .map(|item| self.operand(item).map(|item| item.id))
                    .collect::<Compile<_>>()?;
                let kind = OperandKind::List(items);
                let shape = (ParamType::Charbuf, true);
                Ok(self.add(operand.to_string(), "list", kind, shape))
            }
        }
    }

    fn add(
        &mut self,
        key: String,
        name: &str,
        kind: OperandKind,
        (value, is_list): (ParamType, bool),
    ) -> Left {
        let make = || Operand {
            kind,
            value,
            is_list,
        };
        Left {
            id: self.builder.operand(key, make),
            value,
            is_list,
            name: name.to_owned(),
            field: None,
            transformed: false,
        }
    }

    fn field(&mut self, field: &FieldRef) -> Compile<Left> {
        let text = field.to_string();
        let found = fields::field(&text, self.source).map_err(|fault| {
            let (message, unknown) = match fault {
                FieldFault::Unknown => {
                    let message = format!("filter_check called with nonexistent field {text}");
                    (message, true)
                }
                FieldFault::Wrong(message) => (message, false),
            };
            Mistake {
                message,
                position: field.position,
                culprit: text.clone(),
                unknown,
            }
        })?;
        let shape = (found.kind(), found.is_list());
        let kind = OperandKind::Field(Box::new(found.clone()));
        let mut left = self.add(found.to_string(), found.name(), kind, shape);
        left.field = Some(found);
        Ok(left)
    }

    fn call(&mut self, call: &Call) -> Compile<Left> {
        let name = call.transformer.as_str();
        let fail = |message: String| mistake(message, call.position, name);
        if call.index.is_some() && call.transformer != Transformer::Getopt {
            return fail(format!(
                "transformer '{name}' does not support field arguments"
            ));
        }
        if matches!(
            call.transformer,
            Transformer::Join | Transformer::Concat | Transformer::Getopt
        ) {
            return self.call_of_several(call);
        }
        let [argument] = call.arguments.as_slice() else {
            return fail(format!("transformer '{name}' takes one argument"));
        };
        let inner = self.operand(argument)?;
        if call.transformer == Transformer::Val {
            return Ok(inner);
        }
        if let Some(field) = &inner.field
            && !field.can_be_transformed()
        {
            let message = format!("field '{}' does not support transformers", inner.name);
            return fail(message);
        }
        let Some((value, is_list)) = transformed(call.transformer, inner.value, inner.is_list)
        else {
            let list = if inner.is_list { "list " } else { "" };
            let kind = admits::name(inner.value);
            return fail(format!(
                "can't add field transformer: type '{kind}' is not supported by '{name}' transformer applied on {list}field '{}'",
                inner.name
            ));
        };
        let kind = OperandKind::Transformed(call.transformer, inner.id);
        let key = format!("{name}:{}", inner.id.0);
        let mut left = self.add(key, &inner.name, kind, (value, is_list));
        left.field = inner.field;
        left.transformed = true;
        Ok(left)
    }

    fn call_of_several(&mut self, call: &Call) -> Compile<Left> {
        let name = call.transformer.as_str();
        let arguments: Vec<Left> = call
            .arguments
            .iter()
            .map(|argument| self.operand(argument))
            .collect::<Compile<_>>()?;
        let fail = |message: &str| mistake(message, call.position, name);
        let is_text = |left: &Left| left.value == ParamType::Charbuf;
        let (kind, is_list) = match (call.transformer, arguments.as_slice()) {
            (Transformer::Concat, many) => {
                if many.len() < 2 {
                    return fail("concat() requires at least 2 arguments");
                }
                if !many.iter().all(|left| is_text(left) && !left.is_list) {
                    return fail("concat() arguments must be strings");
                }
                (
                    OperandKind::Concat(many.iter().map(|left| left.id).collect()),
                    false,
                )
            }
            (Transformer::Join, [separator, list]) => {
                if separator.is_list {
                    return fail(
                        "join() first argument (separator) must be a single value, not a list",
                    );
                }
                if !list.is_list {
                    return fail("join() second argument must be a list");
                }
                let (separator, list) = (separator.id, list.id);
                (OperandKind::Join { separator, list }, false)
            }
            (Transformer::Join, _) => {
                return fail("join() requires exactly 2 arguments: separator and list");
            }
            (_, [list, options]) => {
                if !list.is_list {
                    return fail("getopt() first argument must be a list");
                }
                if options.is_list {
                    return fail("getopt() second argument (optstring) must be a single value");
                }
                if !is_text(list) || !is_text(options) {
                    return fail("getopt() arguments must be strings");
                }
                let option = match call.index.as_deref() {
                    None => None,
                    Some(index) => {
                        let mut chars = index.chars();
                        let option = chars.next().filter(|_| index.len() == 1);
                        if option.is_none() {
                            return fail(
                                "getopt() field argument must be a single option character",
                            );
                        }
                        option
                    }
                };
                let kind = OperandKind::Getopt {
                    arguments: list.id,
                    options: options.id,
                    option,
                };
                (kind, option.is_none())
            }
            _ => {
                return fail("getopt() requires exactly 2 arguments: args list and optstring");
            }
        };
        let parts: Vec<String> = arguments.iter().map(|left| left.id.0.to_string()).collect();
        let index = call.index.as_deref().unwrap_or_default();
        let key = format!("{name}:{}:{index}", parts.join(","));
        Ok(self.add(key, name, kind, (ParamType::Charbuf, is_list)))
    }
}

/// The type that a transformer makes of another; nothing where it cannot.
fn transformed(
    transformer: Transformer,
    kind: ParamType,
    is_list: bool,
) -> Option<(ParamType, bool)> {
    use ParamType as T;
    let is_text = matches!(kind, T::Charbuf | T::FsPath | T::FsRelPath);
    match transformer {
        Transformer::Len if is_list || is_text || kind == T::Bytebuf => Some((T::Uint64, false)),
        Transformer::Base64 if is_text || kind == T::Bytebuf => Some((kind, is_list)),
        Transformer::ToLower | Transformer::ToUpper | Transformer::Basename if is_text => {
            Some((kind, is_list))
        }
        _ => None,
    }
}

/// An operand of an output, with its name there.
pub(crate) fn shown(
    builder: &mut Builder,
    operand: &condition::Operand,
    source: Source,
) -> Compile<(OperandId, ParamType)> {
    let mut macros = FxHashMap::default();
    let mut compiler = Compiler {
        builder,
        macros: &mut macros,
        source,
        hints: Vec::new(),
    };
    let left = compiler.operand(operand)?;
    if let Some(field) = &left.field
        && !field.can_be_shown()
    {
        let message = format!("{field} is filter only and cannot be used as a display field");
        return mistake(message, operand.position(), &field.to_string());
    }
    Ok((left.id, left.value))
}
