//! What rules mean: lists put in, macros looked up, conditions and outputs checked and compiled.

mod admits;
mod constant;
mod event_types;
mod exceptions;
mod hints;
mod lists;
mod macros;
mod output;
mod pattern;
mod program;
mod services;
mod typed;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::condition::{self, Expr, Position};
use crate::fields::Source;
use crate::load::collect::Collector;
use crate::load::item;
use crate::load::{Context, ErrorCode, LoadError, LoadResult, WarningCode};

pub(crate) use constant::read as constant;
pub use constant::{Constant, Network};
pub use event_types::EventTypes;
pub use output::{Output, Part};
pub use pattern::Pattern;
pub use program::{
    Check, CheckId, Node, NodeId, Operand, OperandId, OperandKind, Program, Right, Rule,
};

use lists::{ListText, Lists};
use macros::{MacroState, Unresolved};
use program::Builder;
use typed::{Compiler, Mistake, Typed};

/// Bytes of all conditions of a set of rules, with their lists put in.
const MAX_CONDITIONS: usize = 256 << 20;
/// A rule for more types of events than this gets a warning.
const MANY_EVENT_TYPES: usize = 100;
const CONTAINER_INFO: &str = "%container.info";

/// Compiles all that was collected; what is to be said goes to the result.
///
/// # Errors
/// The first mistake, at which Falco stops.
pub(crate) fn compile(
    collector: &Collector,
    result: &mut LoadResult,
) -> Result<Program, LoadError> {
    let mut compilation = Compilation {
        collector,
        result,
        lists: compile_lists(collector),
        macros: Vec::new(),
        builder: Builder::default(),
        typed_macros: FxHashMap::default(),
        oddities: hints::Finder::default(),
        event_types: event_types::Finder::default(),
        bytes: 0,
    };
    compilation.macros()?;
    for rule in &collector.rules.all {
        if !rule.unknown_source {
            compilation.rule(rule)?;
        }
    }
    compilation.unused();
    Ok(compilation.builder.program)
}

fn compile_lists(collector: &Collector) -> Lists {
    let mut used = Vec::new();
    let all = collector.lists.all.iter().map(|list| {
        let mut items: Vec<&str> = Vec::with_capacity(list.items.len());
        for item in &list.items {
            let other = collector.lists.get(item);
            match other.filter(|other| other.index < list.visibility) {
                Some(other) => {
                    used.push(other.name.clone());
                    items.extend(other.items.iter().map(String::as_str));
                }
                None => items.push(item),
            }
        }
        ListText::new(&list.name, items.into_iter())
    });
    let mut lists = Lists::new(all.collect());
    used.iter().for_each(|name| lists.mark_used(name));
    lists
}

struct Compilation<'c> {
    collector: &'c Collector,
    result: &'c mut LoadResult,
    lists: Lists,
    macros: Vec<MacroState>,
    builder: Builder,
    typed_macros: FxHashMap<(usize, Source), Result<Typed, Mistake>>,
    oddities: hints::Finder,
    event_types: event_types::Finder,
    bytes: usize,
}

impl Compilation<'_> {
    /// The condition with its lists, as a tree.
    fn parse(&mut self, condition: &str, context: &Context) -> Result<Expr, LoadError> {
        let fail = |message, position, text: &str| {
            let context = context.in_condition(position, &Arc::from(text));
            LoadError::new(ErrorCode::CompileCondition, message, &context)
        };
        let text = self
            .lists
            .put_in(condition)
            .map_err(|message| fail(message, Position::START, condition))?;
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MAX_CONDITIONS {
            let message = format!(
                "all conditions together are larger than {MAX_CONDITIONS} bytes with their lists put in"
            );
            return Err(fail(message, Position::START, condition));
        }
        condition::parse(&text).map_err(|error| {
            let end = error.position.offset as usize;
            let word = text.get(end..).map(str::trim_start).unwrap_or_default();
            let word = word
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            let error = fail(error.message, error.position, &text);
            if word.is_empty() {
                error
            } else {
                error.about(word)
            }
        })
    }

    fn macros(&mut self) -> Result<(), LoadError> {
        for defined in &self.collector.macros.all {
            let condition = self.parse(&defined.condition, &defined.condition_context)?;
            self.macros.push(MacroState {
                name: Arc::from(defined.name.as_str()),
                condition: Arc::new(condition),
                index: defined.index,
                resolved: false,
                height: 0,
                used: false,
            });
        }
        for (place, defined) in self.collector.macros.all.iter().enumerate() {
            let Some(state) = self.macros.get(place) else {
                continue;
            };
            let condition = Arc::clone(&state.condition);
            let (resolved, height) = self.resolve(
                &condition,
                defined.visibility,
                &defined.condition,
                &defined.context,
            )?;
            if let Some(state) = self.macros.get_mut(place) {
                state.condition = Arc::new(resolved);
                state.height = height;
                state.resolved = true;
            }
        }
        Ok(())
    }

    fn resolve(
        &mut self,
        condition: &Expr,
        visibility: usize,
        text: &str,
        context: &Context,
    ) -> Result<(Expr, usize), LoadError> {
        let collector = self.collector;
        let place = |name: &str| collector.macros.place(name);
        let resolved = macros::resolve(condition, &self.macros, &place, visibility);
        let resolved = resolved.map_err(
            |Unresolved {
                 message,
                 position,
                 name,
             }| {
                let context = context.in_condition(position, &Arc::from(text));
                LoadError::validate(message, &context).about(name)
            },
        )?;
        for place in resolved.uses {
            if let Some(state) = self.macros.get_mut(place) {
                state.used = true;
            }
        }
        Ok((resolved.condition, resolved.height))
    }

    fn rule(&mut self, rule: &item::Rule) -> Result<(), LoadError> {
        let Some(source) = self.collector.source(&rule.source) else {
            let message = format!("Unknown source at compile-time{}", rule.source);
            return Err(LoadError::validate(message, &rule.context));
        };
        let condition = exceptions::put_in(&rule.condition, &rule.exceptions)?;
        let Some(output) = self.output(rule, source)? else {
            return Ok(());
        };
        let parsed = self.parse(&condition, &rule.condition_context)?;
        let (parsed, _) = self.resolve(&parsed, usize::MAX, &condition, &rule.context)?;
        let text: Arc<str> = Arc::from(condition);
        self.oddities(&parsed, &text, &rule.condition_context);
        let Some(node) = self.condition(rule, source, &parsed, &text)? else {
            return Ok(());
        };
        let types = self.event_types.find(&parsed).map_err(|message| {
            let context = rule.condition_context.in_condition(Position::START, &text);
            LoadError::new(ErrorCode::CompileCondition, message, &context).about("evt.type")
        })?;
        let is_wide = types.is_empty() || types.len() > MANY_EVENT_TYPES;
        if source == Source::Syscall && is_wide && rule.warn_evttypes {
            let message = "Rule matches too many evt.type values. This has a significant performance penalty.";
            self.result
                .warn(WarningCode::NoEvtType, message, &rule.context);
        }
        self.builder.program.rules.push(Rule {
            name: rule.name.clone(),
            description: rule.description.clone(),
            source,
            priority: rule.priority,
            tags: rule.tags.clone(),
            enabled: rule.enabled,
            capture: rule.capture,
            capture_duration: rule.capture_duration,
            output,
            condition: node,
            expression: Arc::new(parsed),
            event_types: types,
            file: Arc::clone(rule.context.file_name()),
        });
        Ok(())
    }

    /// The rule's output; nothing where the rule is left out for a field that is not known.
    fn output(&mut self, rule: &item::Rule, source: Source) -> Result<Option<Output>, LoadError> {
        let mut format = rule.output.clone();
        if format.contains(CONTAINER_INFO) {
            let message = "%container.info is deprecated and no more useful, and will be dropped by Falco 1.0.0. The container plugin will automatically add required fields to the output message.";
            self.result
                .warn(WarningCode::DeprecatedItem, message, &rule.context);
            format = format.replace(CONTAINER_INFO, "");
        }
        let context = &rule.output_context;
        let output = match output::read(&mut self.builder, &format, source) {
            Ok(output) => output,
            Err(mistake) if mistake.unknown && rule.skip_if_unknown_filter => {
                self.warn(
                    WarningCode::UnknownFilter,
                    &mistake.message,
                    context,
                    &mistake.culprit,
                );
                return Ok(None);
            }
            Err(mistake) => {
                let error = LoadError::new(ErrorCode::CompileOutput, mistake.message, context);
                return Err(error.about(mistake.culprit));
            }
        };
        for field in hints::DEPRECATED_FIELDS {
            if format.contains(field) {
                let message = format!(
                    "usage of deprecated field '{field}' has been detected in the rule output"
                );
                self.deprecated(field, &message, context);
            }
        }
        Ok(Some(output))
    }

    fn warn(&mut self, code: WarningCode, message: &str, context: &Context, culprit: &str) {
        self.result.warn(code, message, context);
        if let Some(warning) = self.result.warnings.last_mut() {
            warning.culprit = Some(culprit.to_owned()).filter(|it| !it.is_empty());
        }
    }

    fn deprecated(&mut self, field: &'static str, message: &str, context: &Context) {
        self.warn(WarningCode::DeprecatedItem, message, context, field);
        if let Some(warning) = self.result.warnings.last_mut() {
            warning.deprecated_field = Some(field);
        }
    }

    fn oddities(&mut self, condition: &Expr, text: &Arc<str>, context: &Context) {
        let oddities = self.oddities.find(condition);
        let context = context.in_condition(Position::NOWHERE, text);
        if oddities.unsafe_na {
            self.warn(WarningCode::UnsafeNaCheck, "", &context, "<NA>");
        }
        for place in oddities.deprecated {
            if let Some(field) = hints::DEPRECATED_FIELDS.get(place) {
                self.deprecated(field, hints::deprecation(field), &context);
            }
        }
    }

    /// The rule's condition; nothing where the rule is left out for a field or event that is not known.
    fn condition(
        &mut self,
        rule: &item::Rule,
        source: Source,
        condition: &Expr,
        text: &Arc<str>,
    ) -> Result<Option<NodeId>, LoadError> {
        let mut compiler = Compiler {
            builder: &mut self.builder,
            macros: &mut self.typed_macros,
            source,
            hints: Vec::new(),
        };
        let node = compiler.expr(condition);
        let hints = compiler.hints;
        let at = |position| rule.condition_context.in_condition(position, text);
        let node = match node {
            Ok(node) => node,
            Err(mistake) if mistake.unknown && rule.skip_if_unknown_filter => {
                let context = at(mistake.position);
                self.warn(
                    WarningCode::UnknownFilter,
                    &mistake.message,
                    &context,
                    &mistake.culprit,
                );
                return Ok(None);
            }
            Err(mistake) => {
                let context = at(mistake.position);
                let error = LoadError::new(ErrorCode::CompileCondition, mistake.message, &context);
                return Err(error.about(mistake.culprit));
            }
        };
        for hint in hints {
            let context = at(hint.position);
            self.warn(
                WarningCode::CompileCondition,
                &hint.message,
                &context,
                &hint.culprit,
            );
        }
        Ok(Some(node))
    }

    fn unused(&mut self) {
        for (state, defined) in self.macros.iter().zip(&self.collector.macros.all) {
            if !state.used {
                let message = "Macro not referred to by any other rule/macro";
                self.result
                    .warn(WarningCode::UnusedMacro, message, &defined.context);
            }
        }
        for (list, defined) in self.lists.all.iter().zip(&self.collector.lists.all) {
            if !list.used {
                let message = "List not referred to by any other rule/macro";
                self.result
                    .warn(WarningCode::UnusedList, message, &defined.context);
            }
        }
    }
}

/// Compiles one condition over the kernel's events, in which no macro and no list is named.
///
/// # Errors
/// The first mistake.
pub fn condition(text: &str) -> Result<(Program, NodeId), ConditionError> {
    let expr = condition::parse(text).map_err(|error| ConditionError {
        message: error.message,
        position: error.position,
    })?;
    let mut builder = Builder::default();
    let mut compiler = Compiler {
        builder: &mut builder,
        macros: &mut FxHashMap::default(),
        source: Source::Syscall,
        hints: Vec::new(),
    };
    let node = compiler.expr(&expr).map_err(|mistake| ConditionError {
        message: mistake.message,
        position: mistake.position,
    })?;
    Ok((builder.program, node))
}

/// Why a condition does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionError {
    /// Falco's message.
    pub message: String,
    /// Where it is wrong.
    pub position: Position,
}

impl std::fmt::Display for ConditionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Position { line, column, .. } = self.position;
        write!(f, "{line}:{column}: {}", self.message)
    }
}

impl std::error::Error for ConditionError {}
