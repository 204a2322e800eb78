//! The controls of each framework: `resources/frameworks/*.tsv`.

use std::sync::LazyLock;

use ciel_core::{Check, Control, Framework, Profile, PssLevel};

use crate::Program;

/// A control, as its framework's table has it. Columns: id, kind, title, checks, note, program; the
/// last three may be left out.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: &'static str,
    /// What the framework says of how it is looked at: `automated` or `manual`; of Pod Security Standards the level.
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    /// Names of checks that answer it, besides those that name it themselves, and letters of whole topics (`RBAC`).
    checks: Vec<&'static str>,
    /// Why no check answers it.
    pub(crate) note: &'static str,
    /// The program whose flags it is about; empty for none.
    pub(crate) program: &'static str,
}

/// All controls of one framework.
#[derive(Debug)]
pub(crate) struct Table {
    framework: Framework,
    pub(crate) title: &'static str,
    pub(crate) rows: Vec<Row>,
}

macro_rules! tables {
    ($($framework:ident, $title:literal, $file:literal;)*) => {
        static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| vec![
            $(Table::read(
                Framework::$framework,
                $title,
                include_str!(concat!("../../resources/frameworks/", $file)),
            ),)*
        ]);
    };
}

tables! {
    Pss, "Pod Security Standards", "pss.tsv";
    Cis112, "CIS Kubernetes Benchmark 1.12", "cis-1.12.tsv";
    Nsa12, "NSA/CISA Kubernetes Hardening Guide 1.2", "nsa-1.2.tsv";
    Owasp2022, "OWASP Kubernetes Top Ten 2022", "owasp-2022.tsv";
    Owasp2025, "OWASP Kubernetes Top Ten 2025", "owasp-2025.tsv";
    Mitre, "MITRE ATT&CK Containers Matrix", "mitre.tsv";
    MsMatrix, "Microsoft Threat Matrix for Kubernetes", "ms-matrix.tsv";
    Soc2, "SOC 2, Trust Services Criteria 2017", "soc2.tsv";
    Pci, "PCI DSS 4.0", "pci.tsv";
    Bsi, "BSI IT-Grundschutz 2023, APP.4.4 and SYS.1.6", "bsi.tsv";
}

impl Table {
    fn read(framework: Framework, title: &'static str, text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let rows = lines.filter_map(Row::read).collect();
        Self {
            framework,
            title,
            rows,
        }
    }

    /// The table of a framework.
    pub(crate) fn of(framework: Framework) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.framework == framework)
    }

    /// Whether a check answers a control.
    pub(crate) fn is_answered(&self, row: &Row, check: &Check) -> bool {
        let mut named = check.frameworks.iter();
        row.names(check) || named.any(|control| self.is_control(row, control))
    }

    /// Whether a check's declaration means this control, or a part of it: `T1552.001` is one of `T1552`.
    pub(crate) fn is_control(&self, row: &Row, control: &Control) -> bool {
        let rest = control.control.strip_prefix(row.id);
        control.framework == self.framework
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The controls that a check answers by the table alone: its declaration does not name them.
    pub(crate) fn listed(&self, check: &Check) -> impl Iterator<Item = Control> {
        let rows = self.rows.iter().filter(|row| row.names(check));
        rows.map(|row| Control {
            framework: self.framework,
            control: row.id,
        })
    }
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t').map(str::trim);
        let id = fields.next()?;
        let kind = fields.next()?;
        let title = fields.next()?;
        let checks = fields.next().unwrap_or_default();
        Some(Self {
            id,
            kind,
            title,
            checks: checks
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect(),
            note: fields.next().unwrap_or_default(),
            program: fields.next().unwrap_or_default(),
        })
    }

    /// Those of the programs that it is about.
    pub(crate) fn programs<'p>(
        &self,
        programs: &'p [Program],
    ) -> impl Iterator<Item = &'p Program> {
        let about = self.program;
        let is_about = move |program: &&Program| about.is_empty() || program.name() == about;
        programs.iter().filter(is_about)
    }

    /// Whether the table names the check.
    pub(crate) fn names(&self, check: &Check) -> bool {
        check.profile != Profile::PodSecurity
            && (self.checks.contains(&check.name) || self.checks.contains(&check.topic.prefix()))
            || self.id == check.name
    }

    /// Whether a level of the Pod Security Standards holds this control.
    pub(crate) fn is_of_level(&self, level: PssLevel) -> bool {
        match self.kind {
            "baseline" => level >= PssLevel::Baseline,
            _ => level == PssLevel::Restricted,
        }
    }
}

#[cfg(test)]
mod tests {
    use ciel_core::Topic;

    use super::*;

    #[test]
    fn checks_that_tables_name_exist() {
        for table in TABLES.iter() {
            for name in table.rows.iter().flat_map(|row| &row.checks) {
                let is_topic = Topic::ALL.iter().any(|topic| topic.prefix() == *name);
                assert!(
                    is_topic || crate::find(name).is_some(),
                    "{}: {name}",
                    table.title
                );
            }
        }
    }
}
