use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[("networking.k8s.io", "Ingress"), ("extensions", "Ingress")];

declare_check! {
    /// ## What it does
    /// Finds annotations and paths of Ingresses with characters that end a directive of NGINX and begin another, where
    /// they have no business: as in `auth-url`, `auth-tls-match-cn` and `mirror-target` (IngressNightmare, 2025),
    /// `auth-method`, `auth-proxy-set-headers`, `rewrite-target` and paths (2026), and `permanent-redirect` (2023).
    ///
    /// ## Why is this bad?
    /// ingress-nginx writes these values into its configuration; versions that do not check them well run what is
    /// injected, and give out the controller's rights: by default every Secret of the cluster. Nobody needs these
    /// characters there, so this is an attack, or a test of one.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// metadata:
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: "http://example.com/#;\nload_module /tmp/x.so;"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// nginx.ingress.kubernetes.io/auth-url: http://auth.example.com/check
    /// ```
    ///
    /// ## Exceptions
    /// Snippets, which are configuration by their purpose, are `ingress-nginx-snippet`. `${…}`, as GitOps tools replace,
    /// is passed over.
    ///
    /// ## References
    /// - CVE-2025-1097, CVE-2025-1098, CVE-2025-24514: <https://github.com/kubernetes/kubernetes/issues/131006>
    /// - CVE-2026-1580, CVE-2026-24512, CVE-2026-3288: <https://github.com/kubernetes/kubernetes/issues/136678>
    /// - CVE-2023-5044: <https://github.com/kubernetes/ingress-nginx/issues/10572>
    pub static INGRESS_NGINX_INJECTION = {
        code: "TLS012",
        name: "ingress-nginx-injection",
        severity: Critical,
        since: "0.1.0",
        summary: "Ingress injects configuration into NGINX",
        run: Object(KINDS, ingress_nginx_injection),
        frameworks: [owasp2022("K09"), owasp2025("K07"), mitre("T1190")],
        aliases: [trivy("KCV-0093")],
    }
}

/// Annotations with the characters that they cannot have, and the weakness that lets them in.
const ANNOTATIONS: [(&str, &[char], &str); 13] = [
    ("auth-url", URL, "CVE-2025-24514"),
    ("auth-signin", URL, "CVE-2025-24514"),
    (
        "auth-tls-match-cn",
        &['\n', '\r', '#', ';', '{', '}'],
        "CVE-2025-1097",
    ),
    ("mirror-target", URL, "CVE-2025-1098"),
    ("mirror-host", URL, "CVE-2025-1098"),
    ("permanent-redirect", DIRECTIVE, "CVE-2023-5044"),
    ("temporal-redirect", DIRECTIVE, "CVE-2023-5044"),
    ("auth-proxy-set-headers", DIRECTIVE, "CVE-2025-15566"),
    ("auth-method", DIRECTIVE, "CVE-2026-1580"),
    ("rewrite-target", DIRECTIVE, "CVE-2026-3288"),
    ("app-root", DIRECTIVE, "CVE-2021-25746"),
    ("x-forwarded-prefix", DIRECTIVE, "CVE-2021-25746"),
    ("upstream-vhost", DIRECTIVE, "CVE-2021-25746"),
];
/// What cannot stand in a URL.
const URL: &[char] = &[
    '\n', '\r', ';', '{', '}', '"', '<', '>', '|', '^', '`', '\\',
];
/// What ends a directive or a string.
const DIRECTIVE: &[char] = &['\n', '\r', ';', '{', '}', '"', '`'];

fn ingress_nginx_injection(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let annotations = root.at(&["metadata", "annotations"]);
    let mut is_nginx = false;
    for (key, node) in annotations.into_iter().flat_map(Node::entries) {
        let Some(name) = key
            .scalar_text()
            .strip_prefix("nginx.ingress.kubernetes.io/")
        else {
            continue;
        };
        is_nginx = true;
        let Some(weakness) = weakness(name, node.scalar_text()) else {
            continue;
        };
        let message = format!("annotation `{name}` injects configuration into NGINX ({weakness})");
        cx.report(&INGRESS_NGINX_INJECTION, node, message)
            .help("find out who wrote it, and update the controller");
    }
    let class = root.str_at(&["spec", "ingressClassName"]);
    if is_nginx || class.is_none_or(|class| class.contains("nginx")) {
        paths(cx, root);
    }
}

fn weakness(name: &str, value: &str) -> Option<&'static str> {
    if name.ends_with("-snippet") {
        return None;
    }
    // Block scalars end with a line break that means nothing.
    let value = without_variables(value.trim_end());
    let known = ANNOTATIONS.iter().find(|(known, ..)| *known == name);
    match known {
        Some((_, characters, weakness)) => value.contains(*characters).then_some(*weakness),
        None => {
            // No other annotation has both lines and directives.
            let is_injection =
                value.contains('\n') && value.contains(';') && value.contains(['{', '}']);
            is_injection.then_some("CVE-2021-25746")
        }
    }
}

/// The value without `${…}`.
fn without_variables(value: &str) -> String {
    /// Bytes that a variable's name may have.
    const NAME: usize = 200;
    let mut rest = value;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        kept.push_str(before);
        let end = after.bytes().take(NAME).position(|byte| byte == b'}');
        let parts = end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        match parts {
            Some((name, after)) if !name.contains([';', '\n', '{']) => rest = after,
            _ => {
                kept.push_str("${");
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

fn paths<'s>(cx: &mut ObjectCx<'s>, root: Node<'s>) {
    let rules = root
        .at(&["spec", "rules"])
        .into_iter()
        .flat_map(Node::items);
    let paths = rules
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Node::items);
    for node in paths.filter_map(|path| path.get("path")) {
        let path = node.scalar_text();
        let is_injection = path.contains(['\n', '\r', '"'])
            || (path.contains(';') && path.contains(['{', '}']))
            || path.contains("serviceaccount")
            || path.contains("_by_lua");
        if is_injection {
            cx.report(
                &INGRESS_NGINX_INJECTION,
                node,
                "path injects configuration into NGINX (CVE-2026-24512)",
            )
            .help("find out who wrote it, and update the controller");
        }
    }
}
