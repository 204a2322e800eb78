use super::sandboxes;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers of sandboxes for AI agents (`Sandbox`, `SandboxTemplate`) without a limit for CPU.
    /// Limits of the pod as a whole and defaults of a LimitRange in the namespace count.
    ///
    /// ## Why is this bad?
    /// A sandbox runs code that nobody has read. Without limits, one careless or hostile script takes the whole node
    /// from its neighbours, or mines on it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    ///         resources:
    ///           limits:
    ///             cpu: "1"
    ///             memory: 512Mi
    /// ```
    ///
    /// ## Exceptions
    /// How high a limit may be is for the cluster's owner to say (`resources-above-ceiling`); here any counts.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://agent-sandbox.sigs.k8s.io/>
    pub static SANDBOX_WITHOUT_CPU_LIMIT = {
        code: "POD050",
        name: "sandbox-without-cpu-limit",
        severity: Medium,
        severity_reason: "Kubescape says high; it costs the node's other pods time and memory, not secrets",
        since: "0.1.0",
        summary: "sandbox for an AI agent may take all CPUs of its node",
        run: Object(sandboxes::KINDS, sandbox_without_cpu_limit),
        frameworks: [mitre("T1496")],
        aliases: [kubescape("C-0303")],
    }
}

fn sandbox_without_cpu_limit(cx: &mut ObjectCx<'_>) {
    sandboxes::report_unlimited(cx, &SANDBOX_WITHOUT_CPU_LIMIT, "cpu");
}
