use ciel_core::Severity;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds StatefulSets that name no Service; and, where the input is complete, one that is not part of it, or that
    /// is not headless.
    ///
    /// ## Why is this bad?
    /// The names of the pods (`db-0.db`) are made for the headless Service that `serviceName` names. Without it members
    /// cannot find one another.
    ///
    /// ## Example
    /// ```yaml
    /// kind: StatefulSet
    /// spec:
    ///   template: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: StatefulSet
    /// spec:
    ///   serviceName: db
    /// ---
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {clusterIP: None}
    /// ```
    ///
    /// ## Exceptions
    /// Where the pods never call one another by name the field may be empty; a missing one is information. It takes for
    /// granted that all Services are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/>
    pub static STATEFUL_SET_WITHOUT_SERVICE = {
        code: "REL061",
        name: "stateful-set-without-service",
        severity: Low,
        severity_reason: "kube-score calls it critical; the pods run, but cannot be called by name",
        since: "0.1.0",
        summary: "pods of the StatefulSet have no names in DNS",
        profile: All,
        run: Object(&[("apps", "StatefulSet")], stateful_set_without_service),
        frameworks: [],
        aliases: [
            kube_score("statefulset-has-servicename"),
            kics("bb241e61-77c3-4b97-9575-c0f8a1e008d0"),
        ],
    }
}

fn stateful_set_without_service(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let named = object.root().at(&["spec", "serviceName"]);
    let Some(node) = named.filter(|node| !node.scalar_text().is_empty()) else {
        let (parent, path) = shared::spec_or_root(object, ".serviceName");
        let message = "the StatefulSet names no Service for the names of its pods";
        cx.report_missing(&STATEFUL_SET_WITHOUT_SERVICE, parent, &path, message)
            .severity(Severity::Info)
            .help("name a headless Service with `serviceName`");
        return;
    };
    let name = node.scalar_text();
    if !cx.is_complete() {
        return;
    }
    let service = cx.snapshot().find("", "Service", object.namespace(), name);
    let Some(service) = service else {
        if !cx
            .analyses()
            .references()
            .leads_somewhere(object, "", "Service", name)
        {
            let message = format!("there is no Service `{name}` for the names of the pods");
            cx.report(&STATEFUL_SET_WITHOUT_SERVICE, node, message)
                .help("add a headless Service of this name");
        }
        return;
    };
    let address = service.root().str_at(&["spec", "clusterIP"]);
    if address != Some("None") {
        let message = format!("the Service `{name}` is not headless, so the pods have no names");
        cx.report(&STATEFUL_SET_WITHOUT_SERVICE, node, message)
            .severity(Severity::Info)
            .help("name a Service with `clusterIP: None`")
            .related(service, shared::name_node(service), "is not headless");
    }
}
