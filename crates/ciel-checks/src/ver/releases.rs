//! Until when the project fixes a minor version of Kubernetes.

use std::sync::LazyLock;

use ciel_core::Timestamp;
use ciel_k8s::LATEST_KUBERNETES_MINOR;

use super::version::Version;

/// The minor versions of Kubernetes 1.x, each with the day on which its fixes end.
static RELEASES: LazyLock<Vec<(u32, Timestamp)>> = LazyLock::new(|| {
    let text = include_str!("../../resources/versions/kubernetes.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let release = |line: &'static str| {
        let (version, end) = line.split_once('\t')?;
        Some((version.strip_prefix("1.")?.parse().ok()?, end.parse().ok()?))
    };
    lines.filter_map(release).collect()
});

/// Minor versions that the project fixes at a time.
pub(super) const SUPPORTED: u16 = 3;

/// The day on which fixes for a version ended, if they have; `None` for the time as `now` takes the latest end that was
/// known when Ciel was made. Versions that the table has forgotten ended with its first.
pub(super) fn ended(version: Version, now: Option<Timestamp>) -> Option<Timestamp> {
    let (_, first_end) = RELEASES.first()?;
    let end_of = |minor| {
        let known = RELEASES.iter().find(|(known, _)| *known == minor);
        known.map(|(_, end)| *end)
    };
    let oldest_known = RELEASES.first().map_or(0, |(minor, _)| *minor);
    let end = if version.minor < oldest_known {
        *first_end
    } else {
        end_of(version.minor)?
    };
    let now = now.or_else(|| end_of(u32::from(LATEST_KUBERNETES_MINOR - SUPPORTED)))?;
    (end <= now).then_some(end)
}

/// Whether fixes ended long ago: more than a year before the time that is judged at.
pub(super) fn is_long_ago(end: Timestamp, now: Option<Timestamp>) -> bool {
    const YEAR: i64 = 365;
    let latest = RELEASES.iter().rev().nth(usize::from(SUPPORTED));
    now.or(latest.map(|(_, end)| *end))
        .is_some_and(|now| end.days_until(now) > YEAR)
}

#[cfg(test)]
mod tests {
    use ciel_k8s::LATEST_KUBERNETES_MINOR;

    use super::{RELEASES, ended};
    use crate::ver::version::Version;

    #[test]
    fn minors_and_days_rise_to_the_newest() {
        assert!(RELEASES.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
        let newest = RELEASES.last().map(|(minor, _)| *minor);
        assert_eq!(newest, Some(u32::from(LATEST_KUBERNETES_MINOR)));
    }

    #[track_caller]
    fn check(version: &str, now: Option<&str>, expected: Option<&str>) {
        let now = now.and_then(|now| now.parse().ok());
        let end = Version::parse(version).and_then(|version| ended(version, now));
        let end = end.map(|end| end.to_string());
        assert_eq!(end.as_deref(), expected, "{version} at {now:?}");
    }

    #[test]
    fn a_version_ends_with_its_minor() {
        check("v1.30.2", Some("2025-07-14"), None);
        check("v1.30.2", Some("2025-07-15"), Some("2025-07-15"));
        check("1.0.3", Some("2025-07-15"), Some("2016-10-23"));
        check("1.99", Some("2035-01-01"), None);
    }

    #[test]
    fn without_the_time_it_is_that_of_the_table() {
        check("1.34.1", None, Some("2026-10-27"));
        check("1.35.0", None, None);
    }
}
