use super::verification;
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Says once that nothing in the input has images verified before they run: no policy of Sigstore, Kyverno, Ratify,
    /// Kubewarden, Connaisseur, Portieris or OpenShift, and no ImagePolicyWebhook.
    ///
    /// ## Why is this bad?
    /// A signature that nobody checks protects nobody. Whoever gets at the registry, or at an account in it, runs code in
    /// the cluster.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: policy.sigstore.dev/v1beta1
    /// kind: ClusterImagePolicy
    /// spec:
    ///   images: [{glob: "registry.example/**"}]
    ///   authorities:
    ///   - keyless:
    ///       identities: [{issuer: "https://token.actions.githubusercontent.com", subjectRegExp: "^https://github.com/acme/"}]
    /// ```
    ///
    /// ## Exceptions
    /// It is judged when the input is complete, and takes for granted that policies are among it, and that the cloud does
    /// not verify images by itself (Binary Authorization). The finding stands at the first object that makes pods.
    ///
    /// ## References
    /// - <https://docs.sigstore.dev/policy-controller/overview/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#imagepolicywebhook>
    pub static NO_IMAGE_VERIFICATION = {
        code: "IMG015",
        name: "no-image-verification",
        severity: Info,
        severity_reason: "Kubescape says high; few clusters can do it, and nothing is open because of it alone",
        since: "0.1.0",
        summary: "nothing verifies images before they run",
        profile: All,
        run: Cluster(no_image_verification),
        frameworks: [cis("5.5.1"), owasp2022("K02"), mitre("T1525")],
        aliases: [kubescape("C-0289"), kube_bench("5.5.1")],
    }
}

fn no_image_verification(cx: &mut ClusterCx<'_>) {
    let snapshot = cx.snapshot();
    if !cx.is_complete() || verification::is_somewhere(snapshot) {
        return;
    }
    let Some(object) = snapshot.workloads().next().map(|workload| workload.object) else {
        return;
    };
    let root = object.root();
    let node = root.at(&["metadata", "name"]).unwrap_or(root);
    let message = "nothing here verifies where images come from before they run";
    cx.report_on(&NO_IMAGE_VERIFICATION, object, node, message)
        .help("add a policy that verifies signatures, for your own images first");
}
