use ciel_yaml::Node;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with a `gitRepo` volume.
    ///
    /// ## Why is this bad?
    /// The kubelet runs git as root on the node, with an address that the pod's author gives. Hooks of the repository ran
    /// commands on the node (CVE-2024-10220), and repositories of other pods can still be read (CVE-2025-1767, which is not
    /// going to be fixed). From Kubernetes 1.33 on the volume is off unless somebody turns it on.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: source
    ///   gitRepo: {repository: "https://git.example/acme/web.git"}
    /// ```
    ///
    /// ## Use instead
    /// An init container that clones into an `emptyDir`.
    /// ```yaml
    /// initContainers:
    /// - name: clone
    ///   image: alpine/git:2.49.1
    ///   args: [clone, --depth=1, "https://git.example/acme/web.git", /source]
    ///   volumeMounts: [{name: source, mountPath: /source}]
    /// volumes:
    /// - {name: source, emptyDir: {}}
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo>
    /// - <https://github.com/kubernetes/kubernetes/issues/128885>
    pub static GIT_REPO_VOLUME = {
        code: "IMG010",
        name: "git-repo-volume",
        severity: High,
        since: "0.1.0",
        summary: "the kubelet clones a repository as root on the node",
        run: Pod(git_repo_volume),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [],
    }
}

fn git_repo_volume(cx: &mut PodCx<'_>) {
    for volume in cx.spec().volumes() {
        let Some(git) = volume.get("gitRepo").filter(|git| git.is_mapping()) else {
            continue;
        };
        let name = volume.str_at(&["name"]).unwrap_or_default();
        let repository = git.get("repository").map_or("", Node::scalar_text);
        // `git` took such an address for an option, or for a command to run.
        let how = if repository.starts_with('-') || repository.starts_with("ext::") {
            ", with an address that runs a command"
        } else {
            ""
        };
        let message =
            format!("volume `{name}` has the kubelet clone a repository as root on the node{how}");
        cx.report(&GIT_REPO_VOLUME, git, message)
            .help("clone in an init container, into an `emptyDir`");
    }
}
