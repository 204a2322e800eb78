use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that tell git-sync which program to run as git: `GITSYNC_GIT` (before version 4 `GIT_SYNC_GIT`),
    /// or `--git` of a git-sync image.
    ///
    /// ## Why is this bad?
    /// Who may change the pod's environment runs any program of the image, or one that the repository brought, with the
    /// sidecar's rights, while everybody sees a sidecar that fetches files. It was shown in 2024 and is not going to be
    /// changed.
    ///
    /// ## Example
    /// ```yaml
    /// env:
    /// - {name: GITSYNC_GIT, value: /tmp/repo/run}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// env:
    /// - {name: GITSYNC_REPO, value: "https://git.example/acme/web.git"}
    /// ```
    ///
    /// ## Exceptions
    /// It is `low` where the program is git itself.
    ///
    /// ## References
    /// - <https://www.akamai.com/blog/security-research/2024-august-kubernetes-gitsync-command-injection-defcon>
    pub static GIT_SYNC_COMMAND = {
        code: "IMG011",
        name: "git-sync-command",
        severity: High,
        since: "0.1.0",
        summary: "git-sync is told which program to run as git",
        run: Container(git_sync_command),
        frameworks: [owasp2022("K02"), mitre("T1059"), mitre("T1609")],
        aliases: [checkov("CKV_K8S_159")],
    }
}

const VARIABLES: [&str; 2] = ["GITSYNC_GIT", "GIT_SYNC_GIT"];

fn git_sync_command(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let of_environment = container.env().find_map(|entry| {
        let name = entry.get("name")?;
        let is_command = VARIABLES.contains(&name.as_str()?);
        is_command.then(|| (entry.get("value").unwrap_or(name), entry.get("value")))
    });
    let of_arguments = || {
        let image = cx.image()?;
        if !image.name.base().starts_with("git-sync") {
            return None;
        }
        let argv = container.argv();
        let word = argv.iter().find(|word| {
            let flag = word.scalar_text().trim_start_matches('-');
            word.scalar_text().starts_with('-') && flag.starts_with("git=")
        })?;
        Some((*word, Some(*word)))
    };
    let Some((node, value)) = of_environment.or_else(of_arguments) else {
        return;
    };
    let is_git = value.map(Node::scalar_text).is_some_and(|text| {
        let program = text.rsplit('=').next().unwrap_or_default();
        matches!(program, "git" | "/usr/bin/git" | "/usr/local/bin/git")
    });
    let severity = if is_git {
        Severity::Low
    } else {
        Severity::High
    };
    let message = format!(
        "{} tells git-sync which program to run as git",
        container.display()
    );
    cx.report(&GIT_SYNC_COMMAND, node, message)
        .severity(severity)
        .help("leave it out: git-sync brings its git");
}
