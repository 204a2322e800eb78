//! Until when the project fixes a minor version of Kubernetes.

use std::sync::LazyLock;

use super::version::Version;

/// A minor version of Kubernetes 1.x and the day on which its fixes end, as `2026-10-27`.
struct Release {
    minor: u32,
    end: &'static str,
}

static RELEASES: LazyLock<Vec<Release>> = LazyLock::new(|| {
    let text = include_str!("../../resources/versions/kubernetes.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let release = |line: &'static str| {
        let (version, end) = line.split_once('\t')?;
        Some(Release {
            minor: version.strip_prefix("1.")?.parse().ok()?,
            end,
        })
    };
    lines.filter_map(release).collect()
});

/// The day on which fixes for a version ended or will end; `None` for versions that the table does not know yet, or has
/// forgotten.
pub(super) fn end_of_life(version: Version) -> Option<&'static str> {
    let known = RELEASES
        .iter()
        .find(|release| release.minor == version.minor);
    known.map(|release| release.end)
}

/// The minor versions that are supported when the newest is this one: the project fixes three.
pub(super) const SUPPORTED: u32 = 3;

#[cfg(test)]
mod tests {
    use ciel_k8s::LATEST_KUBERNETES_MINOR;

    use super::{RELEASES, end_of_life};
    use crate::ver::version::Version;

    #[test]
    fn minors_and_days_rise_to_the_newest() {
        assert!(RELEASES.is_sorted_by(|a, b| a.minor < b.minor && a.end < b.end));
        let newest = RELEASES.last().map(|release| release.minor);
        assert_eq!(newest, Some(u32::from(LATEST_KUBERNETES_MINOR)));
    }

    #[test]
    fn a_version_is_looked_up_by_its_minor() {
        let end = |text| Version::parse(text).and_then(end_of_life);
        assert_eq!(end("v1.30.2"), Some("2025-07-15"));
        assert_eq!(end("1.99"), None);
    }
}
