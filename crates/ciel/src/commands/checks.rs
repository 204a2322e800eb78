use std::{collections::BTreeMap, io::Write};

use anyhow::{bail, ensure};
use ciel_checks::{Options, catalogue, controls};
use ciel_core::{Alias, Check, Control, Selector, Topic};
use serde_json::{Value, json};

use crate::{
    cli::{ChecksArgs, ChecksFormat},
    commands::lookup,
    exit::Exit,
    output,
};

pub(crate) fn run(args: &ChecksArgs) -> anyhow::Result<Exit> {
    let filter = Filter::new(args)?;
    let checks = catalogue().map(|rule| &rule.check);
    let checks: Vec<&Check> = checks.filter(|check| filter.keeps(check)).collect();
    ensure!(
        !checks.is_empty(),
        "no check is all of this: leave one of the conditions out"
    );
    let mut out = output::open(None)?;
    match args.format {
        ChecksFormat::Text => text(&checks, &filter, &mut *out)?,
        ChecksFormat::Json => json(&checks, &mut *out)?,
        ChecksFormat::Markdown => markdown(&checks, &filter, &mut *out)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// Which checks are listed.
#[derive(Debug)]
struct Filter {
    selectors: Vec<Selector>,
    topic: Option<Topic>,
    framework: Option<(&'static str, Option<String>)>,
    tool: Option<(&'static str, Option<String>)>,
    profile: Option<Options>,
}

impl Filter {
    fn new(args: &ChecksArgs) -> anyhow::Result<Self> {
        let profile = args.profile.clone().map(|profile| Options {
            profile,
            ..Options::default()
        });
        let all = || catalogue().map(|rule| &rule.check);
        let frameworks = || all().flat_map(controls);
        let tools = || all().flat_map(|check| check.aliases);
        Ok(Self {
            selectors: lookup::selectors(&args.checks)?,
            topic: args.topic.as_deref().map(topic).transpose()?,
            framework: match args.framework.as_deref() {
                Some(text) => Some(named(
                    text,
                    "framework",
                    frameworks().map(|control| control.framework.id()),
                )?),
                None => None,
            },
            tool: match args.tool.as_deref() {
                Some(text) => Some(named(
                    text,
                    "tool",
                    tools().map(|alias| alias.tool.as_str()),
                )?),
                None => None,
            },
            profile,
        })
    }

    fn keeps(&self, check: &Check) -> bool {
        let selectors = &self.selectors;
        (selectors.is_empty() || selectors.iter().any(|selector| selector.matches(check)))
            && self.topic.is_none_or(|topic| check.topic == topic)
            && (self.framework.is_none() || !self.controls(check).is_empty())
            && (self.tool.is_none() || self.ids(check).next().is_some())
            && self
                .profile
                .as_ref()
                .is_none_or(|options| options.enables(check))
    }

    /// The controls of the framework that was asked for.
    fn controls(&self, check: &Check) -> Vec<Control> {
        let Some((framework, wanted)) = &self.framework else {
            return Vec::new();
        };
        let mut controls = controls(check);
        controls.retain(|control| {
            control.framework.id() == *framework
                && wanted.as_ref().is_none_or(|id| id == control.control)
        });
        controls
    }

    /// The ids of the tool that was asked for.
    fn ids<'c>(&self, check: &'c Check) -> impl Iterator<Item = &'c Alias> {
        check.aliases.iter().filter(|alias| {
            self.tool.as_ref().is_some_and(|(tool, wanted)| {
                alias.tool.as_str() == *tool
                    && wanted
                        .as_ref()
                        .is_none_or(|id| id.eq_ignore_ascii_case(alias.id))
            })
        })
    }

    /// What the list says besides: the ids and controls that were asked for.
    fn besides(&self, check: &Check) -> String {
        let ids = self.ids(check).map(|alias| alias.id);
        let controls = self.controls(check).into_iter();
        let controls = controls.map(|control| control.control);
        ids.chain(controls).collect::<Vec<_>>().join(", ")
    }

    const fn asks_for_ids(&self) -> bool {
        self.tool.is_some() || self.framework.is_some()
    }
}

fn topic(text: &str) -> anyhow::Result<Topic> {
    let is_meant = |topic: &Topic| {
        topic.as_str().eq_ignore_ascii_case(text) || topic.prefix().eq_ignore_ascii_case(text)
    };
    match Topic::ALL.into_iter().find(is_meant) {
        Some(topic) => Ok(topic),
        None => bail!(
            "no topic is called `{text}`: use {}",
            Topic::ALL.map(|topic| topic.as_str()).join(", ")
        ),
    }
}

/// One of the known names, with what stands behind its colon.
fn named(
    text: &str,
    what: &str,
    known: impl Iterator<Item = &'static str>,
) -> anyhow::Result<(&'static str, Option<String>)> {
    let (name, id) = match text.split_once(':') {
        Some((name, id)) => (name, Some(id.to_owned())),
        None => (text, None),
    };
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    match known.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(name) => Ok((name, id)),
        None => bail!("no {what} is called `{name}`: use {}", known.join(", ")),
    }
}

fn text(checks: &[&Check], filter: &Filter, out: &mut dyn Write) -> anyhow::Result<()> {
    let names = checks.iter().map(|check| check.name.len());
    let width = names.max().unwrap_or_default();
    for check in checks {
        let profile = check.profile.as_str();
        write!(
            out,
            "{:<8} {:<width$} {:<8} {profile:<8} {}",
            check.code, check.name, check.severity, check.summary
        )?;
        if filter.asks_for_ids() {
            write!(out, " ({})", filter.besides(check))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn json(checks: &[&Check], out: &mut dyn Write) -> anyhow::Result<()> {
    let checks: Vec<Value> = checks.iter().map(|check| json_check(check)).collect();
    let document = json!({"schema": "ciel.checks/v1", "checks": checks});
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}

fn json_check(check: &Check) -> Value {
    let mut aliases: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for alias in check.aliases {
        aliases
            .entry(alias.tool.as_str())
            .or_default()
            .push(alias.id);
    }
    let controls = controls(check);
    let frameworks = controls
        .iter()
        .map(|control| json!({"framework": control.framework.id(), "control": control.control}));
    json!({
        "code": check.code,
        "name": check.name,
        "severity": check.severity.as_str(),
        "severityReason": check.severity_reason,
        "summary": check.summary,
        "topic": check.topic.as_str(),
        "profiles": profiles(check),
        "aliases": aliases,
        "frameworks": frameworks.collect::<Vec<_>>(),
        "since": check.since,
    })
}

/// What `--profile` may say for this check to run.
fn profiles(check: &Check) -> Vec<&'static str> {
    let mut profiles = match check.profile {
        ciel_core::Profile::Security => vec!["security", "all"],
        ciel_core::Profile::All => vec!["all"],
        ciel_core::Profile::Asked => Vec::new(),
        ciel_core::Profile::PodSecurity => vec!["pss"],
    };
    for control in controls(check) {
        if !profiles.contains(&control.framework.id()) {
            profiles.push(control.framework.id());
        }
    }
    profiles
}

fn markdown(checks: &[&Check], filter: &Filter, out: &mut dyn Write) -> anyhow::Result<()> {
    let ids = filter.asks_for_ids();
    let (head, rule) = if ids { (" ids |", "---|") } else { ("", "") };
    writeln!(
        out,
        "| code | name | severity | profile | what is wrong |{head}\n|---|---|---|---|---|{rule}"
    )?;
    for check in checks {
        let profile = check.profile.as_str();
        write!(
            out,
            "| {} | {} | {} | {profile} | {} |",
            check.code, check.name, check.severity, check.summary
        )?;
        if ids {
            write!(out, " {} |", filter.besides(check))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
