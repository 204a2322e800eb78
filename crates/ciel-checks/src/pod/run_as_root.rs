use ciel_core::Severity;
use ciel_k8s::EffectiveField;
use ciel_yaml::Node;

use super::shared::{self, User};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that may run as root: neither the container nor its pod says `runAsNonRoot: true` or a
    /// `runAsUser` other than 0, so the image decides, and most images say root. An explicit `runAsUser: 0` is
    /// `run-as-user-zero`.
    ///
    /// ## Why is this bad?
    /// Root in a container is root on the node, held back only by capabilities and namespaces. Most ways out of a
    /// container that were ever published (CVE-2019-5736, CVE-2022-0492) need root inside, and
    /// root installs what an attacker brings: the miner, its libraries, its cron job.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsNonRoot: true
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Exceptions
    /// With `hostUsers: false` root is nobody on the node, and the finding is of low severity. On Windows it is about
    /// `ContainerAdministrator`. Where the cluster sets user ids itself (OpenShift), ignore the check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/>
    pub static RUN_AS_ROOT = {
        code: "POD003",
        name: "run-as-root",
        severity: Medium,
        severity_reason: "tools say medium to high; the image may name another user, and root needs a second flaw to get out",
        since: "0.1.0",
        summary: "container may run as root",
        run: Container(run_as_root),
        frameworks: [
            pss(Restricted), cis("5.2.7"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0013"), kubescape("C-0198"), kubescape("C-0211"),
            trivy("KSV-0012"), kube_linter("run-as-non-root"), polaris("runAsRootAllowed"), checkov("CKV_K8S_23"),
            checkov("CKV_K8S_6"), kubeaudit("RunAsNonRootCSCFalse"), kubeaudit("RunAsNonRootPSCNilCSCNil"),
            kubeaudit("RunAsNonRootPSCFalseCSCNil"), kubesec("RunAsNonRoot"), popeye("POP-302"), popeye("POP-306"),
            kube_bench("5.2.7"),
            kics("cf34805e-3872-4c08-bf92-6ff7bb0cfadb"), snyk("SNYK-CC-K8S-10"),
            datree("CONTAINERS_INCORRECT_RUNASNONROOT_VALUE"),
        ],
    }
}

fn run_as_root(cx: &mut ContainerCx<'_>) {
    let User::Images(demand) = shared::user(cx) else {
        return;
    };
    let is_linux = shared::is_linux(cx);
    if !is_linux && names_windows_user(cx) {
        return;
    }
    let severity = if is_linux {
        shared::severity_in_namespace(cx, Severity::Medium)
    } else {
        Severity::Low
    };
    let root = if is_linux {
        "root"
    } else {
        "ContainerAdministrator"
    };
    let container = cx.container;
    let report = match demand {
        EffectiveField::Container(node) => {
            let message = format!("{} may run as {root}", container.display());
            cx.report(&RUN_AS_ROOT, node, message).fix_replace(
                "refuse to start as root",
                node,
                true,
            )
        }
        EffectiveField::Pod(_) | EffectiveField::Unset => {
            let why = match demand {
                EffectiveField::Pod(_) => ", as its pod says",
                _ => "",
            };
            let message = format!("{} may run as {root}{why}", container.display());
            let path = if is_linux {
                ".securityContext.runAsNonRoot"
            } else {
                ".securityContext.windowsOptions.runAsUserName"
            };
            cx.report_missing(&RUN_AS_ROOT, container.node, path, message)
                .fix_set(
                    "refuse to start as root",
                    container.node,
                    &["securityContext", "runAsNonRoot"],
                    true,
                )
        }
    };
    report.severity(severity).help(
        "set `runAsNonRoot: true`, and `runAsUser` where the image names no user or only root",
    );
}

/// Whether a Windows container names a user other than the administrator.
fn names_windows_user(cx: &ContainerCx<'_>) -> bool {
    let name = shared::windows_option(cx, "runAsUserName").node();
    name.and_then(Node::as_str)
        .is_some_and(|name| !name.eq_ignore_ascii_case("ContainerAdministrator"))
}
