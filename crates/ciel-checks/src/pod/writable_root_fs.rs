use ciel_yaml::Node;

use super::shared;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose root file system can be written: `readOnlyRootFilesystem` is not `true`.
    ///
    /// ## Why is this bad?
    /// What an attacker brings (a miner, a web shell, changed libraries) has to be written somewhere, best where
    /// the program loads its own code from. With a read-only root, only the volumes that the pod names are left.
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
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   securityContext:
    ///     readOnlyRootFilesystem: true
    ///   volumeMounts:
    ///   - {name: tmp, mountPath: /tmp}
    /// ```
    ///
    /// ## Exceptions
    /// Many programs write beside themselves and stop without it, and not even the Pod Security Standards ask for
    /// it, so the check is only part of the profile `all`. Windows containers cannot have a read-only root.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static WRITABLE_ROOT_FS = {
        code: "POD008",
        name: "writable-root-fs",
        severity: Low,
        severity_reason: "tools say low to high; it hinders who is already inside, and volumes stay writable",
        since: "0.1.0",
        summary: "container can write its root file system",
        profile: All,
        run: Container(writable_root_fs),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0017"), kubescape("C-0211"), trivy("KSV-0014"), kube_linter("no-read-only-root-fs"),
            polaris("notReadOnlyRootFilesystem"), checkov("CKV_K8S_22"),
            kube_score("container-security-context-readonlyrootfilesystem"),
            kubeaudit("ReadOnlyRootFilesystemFalse"), kubeaudit("ReadOnlyRootFilesystemNil"),
            kubesec("ReadOnlyRootFilesystem"),
            kics("a9c2f49d-0671-4fc9-9ece-f4e261e128d0"), snyk("SNYK-CC-K8S-8"),
            datree("CONTAINERS_INCORRECT_READONLYROOTFILESYSTEM_VALUE"),
        ],
    }
}

fn writable_root_fs(cx: &mut ContainerCx<'_>) {
    let flag = cx
        .spec()
        .container_security(cx.container, "readOnlyRootFilesystem");
    if flag.and_then(Node::as_bool) == Some(true) || !shared::is_linux(cx) {
        return;
    }
    let node = cx.container.node;
    let message = format!("{} can write its root file system", cx.container.display());
    let path = ".securityContext.readOnlyRootFilesystem";
    shared::report_setting(cx, &WRITABLE_ROOT_FS, flag, path, message)
        .help("set `readOnlyRootFilesystem: true` and mount an `emptyDir` where the program writes")
        .fix_set(
            "make the root file system read-only",
            node,
            &["securityContext", "readOnlyRootFilesystem"],
            true,
        );
}
