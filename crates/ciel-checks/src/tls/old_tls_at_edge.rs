use ciel_yaml::Node;

use super::fields::nodes_at;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds settings that let TLS 1.0, TLS 1.1, SSL or broken ciphers (RC4, 3DES, NULL, EXPORT) in: annotations of
    /// Ingresses and Services, ConfigMaps of controllers, Istio's Gateways and DestinationRules, Traefik's TLSOptions, Contour's HTTPProxies, Envoy Gateway's policies, Emissary's TLSContexts, profiles of
    /// OpenShift.
    ///
    /// ## Why is this bad?
    /// These versions rest on MD5 and SHA-1, and on modes of ciphers that have been broken (BEAST, POODLE, Sweet32). Who
    /// is in between makes both sides choose the oldest that both take.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ConfigMap
    /// data:
    ///   ssl-protocols: TLSv1 TLSv1.1 TLSv1.2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ConfigMap
    /// data:
    ///   ssl-protocols: TLSv1.2 TLSv1.3
    /// ```
    ///
    /// ## Exceptions
    /// Defaults are not judged: all of these programs begin at TLS 1.2 today.
    ///
    /// ## References
    /// - <https://datatracker.ietf.org/doc/html/rfc8996>
    /// - <https://datatracker.ietf.org/doc/html/rfc9325>
    pub static OLD_TLS_AT_EDGE = {
        code: "TLS007",
        name: "old-tls-at-edge",
        severity: Medium,
        since: "0.1.0",
        summary: "old version of TLS, or a broken cipher, is let in",
        run: AnyObject(old_tls_at_edge),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

/// How a value says which versions are taken.
#[derive(Clone, Copy)]
enum Says {
    /// The oldest: `TLSV1_1`, `VersionTLS11`, `1.1`.
    Oldest,
    /// All of them: `TLSv1 TLSv1.1 TLSv1.2`.
    Versions,
    /// All ciphers, in OpenSSL's words or IANA's.
    Ciphers,
    /// A policy of AWS.
    AwsPolicy,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// Annotations of Ingresses and Services, wherever they stand.
const ANNOTATIONS: [(&str, Says); 9] = [
    ("nginx.ingress.kubernetes.io/ssl-ciphers", Says::Ciphers),
    (
        "nginx.ingress.kubernetes.io/proxy-ssl-ciphers",
        Says::Ciphers,
    ),
    (
        "nginx.ingress.kubernetes.io/proxy-ssl-protocols",
        Says::Versions,
    ),
    ("nginx.org/ssl-protocols", Says::Versions),
    ("nginx.org/ssl-ciphers", Says::Ciphers),
    ("alb.ingress.kubernetes.io/ssl-policy", Says::AwsPolicy),
    (
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy",
        Says::AwsPolicy,
    ),
    (
        "projectcontour.io/tls-minimum-protocol-version",
        Says::Oldest,
    ),
    (
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-tls-cipher-policy",
        Says::Word(&["tls_cipher_policy_1_0", "tls_cipher_policy_1_1"]),
    ),
];

/// Keys of controllers' ConfigMaps.
const KEYS: [(&str, Says); 6] = [
    ("ssl-protocols", Says::Versions),
    ("ssl-ciphers", Says::Ciphers),
    ("proxy-ssl-protocols", Says::Versions),
    ("server.tls.minversion", Says::Oldest),
    ("reposerver.tls.minversion", Says::Oldest),
    ("tls-min-version", Says::Oldest),
];

/// Fields: group and kind (empty for any of the group), path, what they say.
type Field = (&'static str, &'static str, &'static [&'static str], Says);

const OLD_PROFILE: Says = Says::Word(&["Old"]);

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    ("networking.istio.io", "Gateway", &["spec", "servers", "[]", "tls", "minProtocolVersion"], Says::Oldest),
    ("networking.istio.io", "Gateway", &["spec", "servers", "[]", "tls", "cipherSuites", "[]"], Says::Ciphers),
    ("traefik.io", "TLSOption", &["spec", "minVersion"], Says::Oldest),
    ("traefik.io", "TLSOption", &["spec", "cipherSuites", "[]"], Says::Ciphers),
    ("traefik.containo.us", "TLSOption", &["spec", "minVersion"], Says::Oldest),
    ("projectcontour.io", "HTTPProxy", &["spec", "virtualhost", "tls", "minimumProtocolVersion"], Says::Oldest),
    ("gateway.envoyproxy.io", "ClientTrafficPolicy", &["spec", "tls", "minVersion"], Says::Oldest),
    ("gateway.envoyproxy.io", "ClientTrafficPolicy", &["spec", "tls", "ciphers", "[]"], Says::Ciphers),
    ("getambassador.io", "TLSContext", &["spec", "min_tls_version"], Says::Oldest),
    ("gateway.solo.io", "VirtualService", &["spec", "sslConfig", "parameters", "minimumProtocolVersion"], Says::Oldest),
    ("apisix.apache.org", "ApisixTls", &["spec", "sslProtocols", "[]"], Says::Versions),
    ("operator.openshift.io", "IngressController", &["spec", "tlsSecurityProfile", "type"], OLD_PROFILE),
    ("operator.openshift.io", "IngressController", &["spec", "tlsSecurityProfile", "custom", "minTLSVersion"], Says::Oldest),
    ("config.openshift.io", "APIServer", &["spec", "tlsSecurityProfile", "type"], OLD_PROFILE),
    ("config.openshift.io", "APIServer", &["spec", "tlsSecurityProfile", "custom", "minTLSVersion"], Says::Oldest),
    ("machineconfiguration.openshift.io", "KubeletConfig", &["spec", "tlsSecurityProfile", "type"], OLD_PROFILE),
    ("monitoring.coreos.com", "ServiceMonitor", &["spec", "endpoints", "[]", "tlsConfig", "minVersion"], Says::Oldest),
    ("monitoring.coreos.com", "ServiceMonitor", &["spec", "endpoints", "[]", "tlsConfig", "maxVersion"], Says::Oldest),
];

fn old_tls_at_edge(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let types = cx.object.types();
    match (types.group(), cx.object.kind()) {
        ("networking.k8s.io" | "extensions", "Ingress") | ("", "Service") => {
            let annotations = root.at(&["metadata", "annotations"]);
            for (key, node) in annotations.into_iter().flat_map(Node::entries) {
                let key = key.scalar_text();
                if let Some((_, says)) = ANNOTATIONS.iter().find(|(known, _)| *known == key) {
                    judge(cx, node, key, *says);
                }
            }
        }
        ("", "ConfigMap") => {
            for (key, node) in root.get("data").into_iter().flat_map(Node::entries) {
                let key = key.scalar_text();
                if let Some((_, says)) = KEYS.iter().find(|(known, _)| *known == key) {
                    judge(cx, node, key, *says);
                }
            }
        }
        ("" | "apps" | "batch" | "rbac.authorization.k8s.io", _) => {}
        (group, kind) => {
            let own = FIELDS
                .iter()
                .filter(|(of, name, ..)| *of == group && *name == kind);
            for (_, _, path, says) in own {
                let name = path.iter().rev().find(|key| **key != "[]");
                for node in nodes_at(root, path) {
                    judge(cx, node, name.unwrap_or(&""), *says);
                }
            }
        }
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, name: &str, says: Says) {
    let text = node.scalar_text();
    let lets_in = match says {
        Says::Oldest => old_version(text),
        Says::Versions => text
            .split(|c: char| c.is_whitespace() || c == ',')
            .find_map(old_version),
        Says::Ciphers => broken_cipher(text),
        Says::AwsPolicy => {
            // `…-TLS13-1-2-2021-06`: the version stands before the date.
            let parts: Vec<&str> = text.split('-').collect();
            let is_new = parts
                .windows(2)
                .any(|pair| matches!(pair, ["1", "2" | "3"]));
            let is_old = text.starts_with("ELBSecurityPolicy-") && !is_new;
            is_old.then_some("TLS 1.0 or 1.1")
        }
        Says::Word(words) => words.contains(&text).then_some("TLS 1.0 or 1.1"),
    };
    if let Some(lets_in) = lets_in {
        let message = format!("`{name}` lets {lets_in} in");
        let report = cx
            .report(&OLD_TLS_AT_EDGE, node, message)
            .help("begin at TLS 1.2");
        match better(says, name, text) {
            Better::Text(better) => drop(report.fix_replace("begin at TLS 1.2", node, better)),
            // An item of a list, or the choice of nobody.
            Better::Without => drop(report.fix_remove("let it in no more", node)),
            Better::Unknown => {}
        }
    }
}

/// What should stand instead.
enum Better {
    Text(String),
    Without,
    Unknown,
}

fn better(says: Says, name: &str, text: &str) -> Better {
    const CLASSIC: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy";
    let known = |text: &str| Better::Text(text.to_owned());
    let kept = |rest: Vec<&str>, separator: &str| match rest.as_slice() {
        [] => Better::Without,
        rest => Better::Text(rest.join(separator)),
    };
    match says {
        Says::Oldest => {
            let stem = ["1_0", "1_1", "1.0", "1.1", "10", "11"]
                .iter()
                .find_map(|end| text.strip_suffix(end).map(|stem| (stem, *end)));
            match stem {
                Some((stem, end)) => Better::Text(format!(
                    "{stem}{}2",
                    end.get(..end.len() - 1).unwrap_or("1")
                )),
                None => Better::Unknown,
            }
        }
        Says::Versions => {
            let is_separator = |c: char| c.is_whitespace() || c == ',';
            let words = text.split(is_separator).filter(|word| !word.is_empty());
            kept(
                words.filter(|word| old_version(word).is_none()).collect(),
                " ",
            )
        }
        Says::Ciphers => {
            let separator = [":", ","].into_iter().find(|sign| text.contains(sign));
            let separator = separator.unwrap_or(" ");
            let words = text.split(separator);
            kept(
                words.filter(|word| broken_cipher(word).is_none()).collect(),
                separator,
            )
        }
        // Classic load balancers know the older ones only.
        Says::AwsPolicy if name == CLASSIC => known("ELBSecurityPolicy-TLS-1-2-2017-01"),
        Says::AwsPolicy => known("ELBSecurityPolicy-TLS13-1-2-2021-06"),
        Says::Word(["Old"]) => known("Intermediate"),
        Says::Word(_) => known("tls_cipher_policy_1_2"),
    }
}

/// The old version that a word names: `TLSv1`, `TLSV1_1`, `VersionTLS10`, `1.1`, `SSLv3`.
fn old_version(word: &str) -> Option<&'static str> {
    let word: String = word
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let word = word.strip_prefix("version").unwrap_or(&word);
    match word {
        "tlsv1" | "tls1" | "tlsv10" | "tls10" | "10" | "v10" => Some("TLS 1.0"),
        "tlsv11" | "tls11" | "11" | "v11" => Some("TLS 1.1"),
        "sslv2" | "sslv3" | "ssl30" | "ssl3" | "ssl2" => Some("SSL"),
        _ => None,
    }
}

/// What is broken of a list of ciphers.
fn broken_cipher(text: &str) -> Option<&'static str> {
    const BROKEN: [(&str, &str); 7] = [
        ("RC4", "RC4"),
        ("3DES", "3DES"),
        ("DES", "DES"),
        ("NULL", "no encryption"),
        ("EXP", "export ciphers"),
        ("MD5", "MD5"),
        ("ADH", "ciphers without authentication"),
    ];
    let named = text
        .split([':', ',', ' '])
        .filter(|name| !name.starts_with(['!', '-']));
    named.map(str::to_ascii_uppercase).find_map(|name| {
        let broken = BROKEN.iter().find(|(word, _)| {
            name.split(['-', '_', '+']).any(|part| part == *word) || name.starts_with(word)
        });
        broken.map(|(_, what)| *what)
    })
}
