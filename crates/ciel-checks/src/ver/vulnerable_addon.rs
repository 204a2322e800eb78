use super::{advisories::Known, images, report_known};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images of widespread add-ons (Argo CD, Flux, Grafana, Kyverno, Kubernetes Dashboard, Longhorn, Rancher, Harbor,
    /// Istio, Cilium, Traefik, NVIDIA's operator, Jenkins, Redis, MongoDB and others) in versions with vulnerabilities that were, or will be, used against clusters.
    ///
    /// ## Why is this bad?
    /// These are the programs that hold the rights to the cluster, or that stand at its edge, and how to use their
    /// vulnerabilities is public.
    ///
    /// ## Example
    /// ```yaml
    /// image: quay.io/argoproj/argocd:v2.1.8
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: quay.io/argoproj/argocd:v3.5.4
    /// ```
    ///
    /// ## Exceptions
    /// It judges by the tag, and knows a chosen few vulnerabilities of a chosen few programs: it does not stand in for a
    /// scanner of images. `evidence.advisories` says where to read of each. A tag without a patch version (`redis:7.2`) says too little.
    ///
    /// ## References
    /// - <https://www.cisa.gov/known-exploited-vulnerabilities-catalog>
    /// - <https://github.com/argoproj/argo-cd/security/advisories>
    /// - <https://grafana.com/security/security-advisories/>
    pub static VULNERABLE_ADDON = {
        code: "VER008",
        name: "vulnerable-addon",
        severity: High,
        severity_reason: "that of the worst vulnerability",
        since: "0.1.0",
        summary: "image is a version of a well-known add-on with known vulnerabilities",
        run: Container(vulnerable_addon),
        frameworks: [owasp2022("K10"), owasp2025("K07"), mitre("T1190"), ms("MS-TA9004")],
        aliases: [kubescape("C-0081"), kubescape("C-0090"), kubescape("C-0091")],
    }
}

fn vulnerable_addon(cx: &mut ContainerCx<'_>) {
    let Some(image) = cx.image() else {
        return;
    };
    let found = images::addon(&image.name)
        .and_then(|(name, version)| Some((name, version, Known::of(&[name], version)?)));
    let Some((name, version, known)) = found else {
        return;
    };
    let message = format!(
        "{name} {version} of {} {}",
        cx.container.display(),
        known.describe()
    );
    let report = cx.report(&VULNERABLE_ADDON, image.node, message);
    report_known(report, &known);
}
