use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use crate::{Findings, Reach, randomness::looks_random, words};

/// Letters that the random part of a token is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Alphanumeric,
    /// Also `-` and `_`.
    Url,
    /// Also `-`, `_` and `.`.
    Dotted,
    LowerHex,
}

use Letters::{Alphanumeric, Dotted, LowerHex, Url};

impl Letters {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
            Self::LowerHex => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        }
    }
}

/// A token that is known by its beginning.
struct Format {
    what: &'static str,
    reach: Reach,
    prefix: &'static str,
    letters: Letters,
    /// Length of what follows the prefix.
    length: std::ops::RangeInclusive<usize>,
    /// Whether its last six letters are a checksum, as GitHub and npm have it.
    checksum: bool,
}

const fn format(
    what: &'static str,
    reach: Reach,
    prefix: &'static str,
    letters: Letters,
    shortest: usize,
    longest: usize,
) -> Format {
    Format {
        what,
        reach,
        prefix,
        letters,
        length: shortest..=longest,
        checksum: false,
    }
}

const fn checked(what: &'static str, prefix: &'static str) -> Format {
    Format {
        checksum: true,
        ..format(what, Service, prefix, Alphanumeric, 36, 36)
    }
}

use Reach::{Cloud, Half, Service};

/// The formats, from what their makers publish. A longer prefix goes before a shorter one that it begins with.
const FORMATS: &[Format] = &[
    checked("GitHub personal access token", "ghp_"),
    checked("GitHub OAuth token", "gho_"),
    checked("GitHub user token", "ghu_"),
    checked("GitHub server token", "ghs_"),
    checked("GitHub refresh token", "ghr_"),
    format(
        "GitHub personal access token",
        Service,
        "github_pat_",
        Url,
        82,
        82,
    ),
    format(
        "GitLab personal access token",
        Service,
        "glpat-",
        Dotted,
        20,
        64,
    ),
    format("GitLab runner token", Service, "glrt-", Dotted, 20, 64),
    format("GitLab deploy token", Service, "gldt-", Url, 20, 64),
    format("GitLab trigger token", Service, "glptt-", Url, 40, 64),
    format("GitLab agent token", Cloud, "glagent-", Url, 50, 64),
    format("Slack token", Service, "xoxb-", Url, 24, 200),
    format("Slack token", Service, "xoxp-", Url, 24, 200),
    format("Slack token", Service, "xoxa-", Url, 24, 200),
    format("Slack token", Service, "xoxr-", Url, 24, 200),
    format("Slack token", Service, "xoxs-", Url, 24, 200),
    format("Slack app token", Service, "xapp-1-", Url, 40, 200),
    checked("npm access token", "npm_"),
    format("PyPI token", Service, "pypi-AgEIcHlwaS5vcmc", Url, 50, 400),
    format("Google API key", Service, "AIza", Url, 35, 35),
    format(
        "Google OAuth client secret",
        Service,
        "GOCSPX-",
        Url,
        28,
        28,
    ),
    format("DigitalOcean token", Cloud, "dop_v1_", LowerHex, 64, 64),
    format(
        "DigitalOcean OAuth token",
        Cloud,
        "doo_v1_",
        LowerHex,
        64,
        64,
    ),
    format("HashiCorp Vault token", Cloud, "hvs.", Url, 24, 200),
    format("HashiCorp Vault batch token", Cloud, "hvb.", Url, 24, 300),
    format(
        "Stripe live key",
        Service,
        "sk_live_",
        Alphanumeric,
        24,
        120,
    ),
    format(
        "Stripe live key",
        Service,
        "rk_live_",
        Alphanumeric,
        24,
        120,
    ),
    format("SendGrid API key", Service, "SG.", Dotted, 66, 66),
    format("Docker Hub access token", Service, "dckr_pat_", Url, 27, 27),
    format("Databricks token", Cloud, "dapi", LowerHex, 32, 32),
    format("Hugging Face token", Service, "hf_", Alphanumeric, 34, 40),
    format("Anthropic API key", Service, "sk-ant-", Url, 80, 120),
    format("OpenAI API key", Service, "sk-proj-", Url, 40, 200),
    format("OpenAI API key", Service, "sk-svcacct-", Url, 40, 200),
    format("OpenAI API key", Service, "sk-", Alphanumeric, 48, 48),
    format(
        "Grafana service account token",
        Service,
        "glsa_",
        Url,
        41,
        41,
    ),
    format("Grafana Cloud token", Cloud, "glc_", Alphanumeric, 40, 400),
    format("New Relic user key", Service, "NRAK-", Alphanumeric, 27, 27),
    format("Shopify access token", Service, "shpat_", LowerHex, 32, 32),
    format("Linear API key", Service, "lin_api_", Alphanumeric, 40, 40),
    format(
        "PlanetScale password",
        Service,
        "pscale_pw_",
        Dotted,
        32,
        64,
    ),
    format("Doppler token", Cloud, "dp.pt.", Alphanumeric, 40, 44),
    format("Doppler service token", Cloud, "dp.st.", Dotted, 40, 80),
    format("Pulumi access token", Cloud, "pul-", LowerHex, 40, 40),
    format(
        "Alibaba Cloud access key id",
        Half,
        "LTAI",
        Alphanumeric,
        12,
        20,
    ),
    format(
        "Tencent Cloud secret id",
        Half,
        "AKID",
        Alphanumeric,
        32,
        32,
    ),
];

/// Finds tokens that are known by their beginning, JSON Web Tokens, and Slack's webhooks.
pub(crate) fn find(text: &str, findings: &mut Findings<'_>) {
    for (start, word) in words(text, |byte| Dotted.has(byte)) {
        let word = word.trim_end_matches(['.', '-']);
        if word.len() < 16 {
            continue;
        }
        let span = start..start + word.len();
        if let Some(format) = FORMATS.iter().find(|format| format.matches(word)) {
            findings.add(format.what, format.reach, span);
        } else if let Some((what, reach)) = json_web_token(word) {
            findings.add(what, reach, span);
        }
    }
    slack_webhook(text, findings);
}

impl Format {
    fn matches(&self, word: &str) -> bool {
        let Some(body) = word.strip_prefix(self.prefix) else {
            return false;
        };
        self.length.contains(&body.len())
            && body.bytes().all(|byte| self.letters.has(byte))
            && looks_random(body)
            && (!self.checksum || has_checksum(body))
    }
}

/// Whether the last six letters are the CRC-32 of those before, in base 62 with digits first, then capitals.
fn has_checksum(body: &str) -> bool {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some((random, sum)) = body.split_at_checked(body.len().saturating_sub(6)) else {
        return false;
    };
    let mut rest = crc32fast::hash(random.as_bytes()) as usize;
    sum.bytes().rev().all(|letter| {
        let expected = DIGITS.get(rest % 62);
        rest /= 62;
        expected == Some(&letter)
    })
}

/// What a word is if it is a JSON Web Token that opens something.
fn json_web_token(word: &str) -> Option<(&'static str, Reach)> {
    let mut parts = word.strip_prefix("eyJ").and(Some(word))?.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if signature.len() < 20 || parts.next().is_some() {
        return None;
    }
    let decode = |part: &str| -> Option<Value> {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, payload) = (decode(header)?, decode(payload)?);
    let claim = |key| payload.get(key).and_then(Value::as_str).unwrap_or_default();
    header.get("alg")?.as_str().filter(|name| *name != "none")?;
    // The example of jwt.io and of half the world's documentation; and keys that are meant for browsers.
    if claim("sub") == "1234567890" || claim("role") == "anon" {
        return None;
    }
    let is_of_kubernetes = payload.get("kubernetes.io").is_some()
        || claim("iss").contains("kubernetes/serviceaccount")
        || claim("sub").starts_with("system:serviceaccount:");
    Some(if is_of_kubernetes {
        ("Kubernetes service account token", Cloud)
    } else {
        ("JSON Web Token", Service)
    })
}

fn slack_webhook(text: &str, findings: &mut Findings<'_>) {
    const START: &str = "hooks.slack.com/services/T";
    for start in memchr::memmem::find_iter(text.as_bytes(), START) {
        let rest = text.get(start + START.len()..).unwrap_or_default();
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'/')
            .count();
        let path = rest.get(..length).unwrap_or_default();
        let secret = path.rsplit('/').next().unwrap_or_default();
        if path.split('/').count() == 3 && secret.len() >= 20 && looks_random(secret) {
            findings.add(
                "Slack webhook",
                Service,
                start..start + START.len() + length,
            );
        }
    }
}
