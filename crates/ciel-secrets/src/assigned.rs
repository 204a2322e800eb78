//! A name, a sign between, and a value: how files of configuration, scripts and command lines set secrets.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD};

use crate::{
    Promised, address,
    file::FileKind,
    judge, names_secret,
    promised::Line,
    randomness::looks_random,
    run_after, run_before,
    strength::{reads_like_secret, weakness},
};

const IN_PLAIN_TEXT: &str = "a secret in plain text";

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Whether `key` behind this text could be a secret: `api_`, `signing-`, `access`.
pub(crate) fn is_key_of_something(before: &str) -> bool {
    const ENDS: [&str; 13] = [
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
    let before = before.trim_end_matches(['_', '-', '.']).as_bytes();
    ENDS.iter().any(|end| {
        let tail = before.get(before.len().saturating_sub(end.len())..);
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
    })
}

/// The value behind the name that the mark is part of.
pub(crate) fn named(line: &Line<'_>) -> Option<Promised> {
    let before = run_before(line.text, line.mark, is_name_byte);
    let start = line.mark - before.trim_start_matches(['-', '.']).len();
    let after = run_after(line.text, line.mark_end, is_name_byte);
    let end = line.mark_end + after.trim_end_matches(['-', '.']).len();
    let name = line.slice(start..end);
    let promise = promise(name)?;
    let value = value_behind(line, start..end, promise)?;
    // In a program, what is not quoted is an expression.
    if line.kind == FileKind::Code && !value.is_quoted {
        return None;
    }
    let text = line.slice(value.range.clone());
    // `--- PASS: TestName`, and what tools say.
    if promise == "pass" && !value.is_quoted && !starts_line(line.slice(line.start..start)) {
        return None;
    }
    let judgement = weakness(judge(text), text)?;
    let is_known = judgement == crate::Judgement::WellKnown;
    if !is_known && !reads_like_secret(text, promise, value.is_quoted) {
        return None;
    }
    Some(Promised {
        what: if is_known {
            "a well-known password"
        } else {
            IN_PLAIN_TEXT
        },
        name: start..end,
        span: value.range,
        judgement,
        is_hash: false,
    })
}

fn promise(name: &str) -> Option<&'static str> {
    match name {
        "requirepass" => Some("requirepass"),
        "masterauth" => Some("masterauth"),
        _ => names_secret(name),
    }
}

struct Value {
    range: Range<usize>,
    is_quoted: bool,
}

/// The value of a name, if a sign between them says that it has one.
fn value_behind(line: &Line<'_>, name: Range<usize>, promise: &str) -> Option<Value> {
    let before = line.slice(line.start..name.start);
    let starts_line = starts_line(before);
    let quote = before
        .chars()
        .next_back()
        .filter(|letter| matches!(letter, '"' | '\''));
    let mut at = name.end;
    let mut rest = line.slice(at..line.end);
    let mut skip = |rest: &mut &str, count: usize| {
        at += count;
        *rest = rest.get(count..).unwrap_or_default();
    };
    let is_closed = quote.is_some() && {
        let escaped = usize::from(rest.starts_with('\\'));
        let is_closed = rest
            .get(escaped..)
            .is_some_and(|rest| rest.starts_with(['"', '\'']));
        skip(&mut rest, if is_closed { escaped + 1 } else { 0 });
        is_closed
    };
    let bracket = usize::from(rest.starts_with(']'));
    skip(&mut rest, bracket);
    // `<password>…`, and `<name>…Password</name><value>…`.
    if before.ends_with('<') && rest.starts_with('>') {
        skip(&mut rest, 1);
        return until(at, rest, "<");
    }
    if rest.starts_with("</name>") {
        return of_property(line, at);
    }
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    skip(&mut rest, spaces);
    let sign = sign(rest, is_closed && is_setter(before));
    skip(&mut rest, sign.unwrap_or_default());
    if sign.is_none() {
        return behind_space(
            line,
            at,
            rest,
            &Space {
                before,
                promise,
                starts_line,
                spaces,
            },
        );
    }
    let spaces_behind = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    skip(&mut rest, spaces_behind);
    let is_of_command = spaces + spaces_behind == 0 && sets_for_command(line.slice(name), rest);
    plain_or_quoted(at, rest, starts_line && !is_of_command)
}

/// Whether a variable is set for one command of a shell: `PGPASSWORD=… psql -h db`.
fn sets_for_command(name: &str, value: &str) -> bool {
    let is_variable = name
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let mut words = value.split_whitespace().skip(1).peekable();
    let is_program = words.peek().is_some_and(|word| {
        word.bytes()
            .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-' | b'/' | b'.'))
    });
    is_variable && is_program && words.any(|word| word.starts_with('-') && word.len() > 1)
}

/// Whether a quoted name is the first argument of what sets something: `define('DB_PASSWORD', …)`.
fn is_setter(before: &str) -> bool {
    const SETTERS: [&str; 7] = [
        "define",
        "setenv",
        "putenv",
        "setproperty",
        "setting",
        "config.set",
        "option",
    ];
    let Some(before) = before.trim_end_matches(['"', '\'', ' ']).strip_suffix('(') else {
        return false;
    };
    let before = before.to_ascii_lowercase();
    SETTERS.iter().any(|setter| before.ends_with(setter))
}

/// Whether nothing stands before a name but what a line may begin with.
fn starts_line(before: &str) -> bool {
    let mut before = before.trim();
    for word in [
        "-", "export", "set", "ENV", "ARG", "declare", "env", "local",
    ] {
        before = before.strip_prefix(word).unwrap_or(before).trim_start();
    }
    before.trim_matches(['"', '\'', '-']).is_empty()
}

/// The length of the sign between a name and its value.
fn sign(rest: &str, is_argument: bool) -> Option<usize> {
    const NONE: [&str; 5] = ["==", "=~", "::", "!=", ":/"];
    if NONE.iter().any(|sign| rest.starts_with(sign)) {
        return None;
    }
    if rest.starts_with("=>") || rest.starts_with(":=") || rest.starts_with("?=") {
        return Some(2);
    }
    let is_sign = rest.starts_with(['=', ':']) || (is_argument && rest.starts_with(','));
    // `<add key="Password" value="…"/>` and its like.
    let attribute = ["value=", "Value="]
        .iter()
        .find(|word| rest.starts_with(**word));
    attribute.map(|word| word.len()).or(is_sign.then_some(1))
}

/// How a name stands that has only space behind it.
struct Space<'t> {
    before: &'t str,
    promise: &'t str,
    starts_line: bool,
    spaces: usize,
}

/// A value with nothing but space before it: in redis.conf, .netrc, on command lines, and in SQL.
fn behind_space(line: &Line<'_>, at: usize, rest: &str, space: &Space<'_>) -> Option<Value> {
    if space.spaces == 0 || rest.is_empty() {
        return None;
    }
    let is_flag = space.before.ends_with("--") || space.before.ends_with(" -");
    let is_quoted = rest.starts_with(['"', '\'']);
    let mut words = space.before.split_whitespace();
    let is_login =
        line.kind == FileKind::Netrc || words.any(|word| matches!(word, "login" | "machine"));
    let is_setting = matches!(space.promise, "requirepass" | "masterauth");
    let is_sql = is_quoted && {
        let before = space.before.to_ascii_lowercase();
        let is_about_users = ["user", "role", "login", "with"]
            .iter()
            .any(|word| before.contains(word));
        is_about_users && space.promise == "password"
    };
    let is_alone = space.starts_line && rest.split_whitespace().count() == 1 && {
        let has_digit = rest.bytes().any(|byte| byte.is_ascii_digit());
        has_digit && rest.len() >= 8
    };
    (is_flag || is_login || is_setting || is_sql || is_alone)
        .then(|| plain_or_quoted(at, rest, false))?
}

/// What `<value>` holds behind `</name>`, on the same line or the next.
fn of_property(line: &Line<'_>, at: usize) -> Option<Value> {
    let rest = line.slice(at..line.text.len().min(at + 300));
    let rest = if rest.is_empty() {
        line.slice(at..line.end)
    } else {
        rest
    };
    let inner = rest.strip_prefix("</name>")?.trim_start();
    let inner = inner.strip_prefix("<value>")?;
    let at = at + rest.len() - inner.len();
    until(at, inner, "<")
}

fn until(at: usize, rest: &str, end: &str) -> Option<Value> {
    let length = rest.find(end)?;
    let value = rest.get(..length)?;
    let start = at + value.len() - value.trim_start().len();
    Some(Value {
        range: start..start + value.trim().len(),
        is_quoted: true,
    })
}

/// A value in quotes, to the end of the line, or to the next sign that ends a value.
fn plain_or_quoted(at: usize, rest: &str, to_line_end: bool) -> Option<Value> {
    let escaped = rest.strip_prefix('\\').filter(|rest| rest.starts_with('"'));
    let (open, inner) = match escaped {
        Some(rest) => (2, rest.get(1..)?),
        None => (1, rest.get(1..).unwrap_or_default()),
    };
    if let Some(quote) = escaped
        .unwrap_or(rest)
        .chars()
        .next()
        .filter(|letter| matches!(letter, '"' | '\''))
    {
        let length = inner.find(quote)?;
        let inner = inner.get(..length)?.trim_end_matches('\\');
        return Some(Value {
            range: at + open..at + open + inner.len(),
            is_quoted: true,
        });
    }
    let is_end = |letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                ',' | ';' | '&' | '"' | '\'' | '<' | '>' | '|' | ')' | '}' | ']' | '\\'
            )
    };
    let value = if to_line_end {
        let value = rest.split(" #").next().unwrap_or(rest).trim_end();
        let value = value.trim_end_matches([',', ';', '"', '\'']);
        value
            .split_once(';')
            .filter(|(_, next)| next.contains('='))
            .map_or(value, |(value, _)| value)
    } else {
        rest.split(is_end).next().unwrap_or_default()
    };
    // Blocks, tags, anchors and aliases of YAML.
    let is_yaml =
        value.starts_with(['|', '>', '!', '*']) || (value.starts_with('&') && !value.contains('='));
    (!value.is_empty() && !is_yaml).then(|| Value {
        range: at..at + value.len(),
        is_quoted: false,
    })
}

fn promised(what: &'static str, span: Range<usize>) -> Promised {
    Promised {
        what,
        name: span.start..span.start,
        span,
        judgement: crate::Judgement::Literal,
        is_hash: false,
    }
}

/// The token behind `bearer`.
pub(crate) fn bearer(line: &Line<'_>) -> Option<Promised> {
    let part = |byte: u8| is_name_byte(byte) || matches!(byte, b'~' | b'+' | b'/' | b'=');
    let token = run_after(line.text, line.mark_end, part);
    let has_digit = token.bytes().any(|byte| byte.is_ascii_digit());
    let is_secret = token.len() >= 16
        && has_digit
        && looks_random(token)
        && weakness(judge(token), token).is_some();
    is_secret.then(|| {
        promised(
            "a bearer token in plain text",
            line.mark_end..line.mark_end + token.len(),
        )
    })
}

/// The login behind `Authorization: Basic`.
pub(crate) fn basic(line: &Line<'_>) -> Option<Promised> {
    let says_so = line.before().to_ascii_lowercase().contains("authorization");
    says_so.then(|| encoded_login(line, line.mark_end, "a login in plain text"))?
}

/// The login of a registry: `"auth": "…"` of Docker's configuration, `_auth=…` of npm's.
pub(crate) fn registry_login(line: &Line<'_>) -> Option<Promised> {
    let rest = line.slice(line.mark_end..line.end);
    let value = rest
        .trim_start_matches(['"', ' ', '\t', '\\'])
        .strip_prefix([':', '='])?;
    let value = value.trim_start_matches([' ', '\t', '"', '\\']);
    encoded_login(
        line,
        line.end - value.len(),
        "a registry's login in plain text",
    )
}

/// User and password with a colon between, in base64.
fn encoded_login(line: &Line<'_>, at: usize, what: &'static str) -> Option<Promised> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let word = run_after(line.text, at, part);
    let decoded = BASE64
        .decode(word.as_bytes())
        .or_else(|_| BASE64_NOPAD.decode(word.trim_end_matches('=').as_bytes()))
        .ok()?;
    let login = String::from_utf8(decoded).ok()?;
    let (user, password) = login.split_once(':')?;
    let found = address::from_login(user, password, "", at, what)?;
    Some(Promised {
        span: at..at + word.len(),
        ..found
    })
}

/// A hashed password behind a user's name, as in files of htpasswd and shadow.
pub(crate) fn hash(line: &Line<'_>) -> Option<Promised> {
    let word = run_after(line.text, line.mark + 1, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b':' | b'"' | b'\'')
    });
    let user = run_before(line.text, line.mark, is_name_byte);
    let is_hash = word.len() >= 30 && !user.is_empty();
    is_hash.then(|| Promised {
        is_hash: true,
        ..promised(
            "the hash of a password",
            line.mark + 1..line.mark + 1 + word.len(),
        )
    })
}

/// The last of five fields in a line of `.pgpass`.
pub(crate) fn pg_pass(line: &Line<'_>) -> Option<Promised> {
    let text = line.slice(line.start..line.end).trim();
    let mut fields = text.splitn(5, ':');
    let password = fields.nth(4)?;
    let is_file = !text.contains([' ', '/', '"', '=']) && !password.contains(':');
    let found = is_file.then(|| weakness(judge(password), password))??;
    let start = line.end - password.len();
    Some(Promised {
        judgement: found,
        ..promised(IN_PLAIN_TEXT, start..line.end)
    })
}

/// The password behind SQL's `IDENTIFIED BY`.
pub(crate) fn identified_by(line: &Line<'_>) -> Option<Promised> {
    let rest = line.slice(line.mark_end..line.end);
    let value = plain_or_quoted(line.mark_end, rest, false).filter(|value| value.is_quoted)?;
    let text = line.slice(value.range.clone());
    weakness(judge(text), text)?;
    reads_like_secret(text, "password", true).then(|| promised(IN_PLAIN_TEXT, value.range))
}

/// The password that clients of MySQL take right behind `-p`.
pub(crate) fn client_password(line: &Line<'_>) -> Option<Promised> {
    const CLIENTS: [&str; 5] = ["mysql", "mysqldump", "mysqladmin", "mariadb", "sshpass"];
    let command = line.before().rsplit(['|', ';', '&', '(']).next()?;
    let mut words = command.split_whitespace();
    let is_client = words.any(|word| {
        let name = word
            .rsplit(['/', '"', '\'', '`'])
            .next()
            .unwrap_or_default();
        CLIENTS.iter().any(|client| {
            name.strip_prefix(client)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    });
    let rest = line.slice(line.mark_end..line.end);
    if !is_client || rest.starts_with(char::is_whitespace) {
        return None;
    }
    let value = plain_or_quoted(line.mark_end, rest, false)?;
    let text = line.slice(value.range.clone());
    let judgement = weakness(judge(text), text)?;
    let is_known = judgement == crate::Judgement::WellKnown;
    (is_known || reads_like_secret(text, "password", value.is_quoted)).then(|| Promised {
        judgement,
        ..promised(IN_PLAIN_TEXT, value.range)
    })
}

/// The login behind curl's `-u`.
pub(crate) fn login(line: &Line<'_>) -> Option<Promised> {
    if !line.before().contains("curl") {
        return None;
    }
    let rest = line.slice(line.mark_end..line.end);
    let value = plain_or_quoted(line.mark_end, rest, false)?;
    let (user, password) = line.slice(value.range.clone()).split_once(':')?;
    let start = value.range.start + user.len() + 1;
    address::from_login(user, password, "", start, "a login in plain text")
}
