use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds oauth2-proxy that lets in every address (`--email-domain=*`) while it asks a provider at which anybody can
    /// have an account, Google, GitHub, GitLab and others, and names no group, organisation, user or file of addresses.
    ///
    /// ## Why is this bad?
    /// The proxy looks like a login, and stands before what has none of its own: dashboards, consoles, wikis. An account
    /// at such a provider takes a minute to make, so that everybody who finds the address gets in.
    ///
    /// ## Example
    /// ```yaml
    /// args:
    /// - --provider=github
    /// - --email-domain=*
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// args:
    /// - --provider=github
    /// - --email-domain=*
    /// - --github-org=example
    /// ```
    ///
    /// ## Exceptions
    /// Providers of one's own (`oidc`, `keycloak-oidc`, Entra ID and so on) know their own people only. Applications that
    /// decide themselves what a user may do.
    ///
    /// ## References
    /// - <https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview>
    pub static LOGIN_FOR_ANYBODY = {
        code: "EXP022",
        name: "login-for-anybody",
        severity: Medium,
        since: "0.1.0",
        summary: "proxy lets in everybody who has an account anywhere",
        run: Container(login_for_anybody),
        frameworks: [nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [],
    }
}

/// Providers at which anybody can have an account. The proxy takes the first where none is named.
const PUBLIC: [&str; 8] = [
    "google",
    "github",
    "gitlab",
    "bitbucket",
    "facebook",
    "linkedin",
    "digitalocean",
    "login.gov",
];

/// Settings that say who may log in, or that stand where they are not seen; without the `s` of several.
const NARROWING: [&str; 14] = [
    "github-org",
    "github-team",
    "github-repo",
    "github-user",
    "gitlab-group",
    "gitlab-project",
    "google-group",
    "bitbucket-team",
    "bitbucket-repository",
    "allowed-group",
    "allowed-role",
    "authenticated-emails-file",
    "config",
    "alpha-config",
];

fn login_for_anybody(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let argv = container.argv();
    let is_proxy = container
        .image()
        .is_some_and(|image| image.contains("oauth2-proxy"))
        || argv
            .first()
            .is_some_and(|word| word.scalar_text().ends_with("oauth2-proxy"));
    // A reference to variables that are not seen may narrow it.
    if !is_proxy
        || container
            .node
            .get("envFrom")
            .is_some_and(|list| !list.is_empty())
    {
        return;
    }
    let mut settings = flags(&argv);
    settings.extend(container.env().filter_map(variable));
    let value = |name: &str| {
        let mut own = settings.iter().filter(|own| own.name == name);
        own.next_back()
    };
    let open = settings
        .iter()
        .find(|own| own.name == "email-domain" && own.value.split(',').any(|it| it.trim() == "*"));
    let is_public = PUBLIC.contains(&value("provider").map_or("google", |own| own.value));
    let is_narrowed = settings
        .iter()
        .any(|own| NARROWING.contains(&own.name.as_str()) && !own.value.is_empty());
    let is_own = value("oidc-issuer-url").is_some() || value("login-url").is_some();
    let Some(open) = open.filter(|_| is_public && !is_narrowed && !is_own) else {
        return;
    };
    let message = format!(
        "{} lets in everybody who has an account at the provider",
        container.display()
    );
    cx.report(&LOGIN_FOR_ANYBODY, open.node, message)
        .help("name the mail domains, groups or organisations that may log in");
}

/// One setting of the proxy.
struct Setting<'s> {
    /// As a flag, without dashes before it and without the `s` of several.
    name: String,
    value: &'s str,
    node: Node<'s>,
}

impl<'s> Setting<'s> {
    fn new(name: &str, value: &'s str, node: Node<'s>) -> Self {
        let name = name.replace('_', "-").to_ascii_lowercase();
        Self {
            name: name.trim_end_matches('s').to_owned(),
            value,
            node,
        }
    }
}

/// Flags with their values, which stand behind `=` or in the next word.
fn flags<'s>(argv: &[Node<'s>]) -> Vec<Setting<'s>> {
    let mut settings = Vec::new();
    let mut words = argv.iter().peekable();
    while let Some(word) = words.next() {
        let text = word.scalar_text();
        let Some(flag) = text.strip_prefix("--").or_else(|| text.strip_prefix('-')) else {
            continue;
        };
        match flag.split_once('=') {
            Some((name, value)) => settings.push(Setting::new(name, unquoted(value), *word)),
            None => {
                let value = words.next_if(|next| !next.scalar_text().starts_with('-'));
                let (value, node) = value.map_or(("true", *word), |it| (it.scalar_text(), *it));
                settings.push(Setting::new(flag, unquoted(value), node));
            }
        }
    }
    settings
}

/// `OAUTH2_PROXY_EMAIL_DOMAINS` for `--email-domain`; one whose value comes from elsewhere is set to something.
fn variable(entry: Node<'_>) -> Option<Setting<'_>> {
    let name = entry.str_at(&["name"])?.strip_prefix("OAUTH2_PROXY_")?;
    let (value, node) = match entry.get("value") {
        Some(value) => (value.scalar_text(), value),
        None => ("$", entry),
    };
    Some(Setting::new(name, value, node))
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\''])
}
