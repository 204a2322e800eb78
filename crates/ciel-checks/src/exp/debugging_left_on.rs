use ciel_core::Severity;
use ciel_k8s::Container;
use ciel_yaml::Node;

use crate::{ContainerCx, Report, declare_check};

declare_check! {
    /// ## What it does
    /// Finds servers that are started as developers start them at home: debuggers that listen on the network (Java's JDWP,
    /// Node's inspector, Delve, debugpy), JMX without a login, `vault server -dev`, `keycloak start-dev`, Flask's debug
    /// mode, all of Spring's actuators, and Prometheus' admin API.
    ///
    /// ## Why is this bad?
    /// A debugger runs what it is told to. The other modes show memory and settings, delete data, or replace a login by a
    /// known one, and every pod of the cluster can ask for it.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - name: JAVA_TOOL_OPTIONS
    ///   value: -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005
    /// ```
    ///
    /// ## Use instead
    /// `kubectl debug` or a port of the loopback interface with `kubectl port-forward`, when it is needed:
    /// ```yaml
    /// env:
    /// - name: JAVA_TOOL_OPTIONS
    ///   value: -XX:MaxRAMPercentage=75
    /// ```
    ///
    /// ## Exceptions
    /// Debuggers that listen on the loopback interface only.
    ///
    /// ## References
    /// - <https://developer.hashicorp.com/vault/docs/concepts/dev-server>
    /// - <https://nodejs.org/en/learn/getting-started/debugging#security-implications>
    /// - <https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html>
    pub static DEBUGGING_LEFT_ON = {
        code: "EXP021",
        name: "debugging-left-on",
        severity: Medium,
        severity_reason: "high where it runs code for whoever connects, low where it shows or deletes measurements",
        since: "0.1.0",
        summary: "server runs in a mode for development",
        run: Container(debugging_left_on),
        frameworks: [owasp2022("K01"), owasp2025("K01")],
        aliases: [],
    }
}

/// What a word of a command line or a variable's value says.
type Finding = (&'static str, Severity, &'static str);

const DEBUGGER: &str = "leave the debugger out, or let it listen on `127.0.0.1`";

fn debugging_left_on(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let argv = container.argv();
    for node in &argv {
        if let Some(found) = in_options(node.scalar_text()) {
            let report = report(cx, *node, found);
            if let Some(better) = on_loopback(node.scalar_text()) {
                report.fix_replace("listen on the loopback interface", *node, better);
            }
            return;
        }
    }
    for entry in container.env() {
        let (Some(name), Some(value)) = (entry.str_at(&["name"]), entry.get("value")) else {
            continue;
        };
        if let Some(found) = in_variable(name, value.scalar_text()) {
            let better = match name {
                "FLASK_DEBUG" => Some("0".to_owned()),
                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE" => Some("health".to_owned()),
                _ => on_loopback(value.scalar_text()),
            };
            let report = report(cx, value, found);
            if let Some(better) = better {
                report.fix_replace("leave it off, or to the container itself", value, better);
            }
            return;
        }
    }
    if let Some((node, found)) = in_command(container, &argv) {
        let is_switch = node.scalar_text().starts_with(ADMIN_API);
        let report = report(cx, node, found);
        if is_switch {
            report.fix_remove("leave it off", node);
        }
    }
}

const ADMIN_API: &str = "--web.enable-admin-api";

/// The same options with a debugger that listens on the loopback interface.
fn on_loopback(text: &str) -> Option<String> {
    const OPEN: [(&str, &str); 8] = [
        ("address=*:", "address=127.0.0.1:"),
        ("address=0.0.0.0:", "address=127.0.0.1:"),
        ("--inspect=0.0.0.0", "--inspect=127.0.0.1"),
        ("--inspect=[::]", "--inspect=127.0.0.1"),
        ("--inspect-brk=0.0.0.0", "--inspect-brk=127.0.0.1"),
        ("--inspect-brk=[::]", "--inspect-brk=127.0.0.1"),
        ("--inspect-wait=0.0.0.0", "--inspect-wait=127.0.0.1"),
        ("--inspect-wait=[::]", "--inspect-wait=127.0.0.1"),
    ];
    // A patch has to repeat the text.
    let lower = text.to_ascii_lowercase();
    if ["pass", "secret", "token", "key"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return None;
    }
    let (open, own) = OPEN.iter().find(|(open, _)| text.contains(open))?;
    Some(text.replace(open, own))
}

fn report<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    node: Node<'s>,
    (what, severity, help): Finding,
) -> Report<'f, 's> {
    let message = format!("{} {what}", cx.container.display());
    cx.report(&DEBUGGING_LEFT_ON, node, message)
        .severity(severity)
        .help(help)
}

/// Options of runtimes, wherever they stand.
fn in_options(text: &str) -> Option<Finding> {
    // Most texts are none of these.
    if text.len() < 9
        || !["jdwp", "--inspect", "jmxremote"]
            .iter()
            .any(|word| text.contains(word))
    {
        return None;
    }
    let behind = |start: &str| text.split_once(start).map(|(_, rest)| word(rest));
    if let Some(options) = behind("-agentlib:jdwp=").or_else(|| behind("-Xrunjdwp:"))
        && options.contains("server=y")
        && is_open_jdwp(options)
    {
        return Some((
            "listens for a Java debugger, which runs any code",
            Severity::High,
            DEBUGGER,
        ));
    }
    let inspector = ["--inspect=", "--inspect-brk=", "--inspect-wait="]
        .iter()
        .find_map(|flag| behind(flag));
    if inspector
        .is_some_and(|address| address.starts_with("0.0.0.0") || address.starts_with("[::]"))
    {
        return Some((
            "listens for a debugger of Node.js, which runs any code",
            Severity::High,
            DEBUGGER,
        ));
    }
    let is_jmx = text.contains("com.sun.management.jmxremote.port");
    if is_jmx && text.contains("jmxremote.authenticate=false") {
        return Some((
            "offers JMX without a login, by which code can be loaded",
            Severity::High,
            "ask for a login with `com.sun.management.jmxremote.authenticate=true`, or listen on the loopback interface",
        ));
    }
    None
}

fn word(text: &str) -> &str {
    let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'');
    text.split(is_end).next().unwrap_or_default()
}

/// Since Java 9 a port alone is one of the loopback interface.
fn is_open_jdwp(options: &str) -> bool {
    let address = options
        .split(',')
        .find_map(|option| option.strip_prefix("address="));
    address.is_some_and(|address| address.starts_with("*:") || address.starts_with("0.0.0.0:"))
}

fn in_variable(name: &str, value: &str) -> Option<Finding> {
    let is_on = || {
        matches!(
            value.to_ascii_lowercase().as_str(),
            "1" | "true" | "yes" | "on"
        )
    };
    match name {
        "FLASK_DEBUG" if is_on() => Some((
            "runs Flask's debugger, which runs code for whoever knows its PIN",
            Severity::Medium,
            "set it to 0, and serve with a WSGI server",
        )),
        "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE" if value.trim() == "*" => Some((
            "shows all of Spring's actuators: memory, variables, settings",
            Severity::Medium,
            "name the endpoints that are needed, such as `health,prometheus`",
        )),
        _ => in_options(value),
    }
}

/// Programs by their name and a word that changes what they are.
fn in_command<'s>(container: Container<'s>, argv: &[Node<'s>]) -> Option<(Node<'s>, Finding)> {
    let image = container.image().unwrap_or_default();
    let text = |node: &Node<'s>| node.scalar_text();
    let find = |test: &dyn Fn(&str) -> bool| argv.iter().copied().find(|node| test(text(node)));
    if image.contains("vault") {
        let dev =
            find(&|word| word == "-dev" || word == "--dev" || word.contains("vault server -dev"))?;
        let found = (
            "runs Vault for development: unsealed, in memory, with a root token that is printed",
            Severity::Medium,
            "start it with a configuration, and unseal it by a key management service",
        );
        return Some((dev, found));
    }
    if image.contains("keycloak") {
        let dev = find(&|word| word == "start-dev")?;
        let found = (
            "runs Keycloak for development: plain HTTP, and no check of host names",
            Severity::Medium,
            "use `start` with a certificate or behind a proxy, and `--hostname`",
        );
        return Some((dev, found));
    }
    if image.contains("prometheus") {
        let admin = find(&|word| matches!(word, ADMIN_API | "--web.enable-admin-api=true"))?;
        let found = (
            "lets everybody who reaches Prometheus delete measurements and copy all of them",
            Severity::Low,
            "leave `--web.enable-admin-api` out",
        );
        return Some((admin, found));
    }
    debuggers(argv)
}

/// Delve for Go, debugpy for Python.
fn debuggers<'s>(argv: &[Node<'s>]) -> Option<(Node<'s>, Finding)> {
    const OPEN: [&str; 4] = ["0.0.0.0:", "--listen=:", "-l :", "--listen :"];
    let found = (
        "listens for a debugger, which runs any code",
        Severity::High,
        DEBUGGER,
    );
    let words = || argv.iter().map(|node| node.scalar_text());
    let is_debugger = words().any(|word| {
        word == "dlv"
            || word.ends_with("/dlv")
            || word == "debugpy"
            || word.contains("dlv exec ")
            || word.contains("-m debugpy ")
    });
    if !is_debugger {
        return None;
    }
    let open = argv.iter().find(|node| {
        let text = node.scalar_text();
        OPEN.iter().any(|sign| text.contains(sign)) || (text.starts_with(':') && text.len() > 1)
    })?;
    Some((*open, found))
}
