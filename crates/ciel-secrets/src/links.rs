//! Links that are credentials themselves.

use crate::{Findings, Reach, randomness::looks_random, run_after};

/// A link whose host and first folders end at a place: it opens something by the secret in its path or parameters.
pub(crate) fn webhook(
    text: &str,
    mark: std::ops::Range<usize>,
    what: &'static str,
    findings: &mut Findings<'_>,
) {
    let part = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'/' | b'-' | b'_' | b'@' | b'?' | b'&' | b'=' | b'%' | b'.'
            )
    };
    let path = run_after(text, mark.end, part).trim_end_matches('.');
    let secret = path
        .split(['/', '&', '?'])
        .map(|part| part.rsplit('=').next().unwrap_or(part))
        .max_by_key(|part| part.len())
        .unwrap_or_default();
    let folders = path.split('/').filter(|folder| !folder.is_empty()).count();
    let has_form = match what {
        "Slack webhook" => {
            let is_hook = ["services/T", "workflows/T", "triggers/"]
                .iter()
                .any(|start| path.starts_with(start));
            is_hook && folders >= 4
        }
        "Google Chat webhook" => path.contains("token=") && path.contains("key="),
        _ => folders >= 2,
    };
    if has_form && secret.len() >= 20 && looks_random(secret) {
        findings.add(what, Reach::Service, mark.start..mark.end + path.len());
    }
}
