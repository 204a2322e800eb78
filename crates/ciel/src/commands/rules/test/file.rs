//! Files of tests: rules, events, and what is to be told of them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ciel_core::{Source, SourceKind};
use ciel_falco::{
    audit::{AuditEvent, AuditLog},
    engine::{Example, Matching},
    load::Priority,
};
use ciel_yaml::{Kind, Node};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::commands::lookup;

/// A file of tests.
pub(super) struct TestFile {
    pub(super) name: String,
    /// The rule files that it names, from where it stands.
    pub(super) rules: Vec<PathBuf>,
    pub(super) tests: Vec<Test>,
}

/// An event or several, and what is expected of the rules.
pub(super) struct Test {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) input: Input,
    pub(super) matching: Matching,
    /// `None` where only silence is asked for; with nothing in it, no rule at all may alert.
    pub(super) alerts: Option<Vec<Expected>>,
    pub(super) silent: Vec<String>,
}

/// What rules are shown.
pub(super) enum Input {
    Example(Example),
    Audit(Box<AuditEvent>),
    AuditLog(PathBuf),
    Capture {
        file: PathBuf,
        /// Every process counts as the host's.
        no_containers: bool,
    },
}

impl Input {
    pub(super) fn is_audit(&self) -> bool {
        matches!(self, Self::Audit(_) | Self::AuditLog(_))
    }
}

/// An alert that has to come.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Written")]
pub(super) struct Expected {
    pub(super) rule: String,
    /// How often; at least once where that is not said.
    pub(super) count: Option<u64>,
    pub(super) priority: Option<String>,
    /// What the message has in it.
    pub(super) output: Option<String>,
    pub(super) fields: Map<String, Value>,
}

/// An alert as it is written: the name of the rule, or more.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "an alert is the name of a rule, or `rule` with `count`, `priority`, `output` or `fields`"
)]
enum Written {
    Name(String),
    Whole(WrittenAlert),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAlert {
    rule: String,
    count: Option<u64>,
    priority: Option<String>,
    output: Option<Value>,
    #[serde(default)]
    fields: Map<String, Value>,
}

impl From<Written> for Expected {
    fn from(written: Written) -> Self {
        let it = match written {
            Written::Whole(alert) => alert,
            Written::Name(rule) => WrittenAlert {
                rule,
                count: None,
                priority: None,
                output: None,
                fields: Map::new(),
            },
        };
        Self {
            rule: it.rule,
            count: it.count,
            priority: it.priority,
            output: it.output.as_ref().map(text_of),
            fields: it.fields,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenTest {
    name: String,
    event: Option<Map<String, Value>>,
    audit: Option<Value>,
    capture: Option<PathBuf>,
    #[serde(default)]
    no_containers: bool,
    #[serde(default)]
    matching: WrittenMatching,
    alerts: Option<Vec<Expected>>,
    #[serde(default)]
    silent: Vec<String>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenMatching {
    First,
    #[default]
    All,
}

/// Reads a file of tests.
pub(super) fn read(path: &Path) -> anyhow::Result<TestFile> {
    let name = path.display().to_string();
    let text = super::super::read_file(path).map_err(anyhow::Error::msg);
    let text = text.with_context(|| format!("cannot read {name}"))?;
    let source = Source::new(&name, SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let line = |offset: u32| source.line_column(offset).line;
    if let Some((span, diagnostic)) = parsed.diagnostics.iter().find(|(_, it)| it.is_error) {
        bail!("{name}:{}: {}", line(span.start), diagnostic.message);
    }
    let [document] = parsed.documents.as_slice() else {
        bail!("{name}: a file of tests has one document, with `tests` in it");
    };
    let root = document.root();
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut rules = Vec::new();
    let mut tests = Vec::new();
    for (key, value) in root.entries() {
        let at = || format!("{name}:{}", line(key.span().start));
        match key.scalar_text() {
            "rules" => {
                let files = serde_json::from_value::<Vec<PathBuf>>(json(value));
                let files = files.with_context(at)?;
                rules.extend(files.iter().map(|file| folder.join(file)));
            }
            "tests" if value.is_sequence() || value.is_null() => {
                for item in value.items() {
                    let line = line(item.span().start);
                    let test = test(item, line, folder);
                    tests.push(test.with_context(|| format!("{name}:{line}"))?);
                }
            }
            key => bail!("{}: `{key}` is neither `rules` nor a list `tests`", at()),
        }
    }
    if tests.is_empty() {
        bail!("{name} has no tests: write a list of them under `tests`");
    }
    Ok(TestFile { name, rules, tests })
}

fn test(node: Node<'_>, line: u32, folder: &Path) -> anyhow::Result<Test> {
    let test: WrittenTest = serde_json::from_value(json(node))?;
    if test.alerts.is_none() && test.silent.is_empty() {
        bail!(
            "it expects nothing: name rules under `alerts` or `silent`; `alerts: []` is for none"
        );
    }
    for priority in test
        .alerts
        .iter()
        .flatten()
        .filter_map(|it| it.priority.as_deref())
    {
        if Priority::parse(priority).is_none() {
            bail!("`{priority}` is no priority");
        }
    }
    let input = match (test.event, test.audit, test.capture) {
        (Some(fields), None, None) => Input::Example(example(&fields)?),
        (None, Some(Value::String(file)), None) => Input::AuditLog(folder.join(file)),
        (None, Some(event), None) => Input::Audit(Box::new(audit_event(&event)?)),
        (None, None, Some(file)) => Input::Capture {
            file: folder.join(file),
            no_containers: test.no_containers,
        },
        _ => bail!("a test has one of `event`, `audit` and `capture`"),
    };
    if test.no_containers && !matches!(input, Input::Capture { .. }) {
        bail!("`no-containers` is for captures");
    }
    Ok(Test {
        name: test.name,
        line,
        input,
        matching: match test.matching {
            WrittenMatching::First => Matching::First,
            WrittenMatching::All => Matching::All,
        },
        alerts: test.alerts,
        silent: test.silent,
    })
}

/// A node as JSON. What JSON would write otherwise is text as it stands there: programs are called `y`, arguments `0755`, and
/// versions `1.10`.
fn json(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Mapping => {
            let entries = node.entries();
            let entries = entries.map(|(key, value)| (key.scalar_text().to_owned(), json(value)));
            Value::Object(entries.collect())
        }
        Kind::Sequence => node.items().map(json).collect(),
        Kind::String | Kind::Null => node.to_json(),
        _ => {
            let (value, text) = (node.to_json(), node.span().slice(node.document().text()));
            let written = value.to_string();
            if written == text { value } else { text.into() }
        }
    }
}

/// A value as an alert's line has it.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn example(fields: &Map<String, Value>) -> anyhow::Result<Example> {
    Example::new(fields).map_err(|error| {
        let hint = match &error {
            ciel_falco::engine::ExampleError::UnknownField(name) => lookup::closest_field(name),
            _ => None,
        };
        match hint {
            Some(known) => anyhow::anyhow!("{error}: did you mean `{known}`?"),
            None => error.into(),
        }
    })
}

fn audit_event(event: &Value) -> anyhow::Result<AuditEvent> {
    let text = event.to_string();
    let mut log = AuditLog::new(text.as_bytes());
    let (first, second) = (log.next(), log.next());
    if let Some(diagnostic) = log.into_diagnostics().first() {
        bail!("`audit`: {}", diagnostic.message);
    }
    match (first, second) {
        (Some(event), None) => Ok(event),
        _ => bail!("`audit` is one event of an audit log, or the name of a log"),
    }
}
