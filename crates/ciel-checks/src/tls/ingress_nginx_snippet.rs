use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[("networking.k8s.io", "Ingress"), ("extensions", "Ingress")];

declare_check! {
    /// ## What it does
    /// Finds Ingresses that put configuration of their own into NGINX by snippet annotations of ingress-nginx
    /// (`configuration-snippet`, `server-snippet`, `stream-snippet`, `auth-snippet`, `modsecurity-snippet`) or of F5's
    /// controller (`nginx.org/server-snippets` and its like).
    ///
    /// ## Why is this bad?
    /// A snippet is code that the controller runs: with Lua, or with an `alias` to the file of the service account's
    /// token, it gives out the controller's rights, which are to read every Secret of the cluster (CVE-2021-25742).
    /// Whoever needs snippets must allow them to everybody who may write Ingresses.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// metadata:
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/configuration-snippet: |
    ///       more_set_headers "X-Frame-Options: DENY";
    /// ```
    ///
    /// ## Use instead
    /// The annotation or the ConfigMap's entry for what the snippet does, such as `custom-headers`, and
    /// `allow-snippet-annotations: "false"`.
    ///
    /// ## Exceptions
    /// None: a snippet that does no harm needs a controller that lets those in that do. Those are `medium`.
    ///
    /// ## References
    /// - <https://github.com/kubernetes/ingress-nginx/issues/7837>
    /// - <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations>
    pub static INGRESS_NGINX_SNIPPET = {
        code: "TLS011",
        name: "ingress-nginx-snippet",
        severity: High,
        severity_reason: "critical for Lua and for files of the controller, medium for what only sets headers and the like",
        since: "0.1.0",
        summary: "Ingress puts configuration of its own into NGINX",
        run: Object(KINDS, ingress_nginx_snippet),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [
            kubescape("C-0059"), checkov("CKV_K8S_152"), checkov("CKV_K8S_153"), checkov("CKV_K8S_154"),
            datree("INGRESS_CVE2021_25742_INCORRECT_SERVER_SNIPPET_KEY"),
        ],
    }
}

fn ingress_nginx_snippet(cx: &mut ObjectCx<'_>) {
    let annotations = cx.object.root().at(&["metadata", "annotations"]);
    for (key, node) in annotations.into_iter().flat_map(Node::entries) {
        let key = key.scalar_text();
        let Some((_, name)) = key.split_once('/').filter(|(domain, _)| is_nginx(domain)) else {
            continue;
        };
        if !(name.ends_with("-snippet") || name.ends_with("-snippets")) {
            continue;
        }
        let Some((severity, does)) = judge(node.scalar_text()) else {
            continue;
        };
        let message = format!("annotation `{name}` {does}");
        cx.report(&INGRESS_NGINX_SNIPPET, node, message)
            .severity(severity)
            .help("use the annotation made for it, and let the controller refuse snippets");
    }
}

/// Whether annotations of a domain are those of a controller with NGINX behind it.
fn is_nginx(domain: &str) -> bool {
    matches!(
        domain,
        "nginx.ingress.kubernetes.io" | "ingress.kubernetes.io" | "nginx.org" | "nginx.com"
    )
}

/// How bad a snippet is, and what it does; `None` for an empty one.
fn judge(snippet: &str) -> Option<(Severity, &'static str)> {
    /// What code looks like.
    const LUA: [&str; 4] = ["_by_lua", "lua_package", "load_module", "init_by"];
    /// Files that hold the controller's rights.
    const FILES: [&str; 5] = [
        "serviceaccount",
        "/var/run/secrets",
        "/etc/",
        "/proc/",
        "/run/secrets",
    ];
    let lines = snippet.lines().map(str::trim);
    let mut lines = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .peekable();
    lines.peek()?;
    let mut worst = (Severity::Medium, "puts configuration of its own into NGINX");
    for line in lines {
        let line = line.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
        let found = if has(&LUA) {
            (Severity::Critical, "runs code in the controller")
        } else if has(&FILES) {
            (Severity::Critical, "reaches for files of the controller")
        } else if is_directive(&line, "alias") || is_directive(&line, "root") {
            (Severity::High, "serves files of the controller")
        } else {
            continue;
        };
        if found.0 > worst.0 {
            worst = found;
        }
    }
    Some(worst)
}

/// Whether a directive begins in a line: at its start, or after `;`, `{` or `}`.
fn is_directive(line: &str, name: &str) -> bool {
    line.split([';', '{', '}']).any(|part| {
        let rest = part.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}
