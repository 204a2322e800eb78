use super::{advisories::Known, images, report_known};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images that ship a kubectl with known vulnerabilities, by their tags.
    ///
    /// ## Why is this bad?
    /// `kubectl cp` unpacks what the other container sends: one that is in the hands of an attacker overwrites files where
    /// kubectl runs, and so gets at its rights to the cluster.
    ///
    /// ## Example
    /// ```yaml
    /// image: lachlanevenson/k8s-kubectl:v1.13.4
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.k8s.io/kubectl:v1.37.2
    /// ```
    ///
    /// ## Exceptions
    /// It judges by the tag; jobs that never copy are not in danger.
    ///
    /// ## References
    /// - <https://github.com/kubernetes/kubernetes/issues/80984>
    pub static VULNERABLE_KUBECTL = {
        code: "VER006",
        name: "vulnerable-kubectl",
        severity: Medium,
        since: "0.1.0",
        summary: "image ships a kubectl with known vulnerabilities",
        run: Container(vulnerable_kubectl),
        frameworks: [owasp2022("K10"), owasp2025("K07")],
        aliases: [kube_hunter("KHV027"), kube_hunter("KHV028")],
    }
}

fn vulnerable_kubectl(cx: &mut ContainerCx<'_>) {
    let Some(image) = cx.image() else {
        return;
    };
    let found = images::kubectl(&image.name)
        .and_then(|(name, version)| Some((version, Known::of(&[name], version)?)));
    let Some((version, known)) = found else {
        return;
    };
    let message = format!(
        "kubectl {version} of {} {}",
        cx.container.display(),
        known.describe()
    );
    let report = cx.report(&VULNERABLE_KUBECTL, image.node, message);
    report_known(report, &known);
}
