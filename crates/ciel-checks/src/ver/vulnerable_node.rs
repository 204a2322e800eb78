use ciel_yaml::Node;

use super::{advisories::Known, report_known, version::Version};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Nodes whose kernel or container runtime (containerd, CRI-O, Docker) has known ways out of a container, by the
    /// versions in `status.nodeInfo`.
    ///
    /// ## Why is this bad?
    /// One container in the hands of an attacker becomes the node, with all that runs on it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     kernelVersion: 5.10.62-flatcar
    ///     containerRuntimeVersion: containerd://1.5.9
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     kernelVersion: 6.12.40-flatcar
    ///     containerRuntimeVersion: containerd://2.2.5
    /// ```
    ///
    /// ## Exceptions
    /// Kernels whose number says nothing of their fixes are left alone: those of Ubuntu and Debian (`5.15.0-91-generic`),
    /// Red Hat and its relatives (`.el9`), SUSE and Oracle. runc is not in `nodeInfo`.
    ///
    /// ## References
    /// - <https://github.com/containerd/containerd/security/advisories>
    /// - <https://nvd.nist.gov/vuln/detail/CVE-2022-0185>
    /// - <https://nvd.nist.gov/vuln/detail/CVE-2022-0847>
    pub static VULNERABLE_NODE = {
        code: "VER007",
        name: "vulnerable-node",
        severity: High,
        severity_reason: "that of the worst vulnerability",
        since: "0.1.0",
        summary: "kernel or runtime of a node has known ways out of a container",
        run: Object(&[("", "Node")], vulnerable_node),
        frameworks: [nsa("upgrading"), owasp2022("K10"), owasp2025("K07"), mitre("T1611"), mitre("T1068")],
        aliases: [kubescape("C-0079"), kubescape("C-0087")],
    }
}

fn vulnerable_node(cx: &mut ObjectCx<'_>) {
    let Some(info) = cx.object.root().at(&["status", "nodeInfo"]) else {
        return;
    };
    let is_linux = matches!(info.str_at(&["operatingSystem"]), None | Some("linux"));
    if let Some(node) = info.get("kernelVersion").filter(|_| is_linux) {
        let version = upstream_kernel(node.scalar_text());
        report(cx, node, "Linux", "linux", version);
    }
    let Some(node) = info.get("containerRuntimeVersion") else {
        return;
    };
    if let Some((runtime, version)) = node.scalar_text().split_once("://") {
        report(cx, node, runtime, runtime, Version::parse(version));
    }
}

fn report<'s>(
    cx: &mut ObjectCx<'s>,
    node: Node<'s>,
    what: &str,
    component: &str,
    version: Option<Version>,
) {
    let known = version.and_then(|version| Some((version, Known::of(&[component], version)?)));
    let Some((version, known)) = known else {
        return;
    };
    let message = format!("{what} {version} of the node {}", known.describe());
    report_known(cx.report(&VULNERABLE_NODE, node, message), &known);
}

/// The version of kernel.org that a kernel is, where its number says so. Ubuntu and Debian keep the patch at 0 and count
/// builds of their own; Red Hat, SUSE and Oracle keep an old number and take over fixes.
fn upstream_kernel(text: &str) -> Option<Version> {
    const KEEP_OLD_NUMBERS: [&str; 3] = [".el", "-default", "uek"];
    let version = Version::parse(text).filter(|version| version.patch.is_some())?;
    let counts_builds = version.patch == Some(0) && text.contains('-');
    let keeps_old = KEEP_OLD_NUMBERS.iter().any(|mark| text.contains(mark));
    (!counts_builds && !keeps_old).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::upstream_kernel;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let version = upstream_kernel(text).map(|version| version.to_string());
        assert_eq!(version.as_deref(), expected, "{text}");
    }

    #[test]
    fn numbers_that_say_which_fixes_are_in() {
        check("5.10.62-flatcar", Some("5.10.62"));
        check("5.10.82-83.359.amzn2.x86_64", Some("5.10.82"));
        check("5.10.90+", Some("5.10.90"));
        check("6.1.0", Some("6.1.0"));
    }

    #[test]
    fn numbers_that_do_not() {
        check("5.13.0-39-generic", None);
        check("5.10.0-10-amd64", None);
        check("4.18.0-305.el8.x86_64", None);
        check("5.14.21-150400.24.100-default", None);
        check("5.4.17-2136.304.4.1.el8uek.x86_64", None);
    }
}
