use ciel_yaml::Node;

use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that are given root's group: `runAsGroup: 0`, or 0 among `supplementalGroups` or as
    /// `fsGroup` of the pod.
    ///
    /// ## Why is this bad?
    /// Files of images, of mounted folders of the node and of shared volumes are often readable or writable for
    /// root's group. Who is in that group needs no root to read or change them.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   runAsUser: 10001
    ///   runAsGroup: 0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsUser: 10001
    ///   runAsGroup: 10001
    /// ```
    ///
    /// ## Exceptions
    /// Images made for OpenShift give their files to group 0 on purpose. With `hostUsers: false` the group is root's
    /// only inside, and nothing is reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static ROOT_GROUP = {
        code: "POD007",
        name: "root-group",
        severity: Low,
        since: "0.1.0",
        summary: "container is in root's group",
        run: Container(root_group),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            trivy("KSV-0116"), kubescape("C-0013"), kubescape("C-0211"),
            // kube-linter asks for a user and a group other than root's under one name.
            kube_linter("run-as-non-root"),
        ],
    }
}

fn root_group(cx: &mut ContainerCx<'_>) {
    if !shared::is_linux(cx) || cx.spec().has_user_namespace() {
        return;
    }
    const HELP: &str = "name a group id above 0, and give the files to that group";
    let said = cx.spec().effective(cx.container, "runAsGroup");
    let own = said.node().filter(|node| {
        let is_said_here = cx.container.node.contains(*node);
        node.as_i64() == Some(0) && (is_said_here || shared::is_first_to_inherit(cx, "runAsGroup"))
    });
    if let Some(node) = own {
        let message = format!("{} runs in root's group", shared::speaker(cx, said));
        cx.report(&ROOT_GROUP, node, message).help(HELP);
    }
    let context = cx.spec().security_context();
    let field = |key| context.and_then(|context| context.get(key));
    let listed = field("supplementalGroups")
        .into_iter()
        .flat_map(Node::items);
    let groups = listed.chain(field("fsGroup"));
    for group in groups.filter(|group| group.as_i64() == Some(0)) {
        // What the pod gives to all of its containers is reported with the first.
        let first = cx.spec().containers().into_iter().next();
        if first.is_none_or(|first| first.node != cx.container.node) {
            return;
        }
        cx.report(&ROOT_GROUP, group, "pod gives its containers root's group")
            .help(HELP);
    }
}
