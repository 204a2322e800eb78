//! Workloads whose service account holds more than a workload should.

use ciel_rbac::{Binding, Power, PowerSet, Rbac, Reach};
use ciel_snapshot::Workload;

use super::{RELATED, RIGHTS, scope_of};
use crate::{PodCx, Report, Rule, pod::has_token};

/// The account of a workload that mounts its token, with what it may do in the whole cluster or in kube-system.
pub(super) fn reach<'r, 's>(
    rbac: &'r Rbac<'s>,
    workload: Workload<'_>,
) -> Option<(Reach, &'r Binding<'s>)> {
    let spec = workload.spec();
    if spec.partial && spec.service_account().is_none() {
        return None;
    }
    let name = spec.service_account_name();
    let namespace = rbac.namespace_of_account(workload.object.namespace(), name);
    let (reach, binding) = rbac.reach_of_account(namespace, name)?;
    has_token(workload).then_some((reach, binding))
}

/// The finding at the name of the account, or where that would stand.
pub(super) fn report<'f, 's>(
    cx: &'f mut PodCx<'s>,
    rule: &'static Rule,
    binding: &Binding<'_>,
    what: &str,
) -> Report<'f, 's> {
    let spec = cx.spec();
    let name = spec.service_account_name();
    let message = format!("runs as service account `{name}`, {what}");
    let rbac = cx.analyses().rbac();
    let report = match spec.service_account() {
        Some(node) => cx.report(rule, node, message),
        None => cx.report_missing(rule, spec.node, ".serviceAccountName", message),
    };
    let message = format!("gives it `{}` {}", binding.role_name, scope_of(binding));
    let report = report
        .help("give the account the rights that the workload uses, in its namespace")
        .related(binding.object, binding.role_ref, message);
    match rbac.role_of(binding).and_then(|role| role.object) {
        Some(role) => {
            let rules = role.root().get("rules").unwrap_or(role.root());
            report.related(role, rules, "the role")
        }
        None => report,
    }
}

/// What powers let their holder do, in words.
pub(super) fn words(powers: PowerSet) -> String {
    let does = |power: Power| {
        let right = RIGHTS.iter().find(|right| right.power == power);
        right.map_or("", |right| right.does)
    };
    let does: Vec<&str> = powers.iter().map(does).take(RELATED).collect();
    does.join(", ")
}
