/// What a value of a name that promises a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Nothing, a switch or number, a path or address, a template, the name of a secret elsewhere.
    NoSecret,
    /// Something that stands in for a secret and opens nothing: `xxxxx`, `****`.
    Masked,
    /// A password that everybody knows and that works as it stands: `changeme`, `admin`.
    WellKnown,
    /// A secret.
    Literal,
}

/// Judges a value as it stands in a manifest.
#[must_use]
pub fn judge(value: &str) -> Judgement {
    let value = value.trim().trim_matches(['"', '\'']).trim();
    let lower = value.to_ascii_lowercase();
    if value.is_empty() || is_switch(&lower) || is_template(value) || is_reference(value, &lower) {
        return Judgement::NoSecret;
    }
    if is_masked(&lower) {
        return Judgement::Masked;
    }
    if is_constant(value) {
        return Judgement::NoSecret;
    }
    if is_well_known(&lower) {
        return Judgement::WellKnown;
    }
    if stands_in(&lower) {
        return Judgement::NoSecret;
    }
    Judgement::Literal
}

/// Whether it is an address with a password in it (`postgres://app:hunter2@db/shop`), or a header that holds a token.
#[must_use]
pub fn carries_secret(value: &str) -> bool {
    let value = value.trim();
    if value.contains(char::is_whitespace) {
        let (scheme, token) = value.split_once(' ').unwrap_or_default();
        let is_scheme =
            scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic");
        return is_scheme
            && token.len() >= 6
            && !token.contains(' ')
            && judge(token) == Judgement::Literal;
    }
    value
        .split_once("://")
        .is_some_and(|(_, rest)| has_password(rest))
}

/// Whether a block of a private key begins in it, be it a real one or not.
#[must_use]
pub fn mentions_private_key(value: &str) -> bool {
    let mut begins = memchr::memmem::find_iter(value.as_bytes(), "-BEGIN ");
    begins.any(|start| {
        let rest = value.get(start..).unwrap_or_default();
        let mut lines = rest.lines();
        let label = lines
            .next()
            .unwrap_or_default()
            .trim_start_matches("-BEGIN ");
        // Not a pattern that finds keys, and not a place for one.
        let is_label = label
            .trim_end_matches(['-', '"', ' ', '\r'])
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b' ');
        let body = lines.next().unwrap_or_default().trim();
        let has_body = body
            .bytes()
            .take(4)
            .filter(u8::is_ascii_alphanumeric)
            .count()
            >= 4;
        label.contains("PRIVATE KEY") && is_label && has_body
    })
}

fn is_switch(lower: &str) -> bool {
    const WORDS: [&str; 27] = [
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "nil",
        "undefined",
        "enabled",
        "disabled",
        "enable",
        "disable",
        "optional",
        "required",
        "require",
        "always",
        "never",
        "prefer",
        "auto",
        "plain",
        "file",
        "env",
        "vault",
        "kubernetes",
        "n/a",
    ];
    let is_small_number = lower.len() <= 3 && lower.bytes().all(|byte| byte.is_ascii_digit());
    let digits = lower.trim_end_matches(['s', 'm', 'h', 'd']);
    let is_duration = digits.len() + 1 == lower.len()
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    WORDS.contains(&lower) || is_small_number || is_duration
}

/// What something else fills in later.
fn is_template(value: &str) -> bool {
    const PARTS: [&str; 8] = ["$(", "${", "{{", "<%", "`", "$__", "%{", "%("];
    let is_between = |start: &str, end: &str| {
        value.len() > 2 && value.starts_with(start) && value.ends_with(end)
    };
    PARTS.iter().any(|part| value.contains(part))
        || is_between("<", ">")
        || is_between("%", "%")
        || is_between("__", "__")
        || is_between("@", "@")
        || is_variable(value)
}

fn is_variable(value: &str) -> bool {
    value.strip_prefix('$').is_some_and(|name| {
        name.bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// Where a secret is, or what has been made of it so that it may be shown.
fn is_reference(value: &str, lower: &str) -> bool {
    const BEGINNINGS: [&str; 20] = [
        "arn:",
        "vault:",
        "ref+",
        "op://",
        "secretref:",
        "awssm:",
        "ssm:",
        "gcpsm:",
        "akv:",
        "bao:",
        "projects/",
        "enc[",
        "{cipher}",
        "{aes}",
        "file:",
        "env:",
        "secret://",
        "keyvault:",
        "$2a$",
        "$2y$",
    ];
    const ENDS: [&str; 18] = [
        ".pem",
        ".key",
        ".crt",
        ".json",
        ".yaml",
        ".yml",
        ".txt",
        ".p12",
        ".pfx",
        ".jks",
        ".env",
        ".conf",
        ".token",
        ".pub",
        ".ini",
        ".toml",
        ".properties",
        ".svc.cluster.local",
    ];
    if BEGINNINGS
        .iter()
        .any(|beginning| lower.starts_with(beginning))
        || value.starts_with("$2b$")
        || is_sealed(value)
        || value.starts_with("$argon2")
    {
        return true;
    }
    if value.contains(char::is_whitespace) {
        return false;
    }
    if let Some((_, rest)) = value.split_once("://") {
        return !has_password(rest);
    }
    is_path(value) || ENDS.iter().any(|end| lower.ends_with(end)) || names_object(lower)
}

/// Whether it was encrypted for a controller of Sealed Secrets: base64 of a version and a key of two or four kilobits.
fn is_sealed(value: &str) -> bool {
    value.len() >= 300
        && (value.starts_with("AgA") || value.starts_with("AgB"))
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// Whether the authority of an address carries a password that is one.
fn has_password(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let password = authority
        .rsplit_once('@')
        .and_then(|(user, _)| user.split_once(':'));
    password.is_some_and(|(_, password)| judge(password) != Judgement::NoSecret)
}

/// Whether it reads like a path: from the root or the folder one is in, or words with slashes between them.
fn is_path(value: &str) -> bool {
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.'))
    };
    let is_rooted =
        value.starts_with('/') && value.matches('/').count() > 1 && !value.contains(['+', '=']);
    is_rooted
        || value.starts_with("./")
        || value.starts_with("~/")
        || value.get(1..3) == Some(":\\")
        || (value.contains('/') && value.split('/').all(is_word))
}

/// Whether it is called like a Secret of Kubernetes: words in lower case, the last of which says so.
fn names_object(lower: &str) -> bool {
    const ENDS: [&str; 10] = [
        "-secret",
        "-secrets",
        "-token",
        "-tokens",
        "-credentials",
        "-creds",
        "-tls",
        "-password",
        "-cert",
        "-keys",
    ];
    ENDS.iter().any(|end| lower.ends_with(end))
        && lower.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
        })
}

fn is_masked(lower: &str) -> bool {
    const WORDS: [&str; 4] = ["redacted", "[redacted]", "<redacted>", "(hidden)"];
    let letters = || {
        lower
            .chars()
            .filter(|letter| !matches!(letter, '-' | '_' | '.' | ' ' | ':'))
    };
    let is_filler =
        letters().count() >= 3 && letters().all(|letter| matches!(letter, 'x' | '*' | '•' | '#'));
    is_filler || fills_up(lower) || WORDS.contains(&lower)
}

/// Whether most of it is one filler: `ghp_xxxxxxxxxxxxxxxx`, `sk-****************`.
fn fills_up(lower: &str) -> bool {
    const LONG: usize = 8;
    let is_filler = |letter: char| matches!(letter, 'x' | '*' | '•' | '#');
    let fillers = lower
        .split(|letter: char| !is_filler(letter) && !matches!(letter, '-' | '_'))
        .map(|run| run.chars().filter(|letter| is_filler(*letter)).count());
    let longest = fillers.max().unwrap_or_default();
    longest >= LONG && longest * 2 > lower.chars().count()
}

/// Whether it is written like the name of a constant, as documentation does for what the reader fills in: `API_KEY_VAL`,
/// `SECRET`.
fn is_constant(value: &str) -> bool {
    const WORDS: [&str; 5] = ["SECRET", "PASSWORD", "TOKEN", "KEY", "VALUE"];
    let has_words = value.contains('_')
        && value
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    has_words || WORDS.contains(&value)
}

fn is_well_known(lower: &str) -> bool {
    const PASSWORDS: [&str; 32] = [
        "changeme",
        "change-me",
        "change_me",
        "changeit",
        "change-it",
        "password",
        "password1",
        "passw0rd",
        "p@ssw0rd",
        "passwd",
        "pass",
        "secret",
        "admin",
        "root",
        "toor",
        "user",
        "guest",
        "test",
        "default",
        "letmein",
        "qwerty",
        "welcome",
        "12345",
        "123456",
        "1234567",
        "12345678",
        "123456789",
        "postgres",
        "mysql",
        "minioadmin",
        "redis",
        "rootpassword",
    ];
    PASSWORDS.contains(&lower)
}

/// Words by which documentation says that the reader is to write something else.
fn stands_in(lower: &str) -> bool {
    const PARTS: [&str; 15] = [
        "your-",
        "your_",
        "yourpassword",
        "your password",
        "my-secret-value",
        "placeholder",
        "replace",
        "insert",
        "todo",
        "fixme",
        "example",
        "dummy",
        "not-a-real",
        "fake",
        "goes-here",
    ];
    PARTS.iter().any(|part| lower.contains(part)) || lower == "..."
}

#[cfg(test)]
mod tests {
    use super::{Judgement::*, *};

    #[track_caller]
    fn check(value: &str, expected: Judgement) {
        assert_eq!(judge(value), expected, "{value}");
    }

    #[test]
    fn secrets_are_told_from_what_is_none() {
        check("abc123", Literal);
        check("hunter2", Literal);
        check("secretsquirrels", Literal);
        check("U6uG7M3BzSr6RsqUiCS2nK+ZYkaP2ZH4/WYMU4p/", Literal);
        check("postgres://app:hunter2@db:5432/shop", Literal);
        check("s3cret with spaces", Literal);
        check("83921", Literal);
        check("", NoSecret);
        check("true", NoSecret);
        check("3600", Literal);
        check("15m", NoSecret);
    }

    #[test]
    fn references_are_none() {
        check("$(DB_PASSWORD)", NoSecret);
        check("${DB_PASSWORD}", NoSecret);
        check("$DB_PASSWORD", NoSecret);
        check("{{ .Values.password }}", NoSecret);
        check("<password>", NoSecret);
        check("/run/secrets/token", NoSecret);
        check("my/secret/file/path", NoSecret);
        check("key.pem", NoSecret);
        check("https://vault.example.org", NoSecret);
        check("postgres://app@db/shop", NoSecret);
        check("postgres://app:$(PASSWORD)@db/shop", NoSecret);
        check("arn:aws:secretsmanager:eu-central-1:1:secret:x", NoSecret);
        check("projects/x/secrets/y/versions/1", NoSecret);
        check("shop-db-credentials", NoSecret);
        check("$2a$10$abcdefghijklmnopqrstuv", NoSecret);
    }

    #[test]
    fn addresses_and_headers_carry_secrets() {
        assert!(carries_secret("postgres://app:hunter2@db:5432/shop"));
        assert!(carries_secret("bearer abc123def"));
        assert!(!carries_secret("postgres://app@db/shop"));
        assert!(!carries_secret("https://user:${TOKEN}@example.org"));
        assert!(!carries_secret("bearer of good news"));
        assert!(!carries_secret("http://host:8080/a@b"));
        assert!(mentions_private_key(
            "---BEGIN OPENSSH PRIVATE KEY---\nxxxxx"
        ));
        assert!(!mentions_private_key("-----BEGIN CERTIFICATE-----"));
    }

    #[test]
    fn stand_ins_are_told_apart() {
        check("xxxxx", Masked);
        check("xxx", Masked);
        check("********", Masked);
        check("changeme", WellKnown);
        check("admin", WellKnown);
        check("SECRET", NoSecret);
        check("GOOGLE_API_KEY_VAL", NoSecret);
        check("your-password-here", NoSecret);
        check("REPLACE_ME", NoSecret);
    }
}
