//! Versions with known vulnerabilities: one table for all components, read at the first question.

use std::{collections::HashMap, sync::LazyLock};

use ciel_core::Severity;

use super::version::{Point, Version};

/// One known vulnerability of a component.
#[derive(Debug)]
pub(super) struct Advisory {
    /// `CVE-…`
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    /// What it allows, for messages.
    pub(super) allows: &'static str,
    /// What the row was checked against.
    source: Source,
    /// From which version on, and before which.
    ranges: Vec<(Point, Point)>,
}

impl Advisory {
    /// The first version without it, after this one.
    fn fixed_after(&self, version: Version) -> Option<Point> {
        let range = self
            .ranges
            .iter()
            .find(|(first, end)| version.is_within(*first, *end));
        range.map(|(_, end)| *end)
    }
}

/// Where the facts of a row are published.
#[derive(Clone, Copy, Debug)]
enum Source {
    /// An issue of kubernetes/kubernetes, by its number: the official CVE feed.
    Kubernetes(u32),
    /// An advisory on GitHub, by its id.
    Advisory(&'static str),
    /// The record of the id at cve.org.
    Record,
}

impl Source {
    /// The source as the table writes it: `k8s#71411`, `GHSA-…`, `CVE`.
    fn parse(text: &'static str) -> Option<Self> {
        match text.strip_prefix("k8s#") {
            Some(number) => Some(Self::Kubernetes(number.parse().ok()?)),
            None if text == "CVE" => Some(Self::Record),
            None => text.starts_with("GHSA-").then_some(Self::Advisory(text)),
        }
    }

    /// The address of the page about a vulnerability.
    fn url(self, id: &str) -> String {
        match self {
            Self::Kubernetes(issue) => {
                format!("https://github.com/kubernetes/kubernetes/issues/{issue}")
            }
            Self::Advisory(advisory) => format!("https://github.com/advisories/{advisory}"),
            Self::Record => format!("https://www.cve.org/CVERecord?id={id}"),
        }
    }
}

/// What is known of one version of a component.
#[derive(Debug)]
pub(super) struct Known {
    /// The worst first, then by id.
    pub(super) advisories: Vec<&'static Advisory>,
    /// The first version without any of them.
    pub(super) fixed: Point,
}

impl Known {
    /// What is known of a version of components that share it; `None` for nothing.
    pub(super) fn of(components: &[&str], version: Version) -> Option<Self> {
        let all = components
            .iter()
            .filter_map(|component| TABLE.get(*component));
        let mut fixed = (0, 0, 0);
        let mut advisories: Vec<&Advisory> = Vec::new();
        for advisory in all.flatten() {
            if let Some(end) = advisory.fixed_after(version) {
                fixed = fixed.max(end);
                advisories.push(advisory);
            }
        }
        advisories.sort_by(|a, b| b.severity.cmp(&a.severity).then(a.id.cmp(b.id)));
        advisories.dedup_by_key(|advisory| advisory.id);
        (!advisories.is_empty()).then_some(Self { advisories, fixed })
    }

    pub(super) fn severity(&self) -> Severity {
        self.advisories
            .first()
            .map_or(Severity::Low, |worst| worst.severity)
    }

    /// `has 3 known vulnerabilities, CVE-… the worst: what it allows`
    pub(super) fn describe(&self) -> String {
        match self.advisories.as_slice() {
            [] => String::new(),
            [only] => format!("has the vulnerability {}: {}", only.id, only.allows),
            [worst, ..] => format!(
                "has {} known vulnerabilities, {} the worst: {}",
                self.advisories.len(),
                worst.id,
                worst.allows
            ),
        }
    }

    pub(super) fn fixed(&self) -> String {
        let (major, minor, patch) = self.fixed;
        format!("{major}.{minor}.{patch}")
    }

    pub(super) fn ids(&self) -> Vec<&'static str> {
        self.advisories.iter().map(|advisory| advisory.id).collect()
    }

    /// Where to read of them, in the order of the ids.
    pub(super) fn pages(&self) -> Vec<String> {
        let pages = self.advisories.iter();
        pages
            .map(|advisory| advisory.source.url(advisory.id))
            .collect()
    }
}

static TABLE: LazyLock<HashMap<&str, Vec<Advisory>>> = LazyLock::new(|| {
    let text = include_str!("../../resources/versions/advisories.tsv");
    let mut table: HashMap<&str, Vec<Advisory>> = HashMap::new();
    for (component, advisory) in text.lines().filter_map(row) {
        table.entry(component).or_default().push(advisory);
    }
    table
});

fn row(line: &'static str) -> Option<(&'static str, Advisory)> {
    if line.starts_with('#') {
        return None;
    }
    let mut columns = line.split('\t');
    let component = columns.next()?;
    let advisory = Advisory {
        id: columns.next()?,
        severity: columns.next()?.parse().ok()?,
        ranges: columns.next()?.split(' ').filter_map(range).collect(),
        allows: columns.next()?,
        source: Source::parse(columns.next()?)?,
    };
    Some((component, advisory))
}

fn range(text: &str) -> Option<(Point, Point)> {
    let (first, end) = text.split_once('-')?;
    let point = |text: &str| {
        let version = Version::parse(text)?;
        Some((version.major, version.minor, version.patch?))
    };
    let first = if first == "0" {
        (0, 0, 0)
    } else {
        point(first)?
    };
    Some((first, point(end)?))
}

#[cfg(test)]
mod tests {
    use super::{Known, TABLE, Version, row};

    const TEXT: &str = include_str!("../../resources/versions/advisories.tsv");

    #[test]
    fn every_row_is_read_whole() {
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let ranges = line
                .split('\t')
                .nth(3)
                .map_or(0, |ranges| ranges.split(' ').count());
            let read = row(line).map(|(_, advisory)| advisory.ranges.len());
            assert_eq!(read, Some(ranges), "{line}");
        }
    }

    #[test]
    fn ranges_begin_before_they_end_and_rise() {
        for advisory in TABLE.values().flatten() {
            let points = advisory.ranges.iter().flat_map(|(first, end)| [first, end]);
            assert!(points.is_sorted(), "{}", advisory.id);
        }
    }

    #[track_caller]
    fn check(component: &str, version: &str, expected: &str) {
        let known = Version::parse(version).and_then(|version| Known::of(&[component], version));
        let ids = known.map_or_else(String::new, |known| known.ids().join(" "));
        assert_eq!(ids, expected, "{component} {version}");
    }

    #[test]
    fn versions_are_looked_up() {
        check(
            "Kyverno",
            "v1.8.4",
            "CVE-2026-22039 CVE-2022-47633 CVE-2023-34091",
        );
        check("Kyverno", "v1.16.3", "");
        check("Jenkins", "2.440.1-lts-jdk17", "");
        check("Jenkins", "2.439", "CVE-2024-23897");
        check("Grafana", "9.2.3", "CVE-2022-39328 CVE-2023-3128");
        check("kubelet", "1.34.2", "");
        check("kubelet", "1.27", "CVE-2024-10220");
        check("nobody", "1.0.0", "");
    }

    #[test]
    fn every_vulnerability_has_a_page() {
        let pages = |component, version| {
            let known = Version::parse(version).and_then(|found| Known::of(&[component], found));
            known.map(|known| known.pages()).unwrap_or_default()
        };
        assert_eq!(
            pages("cri-o", "1.23.1"),
            ["https://github.com/advisories/GHSA-6x2m-w449-qwx7"]
        );
        assert_eq!(
            pages("NFS CSI driver", "4.0.0"),
            ["https://github.com/kubernetes/kubernetes/issues/137797"]
        );
        assert_eq!(
            pages("Ollama", "0.1.33"),
            ["https://www.cve.org/CVERecord?id=CVE-2024-37032"]
        );
    }
}
