//! What all files together define: later items change earlier ones.

use rustc_hash::FxHashMap;

use super::item::{Entry, Exception, List, Macro, RequiredPlugin, Rule, RuleUpdate};
use super::{Context, LoadError, LoadResult, Version, WarningCode, version};
use crate::condition::Operator;
use crate::fields::{Source, is_field};

const NO_MACRO: &str =
    "Macro uses 'append' or 'override.condition: append' but no macro by that name already exists";
const NO_LIST: &str =
    "List uses 'append' or 'override.items: append' but no list by that name already exists";
const NO_RULE: &str =
    "Rule uses 'append' or 'override.<key>: append' but no rule by that name already exists";
const NO_RULE_TO_REPLACE: &str =
    "An 'override.<key>: replace' to a rule was requested but no rule by that name already exists";

/// Definitions by name, in the order in which they first came.
#[derive(Clone, Debug)]
pub(crate) struct Named<T> {
    pub(crate) all: Vec<T>,
    places: FxHashMap<String, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            places: FxHashMap::default(),
        }
    }
}

impl<T> Named<T> {
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.all.get(self.place(name)?)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let place = self.place(name)?;
        self.all.get_mut(place)
    }

    fn set(&mut self, name: &str, value: T) {
        if let Some(earlier) = self.get_mut(name) {
            *earlier = value;
            return;
        }
        self.places.insert(name.to_owned(), self.all.len());
        self.all.push(value);
    }
}

/// All definitions so far.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    pub(crate) lists: Named<List>,
    pub(crate) macros: Named<Macro>,
    pub(crate) rules: Named<Rule>,
    /// For each plugin that is wanted, those that serve.
    pub(crate) plugins: Vec<Vec<RequiredPlugin>>,
    /// The newest version of the engine that is wanted.
    pub(crate) engine: Version,
    /// Whether audit events can come.
    pub(crate) audit: bool,
    next: usize,
}

impl Collector {
    fn count(&mut self) -> usize {
        let index = self.next;
        self.next += 1;
        index
    }

    /// The source of a name, if Ciel has it.
    pub(crate) fn source(&self, name: &str) -> Option<Source> {
        match name {
            "syscall" => Some(Source::Syscall),
            "k8s_audit" if self.audit => Some(Source::K8sAudit),
            _ => None,
        }
    }

    pub(super) fn require_engine(
        &mut self,
        wanted: Version,
        context: &Context,
    ) -> Result<(), LoadError> {
        if !version::ENGINE.serves(wanted) {
            let message = format!(
                "Rules require engine version {wanted}, but engine version is {}",
                version::ENGINE
            );
            return Err(LoadError::validate(message, context));
        }
        self.engine = self.engine.max(wanted);
        Ok(())
    }

    pub(super) fn require_plugin(&mut self, alternatives: Vec<RequiredPlugin>) {
        // Falco has the source if its plugin is configured, which rules that require it take for granted.
        self.audit |= alternatives
            .iter()
            .any(|plugin| plugin.name == "k8saudit" || plugin.name.starts_with("k8saudit-"));
        self.plugins.push(alternatives);
    }

    pub(super) fn define_list(&mut self, mut list: List) {
        list.visibility = self.count();
        list.index = match self.lists.get(&list.name) {
            Some(earlier) => earlier.index,
            None => list.visibility,
        };
        let name = list.name.clone();
        self.lists.set(&name, list);
    }

    pub(super) fn append_list(&mut self, list: List) -> Result<(), LoadError> {
        let count = self.next;
        let Some(earlier) = self.lists.get_mut(&list.name) else {
            return Err(LoadError::validate(NO_LIST, &list.context));
        };
        earlier.items.extend(list.items);
        earlier.visibility = count;
        self.next += 1;
        Ok(())
    }

    pub(super) fn define_macro(&mut self, mut defined: Macro) {
        defined.visibility = self.count();
        defined.index = match self.macros.get(&defined.name) {
            Some(earlier) => earlier.index,
            None => defined.visibility,
        };
        let name = defined.name.clone();
        self.macros.set(&name, defined);
    }

    pub(super) fn append_macro(&mut self, more: Macro) -> Result<(), LoadError> {
        let count = self.next;
        let Some(earlier) = self.macros.get_mut(&more.name) else {
            return Err(LoadError::validate(NO_MACRO, &more.context));
        };
        append(&mut earlier.condition, &more.condition);
        earlier.visibility = count;
        self.next += 1;
        Ok(())
    }

    pub(super) fn define_rule(
        &mut self,
        mut rule: Rule,
        result: &mut LoadResult,
    ) -> Result<(), LoadError> {
        let earlier = self.rules.get(&rule.name);
        if earlier.is_some_and(|earlier| earlier.source != rule.source) {
            let message = "Rule has been re-defined with a different source";
            return Err(LoadError::validate(message, &rule.context));
        }
        let source = self.source(&rule.source);
        if source.is_none() {
            rule.unknown_source = true;
            let message = format!("Unknown source {}, skipping", rule.source);
            result.warn(WarningCode::UnknownSource, message, &rule.context);
        }
        for exception in &mut rule.exceptions {
            if exception.fields.is_none() {
                let message = "Rule exception item must have fields property with a list of fields";
                return Err(LoadError::validate(message, &exception.context));
            }
            validate(exception, source)?;
        }
        self.next += 1;
        let name = rule.name.clone();
        self.rules.set(&name, rule);
        Ok(())
    }

    pub(super) fn append_rule(&mut self, update: RuleUpdate) -> Result<(), LoadError> {
        let source = self
            .rules
            .get(&update.name)
            .map(|it| self.source(&it.source));
        let (Some(earlier), Some(source)) = (self.rules.get_mut(&update.name), source) else {
            return Err(LoadError::validate(NO_RULE, &update.context));
        };
        if !update.has_any_value() {
            let message = "Appended rule must have exceptions or condition property";
            return Err(LoadError::validate(message, &update.context));
        }
        let source = source.filter(|_| !earlier.unknown_source);
        for (text, more) in [
            (&mut earlier.condition, &update.condition),
            (&mut earlier.output, &update.output),
            (&mut earlier.description, &update.description),
        ] {
            if let Some(more) = more {
                append(text, more);
            }
        }
        earlier.tags.extend(update.tags.into_iter().flatten());
        for exception in update.exceptions.into_iter().flatten() {
            append_exception(&mut earlier.exceptions, exception, source)?;
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn replace_rule(&mut self, update: RuleUpdate) -> Result<(), LoadError> {
        let source = self
            .rules
            .get(&update.name)
            .map(|it| self.source(&it.source));
        let (Some(earlier), Some(source)) = (self.rules.get_mut(&update.name), source) else {
            return Err(LoadError::validate(NO_RULE_TO_REPLACE, &update.context));
        };
        let source = source.filter(|_| !earlier.unknown_source);
        replace(&mut earlier.condition, update.condition);
        replace(&mut earlier.output, update.output);
        replace(&mut earlier.description, update.description);
        replace(&mut earlier.tags, update.tags);
        replace(&mut earlier.priority, update.priority);
        replace(&mut earlier.enabled, update.enabled);
        replace(&mut earlier.capture, update.capture);
        replace(&mut earlier.warn_evttypes, update.warn_evttypes);
        replace(
            &mut earlier.skip_if_unknown_filter,
            update.skip_if_unknown_filter,
        );
        if update.capture_duration.is_some() {
            earlier.capture_duration = update.capture_duration;
        }
        if let Some(mut exceptions) = update.exceptions {
            for exception in &mut exceptions {
                if exception.fields.is_none() {
                    let message = "Rule exception must have fields property with a list of fields";
                    return Err(LoadError::validate(message, &exception.context));
                }
                validate(exception, source)?;
            }
            earlier.exceptions = exceptions;
        }
        self.next += 1;
        Ok(())
    }

    pub(super) fn enable(
        &mut self,
        name: &str,
        enabled: bool,
        context: &Context,
    ) -> Result<(), LoadError> {
        let Some(earlier) = self.rules.get_mut(name) else {
            let message = "Rule has 'enabled' key but no rule by that name already exists";
            return Err(LoadError::validate(message, context));
        };
        earlier.enabled = enabled;
        Ok(())
    }
}

fn append(text: &mut String, more: &str) {
    text.push(' ');
    text.push_str(more);
}

fn replace<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}

fn append_exception(
    exceptions: &mut Vec<Exception>,
    mut more: Exception,
    source: Option<Source>,
) -> Result<(), LoadError> {
    let fail = |message: &str| Err(LoadError::validate(message, &more.context));
    let earlier = exceptions.iter_mut().find(|it| it.name == more.name);
    let Some(earlier) = earlier else {
        if more.fields.is_none() {
            return fail("Rule exception must have fields property with a list of fields");
        }
        if more.values.is_empty() {
            return fail("Rule exception must have values property with a list of values");
        }
        validate(&mut more, source)?;
        exceptions.push(more);
        return Ok(());
    };
    if more.fields.is_some() {
        return fail("Can not append exception fields to existing exception, only values");
    }
    if more.comparisons.is_some() {
        return fail("Can not append exception comps to existing exception, only values");
    }
    earlier.values.extend(more.values);
    Ok(())
}

/// Fills in the comparisons that are left out, and says which fields and comparisons there are not.
fn validate(exception: &mut Exception, source: Option<Source>) -> Result<(), LoadError> {
    let context = exception.context.clone();
    let fail = |message: String| Err(LoadError::validate(message, &context));
    let unknown = |field: &Entry| {
        let field = field.text();
        source
            .filter(|source| !is_field(field, *source))
            .map(|_| format!("'{field}' is not a supported filter field"))
    };
    match &exception.fields {
        Some(Entry::Many(fields)) => {
            let comparisons = exception
                .comparisons
                .get_or_insert_with(|| Entry::Many(vec![Entry::One("=".to_owned()); fields.len()]));
            normalise(comparisons);
            if fields.len() != comparisons.items().len() {
                return fail("Fields and comps lists must have equal length".to_owned());
            }
            for comparison in comparisons.items() {
                let word = comparison.text();
                if Operator::parse(word).is_none() {
                    let message = format!("'{word}' is not a supported comparison operator");
                    return fail(message);
                }
            }
            fields.iter().find_map(unknown).map_or(Ok(()), fail)
        }
        Some(field) => {
            let comparison = exception
                .comparisons
                .get_or_insert_with(|| Entry::One("in".to_owned()));
            normalise(comparison);
            let Entry::One(word) = comparison else {
                return fail("Fields and comps must both be strings".to_owned());
            };
            let takes_list = Operator::parse(word)
                .is_some_and(|(operator, modifier)| operator.takes_list() || modifier.is_some());
            if !takes_list {
                let message = "When fields is a single value, comps must be one of (in, pmatch, intersects) or a string operator with a modifier";
                return fail(message.to_owned());
            }
            unknown(field).map_or(Ok(()), fail)
        }
        None => Ok(()),
    }
}

/// Words with one blank between them and none around them.
fn normalise(entry: &mut Entry) {
    match entry {
        Entry::One(text) => {
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            *text = words.join(" ");
        }
        Entry::Many(items) => items.iter_mut().for_each(normalise),
    }
}
