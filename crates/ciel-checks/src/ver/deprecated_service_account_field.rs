use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that name their service account by the old field `serviceAccount` alone, or by both fields with
    /// different names.
    ///
    /// ## Why is this bad?
    /// The API server copies the one to the other, and what it does with two names is easily misread: `serviceAccountName`
    /// wins. Reviews and policies that look for the new field do not see the old one.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   serviceAccount: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   serviceAccountName: web
    /// ```
    ///
    /// ## Exceptions
    /// Both fields with the same name are what a live cluster shows of every pod.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>
    pub static DEPRECATED_SERVICE_ACCOUNT_FIELD = {
        code: "VER009",
        name: "deprecated-service-account-field",
        severity: Low,
        since: "0.1.0",
        summary: "service account is named by the deprecated field",
        profile: All,
        run: Pod(deprecated_service_account_field),
        frameworks: [],
        aliases: [
            kubescape("C-0294"), kube_linter("deprecated-service-account-field"),
            kubeaudit("AutomountServiceAccountTokenDeprecated"),
        ],
    }
}

fn deprecated_service_account_field(cx: &mut PodCx<'_>) {
    let spec = cx.spec().node;
    let Some((field, old)) = spec
        .get("serviceAccount")
        .and_then(|field| Some((field, field.as_str()?)))
        .filter(|(_, old)| !old.is_empty())
    else {
        return;
    };
    let new = spec
        .str_at(&["serviceAccountName"])
        .filter(|new| !new.is_empty());
    if new == Some(old) {
        return;
    }
    let message = match new {
        Some(new) => {
            format!("`serviceAccount` says `{old}`, and `serviceAccountName` wins with `{new}`")
        }
        None => format!("service account `{old}` is named by the deprecated `serviceAccount`"),
    };
    let report = cx
        .report(&DEPRECATED_SERVICE_ACCOUNT_FIELD, field, message)
        .help("name it by `serviceAccountName` alone");
    if new.is_none() {
        report
            .fix_set(
                format!("set serviceAccountName to {old}"),
                spec,
                &["serviceAccountName"],
                old,
            )
            .fix_also_remove(field)
            .safe_fix();
    } else {
        report.fix_remove("remove serviceAccount", field).safe_fix();
    }
}
