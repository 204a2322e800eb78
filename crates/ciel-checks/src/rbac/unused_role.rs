use super::{ROLES, aliases::is_of_the_platform, rights::Granted};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Roles and ClusterRoles that nothing binds and that no aggregated role gathers. Only where the input is
    /// complete.
    ///
    /// ## Why is this bad?
    /// Nobody misses a right that nobody has. The role waits for whoever may write bindings.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   name: left-over
    /// ```
    ///
    /// ## Use instead
    /// Delete it, or bind it where it is meant.
    ///
    /// ## Exceptions
    /// The roles of Kubernetes, and ClusterRoles with a label by which other roles may gather them
    /// (`rbac.authorization.k8s.io/aggregate-to-…`).
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review>
    pub static UNUSED_ROLE = {
        code: "RBAC040",
        name: "unused-role",
        severity: Info,
        since: "0.1.0",
        summary: "nothing binds the role",
        profile: All,
        run: Object(ROLES, unused_role),
        frameworks: [nsa("authentication-authorization")],
        aliases: [popeye("POP-400")],
    }
}

fn unused_role(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(granted) = Granted::of(rbac, cx.object, cx.is_complete()) else {
        return;
    };
    let root = cx.object.root();
    let labels = root.at(&["metadata", "labels"]);
    let is_gathered = labels
        .into_iter()
        .flat_map(|labels| labels.entries())
        .any(|(key, _)| key.scalar_text().contains("/aggregate-to-"));
    if !granted.is_unused() || is_gathered || is_of_the_platform(granted.role.name) {
        return;
    }
    let Some(node) = root.at(&["metadata", "name"]) else {
        return;
    };
    let message = format!("nothing binds {} `{}`", cx.object.kind(), granted.role.name);
    cx.report(&UNUSED_ROLE, node, message)
        .help("delete it, or bind it where it is meant");
}
