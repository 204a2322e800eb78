use ciel_core::{ImageName, Severity};
use ciel_exposure::{Exposure, Reach};
use ciel_k8s::Container;
use ciel_rbac::Grant;
use ciel_yaml::Node;

use super::{from_where, open_ways, relate_ways, through};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds the Kubernetes dashboard, by its image, or by its labels or arguments where the image was copied under
    /// another name, and says what comes together: a login that can be skipped (`--enable-skip-login`), plain HTTP
    /// (`--enable-insecure-login`, `--insecure-port`), settings for everybody (`--disable-settings-authorizer`), an
    /// account with cluster-admin, a way in from outside.
    ///
    /// ## Why is this bad?
    /// In 2018 attackers came into Tesla's cluster through a dashboard without a password, found cloud keys in a pod
    /// and mined. Who skips the login acts with the dashboard's own account: if that is cluster-admin, the cluster is
    /// open to whoever finds the address. The project itself was retired in 2026 and gets no fixes.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: dashboard
    ///   image: kubernetesui/dashboard:v2.7.0
    ///   args:
    ///   - --enable-skip-login
    /// ```
    ///
    /// ## Use instead
    /// A tool that runs beside the user with the user's own rights (`kubectl`, Headlamp on the desktop, k9s), or at
    /// least a login, TLS, the account of the chart, and `kubectl port-forward` instead of a Service that the world sees.
    /// ```yaml
    /// containers:
    /// - name: dashboard
    ///   image: kubernetesui/dashboard:v2.7.0
    ///   args:
    ///   - --auto-generate-certificates
    /// ```
    ///
    /// ## Exceptions
    /// A dashboard that asks for a login, with its own narrow account, and that only the cluster reaches is reported
    /// as low: it is there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/>
    /// - <https://github.com/kubernetes-retired/dashboard/blob/master/docs/common/arguments.md>
    /// - <https://arstechnica.com/information-technology/2018/02/tesla-cloud-resources-are-hacked-to-run-cryptocurrency-mining-malware/>
    pub static EXPOSED_DASHBOARD = {
        code: "EXP001",
        name: "exposed-dashboard",
        severity: High,
        severity_reason: "tools say low to high for its presence alone; here it goes by what comes together, from low (it is there) to critical (no login, and all rights)",
        since: "0.1.0",
        summary: "the Kubernetes dashboard is open, or there at all",
        run: Container(exposed_dashboard),
        frameworks: [owasp2025("K06"), mitre("T1133"), ms("MS-TA9005")],
        aliases: [
            kubescape("C-0014"), kubescape("C-0021"), checkov("CKV_K8S_33"), kube_hunter("KHV029"),
            kics("d2ad057f-0928-41ef-a83c-f59203bb855b"),
        ],
    }
}

/// What is wrong with a dashboard.
struct Weaknesses<'s> {
    skip_login: Option<Node<'s>>,
    plain_http: Option<Node<'s>>,
    open_settings: Option<Node<'s>>,
    is_admin: bool,
    reach: Option<Reach>,
}

fn exposed_dashboard(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    if !is_dashboard(cx) {
        return;
    }
    let rbac = cx.analyses().rbac();
    let account = cx.spec().service_account_name();
    let grants = rbac.grants_of_account(cx.workload.namespace(), account);
    let admin = grants.iter().find(|grant| grant.is_cluster_admin());
    let ways = open_ways(cx);
    let weaknesses = Weaknesses {
        skip_login: flag(container, "--enable-skip-login"),
        plain_http: flag(container, "--enable-insecure-login")
            .or_else(|| flag(container, "--insecure-port")),
        open_settings: flag(container, "--disable-settings-authorizer"),
        is_admin: admin.is_some(),
        reach: ways.iter().map(|way| way.reach).max(),
    };
    report(cx, &weaknesses, admin, &ways);
}

fn report<'s>(
    cx: &mut ContainerCx<'s>,
    weaknesses: &Weaknesses<'s>,
    admin: Option<&Grant<'_, '_>>,
    ways: &[&Exposure<'_>],
) {
    let container = cx.container.node;
    let place = weaknesses.skip_login.or(weaknesses.plain_http);
    let node = place
        .or_else(|| container.get("image"))
        .unwrap_or(container);
    let report = cx
        .report(&EXPOSED_DASHBOARD, node, message(weaknesses, ways))
        .help("take it down; or ask for a login over TLS, bind its account to what it shows, and keep it in the cluster")
        .severity(severity(weaknesses));
    let report = relate_ways(report, ways);
    if let Some(grant) = admin {
        let binding = grant.binding;
        report.related(
            binding.object,
            binding.role_ref,
            "gives its account all rights",
        );
    }
}

fn message(weaknesses: &Weaknesses<'_>, ways: &[&Exposure<'_>]) -> String {
    let mut facts = Vec::new();
    if let (Some(reach), Some(way)) = (weaknesses.reach, ways.first()) {
        facts.push(format!(
            "can be reached {}{}",
            from_where(reach),
            through(way)
        ));
    }
    if weaknesses.skip_login.is_some() {
        facts.push("lets anyone skip the login".to_owned());
    }
    if weaknesses.is_admin {
        facts.push("runs as cluster-admin".to_owned());
    }
    if weaknesses.plain_http.is_some() {
        facts.push("takes logins over plain HTTP".to_owned());
    }
    if weaknesses.open_settings.is_some() {
        facts.push("lets everyone change its settings".to_owned());
    }
    match facts.split_last() {
        None => "the Kubernetes dashboard runs here".to_owned(),
        Some((only, [])) => format!("the Kubernetes dashboard {only}"),
        Some((last, rest)) => format!("the Kubernetes dashboard {} and {last}", rest.join(", ")),
    }
}

fn severity(weaknesses: &Weaknesses<'_>) -> Severity {
    let is_open = weaknesses.skip_login.is_some();
    let is_out = weaknesses.reach.is_some();
    let is_public = weaknesses.reach == Some(Reach::Internet);
    match (is_open, weaknesses.is_admin, is_out) {
        (true, true, true) => Severity::Critical,
        (true, true, false) | (true, false, true) | (false, true, true) => Severity::High,
        (false, false, true) if is_public || weaknesses.plain_http.is_some() => Severity::High,
        (false, false, true) | (true, false, false) | (false, true, false) => Severity::Medium,
        (false, false, false) if weaknesses.open_settings.is_some() => Severity::Medium,
        (false, false, false) => Severity::Low,
    }
}

/// Whether a container is the dashboard, and not the scraper of metrics beside it.
fn is_dashboard(cx: &ContainerCx<'_>) -> bool {
    let image = ImageName::parse(cx.container.image().unwrap_or_default());
    let base = image.base();
    if base.contains("scraper") {
        return false;
    }
    let is_official = image.is("kubernetesui/dashboard")
        || ["dashboard-web", "dashboard-api", "dashboard-auth"]
            .iter()
            .any(|name| base == *name && image.repository.contains("kubernetesui/"))
        || base == "kubernetes-dashboard"
        || base.starts_with("kubernetes-dashboard-");
    if is_official {
        return true;
    }
    let labels = cx.workload.template.labels();
    let is_labelled = ["k8s-app", "app.kubernetes.io/name", "app"]
        .iter()
        .filter_map(|key| labels?.str_at(&[key]))
        .any(|value| value == "kubernetes-dashboard");
    let is_copy = is_labelled && base.contains("dashboard");
    is_copy || flag(cx.container, "--enable-skip-login").is_some()
}

/// The argument that sets a flag to something other than false or 0.
fn flag<'s>(container: Container<'s>, name: &str) -> Option<Node<'s>> {
    container.argv().into_iter().find(|node| {
        let rest = node.scalar_text().trim().strip_prefix(name);
        rest.is_some_and(|rest| match rest.strip_prefix('=') {
            Some(value) => !matches!(value, "false" | "0"),
            None => rest.is_empty(),
        })
    })
}
