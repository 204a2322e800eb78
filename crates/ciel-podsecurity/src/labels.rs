use ciel_core::PssLevel;

/// Key of the namespace label that says which level admission enforces.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
/// Key of the namespace label that says which version of the level.
const ENFORCE_VERSION: &str = "pod-security.kubernetes.io/enforce-version";

/// Why a label's value is no level or version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// No level is called that.
    #[error("the level must be one of privileged, baseline, restricted")]
    Level,
    /// Neither `latest` nor `v1.` and a number.
    #[error("the version must be `latest` or `v1.` and a number")]
    Version,
}

/// What admission enforces on the pods of a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enforced {
    /// The level.
    pub level: PssLevel,
    /// Minor version of Kubernetes 1.x; `None` for `latest`.
    pub minor: Option<u32>,
    /// What is wrong with a label. Admission then enforces restricted, or the latest version.
    pub error: Option<ParseError>,
}

/// Reads what a namespace's labels have admission enforce; `None` where they say nothing about it, and the cluster's
/// own default (privileged, unless its admission configuration says otherwise) holds.
#[must_use]
pub fn enforced<'t>(label: impl Fn(&str) -> Option<&'t str>) -> Option<Enforced> {
    let (level, level_error) = match parse_level(label(ENFORCE)?) {
        Ok(level) => (level, None),
        Err(error) => (PssLevel::Restricted, Some(error)),
    };
    let (minor, version_error) = match label(ENFORCE_VERSION).map(parse_version) {
        None => (None, None),
        Some(Ok(minor)) => (minor, None),
        Some(Err(error)) => (None, Some(error)),
    };
    Some(Enforced {
        level,
        minor,
        error: level_error.or(version_error),
    })
}

/// The level of that name.
///
/// # Errors
/// [`ParseError::Level`] for any other text.
pub fn parse_level(text: &str) -> Result<PssLevel, ParseError> {
    let levels = [
        PssLevel::Privileged,
        PssLevel::Baseline,
        PssLevel::Restricted,
    ];
    levels
        .into_iter()
        .find(|level| level.as_str() == text)
        .ok_or(ParseError::Level)
}

/// The minor version that a label names: `v1.29`, or `latest`, which is `None`.
///
/// # Errors
/// [`ParseError::Version`] for any other text, leading zeros among them.
pub fn parse_version(text: &str) -> Result<Option<u32>, ParseError> {
    if text == "latest" {
        return Ok(None);
    }
    let digits = text.strip_prefix("v1.").ok_or(ParseError::Version)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty();
    if !plain || (digits.len() > 1 && digits.starts_with('0')) {
        return Err(ParseError::Version);
    }
    // Whatever is newer than the newest known version is judged as that one.
    Ok(Some(digits.parse().unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_latest_or_a_minor() {
        let cases = [
            ("latest", Ok(None)),
            ("v1.0", Ok(Some(0))),
            ("v1.29", Ok(Some(29))),
            ("v1.99999999999", Ok(Some(u32::MAX))),
            ("1.29", Err(ParseError::Version)),
            ("v1.", Err(ParseError::Version)),
            ("v1.09", Err(ParseError::Version)),
            ("v2.0", Err(ParseError::Version)),
            ("v1.29.1", Err(ParseError::Version)),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_version(text), expected, "{text}");
        }
    }

    fn check(labels: &[(&str, &'static str)], expected: Option<Enforced>) {
        let label = |key: &str| {
            labels
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| *value)
        };
        assert_eq!(enforced(label), expected, "{labels:?}");
    }

    #[test]
    fn labels_say_what_is_enforced() {
        check(&[], None);
        check(&[(ENFORCE_VERSION, "v1.20")], None);
        let baseline = Enforced {
            level: PssLevel::Baseline,
            minor: None,
            error: None,
        };
        check(&[(ENFORCE, "baseline")], Some(baseline));
        check(
            &[(ENFORCE, "baseline"), (ENFORCE_VERSION, "v1.20")],
            Some(Enforced {
                minor: Some(20),
                ..baseline
            }),
        );
    }

    #[test]
    fn wrong_labels_enforce_the_strictest() {
        let strictest = Enforced {
            level: PssLevel::Restricted,
            minor: None,
            error: Some(ParseError::Level),
        };
        check(&[(ENFORCE, "Baseline")], Some(strictest));
        let latest = Enforced {
            level: PssLevel::Baseline,
            minor: None,
            error: Some(ParseError::Version),
        };
        check(
            &[(ENFORCE, "baseline"), (ENFORCE_VERSION, "1.20")],
            Some(latest),
        );
    }
}
