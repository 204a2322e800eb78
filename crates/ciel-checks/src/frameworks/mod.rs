//! Frameworks as profiles: what of each control the checks could say.

mod table;

use ciel_core::{
    Assessment, Check, Control, ControlResult, ControlStatus, Finding, Framework, Profile, Severity,
};
use ciel_k8s::TypeMeta;
use ciel_snapshot::Snapshot;

use crate::{Options, ProfileChoice, Program, Rule, Run, catalogue, node::Embedded};
use table::{Row, Table};

/// Whether a check answers some control of a framework.
pub(crate) fn answers(framework: Framework, check: &Check) -> bool {
    let mut named = check.frameworks.iter();
    named.any(|control| control.framework == framework)
        || Table::of(framework).is_some_and(|table| table.listed(check).next().is_some())
}

/// All controls that a check answers: those that it names, then those that only a framework's table gives it.
#[must_use]
pub fn controls(check: &Check) -> Vec<Control> {
    let mut controls = check.frameworks.to_vec();
    let tables = Framework::ALL.into_iter().filter_map(Table::of);
    controls.extend(tables.flat_map(|table| table.listed(check)));
    controls
}

/// Adds the controls that only the framework's table gives to a check.
pub(crate) fn name_controls(framework: Framework, findings: &mut [Finding]) {
    let Some(table) = Table::of(framework) else {
        return;
    };
    for finding in findings {
        let mut listed = table.listed(finding.check).peekable();
        if listed.peek().is_some() {
            let named = finding.frameworks().iter().copied();
            let mut all: Vec<Control> = named.chain(listed).collect();
            all.dedup();
            finding.own_frameworks = Some(all);
        }
    }
}

/// What came of each control of the framework that is the profile; `None` where the profile is none.
///
/// `programs`: which programs of the control plane and the nodes the snapshot sets up. `embedded`: the configuration files
/// that stand as text in its objects.
pub(crate) fn assess(
    snapshot: &Snapshot,
    options: &Options,
    programs: &[Program],
    embedded: &Embedded<'_>,
    findings: &[Finding],
) -> Option<Assessment> {
    let (framework, level) = match options.profile {
        ProfileChoice::Framework(framework) => (framework, None),
        ProfileChoice::PodSecurity { level, .. } => (Framework::Pss, Some(level)),
        ProfileChoice::Security | ProfileChoice::All => return None,
    };
    let table = Table::of(framework)?;
    let assessor = Assessor {
        snapshot,
        options,
        programs,
        embedded,
        findings,
        table,
        has_pods: snapshot.workloads().next().is_some(),
    };
    let rows = table.rows.iter();
    let rows = rows.filter(|row| level.is_none_or(|level| row.is_of_level(level)));
    Some(Assessment {
        framework,
        profile: options.profile.to_string(),
        title: match level {
            Some(level) => format!("{}: {}", table.title, level.as_str()),
            None => table.title.to_owned(),
        },
        controls: rows.map(|row| assessor.control(row)).collect(),
    })
}

struct Assessor<'a> {
    snapshot: &'a Snapshot,
    options: &'a Options,
    programs: &'a [Program],
    embedded: &'a Embedded<'a>,
    findings: &'a [Finding],
    table: &'static Table,
    has_pods: bool,
}

impl Assessor<'_> {
    fn control(&self, row: &'static Row) -> ControlResult {
        let is_standard = matches!(self.options.profile, ProfileChoice::PodSecurity { .. });
        let rules: Vec<&'static Rule> = catalogue()
            .filter(|rule| (rule.check.profile == Profile::PodSecurity) == is_standard)
            .filter(|rule| self.table.is_answered(row, &rule.check))
            .collect();
        let on: Vec<_> = rules
            .iter()
            .filter(|rule| self.options.enables(&rule.check))
            .collect();
        let against = self
            .findings
            .iter()
            .filter(|finding| self.is_against(row, finding));
        let (suppressed, active): (Vec<_>, Vec<_>) =
            against.partition(|finding| finding.suppression.is_some());
        let is_about = on.iter().any(|rule| self.is_applicable(row, rule));
        let (status, reason) = if rules.is_empty() {
            let reason = match row.note {
                "" => "nothing that Ciel reads answers it",
                note => note,
            };
            (ControlStatus::Manual, reason.to_owned())
        } else if on.is_empty() {
            let reason = "the checks that answer it are turned off";
            (ControlStatus::Manual, reason.to_owned())
        } else if active
            .iter()
            .any(|finding| finding.severity > Severity::Info)
        {
            (ControlStatus::Failed, found(&active))
        } else if !active.is_empty() {
            // What is only worth a look is for a person to judge: that there are namespaces is no fault.
            (
                ControlStatus::Manual,
                format!("to be looked at: {}", found(&active)),
            )
        } else if !is_about {
            (ControlStatus::NotApplicable, self.lacks(row, &on))
        } else {
            (
                ControlStatus::Passed,
                passed(suppressed.len(), self.snapshot),
            )
        };
        ControlResult {
            id: row.id,
            title: row.title,
            status,
            reason,
            checks: rules.iter().map(|rule| rule.check.code).collect(),
            findings: active.len(),
            suppressed: suppressed.len(),
        }
    }

    fn is_against(&self, row: &Row, finding: &Finding) -> bool {
        if row.names(finding.check) {
            return true;
        }
        let mut controls = finding.frameworks().iter();
        controls.any(|control| self.table.is_control(row, control))
    }

    /// What configuration files are that stand as text in other objects.
    fn files(&self) -> impl Iterator<Item = &TypeMeta> {
        self.embedded.files().map(|file| &file.types)
    }

    /// Whether there is something that a rule looks at.
    fn is_applicable(&self, row: &Row, rule: &Rule) -> bool {
        match &rule.run {
            Run::Container(_) | Run::Pod(_) | Run::PodSecurity => self.has_pods,
            Run::Component(programs, _) => {
                let mut programs = row.programs(programs);
                programs.any(|program| self.programs.contains(program))
            }
            Run::Configuration(kinds, _) => {
                let mut types = self.snapshot.types().iter().chain(self.files());
                types.any(|types| kinds.iter().any(|(group, kind)| types.is(group, kind)))
            }
            Run::Object(kinds, _) => {
                let mut types = self.snapshot.types().iter();
                types.any(|types| kinds.iter().any(|(group, kind)| types.is(group, kind)))
            }
            Run::AnyObject(_) | Run::Cluster(_) => !self.snapshot.is_empty(),
        }
    }

    /// What would have to be there for some of the rules to have something to look at.
    fn lacks(&self, row: &Row, rules: &[&&'static Rule]) -> String {
        const SHOWN: usize = 4;
        let mut names: Vec<&str> = Vec::new();
        for rule in rules {
            match &rule.run {
                Run::Container(_) | Run::Pod(_) | Run::PodSecurity => names.push("pods"),
                Run::Component(programs, _) => {
                    names.extend(row.programs(programs).map(|program| program.name()));
                }
                Run::Object(kinds, _) | Run::Configuration(kinds, _) => {
                    names.extend(kinds.iter().map(|(_, kind)| *kind))
                }
                Run::AnyObject(_) | Run::Cluster(_) => names.push("objects"),
            }
        }
        names.sort_unstable();
        names.dedup();
        let more = names.len().saturating_sub(SHOWN);
        names.truncate(SHOWN);
        let names = names.join(", ");
        match more {
            0 => format!("nothing here is what it is about: {names}"),
            more => format!("nothing here is what it is about: {names} and {more} more"),
        }
    }
}

/// `3 findings: host-pid, host-ipc`
fn found(findings: &[&Finding]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for finding in findings {
        if !names.contains(&finding.check.name) {
            names.push(finding.check.name);
        }
    }
    let count = findings.len();
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} finding{plural}: {}", names.join(", "))
}

fn passed(suppressed: usize, snapshot: &Snapshot) -> String {
    let mut reason = match suppressed {
        0 => "nothing found".to_owned(),
        1 => "nothing found but one that is suppressed".to_owned(),
        more => format!("nothing found but {more} that are suppressed"),
    };
    if !snapshot.is_complete() {
        reason.push_str("; the input is a part, so absences were not judged");
    }
    reason
}
