use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds configuration files in ConfigMaps that turn the login of a server off or let everybody in: Argo CD's
    /// `users.anonymous.enabled` and `policy.default: role:admin`, Grafana's anonymous users, Redis without protection and
    /// password, `trust` for addresses in `pg_hba.conf`, `skip-grant-tables` of MySQL, `authorization: disabled` of MongoDB,
    /// security switched off in Elasticsearch and OpenSearch, anonymous clients of Mosquitto, RabbitMQ's guest from
    /// everywhere, notebooks without a token, a Docker daemon on TCP without certificates.
    ///
    /// ## Why is this bad?
    /// Every pod of the cluster can use the server, and everybody else whom an Ingress or a load balancer leads there.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ConfigMap
    /// metadata:
    ///   name: argocd-cm
    /// data:
    ///   users.anonymous.enabled: "true"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ConfigMap
    /// metadata:
    ///   name: argocd-cm
    /// data:
    ///   users.anonymous.enabled: "false"
    /// ```
    ///
    /// ## Exceptions
    /// Files are known by their names, as the servers look for them. What is set by arguments and variables is
    /// `login-turned-off`.
    ///
    /// ## References
    /// - <https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#anonymous-access>
    /// - <https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/>
    /// - <https://redis.io/docs/latest/operate/oss_and_stack/management/security/>
    /// - <https://www.postgresql.org/docs/current/auth-pg-hba-conf.html>
    pub static LOGIN_TURNED_OFF_IN_FILE = {
        code: "EXP020",
        name: "login-turned-off-in-file",
        severity: Medium,
        severity_reason: "high where a stranger gets to run code, low where he may only look, or an argument may set the password",
        since: "0.1.0",
        summary: "configuration file lets everybody in",
        run: Object(&[("", "ConfigMap")], login_turned_off_in_file),
        frameworks: [nsa("authentication-authorization"), owasp2025("K09")],
        aliases: [],
    }
}

/// What a file says: of which server, in which line counted from one, and how bad it is.
struct Found {
    what: &'static str,
    line: usize,
    severity: Severity,
}

/// Looks for what matters in a file.
type Reader = fn(&str) -> Option<Found>;

/// Files by the end of their names, and who reads them.
const READERS: &[(&str, Reader)] = &[
    ("grafana.ini", grafana),
    ("redis.conf", redis),
    ("valkey.conf", redis),
    ("pg_hba.conf", postgres),
    ("my.cnf", mysql),
    ("mongod.conf", mongo),
    ("elasticsearch.yml", elasticsearch),
    ("opensearch.yml", opensearch),
    ("mosquitto.conf", mosquitto),
    ("rabbitmq.conf", rabbit),
    ("jupyter_server_config.py", jupyter),
    ("jupyter_notebook_config.py", jupyter),
    ("daemon.json", docker),
];

fn login_turned_off_in_file(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(data) = object.root().get("data") else {
        return;
    };
    if matches!(object.name(), "argocd-cm" | "argocd-rbac-cm") {
        argo_cd(cx, data);
        return;
    }
    for (key, value) in data.entries() {
        let name = key.scalar_text();
        let reader = READERS.iter().find(|(end, _)| name.ends_with(end));
        let Some(found) = reader.and_then(|(_, read)| read(value.scalar_text())) else {
            continue;
        };
        let message = format!("{} in line {} of `{name}`", found.what, found.line);
        cx.report(&LOGIN_TURNED_OFF_IN_FILE, value, message)
            .severity(found.severity)
            .help("set a login, and let in by a NetworkPolicy only who needs it");
    }
}

fn argo_cd<'s>(cx: &mut ObjectCx<'s>, data: Node<'s>) {
    let anonymous = data.get("users.anonymous.enabled");
    if let Some(node) = anonymous.filter(|node| node.scalar_text() == "true") {
        let message = "Argo CD lets everybody in without a login";
        cx.report(&LOGIN_TURNED_OFF_IN_FILE, node, message)
            .help("set it to `false`")
            .fix_replace("ask for a login", node, "false");
    }
    let default = data.get("policy.default");
    if let Some(node) = default.filter(|node| node.scalar_text() == "role:admin") {
        let message = "Argo CD makes everybody who logs in an administrator";
        cx.report(&LOGIN_TURNED_OFF_IN_FILE, node, message)
            .severity(Severity::High)
            .help("leave it empty or set `role:readonly`, and name the administrators in `policy.csv`")
            .fix_replace("let everybody read only", node, "role:readonly");
    }
}

/// Lines with their numbers, without what is behind `#` or `;` at their beginning.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', ';']))
}

/// The value of `key = value` or `key: value`, in lower case.
fn value_of(line: &str, key: &str) -> Option<String> {
    let rest = line.strip_prefix(key)?.trim_start();
    let rest = rest.strip_prefix(['=', ':'])?;
    let value = rest.split(" #").next().unwrap_or(rest);
    Some(value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
}

fn line_with(text: &str, key: &str, value: &str) -> Option<usize> {
    lines(text).find_map(|(number, line)| (value_of(line, key)? == value).then_some(number))
}

fn grafana(text: &str) -> Option<Found> {
    let (mut section, mut enabled, mut role) = ("", None, String::new());
    for (number, line) in lines(text) {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if section == "auth.anonymous" {
            if value_of(line, "enabled").as_deref() == Some("true") {
                enabled = Some(number);
            }
            role = value_of(line, "org_role").unwrap_or(role);
        }
    }
    let (what, severity) = match role.as_str() {
        "admin" => ("Grafana makes everybody an administrator", Severity::High),
        "editor" => ("Grafana lets everybody change dashboards", Severity::Medium),
        _ => (
            "Grafana shows its dashboards without a login",
            Severity::Low,
        ),
    };
    enabled.map(|line| Found {
        what,
        line,
        severity,
    })
}

fn redis(text: &str) -> Option<Found> {
    let is_setting = |line: &str, key: &str| {
        line.get(..key.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(key))
            && line
                .get(key.len()..)
                .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let asks = lines(text).any(|(_, line)| {
        ["requirepass", "aclfile", "user"]
            .iter()
            .any(|key| is_setting(line, key))
    });
    let open = lines(text).find(|(_, line)| {
        is_setting(line, "protected-mode") && line.to_ascii_lowercase().ends_with("no")
    });
    open.filter(|_| !asks).map(|(line, _)| Found {
        what: "Redis takes commands from everybody, unless an argument sets a password:",
        line,
        severity: Severity::Low,
    })
}

fn postgres(text: &str) -> Option<Found> {
    lines(text).find_map(|(line, entry)| {
        let mut words = entry.split_whitespace();
        let is_tcp = words.next()?.starts_with("host");
        let address = words.nth(2)?;
        let is_own = ["127.", "::1", "localhost", "samehost"]
            .iter()
            .any(|own| address.starts_with(own));
        let trusts = words.any(|word| word == "trust");
        (is_tcp && !is_own && trusts).then_some(Found {
            what: "PostgreSQL takes connections without a password",
            line,
            severity: Severity::Medium,
        })
    })
}

fn mysql(text: &str) -> Option<Found> {
    let open = lines(text).find(|(_, line)| {
        line.starts_with("skip-grant-tables") || line.starts_with("skip_grant_tables")
    });
    open.map(|(line, _)| Found {
        what: "MySQL takes everybody as its administrator",
        line,
        severity: Severity::Medium,
    })
}

fn mongo(text: &str) -> Option<Found> {
    let line = line_with(text, "authorization", "disabled")?;
    Some(Found {
        what: "MongoDB asks for no login",
        line,
        severity: Severity::Medium,
    })
}

fn elasticsearch(text: &str) -> Option<Found> {
    let line = line_with(text, "xpack.security.enabled", "false")?;
    Some(Found {
        what: "Elasticsearch asks for no login",
        line,
        severity: Severity::Medium,
    })
}

fn opensearch(text: &str) -> Option<Found> {
    let line = line_with(text, "plugins.security.disabled", "true")?;
    Some(Found {
        what: "OpenSearch asks for no login",
        line,
        severity: Severity::Medium,
    })
}

fn mosquitto(text: &str) -> Option<Found> {
    let open = lines(text).find(|(_, line)| {
        let mut words = line.split_whitespace();
        words.next() == Some("allow_anonymous") && words.next() == Some("true")
    });
    open.map(|(line, _)| Found {
        what: "Mosquitto takes clients without a login",
        line,
        severity: Severity::Medium,
    })
}

fn rabbit(text: &str) -> Option<Found> {
    let line = line_with(text, "loopback_users", "none")
        .or_else(|| line_with(text, "loopback_users.guest", "false"))?;
    // Without the account, nobody can use it.
    let is_named = lines(text).any(|(_, line)| {
        value_of(line, "default_user").is_some_and(|user| user != "guest")
            || value_of(line, "default_pass").is_some_and(|password| password != "guest")
    });
    (!is_named).then_some(Found {
        what: "RabbitMQ takes `guest` with its known password from everywhere",
        line,
        severity: Severity::Medium,
    })
}

fn jupyter(text: &str) -> Option<Found> {
    const SETTINGS: [&str; 3] = [
        "c.ServerApp.token",
        "c.NotebookApp.token",
        "c.IdentityProvider.token",
    ];
    let open = lines(text).find(|(_, line)| {
        SETTINGS
            .iter()
            .any(|key| value_of(line, key).as_deref() == Some(""))
    });
    // A password may still be asked for.
    let asks = lines(text).any(|(_, line)| {
        line.contains("password") && value_of_password(line).is_some_and(|value| !value.is_empty())
    });
    open.filter(|_| !asks).map(|(line, _)| Found {
        what: "Jupyter runs code for everybody",
        line,
        severity: Severity::High,
    })
}

fn value_of_password(line: &str) -> Option<String> {
    [
        "c.ServerApp.password",
        "c.NotebookApp.password",
        "c.PasswordIdentityProvider.hashed_password",
    ]
    .iter()
    .find_map(|key| value_of(line, key))
}

fn docker(text: &str) -> Option<Found> {
    let packed: String = text.split_whitespace().collect();
    let is_checked = packed.contains("\"tlsverify\":true");
    let line = text.lines().position(|line| {
        line.contains("tcp://") && !line.contains("tcp://127.") && !line.contains("tcp://localhost")
    })?;
    (!is_checked).then_some(Found {
        what: "Docker takes commands from everybody who reaches it",
        line: line + 1,
        severity: Severity::High,
    })
}
