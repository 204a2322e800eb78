use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds `default` ServiceAccounts that do not say `automountServiceAccountToken: false`.
    ///
    /// ## Why is this bad?
    /// Every pod of the namespace that names no account gets the token of this one. One line here turns it off for
    /// all that do not ask.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: default
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: default
    /// automountServiceAccountToken: false
    /// ```
    ///
    /// ## Exceptions
    /// It runs with `--profile all` only: pods that get the token are found by `service-account-token-mounted`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/>
    pub static DEFAULT_ACCOUNT_AUTOMOUNTS = {
        code: "POD052",
        name: "default-account-automounts",
        severity: Low,
        severity_reason: "Kubescape says medium to high; the account may do nothing until somebody binds it",
        since: "0.1.0",
        summary: "default service account hands its token to every pod",
        profile: All,
        run: Object(&[("", "ServiceAccount")], default_account_automounts),
        frameworks: [cis("5.1.5"), nsa("authentication-authorization")],
        aliases: [
            kubescape("C-0189"), kubescape("C-0225"), kube_bench("5.1.5"),
            kics("b93e973e-9066-4455-a63b-c1c0e1ec3a48"),
        ],
    }
}

fn default_account_automounts(cx: &mut ObjectCx<'_>) {
    const FIELD: &str = "automountServiceAccountToken";
    const MESSAGE: &str = "account `default` hands its token to every pod that names no account";
    let root = cx.object.root();
    if cx.object.name() != "default" {
        return;
    }
    let report = match root.get(FIELD) {
        Some(flag) if flag.as_bool() == Some(false) => return,
        Some(flag) => cx.report(&DEFAULT_ACCOUNT_AUTOMOUNTS, flag, MESSAGE),
        None => cx.report_missing(
            &DEFAULT_ACCOUNT_AUTOMOUNTS,
            root,
            ".automountServiceAccountToken",
            MESSAGE,
        ),
    };
    report
        .help("set `automountServiceAccountToken: false` on the account, and true on the pods that need it")
        .fix_set("set automountServiceAccountToken to false", root, &[FIELD], false);
}
