use std::{collections::BTreeMap, io::Write};

use ciel_checks::catalogue;
use ciel_core::Check;
use serde_json::{Value, json};

use crate::{
    cli::{ChecksArgs, ChecksFormat},
    exit::Exit,
    output,
};

pub(crate) fn run(args: &ChecksArgs) -> anyhow::Result<Exit> {
    let mut out = output::open(None)?;
    match args.format {
        ChecksFormat::Text => text(&mut *out)?,
        ChecksFormat::Json => json(&mut *out)?,
        ChecksFormat::Markdown => markdown(&mut *out)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

fn text(out: &mut dyn Write) -> anyhow::Result<()> {
    let width = catalogue()
        .map(|rule| rule.check.name.len())
        .max()
        .unwrap_or_default();
    for rule in catalogue() {
        let check = &rule.check;
        let profile = check.profile.as_str();
        writeln!(
            out,
            "{:<8} {:<width$} {:<8} {profile:<8} {}",
            check.code, check.name, check.severity, check.summary
        )?;
    }
    Ok(())
}

fn json(out: &mut dyn Write) -> anyhow::Result<()> {
    let checks: Vec<Value> = catalogue().map(|rule| json_check(&rule.check)).collect();
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
    let frameworks = check
        .frameworks
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
    for control in check.frameworks {
        if !profiles.contains(&control.framework.id()) {
            profiles.push(control.framework.id());
        }
    }
    profiles
}

fn markdown(out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "| code | name | severity | profile | what is wrong |\n|---|---|---|---|---|"
    )?;
    for rule in catalogue() {
        let check = &rule.check;
        let profile = check.profile.as_str();
        writeln!(
            out,
            "| {} | {} | {} | {profile} | {} |",
            check.code, check.name, check.severity, check.summary
        )?;
    }
    Ok(())
}
