//! Whether a product asks who is there, as its container is set up.

use ciel_core::ImageName;
use ciel_k8s::Container;
use ciel_yaml::Node;

/// Whether it asks who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login<'a> {
    /// It has no login, or none unless it is told to, and it is not.
    Never,
    /// It has one, and this turns it off.
    Off(Node<'a>),
    /// It asks, as far as the manifest shows.
    Asks,
    /// It only talks to its own pod, as it is set up.
    Closed,
}

/// How to find out.
#[derive(Debug)]
pub(super) enum LoginRule {
    /// By signs.
    Signs {
        /// Whether it asks where there is no sign.
        asks: bool,
        /// What turns the login off.
        off: &'static [Sign],
        /// What turns it on, or may: a configuration that is not seen.
        on: &'static [Sign],
    },
    /// In its own way.
    Custom(fn(Container<'_>) -> Login<'_>),
}

/// Something in a container that decides about the login.
#[derive(Debug)]
pub(super) enum Sign {
    /// An argument, with whatever value.
    Flag(&'static str),
    /// An argument with this value; with an empty one, a switch that is not false.
    FlagIs(&'static str, &'static str),
    /// A text somewhere in the arguments.
    Words(&'static str),
    /// An environment variable that is there, with a value or a reference.
    Env(&'static str),
    /// An environment variable with this value.
    EnvIs(&'static str, &'static str),
    /// A mount whose path or `subPath` ends with this.
    Mount(&'static str),
    /// A tag that begins with this.
    Tag(&'static str),
    /// `envFrom`: variables that are not seen.
    EnvFrom,
}

/// It has no login.
pub(super) const NEVER: LoginRule = LoginRule::Signs {
    asks: false,
    off: &[],
    on: &[],
};

/// It asks, and nothing in a manifest turns that off.
pub(super) const ASKS: LoginRule = LoginRule::Signs {
    asks: true,
    off: &[],
    on: &[],
};

/// It asks if told to by one of these.
pub(super) const fn if_told(on: &'static [Sign]) -> LoginRule {
    LoginRule::Signs {
        asks: false,
        off: &[],
        on,
    }
}

/// It asks unless one of these turns that off.
pub(super) const fn unless(off: &'static [Sign]) -> LoginRule {
    LoginRule::Signs {
        asks: true,
        off,
        on: &[],
    }
}

/// It asks if told to by one of the first; one of the second says that it shall not.
pub(super) const fn told(on: &'static [Sign], off: &'static [Sign]) -> LoginRule {
    LoginRule::Signs {
        asks: false,
        off,
        on,
    }
}

impl LoginRule {
    pub(super) fn of<'a>(&self, container: Container<'a>) -> Login<'a> {
        match self {
            Self::Custom(rule) => rule(container),
            Self::Signs { asks, off, on } => {
                if let Some(node) = off.iter().find_map(|sign| sign.find(container)) {
                    Login::Off(node)
                } else if *asks || on.iter().any(|sign| sign.find(container).is_some()) {
                    Login::Asks
                } else {
                    Login::Never
                }
            }
        }
    }
}

impl Sign {
    fn find<'a>(&self, container: Container<'a>) -> Option<Node<'a>> {
        let entry = |name: &str| {
            let mut entries = container.env();
            entries.find(|entry| entry.str_at(&["name"]) == Some(name))
        };
        match self {
            Self::Flag(flag) => container
                .argv()
                .into_iter()
                .find(|node| is_flag(*node, flag)),
            Self::FlagIs(flag, value) => argument(container, flag, value),
            Self::Words(text) => {
                let mut argv = container.argv().into_iter();
                argv.find(|node| node.scalar_text().contains(text))
            }
            Self::Env(name) => {
                let entry = entry(name)?;
                let value = entry
                    .get("value")
                    .filter(|value| !value.scalar_text().is_empty());
                value.or_else(|| entry.get("valueFrom"))
            }
            Self::EnvIs(name, wanted) => env_is(container, name, wanted),
            Self::Mount(end) => container
                .node
                .get("volumeMounts")
                .into_iter()
                .flat_map(Node::items)
                .find(|mount| {
                    ["mountPath", "subPath"].iter().any(|key| {
                        mount
                            .str_at(&[key])
                            .is_some_and(|path| path.trim_end_matches('/').ends_with(end))
                    })
                }),
            Self::Tag(start) => {
                let image = container.node.get("image")?;
                let tag = ImageName::parse(image.scalar_text()).tag;
                tag.strip_prefix('v')
                    .unwrap_or(tag)
                    .starts_with(start)
                    .then_some(image)
            }
            Self::EnvFrom => container
                .node
                .get("envFrom")
                .filter(|list| !list.is_empty()),
        }
    }
}

fn is_flag(node: Node<'_>, flag: &str) -> bool {
    let rest = node.scalar_text().trim().strip_prefix(flag);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

/// The argument that says this, as `--flag=value` or `--flag value`; for an empty value, `--flag` alone or `--flag=true`.
fn argument<'a>(container: Container<'a>, flag: &str, wanted: &str) -> Option<Node<'a>> {
    let argv = container.argv();
    argv.iter().enumerate().find_map(|(at, node)| {
        let rest = node.scalar_text().trim().strip_prefix(flag)?;
        let value = match rest.strip_prefix('=') {
            Some(value) => value,
            None if !rest.is_empty() => return None,
            None if wanted.is_empty() => return Some(*node),
            None => argv.get(at + 1)?.scalar_text(),
        };
        let is_wanted = match wanted {
            "" => value != "false",
            wanted => value.trim_matches(['\'', '"']) == wanted,
        };
        is_wanted.then_some(*node)
    })
}

/// Whether an argument is there, with whatever value.
fn has_flag(container: Container<'_>, flag: &str) -> bool {
    container.argv().iter().any(|node| is_flag(*node, flag))
}

/// The value of an environment variable, as it stands in the manifest.
fn env<'a>(container: Container<'a>, name: &str) -> Option<Node<'a>> {
    container
        .env()
        .find(|entry| entry.str_at(&["name"]) == Some(name))?
        .get("value")
}

fn env_is<'a>(container: Container<'a>, name: &str, wanted: &str) -> Option<Node<'a>> {
    env(container, name).filter(|value| value.scalar_text().trim().eq_ignore_ascii_case(wanted))
}

fn off_or_asks(off: Option<Node<'_>>) -> Login<'_> {
    off.map_or(Login::Asks, Login::Off)
}

pub(super) fn argo_workflows(container: Container<'_>) -> Login<'_> {
    // Before version 3 it did not ask unless told to.
    let image = ImageName::parse(container.image().unwrap_or_default());
    if image.tag.starts_with("v2.") && !has_flag(container, "--auth-mode") {
        return Login::Never;
    }
    off_or_asks(argument(container, "--auth-mode", "server"))
}

pub(super) fn argo_cd(container: Container<'_>) -> Login<'_> {
    let off = argument(container, "--disable-auth", "");
    off_or_asks(off.or_else(|| env_is(container, "ARGOCD_SERVER_DISABLE_AUTH", "true")))
}

pub(super) fn jenkins(container: Container<'_>) -> Login<'_> {
    let no_wizard = env(container, "JAVA_OPTS").filter(|value| {
        value
            .scalar_text()
            .contains("-Djenkins.install.runSetupWizard=false")
    });
    // Configuration as code brings the users instead of the wizard.
    off_or_asks(no_wizard.filter(|_| env(container, "CASC_JENKINS_CONFIG").is_none()))
}

pub(super) fn nifi(container: Container<'_>) -> Login<'_> {
    // Without TLS it cannot ask for a login.
    off_or_asks(env(container, "NIFI_WEB_HTTP_PORT").filter(|port| !port.scalar_text().is_empty()))
}

pub(super) fn grafana(container: Container<'_>) -> Login<'_> {
    off_or_asks(env_is(container, "GF_AUTH_ANONYMOUS_ENABLED", "true"))
}

pub(super) fn prometheus(container: Container<'_>) -> Login<'_> {
    if has_flag(container, "--web.config.file") {
        Login::Asks
    } else {
        Login::Never
    }
}

pub(super) fn vllm(container: Container<'_>) -> Login<'_> {
    let has_key = has_flag(container, "--api-key")
        || container
            .env()
            .any(|entry| entry.str_at(&["name"]) == Some("VLLM_API_KEY"));
    if has_key { Login::Asks } else { Login::Never }
}

pub(super) fn mlflow(container: Container<'_>) -> Login<'_> {
    if argument(container, "--app-name", "basic-auth").is_some() {
        Login::Asks
    } else {
        Login::Never
    }
}

pub(super) fn notebook(container: Container<'_>) -> Login<'_> {
    const FLAGS: [&str; 3] = [
        "--NotebookApp.token",
        "--ServerApp.token",
        "--IdentityProvider.token",
    ];
    let argv = container.argv();
    let off = argv.into_iter().find(|node| {
        let text = node.scalar_text();
        FLAGS.iter().any(|flag| {
            text.split(flag).nth(1).is_some_and(|rest| {
                let value = rest.strip_prefix('=').unwrap_or("?");
                let value = value.split_whitespace().next().unwrap_or_default();
                matches!(value, "" | "''" | "\"\"")
            })
        })
    });
    off_or_asks(off)
}

pub(super) fn airflow(container: Container<'_>) -> Login<'_> {
    let off = ["AIRFLOW__API__AUTH_BACKENDS", "AIRFLOW__API__AUTH_BACKEND"]
        .into_iter()
        .find_map(|name| env_is(container, name, "airflow.api.auth.backend.default"));
    let off = off.or_else(|| {
        let name = "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS";
        env_is(container, name, "true")
    });
    off_or_asks(off)
}

pub(super) fn docker(container: Container<'_>) -> Login<'_> {
    let argv = container.argv();
    let mut sockets = argv
        .into_iter()
        .filter(|node| node.scalar_text().contains("tcp://"))
        .peekable();
    let is_told = sockets.peek().is_some();
    let is_loopback = |node: &Node<'_>| {
        let text = node.scalar_text();
        ["tcp://127.", "tcp://localhost", "tcp://[::1]"]
            .iter()
            .any(|own| text.contains(own))
    };
    let mut open = sockets.filter(|node| !is_loopback(node)).peekable();
    if is_told && open.peek().is_none() {
        return Login::Closed;
    }
    let off = open.find(|node| node.scalar_text().ends_with(":2375"));
    off_or_asks(off.or_else(|| env_is(container, "DOCKER_TLS_CERTDIR", "")))
}

pub(super) fn redis(container: Container<'_>) -> Login<'_> {
    const ASKING: [Sign; 4] = [
        Sign::Words("requirepass"),
        Sign::Words("--aclfile"),
        Sign::Env("REDIS_PASSWORD"),
        Sign::Env("REDIS_PASSWORD_FILE"),
    ];
    // A configuration that is not seen.
    const UNSEEN: [Sign; 3] = [
        Sign::Words(".conf"),
        Sign::Mount("redis.conf"),
        Sign::EnvFrom,
    ];
    const OFF: [Sign; 2] = [
        Sign::EnvIs("ALLOW_EMPTY_PASSWORD", "yes"),
        Sign::FlagIs("--protected-mode", "no"),
    ];
    let find = |signs: &[Sign]| signs.iter().find_map(|sign| sign.find(container));
    if find(&ASKING).is_some() {
        return Login::Asks;
    }
    match (find(&OFF), find(&UNSEEN)) {
        (Some(off), None) => Login::Off(off),
        (Some(off), Some(_)) if off.as_str() == Some("yes") => Login::Off(off),
        (_, Some(_)) => Login::Asks,
        (None, None) => Login::Never,
    }
}

pub(super) fn traefik(container: Container<'_>) -> Login<'_> {
    off_or_asks(argument(container, "--api.insecure", ""))
}

pub(super) fn kubectl_proxy(container: Container<'_>) -> Login<'_> {
    argument(container, "--address", "0.0.0.0").map_or(Login::Closed, Login::Off)
}

pub(super) fn code_server(container: Container<'_>) -> Login<'_> {
    let image = ImageName::parse(container.image().unwrap_or_default());
    if let Some(off) = argument(container, "--auth", "none") {
        return Login::Off(off);
    }
    // This image asks only if it is given a password.
    let has_password = || {
        ["PASSWORD", "HASHED_PASSWORD", "FILE__PASSWORD"]
            .iter()
            .any(|name| Sign::Env(name).find(container).is_some())
            || Sign::EnvFrom.find(container).is_some()
    };
    if image.is("linuxserver/code-server") && !has_password() {
        return Login::Never;
    }
    Login::Asks
}

pub(super) fn kibana(container: Container<'_>) -> Login<'_> {
    // Before version 8 Elasticsearch did not ask unless told to.
    let image = ImageName::parse(container.image().unwrap_or_default());
    let is_old = ["4.", "5.", "6.", "7."]
        .iter()
        .any(|start| image.tag.starts_with(start));
    let signs = [
        Sign::Env("ELASTICSEARCH_PASSWORD"),
        Sign::Env("ELASTICSEARCH_USERNAME"),
        Sign::Env("KIBANA_PASSWORD"),
        Sign::Mount("kibana.yml"),
        Sign::EnvFrom,
    ];
    if is_old && signs.iter().all(|sign| sign.find(container).is_none()) {
        return Login::Never;
    }
    off_or_asks(env_is(container, "XPACK_SECURITY_ENABLED", "false"))
}
