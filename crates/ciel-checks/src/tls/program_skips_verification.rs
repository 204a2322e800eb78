use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that are told by environment or arguments not to check certificates:
    /// `NODE_TLS_REJECT_UNAUTHORIZED=0`, `PYTHONHTTPSVERIFY=0`, `GIT_SSL_NO_VERIFY`, `VAULT_SKIP_VERIFY`,
    /// `--kubelet-insecure-tls` and `--insecure-skip-tls-verify` of Kubernetes' programs, and their like.
    ///
    /// ## Why is this bad?
    /// Whoever gets in between answers in the server's place, reads what is sent and gives back what he likes; the
    /// program sees no difference.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: NODE_TLS_REJECT_UNAUTHORIZED
    ///   value: "0"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// env:
    /// - name: NODE_EXTRA_CA_CERTS
    ///   value: /etc/ssl/company-ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// Commands in scripts, as `curl -k`, are not looked at.
    ///
    /// ## References
    /// - <https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue>
    /// - <https://github.com/kubernetes-sigs/metrics-server#configuration>
    pub static PROGRAM_SKIPS_VERIFICATION = {
        code: "TLS022",
        name: "program-skips-verification",
        severity: Medium,
        since: "0.1.0",
        summary: "program is told not to check certificates",
        run: Container(program_skips_verification),
        frameworks: [mitre("T1557")],
        aliases: [],
    }
}

/// Variables and the values by which they switch the check off.
const VARIABLES: [(&str, &[&str]); 9] = [
    ("NODE_TLS_REJECT_UNAUTHORIZED", &["0"]),
    ("PYTHONHTTPSVERIFY", &["0"]),
    ("GIT_SSL_NO_VERIFY", &["1", "true"]),
    ("VAULT_SKIP_VERIFY", &["1", "true"]),
    ("ARGOCD_INSECURE", &["1", "true"]),
    ("CONSUL_HTTP_SSL_VERIFY", &["false", "0"]),
    ("NPM_CONFIG_STRICT_SSL", &["false"]),
    ("AWS_CLI_NO_VERIFY_SSL", &["true", "1"]),
    ("MINIO_SKIP_TLS_VERIFY", &["on", "true"]),
];

/// Flags that switch it off, alone or with `=true`.
const FLAGS: [&str; 7] = [
    "--kubelet-insecure-tls",
    "--insecure-skip-tls-verify",
    "--insecure-skip-verify",
    "--tls-skip-verify",
    "--skip-tls-verify",
    "--no-check-certificate",
    "--tls-insecure-skip-verify",
];

fn program_skips_verification(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    for variable in container.env() {
        let Some(name) = variable.str_at(&["name"]) else {
            continue;
        };
        let Some((_, values)) = VARIABLES.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let value = variable.get("value");
        let is_off = |node: &Node<'_>| {
            let value = node.scalar_text();
            values.iter().any(|off| off.eq_ignore_ascii_case(value))
        };
        if let Some(node) = value.filter(is_off) {
            let message = format!(
                "{} does not check certificates: `{name}`",
                container.display()
            );
            report(cx, node, variable, message);
        }
    }
    for word in container.argv() {
        let text = word.scalar_text();
        if !text.starts_with("--") {
            continue;
        }
        let (flag, value) = text.split_once('=').unwrap_or((text, "true"));
        if value == "true" && FLAGS.contains(&flag) {
            let message = format!(
                "{} does not check certificates: `{flag}`",
                container.display()
            );
            report(cx, word, word, message);
        }
    }
}

fn report<'s>(cx: &mut ContainerCx<'s>, node: Node<'s>, whole: Node<'s>, message: String) {
    cx.pod
        .report(&PROGRAM_SKIPS_VERIFICATION, node, message)
        .help("give the program the authority that the certificate is checked against")
        .fix_remove("let it check certificates", whole);
}
