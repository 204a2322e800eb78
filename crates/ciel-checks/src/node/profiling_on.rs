use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers, controller managers and schedulers whose `--profiling` is not false, and kube-proxies that
    /// switch it on.
    ///
    /// ## Why is this bad?
    /// `/debug/pprof` tells what the program does and holds in memory, and a profile costs it processor time. Whoever
    /// has a right to the path can slow the control plane down.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --profiling=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --profiling=false
    /// ```
    ///
    /// ## Exceptions
    /// The paths are authorized as others are: only who may get `/debug/pprof` reaches them.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static PROFILING_ON = {
        code: "NODE017",
        name: "profiling-on",
        severity: Low,
        since: "0.1.0",
        summary: "profiling of a control plane component is on",
        profile: All,
        run: Component(&[Program::ApiServer, Program::ControllerManager, Program::Scheduler, Program::KubeProxy], profiling_on),
        frameworks: [cis("1.2.15"), cis("1.3.2"), cis("1.4.1"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0129"), kubescape("C-0145"), kubescape("C-0151"), trivy("KCV-0018"), trivy("KCV-0034"), trivy("KCV-0040"), checkov("CKV_K8S_90"), checkov("CKV_K8S_107"), checkov("CKV_K8S_114"), kube_bench("1.2.15"), kube_bench("1.3.2"), kube_bench("1.4.1")],
    }
}

fn profiling_on(cx: &mut ComponentCx<'_>) {
    let want = Want {
        flag: "profiling",
        is: if cx.is(Program::KubeProxy) {
            Is::NotTrue
        } else {
            Is::False
        },
        why: "it tells at `/debug/pprof` what it does, and can be slowed down",
        help: "switch profiling off; it can be switched on when it is needed",
    };
    judge(cx, &PROFILING_ON, &want);
}
