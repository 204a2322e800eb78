use std::io::Write as _;

use anyhow::bail;
use ciel_checks::{Rule, catalogue, controls};
use ciel_core::Selector;

use crate::{cli::ExplainArgs, commands::lookup, exit::Exit, output};

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let selector = Selector::new(&args.check);
    let exact = ciel_checks::find(&args.check);
    let rules: Vec<&Rule> = match exact {
        Some(rule) => vec![rule],
        None => catalogue()
            .filter(|rule| selector.matches(&rule.check))
            .collect(),
    };
    let mut out = output::open(None)?;
    match rules.as_slice() {
        [] => bail!("{}", lookup::no_such_check(&args.check)),
        [rule] => explain(rule, &mut *out)?,
        rules => {
            writeln!(out, "`{}` names {} checks:\n", args.check, rules.len())?;
            for rule in rules {
                writeln!(
                    out,
                    "  {:<8} {:<36} {}",
                    rule.check.code, rule.check.name, rule.check.summary
                )?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

fn explain(rule: &Rule, out: &mut dyn std::io::Write) -> anyhow::Result<()> {
    let check = &rule.check;
    writeln!(out, "# {} {}\n", check.code, check.name)?;
    write!(out, "{} ({}", check.summary, check.severity)?;
    if !check.severity_reason.is_empty() {
        write!(out, ": {}", check.severity_reason)?;
    }
    writeln!(out, ")\n")?;
    for line in check.docs.lines() {
        writeln!(out, "{}", line.strip_prefix(' ').unwrap_or(line))?;
    }
    if !check.aliases.is_empty() {
        writeln!(out, "\n## Elsewhere")?;
        for alias in check.aliases {
            writeln!(out, "- {}: {}", alias.tool.as_str(), alias.id)?;
        }
    }
    let controls = controls(check);
    if !controls.is_empty() {
        writeln!(out, "\n## Frameworks")?;
        for control in controls {
            writeln!(out, "- {}: {}", control.framework.id(), control.control)?;
        }
    }
    writeln!(out, "\n## To live with it")?;
    writeln!(
        out,
        "- beside the line: `# ciel: ignore[{}] reason`",
        check.code
    )?;
    writeln!(
        out,
        "- on the object: annotation `ciel.dev/ignore: \"{} reason\"`",
        check.code
    )?;
    writeln!(
        out,
        "- everywhere: `ignore = [\"{}\"]` under `[scan]` in ciel.toml",
        check.code
    )?;
    Ok(())
}
