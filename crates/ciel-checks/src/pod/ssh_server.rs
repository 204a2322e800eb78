use ciel_k8s::Container;
use ciel_yaml::Node;

use super::commands::starts;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that serve SSH: by port 22, by a command that starts `sshd` or `dropbear`, or by an image
    /// that is known for it.
    ///
    /// ## Why is this bad?
    /// It is a second way in beside the API server's: with keys and passwords of its own, without RBAC, and without
    /// a line in the audit log. Attackers leave such servers behind to come back.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   ports:
    ///   - containerPort: 22
    /// ```
    ///
    /// ## Use instead
    /// `kubectl exec`, or for images without a shell `kubectl debug`.
    /// ```yaml
    /// containers:
    /// - name: app
    ///   ports:
    ///   - containerPort: 8080
    /// ```
    ///
    /// ## Exceptions
    /// Servers of Git and of file transfer speak SSH to their users. Suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/>
    pub static SSH_SERVER = {
        code: "POD045",
        name: "ssh-server",
        severity: Medium,
        since: "0.1.0",
        summary: "container serves SSH",
        run: Container(ssh_server),
        frameworks: [nsa("pod-security"), mitre("T1021"), ms("MS-TA9010")],
        aliases: [kubescape("C-0042"), kube_linter("ssh-port")],
    }
}

fn ssh_server(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let by = container.display();
    let (node, message) = if let Some(port) = ssh_port(container) {
        (port, format!("{by} listens on port 22, that of SSH"))
    } else if let Some(word) = starts(container, &["sshd", "dropbear"]) {
        (word, format!("{by} starts an SSH server"))
    } else if let Some(image) = container.node.get("image").filter(is_ssh_image) {
        (image, format!("{by} runs an image that serves SSH"))
    } else {
        return;
    };
    cx.report(&SSH_SERVER, node, message)
        .help("remove the SSH server; reach the container with `kubectl exec` or `kubectl debug`");
}

fn ssh_port(container: Container<'_>) -> Option<Node<'_>> {
    let ports = container.node.get("ports");
    let ssh = ports.into_iter().flat_map(Node::items).find(|port| {
        let protocol = port.str_at(&["protocol"]).unwrap_or("TCP");
        protocol.eq_ignore_ascii_case("TCP")
            && port.get("containerPort").and_then(Node::as_i64) == Some(22)
    })?;
    ssh.get("containerPort")
}

fn is_ssh_image(image: &Node<'_>) -> bool {
    const NAMES: [&str; 5] = [
        "sshd",
        "openssh-server",
        "openssh",
        "dropbear",
        "ssh-server",
    ];
    let reference = image.scalar_text();
    let repository = reference.split('@').next().unwrap_or_default();
    let last = repository.rsplit('/').next().unwrap_or_default();
    let name = last.split(':').next().unwrap_or_default();
    NAMES.contains(&name) || name.ends_with("-sshd")
}
