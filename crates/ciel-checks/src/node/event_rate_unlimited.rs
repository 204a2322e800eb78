use super::admission::want_enabled;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that do not enable the admission plugin `EventRateLimit`.
    ///
    /// ## Why is this bad?
    /// Every pod that fails writes events, and so may everybody with the right to create them. Nothing limits how many:
    /// the API server and etcd can be kept busy and filled.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction,EventRateLimit
    /// ```
    ///
    /// ## Exceptions
    /// API priority and fairness limits requests too, though not by source of event.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#eventratelimit>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static EVENT_RATE_UNLIMITED = {
        code: "NODE009",
        name: "event-rate-unlimited",
        severity: Low,
        since: "0.1.0",
        summary: "admission plugin EventRateLimit is off",
        profile: All,
        run: Component(&[Program::ApiServer], event_rate_unlimited),
        frameworks: [cis("1.2.9"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0121"), trivy("KCV-0010"), checkov("CKV_K8S_78"), kube_bench("1.2.9")],
    }
}

fn event_rate_unlimited(cx: &mut ComponentCx<'_>) {
    want_enabled(
        cx,
        &EVENT_RATE_UNLIMITED,
        "EventRateLimit",
        "whoever may create events can fill etcd with them",
    );
}
