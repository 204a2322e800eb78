use ciel_secrets::looks_drawn;

use super::texts::{Text, config_map_entries, environment, secrets};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds values in environment variables and ConfigMaps that look drawn by chance, where neither a name nor a format
    /// says what they are.
    ///
    /// ## Why is this bad?
    /// It may be a key or token of a maker that Ciel does not know.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: UPSTREAM
    ///   value: 9fQ2mZr7Lx0TbV4kPw8Yc3Ns
    /// ```
    ///
    /// ## Use instead
    /// A Secret, if it is one.
    ///
    /// ## Exceptions
    /// It is a hint, `low` and in the profile of everything: identifiers look the same. Hexadecimal digests, UUIDs,
    /// addresses, versions and variables whose name says that they identify something (`…_ID`, `…_HASH`) are left out.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/secrets-good-practices/>
    pub static RANDOM_VALUE = {
        code: "SEC016",
        name: "random-value",
        severity: Low,
        since: "0.1.0",
        summary: "value looks like a secret of unknown make",
        profile: All,
        run: AnyObject(random_value),
        frameworks: [],
        aliases: [],
    }
}

fn random_value(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let entries: Vec<Text<'_>> = config_map_entries(object).collect();
    report(cx, &entries);
    if object.owner().is_some() {
        return;
    }
    for workload in object.workloads() {
        for container in workload.spec().containers() {
            let variables: Vec<Text<'_>> = environment(container).collect();
            report(cx, &variables);
        }
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, texts: &[Text<'s>]) {
    let hints: Vec<&Text<'s>> = texts.iter().filter(|text| is_hint(text)).collect();
    if hints.is_empty() {
        return;
    }
    let known = secrets(cx, cx.object, texts);
    let credentials = super::texts::credentials(texts);
    for hint in hints {
        let is_named = known.iter().any(|secret| secret.text.node == hint.node);
        let has_format = credentials.iter().any(|credential| {
            texts
                .get(credential.index)
                .is_some_and(|text| text.node == hint.node)
        });
        if is_named || has_format {
            continue;
        }
        let message = format!("value of `{}` looks like a secret", hint.name);
        cx.report(&RANDOM_VALUE, hint.node, message)
            .hide(hint.node)
            .help("put it into a Secret if it is one");
    }
}

/// Whether a value is a word of letters small and large and digits, under a name that identifies nothing.
fn is_hint(text: &Text<'_>) -> bool {
    const NAMES: [&str; 14] = [
        "id", "uuid", "guid", "hash", "digest", "sha", "checksum", "sum", "version", "commit",
        "cert", "public", "image", "seed",
    ];
    let value = text.value();
    let name = text.name.to_ascii_lowercase();
    let is_one_word = (20..=128).contains(&value.len())
        && value.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/' | b'=')
        });
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().filter(|byte| is(byte)).count() >= 2;
    is_one_word
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && !NAMES.iter().any(|word| name.contains(word))
        && looks_drawn(value)
}
