use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds entries of Gatekeeper's `K8sAllowedRepos` (and the globs of `K8sAllowedReposv2`) that allow more than is
    /// meant. Entries are beginnings of an image's name, so one that does not end with `/` also fits longer names.
    ///
    /// ## Why is this bad?
    /// `gcr.io` lets `gcr.io.evil.example/miner` in, and `docker.io/acme` lets in `docker.io/acme-evil`, which anybody may
    /// register. `docker.io/` is every account of Docker Hub.
    ///
    /// ## Example
    /// ```yaml
    /// kind: K8sAllowedRepos
    /// spec:
    ///   parameters:
    ///     repos: [docker.io/acme]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: K8sAllowedRepos
    /// spec:
    ///   parameters:
    ///     repos: [docker.io/acme/]
    /// ```
    ///
    /// ## Exceptions
    /// Paths below an account, and in registries that are not open to everybody, are their owner's choice. An entry with a
    /// tag or a digest names one image.
    ///
    /// ## References
    /// - <https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/>
    pub static OPEN_ENDED_REPOSITORY = {
        code: "IMG009",
        name: "open-ended-repository",
        severity: High,
        severity_reason: "as Trivy says: the policy that should keep strangers' images out lets them in",
        since: "0.1.0",
        summary: "list of allowed repositories lets others in",
        run: Object(KINDS, open_ended_repository),
        frameworks: [owasp2022("K04"), owasp2025("K04"), mitre("T1525")],
        aliases: [trivy("KSV-0124")],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("constraints.gatekeeper.sh", "K8sAllowedRepos"),
    ("constraints.gatekeeper.sh", "K8sAllowedReposv2"),
];

fn open_ended_repository(cx: &mut ObjectCx<'_>) {
    let is_v2 = cx.object.kind() == "K8sAllowedReposv2";
    let key = if is_v2 { "allowedImages" } else { "repos" };
    let Some(entries) = cx.object.root().at(&["spec", "parameters", key]) else {
        return;
    };
    for node in entries.items() {
        let Some(entry) = node.as_str() else {
            continue;
        };
        let objection = if is_v2 {
            // Exact names, but for those that end with a star.
            entry.strip_suffix('*').and_then(too_much)
        } else {
            too_much(entry)
        };
        if let Some(objection) = objection {
            report(cx, node, entry, objection, is_v2);
        }
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, entry: &str, objection: &str, is_v2: bool) {
    let message = format!("`{entry}` {objection}");
    let report = cx
        .report(&OPEN_ENDED_REPOSITORY, node, message)
        .help("end the entry with `/`, behind an account or project that is yours");
    if objection == ANY_ACCOUNT {
        let whole = match entry.strip_suffix('*') {
            Some(start) if is_v2 => format!("{start}/*"),
            _ => format!("{entry}/"),
        };
        report.fix_replace("end the account's name", node, whole);
    }
}

/// What is wrong with an entry that names' beginnings are compared with: it ends within the name of a registry, or of an
/// account that strangers may have. Repositories of one account are its owner's, whatever they are called.
fn too_much(entry: &str) -> Option<&'static str> {
    let (first, rest) = entry.split_once('/').unwrap_or((entry, ""));
    let is_public = PUBLIC.contains(&first);
    if entry.is_empty() || entry == "*" {
        Some("allows every image")
    } else if first == "docker.io" && entry.ends_with('/') && rest.is_empty() {
        Some("allows every account of Docker Hub")
    } else if !entry.contains('/') && !entry.contains(['@', ':']) {
        Some("allows every registry and account whose name begins so")
    } else if is_public && !rest.contains(['/', ':', '@']) && !rest.is_empty() {
        Some(ANY_ACCOUNT)
    } else {
        None
    }
}

const ANY_ACCOUNT: &str = "allows every account whose name begins so";

/// Registries in which anybody may have an account, whose name is the first part of the path.
const PUBLIC: [&str; 7] = [
    "docker.io",
    "index.docker.io",
    "ghcr.io",
    "quay.io",
    "gcr.io",
    "registry.gitlab.com",
    "public.ecr.aws",
];
