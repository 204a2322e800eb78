use smallvec::SmallVec;

/// Words that promise a secret wherever they stand in a name.
const ANYWHERE: [&str; 7] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "privatekey",
    "passcode",
];
/// Ends of words that do so, where several are written as one: `PGPASSWORD`, `clientsecret`.
const ENDS_OF_WORDS: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "clientsecret",
    "secretkey",
    "privatekey",
    "accesstoken",
    "authtoken",
    "apitoken",
];
/// Words that do so at the end.
const AT_END: [&str; 10] = [
    "pass",
    "pwd",
    "token",
    "bearer",
    "credential",
    "credentials",
    "jwt",
    "pw",
    "userpass",
    "authtoken",
];
/// Words that do so before `key`, with both together.
const BEFORE_KEY: [(&str, &str); 13] = [
    ("api", "api key"),
    ("access", "access key"),
    ("private", "private key"),
    ("encryption", "encryption key"),
    ("signing", "signing key"),
    ("auth", "auth key"),
    ("master", "master key"),
    ("account", "account key"),
    ("storage", "storage key"),
    ("batch", "batch key"),
    ("app", "app key"),
    ("service", "service key"),
    ("admin", "admin key"),
];
/// Last words that say that the value is about a secret, not one.
const ABOUT: [&str; 195] = [
    "age",
    "algo",
    "algorithm",
    "alias",
    "allowed",
    "annotation",
    "annotations",
    "args",
    "arn",
    "arns",
    "attempts",
    "attribute",
    "audience",
    "authenticator",
    "backend",
    "bean",
    "bits",
    "buckets",
    "cache",
    "change",
    "characters",
    "charset",
    "check",
    "checks",
    "cipher",
    "claim",
    "claims",
    "class",
    "cmd",
    "column",
    "command",
    "complexity",
    "confirm",
    "confirmation",
    "count",
    "created",
    "date",
    "days",
    "delay",
    "description",
    "digits",
    "dir",
    "directory",
    "disabled",
    "dn",
    "driver",
    "duration",
    "enabled",
    "encoder",
    "encryption",
    "encryptor",
    "endpoint",
    "engine",
    "environment",
    "error",
    "errors",
    "exchange",
    "expiration",
    "expired",
    "expires",
    "expiry",
    "factory",
    "field",
    "file",
    "filename",
    "flag",
    "forgot",
    "format",
    "frequency",
    "generate",
    "generator",
    "grace",
    "handler",
    "hasher",
    "hashing",
    "header",
    "help",
    "hint",
    "history",
    "host",
    "hours",
    "id",
    "index",
    "indexes",
    "interval",
    "introspection",
    "invalid",
    "issuer",
    "iterations",
    "key",
    "keys",
    "kind",
    "label",
    "length",
    "lifetime",
    "limit",
    "location",
    "lookup",
    "manager",
    "max",
    "message",
    "messages",
    "method",
    "methods",
    "min",
    "missing",
    "mode",
    "mount",
    "mountpath",
    "mounts",
    "name",
    "names",
    "namespace",
    "needed",
    "number",
    "option",
    "optional",
    "options",
    "param",
    "parameter",
    "path",
    "paths",
    "pattern",
    "period",
    "placeholder",
    "plugin",
    "policy",
    "port",
    "prefix",
    "properties",
    "property",
    "provider",
    "rate",
    "ref",
    "reference",
    "references",
    "refresh",
    "regex",
    "regexp",
    "region",
    "repeat",
    "required",
    "reset",
    "resource",
    "resources",
    "retries",
    "retry",
    "review",
    "role",
    "roles",
    "rotate",
    "rotation",
    "rounds",
    "rule",
    "rules",
    "scope",
    "scopes",
    "script",
    "seconds",
    "selector",
    "service",
    "services",
    "size",
    "source",
    "state",
    "status",
    "store",
    "strategy",
    "strength",
    "support",
    "supported",
    "table",
    "target",
    "template",
    "templates",
    "text",
    "time",
    "timeout",
    "title",
    "ttl",
    "type",
    "updated",
    "uri",
    "url",
    "usage",
    "user",
    "username",
    "validation",
    "validator",
    "validity",
    "variable",
    "version",
    "volume",
    "window",
    "wrong",
];
/// First words that make it a switch or a number.
const SWITCH: [&str; 14] = [
    "allow", "disable", "enable", "is", "max", "min", "no", "num", "require", "skip", "use",
    "with", "without", "has",
];

/// The word of a name that promises a secret, in lower case: `password` of `DB_PASSWORD`, `apiKey` and `my.password`.
///
/// `None` where the name is about a secret and not one: `PASSWORD_FILE`, `TOKEN_TTL`, `SECRET_NAME`,
/// `ENABLE_PASSWORD`.
#[must_use]
pub fn names_secret(name: &str) -> Option<&'static str> {
    let mut buffer = String::new();
    let words = split(name, &mut buffer);
    let (first, last) = (*words.first()?, *words.last()?);
    if SWITCH.contains(&first) && words.len() > 1 {
        return None;
    }
    let listed = |list: &'static [&'static str], word: &str| {
        list.iter().find(|known| **known == word).copied()
    };
    let anywhere = words.iter().find_map(|word| listed(&ANYWHERE, word));
    let as_one = || {
        let mut ends = ENDS_OF_WORDS.iter();
        ends.find(|end| words.iter().any(|word| word.ends_with(**end)))
            .copied()
    };
    let found = anywhere
        .or_else(as_one)
        .or_else(|| listed(&AT_END, last))
        .or_else(|| words.windows(2).find_map(key_pair))?;
    // `…_KEY` and `…_KEY_CONTENT` are secrets again, `SECRET_KEY_REF` is not.
    let is_about = ABOUT.binary_search(&last).is_ok() && last != "key";
    (!is_about).then_some(found)
}

/// What two words together promise, the first or the second of which is `key`.
fn key_pair(pair: &[&str]) -> Option<&'static str> {
    match pair {
        [before, "key"] => BEFORE_KEY
            .iter()
            .find(|(known, _)| known == before)
            .map(|(_, both)| *both),
        ["key", "content"] => Some("key content"),
        _ => None,
    }
}

/// The words of a name in lower case, at signs between them, and where a capital follows a small letter.
fn split<'b>(name: &str, buffer: &'b mut String) -> SmallVec<[&'b str; 8]> {
    let mut was_lower = false;
    for letter in name.chars().take(200) {
        if !letter.is_ascii_alphanumeric() {
            buffer.push(' ');
        } else {
            if letter.is_ascii_uppercase() && was_lower {
                buffer.push(' ');
            }
            buffer.push(letter.to_ascii_lowercase());
        }
        was_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    buffer.split_ascii_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::names_secret;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(names_secret(name), expected, "{name}");
    }

    #[test]
    fn words_are_sorted() {
        assert!(super::ABOUT.is_sorted());
    }

    #[test]
    fn names_promise_secrets() {
        check("DB_PASSWORD", Some("password"));
        check("my_password", Some("password"));
        check("password", Some("password"));
        check("SECRET_BLAH", Some("secret"));
        check("clientSecret", Some("secret"));
        check("AWS_SECRET_ACCESS_KEY", Some("secret"));
        check("azure_batch_key", Some("batch key"));
        check("OPENAI_API_KEY", Some("api key"));
        check("GITHUB_TOKEN", Some("token"));
        check("MYSQL_PASS", Some("pass"));
        check("grafana.admin-password", Some("password"));
        check("pwd", Some("pwd"));
        check("PGPASSWORD", Some("password"));
        check("OCI_CLI_KEY_CONTENT", Some("key content"));
    }

    #[test]
    fn names_about_secrets_do_not() {
        check("PASSWORD_FILE", None);
        check("AWS_TOKEN_FILE", None);
        check("SECRET_NAME", None);
        check("METALLB_ML_SECRET_KEY_PATH", None);
        check("TOKEN_TTL", None);
        check("AWS_ACCESS_KEY_ID", None);
        check("ENABLE_PASSWORD_LOGIN", None);
        check("MAX_TOKENS", None);
        check("TOKENIZER", None);
        check("COMPASS", None);
        check("PUBLIC_KEY", None);
        check("REDIS_KEY_PREFIX", None);
        check("greeting", None);
        check("", None);
    }
}
