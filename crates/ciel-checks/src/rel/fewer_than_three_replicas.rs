use ciel_yaml::Node;

use super::{shared, single_replica::SINGLE_REPLICA};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads with two pods; and with one where `single-replica` is not asked for.
    ///
    /// ## Why is this bad?
    /// While one of two pods is being replaced, the other is alone: a second failure is an outage. Of three, a rolling
    /// update or a drained node leaves two; and clusters that vote need an odd number.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 3
    /// ```
    ///
    /// ## Exceptions
    /// Two are enough for much; the finding is only information. Workloads that an autoscaler scales are spoken of
    /// there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/>
    pub static FEWER_THAN_THREE_REPLICAS = {
        code: "REL022",
        name: "fewer-than-three-replicas",
        severity: Info,
        severity_reason: "one pod is spoken of by single-replica; two carry on after one is lost",
        since: "0.1.0",
        summary: "workload has less than three pods",
        profile: All,
        run: Object(shared::REPLICATED, fewer_than_three_replicas),
        frameworks: [],
        aliases: [kube_linter("minimum-three-replicas")],
    }
}

fn fewer_than_three_replicas(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let said = shared::replicas(object);
    let number = said.map_or(Some(1), Node::as_i64);
    let is_spoken_of = number == Some(1) && cx.options().selects(&SINGLE_REPLICA.check);
    if is_spoken_of
        || !matches!(number, Some(1 | 2))
        || cx.analyses().fleet().autoscaler_of(object).is_some()
    {
        return;
    }
    let message = format!("{} has less than three pods", object.kind());
    match said {
        // Who runs two may run three; whether a program bears a second is not known.
        Some(node) if number == Some(2) => cx
            .report(&FEWER_THAN_THREE_REPLICAS, node, message)
            .fix_replace("run three", node, 3),
        Some(node) => cx.report(&FEWER_THAN_THREE_REPLICAS, node, message),
        None => {
            let (parent, path) = shared::spec_or_root(object, ".replicas");
            cx.report_missing(&FEWER_THAN_THREE_REPLICAS, parent, &path, message)
        }
    }
    .help("set `replicas` to 3 or more");
}
