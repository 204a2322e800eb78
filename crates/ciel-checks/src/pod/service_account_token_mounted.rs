use ciel_core::Severity;
use ciel_k8s::PodSpec;
use ciel_yaml::Node;

use super::token::{account_of, report_token, token_of};
use crate::{PodCx, declare_check, rbac::DEFAULT_ACCOUNT_BOUND};

declare_check! {
    /// ## What it does
    /// Finds pods that get the token of their service account and show no need of it: the account is bound to no role
    /// in the input, or it is the namespace's `default` account. The pod's `automountServiceAccountToken` goes
    /// before the account's; where both are silent, Kubernetes mounts the token. A pod whose account is not in a
    /// partial input is not judged.
    ///
    /// ## Why is this bad?
    /// Whoever breaks into the container takes the token and is the account to the API server and to whatever else
    /// trusts the cluster's tokens. Rights that the account is given later, for another workload, are theirs too.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: nginx
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   automountServiceAccountToken: false
    ///   containers:
    ///   - name: web
    ///     image: nginx
    /// ```
    /// Where one container needs a token, a projected volume of type `serviceAccountToken` gives it to that one alone.
    ///
    /// ## Exceptions
    /// An account that may do nothing gives an attacker little today: the check runs with `--profile all` only.
    /// It is `low` where the input is complete and no role is bound to the account. Where the `default` account has
    /// been bound to one, `default-account-bound` speaks, if it is on.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/>
    pub static SERVICE_ACCOUNT_TOKEN_MOUNTED = {
        code: "POD042",
        name: "service-account-token-mounted",
        severity: Medium,
        severity_reason: "tools say medium to high for any token; what the account may do decides",
        since: "0.1.0",
        summary: "service account's token is mounted without need",
        profile: All,
        run: Pod(service_account_token_mounted),
        frameworks: [
            cis("5.1.6"), nsa("authentication-authorization"), owasp2022("K01"), owasp2025("K01"),
            mitre("T1528"), ms("MS-TA9016"),
        ],
        aliases: [
            kubescape("C-0034"), kubescape("C-0190"), trivy("KSV-0036"),
            polaris("automountServiceAccountToken"), checkov("CKV_K8S_38"),
            kubeaudit("AutomountServiceAccountTokenTrueAndDefaultSA"), kubesec("AutomountServiceAccountToken"),
            kubesec("ServiceAccountName"), popeye("POP-301"), popeye("POP-303"), kube_bench("5.1.6"),
            kics("48471392-d4d0-47c0-b135-cdec95eb3eef"),
            datree("SRVACC_INCORRECT_AUTOMOUNTSERVICEACCOUNTTOKEN_VALUE"),
        ],
    }
}

fn service_account_token_mounted(cx: &mut PodCx<'_>) {
    let workload = cx.workload;
    let name = workload.spec().service_account_name();
    let token = token_of(workload);
    let is_bound = cx.analyses().bound_accounts().has(cx.object(), name);
    if name == "default" {
        if is_bound && cx.options().gives_way_to(&DEFAULT_ACCOUNT_BOUND.check) {
            return;
        }
    } else {
        // Who asks for the token of an account that is elsewhere will know why.
        let is_elsewhere = account_of(workload).is_none() && !cx.is_complete();
        if is_bound || is_elsewhere || asks_the_api(workload.spec()) {
            return;
        }
    }
    let (why, severity) = if !is_bound && cx.is_complete() {
        ("though no role is bound to it", Severity::Low)
    } else {
        ("and nothing here shows a need", Severity::Medium)
    };
    let message = format!("token of service account `{name}` is mounted, {why}");
    if let Some(report) = report_token(cx, &SERVICE_ACCOUNT_TOKEN_MOUNTED, token, message) {
        report
            .severity(severity)
            .help("set `automountServiceAccountToken: false` on the pod")
            .evidence("serviceAccount", name);
    }
}

/// Whether the pod's command lines show that it speaks to the API server.
fn asks_the_api(spec: PodSpec<'_>) -> bool {
    const FLAGS: [&str; 7] = [
        "--leader-elect",
        "--enable-leader-election",
        "--kubeconfig",
        "--kube-",
        "--in-cluster",
        "--apiserver",
        "--watch-namespace",
    ];
    let containers = spec.containers();
    let mut words = containers.iter().flat_map(|container| container.argv());
    words.any(|word| {
        let word = Node::scalar_text(word);
        FLAGS.iter().any(|flag| word.starts_with(flag))
            || word == "kubectl"
            || word.contains("kubectl ")
    })
}
