//! The texts of an object that may hold a secret: the environment and command line of its containers, the entries of a
//! ConfigMap; and what makes one of them a secret.

use std::ops::Range;

use ciel_core::{Severity, limits};
use ciel_k8s::Container;
use ciel_secrets::{
    Judgement, Named, Promised, Reach, carries_secret, decode, find, find_promised, judge,
    mentions_private_key, names_secret,
};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::credential_in_plain_text::CREDENTIAL_IN_PLAIN_TEXT;
use crate::Cx;

/// A text with its name and place.
#[derive(Clone, Copy)]
pub(super) struct Text<'s> {
    /// The variable's or key's name; empty for words of a command line.
    pub(super) name: &'s str,
    /// The value.
    pub(super) node: Node<'s>,
}

impl<'s> Text<'s> {
    pub(super) fn value(&self) -> &'s str {
        self.node.scalar_text()
    }
}

/// The variables of a container that are set in plain text.
pub(super) fn environment<'s>(container: Container<'s>) -> impl Iterator<Item = Text<'s>> {
    container.env().filter_map(|variable| {
        let node = variable.get("value")?;
        let name = variable.str_at(&["name"]).unwrap_or_default();
        variable
            .get("valueFrom")
            .is_none()
            .then_some(Text { name, node })
    })
}

/// The words of a container's command line, and the script of a pipeline's step.
pub(super) fn command_line<'s>(container: Container<'s>) -> impl Iterator<Item = Text<'s>> {
    let words = container.argv().into_iter().chain(container.script());
    words.map(|node| Text { name: "", node })
}

/// The commands that a container runs beside its own, each with what runs it and its words.
pub(super) fn hooks<'s>(container: Container<'s>) -> Vec<(&'static str, Vec<Text<'s>>)> {
    HOOKS
        .iter()
        .filter_map(|(path, name)| {
            let words = container.node.at(path)?.at(&["exec", "command"])?.items();
            Some((*name, words.map(|node| Text { name: "", node }).collect()))
        })
        .collect()
}

/// The headers of the requests that probes and hooks of a container make.
pub(super) fn headers<'s>(container: Container<'s>) -> Vec<(&'static str, Text<'s>)> {
    HOOKS
        .iter()
        .filter_map(|(path, hook)| {
            let headers = container.node.at(path)?.at(&["httpGet", "httpHeaders"])?;
            Some(headers.items().filter_map(|header| {
                let name = header.str_at(&["name"])?;
                let node = header.get("value")?;
                Some((*hook, Text { name, node }))
            }))
        })
        .flatten()
        .collect()
}

/// Where a container's hooks and probes are, and what messages call them.
const HOOKS: [(&[&str], &str); 5] = [
    (&["lifecycle", "postStart"], "start hook"),
    (&["lifecycle", "preStop"], "stop hook"),
    (&["livenessProbe"], "liveness probe"),
    (&["readinessProbe"], "readiness probe"),
    (&["startupProbe"], "startup probe"),
];

/// The entries of a ConfigMap.
pub(super) fn config_map_entries<'s>(object: Object<'s>) -> impl Iterator<Item = Text<'s>> {
    let data = object
        .root()
        .get("data")
        .filter(|_| object.is("", "ConfigMap"));
    let entries = data.into_iter().flat_map(Node::entries);
    entries.map(|(key, node)| Text {
        name: key.scalar_text(),
        node,
    })
}

/// The files of a ConfigMap in base64 (`binaryData`) that are texts, decoded.
pub(super) fn config_map_files<'s>(object: Object<'s>) -> Vec<(Text<'s>, String)> {
    let data = object
        .root()
        .get("binaryData")
        .filter(|_| object.is("", "ConfigMap"));
    let entries = data.into_iter().flat_map(Node::entries);
    let small = entries.filter(|(_, node)| node.scalar_text().len() <= limits::SEARCHED_BYTES);
    small
        .filter_map(|(key, node)| {
            let text = Text {
                name: key.scalar_text(),
                node,
            };
            Some((text, decode(node.as_str()?)?))
        })
        .collect()
}

/// The credentials in texts that belong together, by format.
pub(super) fn credentials(texts: &[Text<'_>]) -> Vec<ciel_secrets::Credential> {
    let scope: Vec<Named<'_>> = texts
        .iter()
        .map(|text| Named {
            name: text.name,
            text: text.value(),
        })
        .collect();
    find(&scope)
}

/// A secret in a text, and why it is taken for one.
pub(super) struct Secret<'s> {
    pub(super) text: Text<'s>,
    /// How the message goes on behind the place.
    pub(super) what: String,
    pub(super) severity: Severity,
    /// Where the text is a file: the bytes of the secret, and the name that promises it.
    pub(super) part: Option<(Range<usize>, &'s str)>,
}

impl<'s> Secret<'s> {
    /// The bytes of the text that are the secret.
    pub(super) fn range(&self) -> Range<usize> {
        let whole = 0..self.text.value().len();
        self.part.as_ref().map_or(whole, |(range, _)| range.clone())
    }

    /// What it is, with its place in the file if it has one: `a secret in plain text in line 3 (\`password\`)`.
    pub(super) fn description(&self) -> String {
        match &self.part {
            None => self.what.clone(),
            Some((range, name)) => format!(
                "{}{}",
                self.what,
                place_in(self.text.value(), range.start, name)
            ),
        }
    }
}

/// Where something stands in a text of several lines, as a message goes on: ` in line 3 (\`password\`)`.
pub(super) fn place_in(text: &str, at: usize, name: &str) -> String {
    let has_lines = text.trim_end().contains('\n');
    let line = line_number(text, at);
    match (has_lines, name) {
        (false, "") => String::new(),
        (false, name) => format!(" (`{name}`)"),
        (true, "") => format!(" in line {line}"),
        (true, name) => format!(" in line {line} (`{name}`)"),
    }
}

/// The line of a place, counted from one.
fn line_number(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The secrets in texts, by name or by what they look like, each with the reason. Credentials that are known by their
/// format are left to `credential-in-plain-text`, if that check is on.
pub(super) fn secrets<'s>(cx: &Cx<'s>, object: Object<'s>, texts: &[Text<'s>]) -> Vec<Secret<'s>> {
    let are_spoken_for = cx.options().gives_way_to(&CREDENTIAL_IN_PLAIN_TEXT.check);
    let mut found = Vec::new();
    for text in texts {
        let is_of_aws = text.name.len() == 17;
        if text.value().len() >= 16 || is_of_aws || names_secret(text.name).is_some() {
            found.extend(in_text(object, *text));
        }
    }
    // Only where something was found: what it is by its format is another check's to say.
    let credentials = if found.is_empty() {
        Vec::new()
    } else {
        credentials(texts)
    };
    found.retain_mut(|secret| {
        let credential = credentials.iter().find(|credential| {
            let range = secret.range();
            let text = texts.get(credential.index);
            text.is_some_and(|text| text.node == secret.text.node)
                && credential.span.start < range.end
                && range.start < credential.span.end
        });
        let Some(credential) = credential else {
            return true;
        };
        if credential.reach > Reach::Half {
            secret.what = format!("{} in plain text", with_article(credential.what));
            secret.severity = Severity::High;
        }
        !are_spoken_for
    });
    if !are_spoken_for {
        unpromised(texts, &self::credentials(texts), &mut found);
    }
    found
}

/// Credentials by format in texts where nothing else was found.
fn unpromised<'s>(
    texts: &[Text<'s>],
    credentials: &[ciel_secrets::Credential],
    found: &mut Vec<Secret<'s>>,
) {
    for credential in credentials
        .iter()
        .filter(|credential| credential.reach > Reach::Half)
    {
        let Some(text) = texts.get(credential.index) else {
            continue;
        };
        if !found.iter().any(|secret| secret.text.node == text.node) {
            found.push(Secret {
                text: *text,
                what: format!("{} in plain text", with_article(credential.what)),
                severity: Severity::High,
                part: Some((credential.span.clone(), "")),
            });
        }
    }
}

/// The secrets in one text: by its name if it is of one line, else by what stands in it.
fn in_text<'s>(object: Object<'s>, text: Text<'s>) -> Vec<Secret<'s>> {
    if let Some((what, severity)) = by_name(object, &text) {
        return vec![Secret {
            text,
            what: what.to_owned(),
            severity,
            part: None,
        }];
    }
    let value = text.value();
    let mut found: Vec<Secret<'s>> = find_promised(text.name, value)
        .into_iter()
        .map(|promised| in_file(text, promised))
        .collect();
    if found.is_empty() {
        found.extend(by_value(value).map(|(what, severity)| Secret {
            text,
            what: what.to_owned(),
            severity,
            part: None,
        }));
    }
    found
}

fn in_file<'s>(text: Text<'s>, promised: Promised) -> Secret<'s> {
    let severity = match promised.judgement {
        _ if promised.is_hash => Severity::Low,
        Judgement::WellKnown => Severity::Medium,
        _ => Severity::High,
    };
    let name = text.value().get(promised.name.clone()).unwrap_or_default();
    Secret {
        text,
        what: promised.what.to_owned(),
        severity,
        part: Some((promised.span, name)),
    }
}

const FILLED_IN_ELSEWHERE: &str =
    "a place for a secret in plain text, which is filled in elsewhere";

fn by_name(object: Object<'_>, text: &Text<'_>) -> Option<(&'static str, Severity)> {
    let value = text.value();
    let Some(promise) = names_secret(text.name) else {
        return place_for_id(text.name, value);
    };
    if value.trim_end().contains('\n') {
        return None;
    }
    match judge(value) {
        Judgement::NoSecret => None,
        Judgement::Masked if !is_of_a_cloud(text.name) => None,
        Judgement::Masked => Some((FILLED_IN_ELSEWHERE, Severity::Low)),
        Judgement::WellKnown => Some(("a well-known password", Severity::Medium)),
        Judgement::Literal if promise == "secret" && names_an_object(object, value) => None,
        Judgement::Literal => Some(("a secret in plain text", Severity::High)),
    }
}

/// The id of a key of AWS opens nothing, but where a place for it is, the secret is not far.
fn place_for_id(name: &str, value: &str) -> Option<(&'static str, Severity)> {
    let is_id = name.len() == 17 && name.eq_ignore_ascii_case("aws_access_key_id");
    (is_id && judge(value) == Judgement::Masked).then_some((FILLED_IN_ELSEWHERE, Severity::Low))
}

fn by_value(value: &str) -> Option<(&'static str, Severity)> {
    if carries_secret(value) {
        Some(("a password or token in plain text", Severity::High))
    } else if mentions_private_key(value) {
        Some(("a private key in plain text", Severity::Medium))
    } else {
        None
    }
}

/// Whether a name is one that a cloud's tools read their credentials from.
fn is_of_a_cloud(name: &str) -> bool {
    const PREFIXES: [&str; 14] = [
        "aws_",
        "azure_",
        "arm_",
        "google_",
        "gcp_",
        "oci_",
        "alicloud_",
        "alibaba_",
        "digitalocean_",
        "hcloud_",
        "linode_",
        "cloudflare_",
        "tencentcloud_",
        "ibmcloud_",
    ];
    let name = name.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a value is the name of a Secret rather than one: it is in the input, or several words with dashes between.
fn names_an_object(object: Object<'_>, value: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte == b'-' || byte == b'.';
    let has_words = value.contains('-') && value.bytes().all(is_name);
    has_words
        || object
            .snapshot()
            .find("", "Secret", object.namespace(), value)
            .is_some()
}

/// With `a` or `an` before it, as it is spoken (`an npm access token`).
pub(super) fn with_article(what: &str) -> String {
    let vowel = what.starts_with(['A', 'O', 'a', 'e', 'n']);
    let article = if vowel { "an" } else { "a" };
    format!("{article} {what}")
}
