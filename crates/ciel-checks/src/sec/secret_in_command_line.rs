use ciel_core::Severity;
use ciel_secrets::{Judgement, find_promised, judge, names_secret};

use super::{
    credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT,
    texts::{Text, command_line, credentials, place_in},
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds secrets in the command lines of containers: flags (`--password=…`, `--db-password …`), variables that a
    /// script sets (`export PGPASSWORD=…`), addresses with a password, `curl -u user:password`, bearer tokens.
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
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        match before.and_then(|flag| behind_flag(flag.value(), word.value())) {
            Some(severity) => found.push((*word, 0..word.value().len(), "", severity)),
            None => found.extend(in_word(*word)),
        }
    }
    if found.is_empty() {
        return;
    }
    let is_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    let known = if is_spoken_for {
        credentials(&words)
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
            "command line of {} holds a secret in plain text{place}",
            container.display()
        );
        cx.report(&SECRET_IN_COMMAND_LINE, word.node, message)
            .severity(severity)
            .at_secret(word.node, range)
            .help("read it from a file of a Secret, or name a variable that is filled in from one");
    }
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
