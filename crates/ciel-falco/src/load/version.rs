//! Versions of the engine and of plugins.

use std::fmt;

/// A version of three numbers, and what may follow them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Version {
    /// Changes that break.
    pub major: u32,
    /// Changes that add.
    pub minor: u32,
    /// Changes that put right.
    pub patch: u32,
}

/// The engine whose rules these are: Falco 0.44's.
pub const ENGINE: Version = Version {
    major: 0,
    minor: 63,
    patch: 0,
};

impl Version {
    /// Reads `1.2.3`, also with a suffix (`1.2.3-rc1`).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let (core, suffix) = text.split_at(end);
        let mut numbers = core.split('.').map(|number| {
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| number.parse().ok()).flatten()
        });
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next()??,
        };
        let ends = numbers.next().is_none() && suffix.len() != 1;
        ends.then_some(version)
    }

    /// Whether this one serves those that want the other.
    pub(crate) fn serves(self, wanted: Self) -> bool {
        self.major == wanted.major && self >= wanted
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_three_numbers() {
        for (text, expected) in [
            ("0.57.0", Some((0, 57, 0))),
            ("1.2.3-rc1", Some((1, 2, 3))),
            ("1.2", None),
            ("1.2.3.4", None),
            ("not-a-number", None),
            ("1.2.3-", None),
            ("", None),
        ] {
            let version = Version::parse(text);
            let numbers = version.map(|it| (it.major, it.minor, it.patch));
            assert_eq!(numbers, expected, "{text}");
        }
    }

    #[test]
    fn a_newer_minor_version_serves() {
        let wants = |minor| Version { minor, ..ENGINE };
        assert!(ENGINE.serves(wants(63)) && ENGINE.serves(wants(2)));
        assert!(!ENGINE.serves(wants(64)));
        assert!(!ENGINE.serves(Version {
            major: 1,
            minor: 0,
            patch: 0
        }));
    }
}
