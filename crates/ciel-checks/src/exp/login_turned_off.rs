use ciel_core::Severity;
use ciel_exposure::consoles::{Harm, Login, console_of};
use ciel_k8s::Container;

use super::reached;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds servers whose login somebody has turned off by an argument or an environment variable
    /// (`POSTGRES_HOST_AUTH_METHOD=trust`, `ALLOW_EMPTY_PASSWORD=yes`, `xpack.security.enabled=false`, an empty token for
    /// Jupyter, `--auth-mode=server`, `tcp://0.0.0.0:2375`), and, where the input is complete and no network policy
    /// restricts who comes in, databases that ask for no password unless they are told to (Redis, MongoDB, Memcached).
    /// Where they can be reached from outside, `exposed-console` and `exposed-database` say so instead.
    ///
    /// ## Why is this bad?
    /// Every pod of the cluster can use them. Who takes over one pod, of whatever namespace, reads and changes the
    /// database, or runs code where the console runs it.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: db
    ///   image: postgres:17
    ///   env:
    ///   - name: POSTGRES_HOST_AUTH_METHOD
    ///     value: trust
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: db
    ///   image: postgres:17
    ///   env:
    ///   - name: POSTGRES_PASSWORD_FILE
    ///     value: /run/secrets/db/password
    /// ```
    ///
    /// ## Exceptions
    /// Settings in files that are mounted are not seen: where a configuration file is mounted, a server is taken to ask.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/security-checklist/>
    /// - <https://owasp.org/www-project-kubernetes-top-ten/>
    pub static LOGIN_TURNED_OFF = {
        code: "EXP006",
        name: "login-turned-off",
        severity: Medium,
        severity_reason: "only the cluster reaches it; low where it is the product's default, high where a stranger can run code",
        since: "0.1.0",
        summary: "server in the cluster asks for no login",
        run: Container(login_turned_off),
        frameworks: [nsa("authentication-authorization"), owasp2025("K09")],
        aliases: [kubescape("C-0274")],
    }
}

fn login_turned_off(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(console) = console_of(container) else {
        return;
    };
    let login = console.login(container);
    let analyses = cx.analyses();
    let (node, message, severity) = match (login, console.harm) {
        (Login::Off(node), harm) => {
            let is_restricted = analyses
                .network_policies()
                .isolation(cx.workload)
                .ingress
                .is_some();
            let (who, severity) = match harm {
                _ if is_restricted => ("", Severity::Low),
                Harm::Insight if !makes_administrators(container) => {
                    (": every pod may look at it", Severity::Low)
                }
                Harm::Code => (": every pod may use it", Severity::High),
                _ => (": every pod may use it", Severity::Medium),
            };
            let message = format!("the login of {} is turned off{who}", console.name);
            (node, message, severity)
        }
        (Login::Never, Harm::Store) if is_open_to_pods(cx) => {
            let message = format!(
                "{} asks for no password, and every pod can reach it",
                console.name
            );
            let node = container.node.get("image").unwrap_or(container.node);
            (node, message, Severity::Low)
        }
        _ => return,
    };
    if reached(cx, console).is_some() {
        return;
    }
    cx.report(&LOGIN_TURNED_OFF, node, message)
        .help("set a password from a Secret, and let in by a NetworkPolicy only who needs it")
        .severity(severity)
        .evidence("server", console.name);
}

/// Whether everybody is more than a visitor, as a variable of Grafana says.
fn makes_administrators(container: Container<'_>) -> bool {
    let mut entries = container.env();
    let role = entries.find(|entry| entry.str_at(&["name"]) == Some("GF_AUTH_ANONYMOUS_ORG_ROLE"));
    role.is_some_and(|role| matches!(role.str_at(&["value"]), Some("Admin" | "Editor")))
}

/// Whether the input is all there is, and no policy restricts who comes to the pods.
fn is_open_to_pods(cx: &ContainerCx<'_>) -> bool {
    let policies = cx.analyses().network_policies();
    cx.is_complete() && policies.isolation(cx.workload).ingress.is_none()
}
