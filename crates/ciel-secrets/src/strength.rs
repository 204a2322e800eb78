//! Whether a value that a name promises to be a secret reads like one: in files, more stands behind such names than in
//! environment variables, and most of it is words.

use crate::Judgement;

/// A judgement that counts in a file: literals, and passwords that products come with. What people write where a
/// password is to go (`changeme`, `password`) does not.
pub(crate) fn weakness(judgement: Judgement, value: &str) -> Option<Judgement> {
    const DELIVERED: [&str; 10] = [
        "admin",
        "root",
        "postgres",
        "guest",
        "minioadmin",
        "mysql",
        "rabbitmq",
        "toor",
        "123456",
        "12345678",
    ];
    match judgement {
        Judgement::Literal if has_template(value) => None,
        Judgement::Literal => Some(judgement),
        Judgement::WellKnown if DELIVERED.contains(&value.to_ascii_lowercase().as_str()) => {
            Some(judgement)
        }
        _ => None,
    }
}

/// Templates beyond those that manifests use: `%s`, `%(name)s`, `{name}`, `[name]`, `:name`, `#name#`, `@name@`.
fn has_template(value: &str) -> bool {
    let is_between = |start: char, end: char| {
        value.len() > 2 && value.starts_with(start) && value.ends_with(end)
    };
    let is_name = |rest: &str| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    };
    value.starts_with("%(")
        || value.contains("%s")
        || value.contains("%v")
        || value.contains("#{")
        || is_between('{', '}')
        || is_between('[', ']')
        || is_between('#', '#')
        || is_between('@', '@')
        || is_between('(', ')')
        || value
            .strip_prefix([':', '$', '%', '&'])
            .is_some_and(|rest| is_name(rest.trim_matches('\'')))
}

/// Whether a value reads like what a name promises. Passwords may be words; tokens and keys may not.
pub(crate) fn reads_like_secret(value: &str, promise: &str, is_quoted: bool) -> bool {
    if value.contains(char::is_whitespace) || value.len() < 4 || !value.is_ascii() && !is_quoted {
        return false;
    }
    // Another flag, another name.
    let is_next = value.strip_suffix('=').is_some_and(|name| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    });
    if value.starts_with("--") || is_next {
        return false;
    }
    if is_expression(value, is_quoted) || is_type(value) || is_host(value) || names_itself(value) {
        return false;
    }
    let is_password = matches!(
        promise,
        "password"
            | "passwd"
            | "passphrase"
            | "pass"
            | "pwd"
            | "pw"
            | "userpass"
            | "passcode"
            | "requirepass"
            | "masterauth"
    );
    let bytes = value.as_bytes();
    if bytes.iter().all(u8::is_ascii_alphabetic) {
        let is_small = bytes.iter().all(u8::is_ascii_lowercase);
        let is_mixed =
            bytes.iter().skip(1).any(u8::is_ascii_uppercase) && !is_small && value.len() >= 12;
        return (is_password && is_small && value.len() >= 6)
            || is_mixed && crate::randomness::entropy(value) > 3.5;
    }
    if !value.is_ascii() {
        return false;
    }
    let is_name = value.matches('-').count() >= 2
        && value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (is_password && !is_name) || is_random_enough(value)
}

/// Whether it has letters and digits mixed within a word, as what was drawn by chance does.
fn is_random_enough(value: &str) -> bool {
    let mixes = |part: &str| {
        part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let parts = || value.split(['-', '_', '.', ':', '/']);
    !counts_up(value)
        && value.len() >= 8
        && parts().any(|part| part.len() >= 6 && mixes(part) && !is_version(part))
}

/// Whether half of it or more counts up: `0123456789abcdef`.
fn counts_up(value: &str) -> bool {
    let steps = value.as_bytes().windows(2);
    let up = steps.filter(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b)));
    up.count() * 2 >= value.len()
}

/// `v1beta1`, `2024a`, `s256`, `utf8`: a word with a number behind it.
fn is_version(part: &str) -> bool {
    let digits = part.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) || part.starts_with("v1")
}

/// Whether it is a piece of a program: a call, an index, a chain of names.
fn is_expression(value: &str, is_quoted: bool) -> bool {
    let is_name = |part: &str| {
        part.bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let bare = value.trim_end_matches([';', ',', ')']);
    let has_call = bare.split_once(['(', '[']).is_some_and(|(callee, _)| {
        !callee.is_empty()
            && callee
                .split(['.', ':'])
                .all(|part| is_name(part) || part.is_empty())
    });
    let is_chain = bare.contains('.')
        && bare.split('.').all(is_name)
        && !bare.bytes().any(|byte| byte.is_ascii_digit());
    let has_operator = ["||", "&&", "==", "->", "=>", "::"]
        .iter()
        .any(|operator| value.contains(operator));
    is_chain || (!is_quoted && (has_call || has_operator)) || value.starts_with(['(', '[', '{'])
}

/// Whether it is the name of a type, as schemas have it.
fn is_type(value: &str) -> bool {
    const TYPES: [&str; 14] = [
        "string",
        "text",
        "bytes",
        "boolean",
        "integer",
        "number",
        "object",
        "array",
        "uuid",
        "varchar",
        "keyword",
        "str",
        "sensitive",
        "hidden",
    ];
    let word = value.split(['(', ':', '<', '?']).next().unwrap_or_default();
    TYPES.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether it reads like the name of a host: words with dots between, the last of letters.
fn is_host(value: &str) -> bool {
    let (host, _) = value.split_once(':').unwrap_or((value, ""));
    let last = host.rsplit('.').next().unwrap_or_default();
    host.matches('.').count() >= 1
        && (2..=8).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
        && host.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
        })
}

/// Whether it is itself a name that promises a secret: `db_password`, `client-secret`, `apiKey`.
fn names_itself(value: &str) -> bool {
    let is_name = value
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.'));
    let has_words = value.contains(['_', '-', '.'])
        || value.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    is_name && has_words && crate::names_secret(value).is_some()
}

/// Whether a host is one that documentation uses.
pub(crate) fn is_documentation_host(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    [
        "example.com",
        "example.org",
        "example.net",
        ".example",
        "example",
    ]
    .iter()
    .any(|name| host == *name || host.ends_with(name))
}
