use ciel_core::Severity;
use ciel_secrets::{Judgement, carries_secret, find_promised, judge, names_secret};

use super::{
    credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    texts::{Text, command_line, credentials, headers, hooks, place_in},
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds secrets in the command lines of containers, of their probes and hooks, and in the headers that these send: flags (`--password=…`, `--db-password …`), variables that a
    /// script sets (`export PGPASSWORD=…`), addresses with a password, `curl -u user:password`, `mysql -ppassword`, bearer
    /// tokens.
    /// Credentials of a known format are left to `credential-in-plain-text`, if that check is on.
    ///
    /// ## Why is this bad?
    /// Besides everybody who may read the pod or the repository, every process on the node that sees `/proc` reads the
    /// command line: node agents, monitoring, and logs that they write.
    ///
    /// ## Example
    /// ```yaml
    /// args: ["--db-password=hunter2hunter2"]
    /// ```
    ///
    /// ## Use instead
    /// A variable that Kubernetes fills in from a Secret, or better a file that the program reads:
    /// ```yaml
    /// args: ["--db-password-file=/run/secrets/db/password"]
    /// ```
    ///
    /// ## Exceptions
    /// References (`$(DB_PASSWORD)`), paths, templates, and what documentation writes where a password is to go are
    /// none. `changeme` and its like are `medium` behind a flag: the program starts with it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    /// - Kubernetes security audit 2019, threat model, TM05
    pub static SECRET_IN_COMMAND_LINE = {
        code: "SEC004",
        name: "secret-in-command-line",
        severity: High,
        since: "0.1.0",
        summary: "command line holds a secret in plain text",
        run: Container(secret_in_command_line),
        frameworks: [owasp2022("K08"), owasp2025("K03"), mitre("T1552"), ms("MS-TA9027")],
        aliases: [kubescape("C-0259")],
    }
}

fn secret_in_command_line(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let words: Vec<Text<'_>> = command_line(container).collect();
    in_command(cx, "command line", &words);
    for (hook, words) in hooks(container) {
        in_command(cx, hook, &words);
    }
    for (hook, header) in headers(container) {
        in_header(cx, hook, header);
    }
}

fn in_command<'s>(cx: &mut ContainerCx<'s>, whose: &str, words: &[Text<'s>]) {
    let is_client = words
        .first()
        .is_some_and(|program| is_client(program.value()));
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        match before.and_then(|flag| behind_flag(flag.value(), word.value())) {
            Some(severity) => found.push((*word, 0..word.value().len(), "", severity)),
            None => {
                found.extend(in_word(*word));
                found.extend(short_password(*word).filter(|_| is_client));
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let is_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    let known = if is_spoken_for {
        credentials(words)
    } else {
        Vec::new()
    };
    for (word, range, name, severity) in found {
        let is_known = known.iter().any(|credential| {
            let same = words
                .get(credential.index)
                .is_some_and(|text| text.node == word.node);
            same && credential.span.start < range.end && range.start < credential.span.end
        });
        if is_known {
            continue;
        }
        let place = place_in(word.value(), range.start, name);
        let message = format!(
            "{whose} of {} holds a secret in plain text{place}",
            cx.container.display()
        );
        cx.report(&SECRET_IN_COMMAND_LINE, word.node, message)
            .severity(severity)
            .at_secret(word.node, range)
            .help("read it from a file of a Secret, or name a variable that is filled in from one");
    }
}

/// Whether a program takes a password right behind `-p`.
fn is_client(program: &str) -> bool {
    const CLIENTS: [&str; 5] = [
        "mysql",
        "mysqldump",
        "mysqladmin",
        "mariadb",
        "mariadb-admin",
    ];
    let name = program.rsplit('/').next().unwrap_or_default();
    CLIENTS.contains(&name)
}

fn short_password(word: Text<'_>) -> Option<Found<'_>> {
    let value = word.value();
    let password = value.strip_prefix("-p").filter(|_| value.len() > 2)?;
    let severity = match judge(password) {
        Judgement::Literal => Severity::High,
        Judgement::WellKnown => Severity::Medium,
        Judgement::NoSecret | Judgement::Masked => return None,
    };
    Some((word, 2..value.len(), "", severity))
}

/// A header that logs in: `Authorization`, or one that promises a secret.
fn in_header<'s>(cx: &mut ContainerCx<'s>, hook: &str, header: Text<'s>) {
    let value = header.value();
    let logs_in = header.name.eq_ignore_ascii_case("Authorization") && carries_secret(value);
    let is_secret =
        logs_in || (names_secret(header.name).is_some() && judge(value) == Judgement::Literal);
    let is_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    if !is_secret || (is_spoken_for && !credentials(&[header]).is_empty()) {
        return;
    }
    let message = format!(
        "{hook} of {} sends a secret that stands in plain text (`{}`)",
        cx.container.display(),
        header.name
    );
    cx.report(&SECRET_IN_COMMAND_LINE, header.node, message)
        .at_secret(header.node, 0..value.len())
        .help("let the probe ask for a path without a login");
}

type Found<'s> = (Text<'s>, std::ops::Range<usize>, &'s str, Severity);

fn in_word<'s>(word: Text<'s>) -> impl Iterator<Item = Found<'s>> {
    let value = word.value();
    let promised = if value.len() < 8 {
        Vec::new()
    } else {
        find_promised("", value)
    };
    promised.into_iter().map(move |promised| {
        let severity = match promised.judgement {
            Judgement::WellKnown => Severity::Medium,
            _ if promised.is_hash => Severity::Low,
            _ => Severity::High,
        };
        let name = value.get(promised.name).unwrap_or_default();
        (word, promised.span, name, severity)
    })
}

/// How bad a word behind a flag is, if the flag wants a secret: `--password`, `-secret-key`.
fn behind_flag(flag: &str, word: &str) -> Option<Severity> {
    let name = flag.strip_prefix('-')?.trim_start_matches('-');
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    if !is_name || word.starts_with('-') {
        return None;
    }
    let promise = names_secret(name).or((name == "requirepass").then_some("password"))?;
    match judge(word) {
        // `--secret web-tls` names an object.
        Judgement::Literal
            if promise == "secret" && !word.bytes().any(|byte| byte.is_ascii_digit()) =>
        {
            None
        }
        Judgement::Literal if word.contains(char::is_whitespace) => None,
        Judgement::Literal => Some(Severity::High),
        Judgement::WellKnown => Some(Severity::Medium),
        Judgement::NoSecret | Judgement::Masked => None,
    }
}
