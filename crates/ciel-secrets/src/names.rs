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
/// Words that do so before `key`.
const BEFORE_KEY: [&str; 13] = [
    "api",
    "access",
    "private",
    "encryption",
    "signing",
    "auth",
    "master",
    "account",
    "storage",
    "batch",
    "app",
    "service",
    "admin",
];
/// Last words that say that the value is about a secret, not one.
const ABOUT: [&str; 66] = [
    "algorithm",
    "alias",
    "arn",
    "arns",
    "attempts",
    "audience",
    "class",
    "count",
    "dir",
    "directory",
    "duration",
    "enabled",
    "disabled",
    "endpoint",
    "expiration",
    "expiry",
    "expires",
    "field",
    "file",
    "filename",
    "format",
    "header",
    "host",
    "hours",
    "id",
    "interval",
    "issuer",
    "key",
    "keys",
    "label",
    "length",
    "lifetime",
    "limit",
    "location",
    "max",
    "min",
    "mode",
    "mount",
    "name",
    "names",
    "namespace",
    "parameter",
    "path",
    "paths",
    "policy",
    "port",
    "prefix",
    "provider",
    "ref",
    "region",
    "required",
    "rotation",
    "seconds",
    "selector",
    "size",
    "store",
    "timeout",
    "ttl",
    "type",
    "uri",
    "url",
    "user",
    "username",
    "validity",
    "version",
    "days",
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
pub fn names_secret(name: &str) -> Option<String> {
    let words = split(name);
    let last = words.last()?.as_str();
    let first = words.first()?.as_str();
    if SWITCH.contains(&first) && words.len() > 1 {
        return None;
    }
    let pair = words.windows(2).find_map(|pair| match pair {
        [before, key] if key == "key" && BEFORE_KEY.contains(&before.as_str()) => {
            Some(format!("{before} key"))
        }
        [key, content] if key == "key" && content == "content" => Some("key content".to_owned()),
        _ => None,
    });
    let anywhere = words
        .iter()
        .find(|word| ANYWHERE.contains(&word.as_str()))
        .cloned();
    let at_end = AT_END.contains(&last).then(|| last.to_owned());
    let found = anywhere.or(at_end).or(pair)?;
    // `…_KEY` and `…_KEY_CONTENT` are secrets again, `SECRET_KEY_REF` is not.
    let is_about = ABOUT.contains(&last) && last != "key";
    (!is_about).then_some(found)
}

/// The words of a name in lower case, at signs between them, and where a capital follows a small letter.
fn split(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for letter in name.chars().take(200) {
        let starts = letter.is_ascii_uppercase() && was_lower;
        if (starts || !letter.is_ascii_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        }
        was_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::names_secret;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(names_secret(name).as_deref(), expected, "{name}");
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
