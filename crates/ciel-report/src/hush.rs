use std::{borrow::Cow, ops::Range};

use ciel_secrets::{
    Judgement, Named, carries_secret, find, judge, mentions_private_key, names_secret,
};

/// Letters of Base64 that a line has at least to be taken for the body of a key.
const ARMOUR: usize = 40;

/// A line beside a finding, with what may be a secret in it masked. Findings say where secrets are, but only those of
/// the checks that ran; lines that nothing flagged are shown for orientation, and must not tell what nobody asked for.
/// `before` is the line above: in a list of environment variables it has the name.
pub(crate) fn hush<'l>(line: Cow<'l, str>, before: Option<&str>) -> Cow<'l, str> {
    let Some(Range { start, end }) = secret_part(&line, before) else {
        return line;
    };
    let part = |range: Range<usize>| line.get(range).unwrap_or_default();
    let stars = "*".repeat(part(start..end).chars().count());
    format!("{}{stars}{}", part(0..start), part(end..line.len())).into()
}

fn secret_part(line: &str, before: Option<&str>) -> Option<Range<usize>> {
    let (key, value) = entry(line);
    let text = line.get(value.clone())?;
    let name = match key {
        "value" => before.and_then(name_above).unwrap_or(key),
        key => key,
    };
    let is_secret = (names_secret(name).is_some()
        && matches!(judge(text), Judgement::Literal | Judgement::WellKnown))
        || carries_secret(text.trim_matches(['"', '\'']))
        || mentions_private_key(text)
        || is_armour(text)
        || !find(&[Named { name, text }]).is_empty();
    is_secret.then_some(value)
}

/// Key and place of the value in a line of YAML or JSON; a line without a key is all value.
fn entry(line: &str) -> (&str, Range<usize>) {
    let end = line.trim_end_matches([',', ' ', '\r']).len();
    let start = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    let body = line.get(start..end).unwrap_or_default();
    match body.split_once(": ") {
        Some((key, value)) => {
            let value = value.trim_start().len();
            (key.trim().trim_matches(['"', '\'']), end - value..end)
        }
        None => ("", start.min(end)..end),
    }
}

/// The value of `name:` in the line above a `value:`.
fn name_above(line: &str) -> Option<&str> {
    let (key, value) = entry(line);
    let name = line.get(value)?.trim_matches(['"', '\'']);
    (key == "name").then_some(name)
}

fn is_armour(text: &str) -> bool {
    text.len() >= ARMOUR
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, before: &str, expected: &str) {
        assert_eq!(hush(line.into(), Some(before)), expected);
    }

    #[test]
    fn secrets_beside_findings_are_masked() {
        check("  password: hunter2", "", "  password: *******");
        check(
            "  value: hunter2",
            "- name: DB_PASSWORD",
            "  value: *******",
        );
        check(
            "  \"apiKey\": \"x8Fq2pL9\",",
            "",
            "  \"apiKey\": **********,",
        );
        check(
            "  url: postgres://app:hunter2@db/shop",
            "",
            "  url: ******************************",
        );
        check(
            "    MIIEpAIBAAKCAQEA0m59l2u9iDnMbrXHfqkOrn2dVQ3vfBJqcDuFUK03",
            "",
            "    ********************************************************",
        );
    }

    #[test]
    fn other_lines_stay() {
        for line in [
            "  value: debug",
            "  secretName: db-password",
            "  automountServiceAccountToken: false",
            "  image: nginx:1.27@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "- -o",
            "",
        ] {
            check(line, "- name: LOG_LEVEL", line);
        }
    }
}
