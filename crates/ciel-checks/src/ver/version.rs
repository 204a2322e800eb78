use std::fmt;

/// A version of a component, as far as it is said: `1.22.11`, `1.22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) major: u32,
    pub(super) minor: u32,
    /// `None` where only the minor version is said.
    pub(super) patch: Option<u32>,
}

/// A version in full, to compare with.
pub(super) type Point = (u32, u32, u32);

impl Version {
    /// The version at the beginning of a text: `v1.22.11-gke.400`, `1.30`, `v1.31.2+k3s1`, `18.09.1`. `None` for a text
    /// that does not begin with two numbers.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let (major, rest) = number(text)?;
        let (minor, rest) = number(rest.strip_prefix('.')?)?;
        let patch = rest.strip_prefix('.').and_then(number);
        let rest = patch.map_or(rest, |(_, rest)| rest);
        let ends = |next: char| !next.is_ascii_alphabetic();
        rest.chars().next().is_none_or(ends).then_some(Self {
            major,
            minor,
            patch: patch.map(|(patch, _)| patch),
        })
    }

    /// Whether it is from the first point on, and before the second: of a version without a patch, every patch.
    pub(super) fn is_within(self, first: Point, end: Point) -> bool {
        let lowest = (self.major, self.minor, self.patch.unwrap_or(0));
        let highest = (self.major, self.minor, self.patch.unwrap_or(u32::MAX));
        first <= lowest && highest < end
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        self.patch.map_or(Ok(()), |patch| write!(f, ".{patch}"))
    }
}

/// The number at the beginning, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|digit: char| !digit.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[track_caller]
    fn check(text: &str, expected: Option<(u32, u32, Option<u32>)>) {
        let parts = Version::parse(text).map(|found| (found.major, found.minor, found.patch));
        assert_eq!(parts, expected, "{text}");
    }

    #[test]
    fn versions_are_read_from_tags_and_nodes() {
        check("v1.22.11-gke.400", Some((1, 22, Some(11))));
        check("v1.31.2+k3s1", Some((1, 31, Some(2))));
        check("1.30", Some((1, 30, None)));
        check("18.09.1", Some((18, 9, Some(1))));
        check("2.426.2-lts-jdk17", Some((2, 426, Some(2))));
        check("7.2-alpine", Some((7, 2, None)));
        check("5.15.48.1-2.cm2", Some((5, 15, Some(48))));
    }

    #[test]
    fn other_texts_are_no_versions() {
        check("latest", None);
        check("7", None);
        check("v2", None);
        check("1.x", None);
        check("", None);
        check("99999999999.1.1", None);
    }

    #[test]
    fn a_minor_version_is_within_when_every_patch_is() {
        let minor = Version::parse("1.24");
        let within = |first, end| minor.is_some_and(|minor| minor.is_within(first, end));
        assert!(within((1, 0, 0), (1, 25, 0)));
        assert!(!within((1, 24, 0), (1, 24, 9)));
        assert!(!within((1, 24, 3), (1, 25, 0)));
    }
}
