//! `[[ignore]]` of `ciel.toml`.

use std::collections::BTreeMap;

use anyhow::bail;
use ciel_checks::{Exception, ScopeText};
use ciel_core::{
    Selector, Tool,
    suppress::{Expiry, Ignore, Pick},
};
use serde::Deserialize;
use toml::value::Datetime;

/// One entry: which checks, where, why, until when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct IgnoreConfig {
    checks: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    namespaces: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    containers: Vec<String>,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    reason: String,
    expires: Option<Datetime>,
}

impl IgnoreConfig {
    /// What it stands for; `origin` is where it is written.
    pub(super) fn into_exception(self, origin: &str) -> anyhow::Result<Exception> {
        let picks: Vec<_> = self.checks.iter().map(|word| pick(word)).collect();
        if picks.is_empty() {
            bail!("`checks` is empty: name codes, names, or other tools' ids, or \"*\" for all");
        }
        let mut ignore = Ignore::new(picks, &self.reason);
        if let Some(expires) = self.expires {
            ignore.expiry = expiry(&expires)?;
        }
        let scope = ScopeText {
            paths: self.paths,
            kinds: self.kinds,
            namespaces: self.namespaces,
            names: self.names,
            containers: self.containers,
            images: self.images,
            fields: self.fields,
            labels: self.labels.into_iter().collect(),
        };
        let is_blanket = |pick: &Pick| matches!(pick, Pick::All | Pick::Tool(_));
        if ignore.picks.iter().any(is_blanket) && scope == ScopeText::default() {
            bail!(
                "checks = [\"*\"] without a scope would wave everything through: add paths, kinds, namespaces, names, …"
            );
        }
        Ok(Exception::new(ignore, origin, &scope)?)
    }
}

/// What a word stands for; `*` is everything, `checkov:*` what Checkov would find.
pub(crate) fn pick(word: &str) -> Pick {
    let word = word.trim();
    let tool = word.strip_suffix(":*").and_then(tool_named);
    match (word, tool) {
        ("*", _) => Pick::All,
        (_, Some(tool)) => Pick::Tool(tool),
        _ => Pick::Selector(Selector::new(word)),
    }
}

fn tool_named(name: &str) -> Option<Tool> {
    let aliases = ciel_checks::catalogue().flat_map(|rule| rule.check.aliases);
    let mut tools = aliases.map(|alias| alias.tool);
    tools.find(|tool| tool.as_str().eq_ignore_ascii_case(name))
}

fn expiry(date: &Datetime) -> anyhow::Result<Expiry> {
    match Expiry::parse(&date.to_string()) {
        Expiry::Unreadable(text) => {
            bail!(
                "`expires = {text}` is no moment: write a date (2026-12-31), or a time with its zone"
            )
        }
        expiry => Ok(expiry),
    }
}
