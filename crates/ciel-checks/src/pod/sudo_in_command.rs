use ciel_core::Severity;
use ciel_yaml::Node;

use super::commands::starts;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose `command` or `args` start something with `sudo` (or `doas`), in the words themselves or
    /// in a shell script among them.
    ///
    /// ## Why is this bad?
    /// `sudo` that asks for no password makes root of everybody in the container, an attacker among them; and it
    /// keeps the container from being run with `allowPrivilegeEscalation: false`.
    ///
    /// ## Example
    /// ```yaml
    /// command: [sh, -c, "sudo chown app /data && exec app"]
    /// ```
    ///
    /// ## Use instead
    /// The user that the work needs, and a group for the volume's files.
    /// ```yaml
    /// spec:
    ///   securityContext:
    ///     runAsUser: 1000
    ///     fsGroup: 1000
    ///   containers:
    ///   - name: app
    ///     command: [app]
    /// ```
    ///
    /// ## Exceptions
    /// It is `low` where `sudo` changes nothing: with `allowPrivilegeEscalation: false` it fails, and a privileged
    /// container is the node as it is.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static SUDO_IN_COMMAND = {
        code: "POD044",
        name: "sudo-in-command",
        severity: Medium,
        since: "0.1.0",
        summary: "container is started with sudo",
        run: Container(sudo_in_command),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1548")],
        aliases: [kubescape("C-0062")],
    }
}

fn sudo_in_command(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(word) = starts(container, &["sudo", "doas"]) else {
        return;
    };
    let flag = |name| container.security(name).and_then(Node::as_bool);
    let changes_nothing =
        flag("allowPrivilegeEscalation") == Some(false) || flag("privileged") == Some(true);
    let severity = if changes_nothing {
        Severity::Low
    } else {
        Severity::Medium
    };
    let message = format!("{} is started with sudo", container.display());
    cx.report(&SUDO_IN_COMMAND, word, message)
        .severity(severity)
        .help("set `runAsUser` to the user that the work needs, and start the program itself");
}
