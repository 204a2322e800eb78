use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds AppProjects of Argo CD that deploy what any repository says to any namespace of any cluster, or any
    /// resource of the cluster itself from any repository.
    ///
    /// ## Why is this bad?
    /// Argo CD is a cluster administrator as a rule. Whoever may make an Application in such a project, or change one,
    /// has it apply a ClusterRoleBinding for himself.
    ///
    /// ## Example
    /// ```yaml
    /// kind: AppProject
    /// spec:
    ///   sourceRepos: ["*"]
    ///   destinations:
    ///   - namespace: "*"
    ///     server: "*"
    ///   clusterResourceWhitelist:
    ///   - group: "*"
    ///     kind: "*"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: AppProject
    /// spec:
    ///   sourceRepos: ["https://git.example.org/team/*"]
    ///   destinations:
    ///   - namespace: team-*
    ///     server: https://kubernetes.default.svc
    /// ```
    ///
    /// ## Exceptions
    /// A project that names its repositories.
    ///
    /// ## References
    /// - <https://argo-cd.readthedocs.io/en/stable/user-guide/projects/>
    pub static UNRESTRICTED_ARGO_CD_PROJECT = {
        code: "GOV071",
        name: "unrestricted-argo-cd-project",
        severity: Medium,
        since: "0.1.0",
        summary: "project of Argo CD deploys anything anywhere",
        run: Object(&[("argoproj.io", "AppProject")], unrestricted_argo_cd_project),
        frameworks: [owasp2022("K03"), owasp2025("K02")],
        aliases: [],
    }
}

fn unrestricted_argo_cd_project(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let items = |key| spec.get(key).into_iter().flat_map(Node::items);
    let is_star = |node: Node<'_>, key: &str| node.str_at(&[key]) == Some("*");
    let takes_all = items("sourceRepos").any(|repository| repository.scalar_text() == "*");
    let denies = items("sourceRepos").any(|repository| repository.scalar_text().starts_with('!'));
    let anywhere = items("destinations")
        .find(|to| is_star(*to, "namespace") && (is_star(*to, "server") || is_star(*to, "name")));
    let anything = items("clusterResourceWhitelist")
        .find(|resource| is_star(*resource, "group") && is_star(*resource, "kind"));
    let (node, message) = match (anywhere, anything) {
        _ if !takes_all || denies => return,
        (Some(node), _) => (
            node,
            "project deploys what any repository says to every namespace of every cluster",
        ),
        (None, Some(node)) => (
            node,
            "project lets any repository change the cluster itself",
        ),
        _ => return,
    };
    cx.report(&UNRESTRICTED_ARGO_CD_PROJECT, node, message)
        .help("name repositories and namespaces, and the resources of the cluster that are needed");
}
