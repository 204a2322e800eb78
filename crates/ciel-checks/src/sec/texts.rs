//! The texts of an object that may hold a secret: the environment and command line of its containers, the entries of a
//! ConfigMap; and what makes one of them a secret.

use ciel_core::Severity;
use ciel_k8s::Container;
use ciel_secrets::{
    Judgement, Named, Reach, carries_secret, find, judge, mentions_private_key, names_secret,
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

/// The words of a container's command line.
pub(super) fn command_line<'s>(container: Container<'s>) -> impl Iterator<Item = Text<'s>> {
    let words = container.argv().into_iter();
    words.map(|node| Text { name: "", node })
}

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

/// Why a text is taken for a secret.
pub(super) struct Reason {
    /// How the message goes on behind the place.
    pub(super) what: String,
    pub(super) severity: Severity,
}

/// The texts that hold a secret by their name or by what they look like, each with the reason. Credentials that are
/// known by their format are left to `credential-in-plain-text`, if that check is on.
pub(super) fn secrets<'s>(
    cx: &Cx<'s>,
    object: Object<'s>,
    texts: &[Text<'s>],
) -> Vec<(Text<'s>, Reason)> {
    let is_promising =
        |text: &Text<'_>| names_secret(text.name).is_some() || text.value().len() >= 16;
    if !texts.iter().any(is_promising) {
        return Vec::new();
    }
    let credentials = credentials(texts);
    let are_spoken_for = cx.options().selects(&CREDENTIAL_IN_PLAIN_TEXT.check);
    let mut found = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let credential = credentials
            .iter()
            .find(|credential| credential.index == index);
        if credential.is_some() && are_spoken_for {
            continue;
        }
        let reason = match credential.filter(|credential| credential.reach > Reach::Half) {
            Some(credential) => Some(Reason {
                what: format!("{} in plain text", with_article(credential.what)),
                severity: Severity::High,
            }),
            None => by_name(object, text).or_else(|| by_value(text.value())),
        };
        found.extend(reason.map(|reason| (*text, reason)));
    }
    found
}

fn by_name(object: Object<'_>, text: &Text<'_>) -> Option<Reason> {
    let promise = names_secret(text.name)?;
    let value = text.value();
    if value.contains('\n') {
        return None;
    }
    let (what, severity) = match judge(value) {
        Judgement::NoSecret => return None,
        Judgement::Masked if !is_of_a_cloud(text.name) => return None,
        Judgement::Masked => (
            "a place for a secret in plain text, which is filled in elsewhere",
            Severity::Low,
        ),
        Judgement::WellKnown => ("a well-known password", Severity::Medium),
        Judgement::Literal if promise == "secret" && names_an_object(object, value) => return None,
        Judgement::Literal => ("a secret in plain text", Severity::High),
    };
    Some(Reason {
        what: what.to_owned(),
        severity,
    })
}

fn by_value(value: &str) -> Option<Reason> {
    let (what, severity) = if carries_secret(value) {
        ("a password or token in plain text", Severity::High)
    } else if mentions_private_key(value) {
        ("a private key in plain text", Severity::Medium)
    } else {
        return None;
    };
    Some(Reason {
        what: what.to_owned(),
        severity,
    })
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
