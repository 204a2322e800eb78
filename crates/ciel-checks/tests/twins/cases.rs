//! How cases are written: `@case`, `@want` (the weakness in words), `@at` (object and path), `@check` (which check says
//! so, or several), `@complete`, the manifest, `@clean` and the changes that make the twin: lines that go, with `-`,
//! before lines that come, with `+`.

use ciel_core::Severity;

use crate::{Found, values::filled};

const FILES: [&str; 11] = [
    include_str!("exposure.cases"),
    include_str!("images.cases"),
    include_str!("network.cases"),
    include_str!("node.cases"),
    include_str!("pods.cases"),
    include_str!("rbac.cases"),
    include_str!("reliability.cases"),
    include_str!("second.cases"),
    include_str!("secrets.cases"),
    include_str!("tls.cases"),
    include_str!("versions.cases"),
];

/// A mistake with its twin.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) want: &'static str,
    /// `Kind/name`, or `Kind` where there is no name.
    pub(crate) object: String,
    path: &'static str,
    checks: Vec<&'static str>,
    pub(crate) is_complete: bool,
    pub(crate) mistake: String,
    pub(crate) twin: String,
}

impl Case {
    /// Whether a finding is the one that is wanted.
    pub(crate) fn is_it(&self, found: &Found) -> bool {
        self.checks.contains(&found.check)
            && found.object == self.object
            && (found.path.starts_with(self.path) || self.path.starts_with(&found.path))
    }

    /// Whether a finding on the twin says the same, and no milder.
    pub(crate) fn is_like(&self, found: &Found, severity: Severity) -> bool {
        self.is_it(found) && found.severity >= severity
    }
}

pub(crate) fn cases() -> Vec<Case> {
    let texts = FILES.iter().flat_map(|file| file.split("@case ").skip(1));
    texts.map(read).collect()
}

fn read(text: &'static str) -> Case {
    let (name, rest) = text.split_once('\n').unwrap();
    let (body, clean) = rest
        .split_once("\n@clean\n")
        .unwrap_or_else(|| panic!("{name}"));
    let value = |key: &str| {
        let mut lines = body.lines();
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(' '))
    };
    let at = value("@at").unwrap_or_else(|| panic!("{name}"));
    let (object, path) = at.split_once(' ').unwrap_or((at, ""));
    let lines: Vec<&str> = body.lines().filter(|line| !line.starts_with('@')).collect();
    Case {
        name,
        want: value("@want").unwrap(),
        object: object.to_owned(),
        path,
        checks: value("@check").unwrap_or_default().split(' ').collect(),
        is_complete: body.lines().any(|line| line == "@complete"),
        twin: filled(&changed(name, &lines, clean).join("\n")),
        mistake: filled(&lines.join("\n")),
    }
}

/// The lines with the changes applied, each at the first place where it fits.
fn changed<'t>(name: &str, lines: &[&'t str], clean: &'t str) -> Vec<&'t str> {
    let mut lines = lines.to_vec();
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for change in clean.lines().filter(|line| !line.is_empty()).chain(["-"]) {
        if change.starts_with('-') && (!new.is_empty() || change == "-") {
            let at = lines
                .windows(old.len().max(1))
                .position(|window| window == old);
            let at = at.unwrap_or_else(|| panic!("{name}: {old:?}"));
            lines.splice(at..at + old.len(), new.drain(..));
            old.clear();
        }
        match change.split_at(1) {
            ("-", line) => old.push(line),
            ("+", line) => new.push(line),
            _ => panic!("{name}: {change}"),
        }
    }
    lines
}
